"""The pairs of two long segment lists that are worth a look: each segment's nearest ones on the other side."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.aligners.document.vectors import Array, Side

_FREQUENT = 120  # features in more segments than this make no candidate pair in a long document
_BLOCK = 200_000  # products that are made together, 50 bytes each


def nearest_pairs(left: Side, right: Side, size: int, most: int) -> tuple[Array, Array]:
    """Keys `i * len(right) + j` of pairs worth a look: for each row of either side its `most` best, and its best."""
    import numpy as np

    every, best = [], []
    for i, j, first in _nearest(left, right, size, most):
        every.append(i * len(right) + j)
        best.append(every[-1][first])
    for j, i, first in _nearest(right, left, size, most):
        every.append(i * len(right) + j)
        best.append(every[-1][first])
    none = np.zeros(0, dtype=np.int64)
    return np.unique(np.concatenate([none, *every])), np.unique(np.concatenate([none, *best]))


def _nearest(left: Side, right: Side, size: int, most: int) -> Iterator[tuple[Array, Array, Array]]:
    """For rows of `left`, block by block, those of `right` with the best cosine over features that are not frequent,
    and which of these pairs are the best of their row."""
    import numpy as np

    order = np.argsort(right.features, kind="stable")
    rows = np.repeat(np.arange(len(right), dtype=np.int32), np.diff(right.starts))[order]
    values = right.weights[order]
    del order
    counts = np.bincount(right.features, minlength=size).astype(np.int32)
    both = counts + np.bincount(left.features, minlength=size).astype(np.int32)
    starts = (np.cumsum(counts) - counts).astype(np.int32)
    counts[both > _FREQUENT] = 0
    del both
    norms: Array = np.sqrt(np.maximum(right.squares, 1e-12))
    sizes = counts[left.features]
    ends = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))[left.starts]
    begin = 0
    while begin < len(left):
        end = max(int(np.searchsorted(ends, ends[begin] + _BLOCK, side="right")) - 1, begin + 1)
        part = slice(int(left.starts[begin]), int(left.starts[end]))
        used = sizes[part] > 0
        mine, weights, lengths = left.features[part][used], left.weights[part][used], sizes[part][used]
        if end == begin + 1:
            near, scores = _of_one(starts[mine], lengths, weights, rows, values, len(right))
            owner = np.full(len(near), begin)
        else:
            of = np.repeat(np.arange(begin, end), np.diff(left.starts[begin : end + 1]))[used]
            places = _places(starts[mine], lengths)
            pairs, which = np.unique(np.repeat(of, lengths) * len(right) + rows[places], return_inverse=True)
            # adds the products of a pair in the order of their features, whatever stands between them
            scores = np.bincount(which, weights=values[places] * np.repeat(weights, lengths), minlength=len(pairs))
            owner, near = pairs // len(right), pairs % len(right)
        scores = scores / norms[near]
        positive = np.flatnonzero(scores > 0)
        owner, near, scores = owner[positive], near[positive], scores[positive]
        ranked = np.lexsort((near, -scores, owner))
        owner, near = owner[ranked], near[ranked]
        place = np.arange(len(owner)) - np.searchsorted(owner, owner)
        yield owner[place < most], near[place < most], place[place < most] == 0
        begin = end


def _places(starts: Array, lengths: Array) -> Array:
    import numpy as np

    ends = np.cumsum(lengths, dtype=np.int64)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)


def _of_one(
    starts: Array, lengths: Array, weights: Array, rows: Array, values: Array, count: int
) -> tuple[Array, Array]:
    """The rows with a feature in common with one row, and the sum of the products of each; in parts, for one row may
    be the whole text."""
    import numpy as np

    total = np.zeros(count)
    ends = np.cumsum(lengths, dtype=np.int64)
    first = 0
    while first < len(lengths):
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + _BLOCK, side="right")), first + 1)
        part = slice(first, last)
        places = _places(starts[part], lengths[part])
        np.add.at(total, rows[places], values[places] * np.repeat(weights[part], lengths[part]))
        first = last
    near = np.flatnonzero(total)
    return near, total[near]
