"""Segments as sparse tf-idf vectors of words and letter groups, and their cosines for many pairs.

Everything here is symmetric to the last bit: features are numbered by their text, sums run in that
order, so exchanging the two sides exchanges rows and columns and changes no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from evalkit.aligners.document.counted import counted
from evalkit.text.memory import give_back

_WORD_WEIGHT = 2.0  # a whole word says more than a group of letters inside one
_FEW = 4  # pairs of a row: so few are looked up together with those of other rows
_MANY = 10_000  # texts: what counting them took is given back at once
_BLOCK = 200_000  # features that are looked up together
Array = Any  # numpy is imported inside functions; its arrays pass through as this


@dataclass(frozen=True)
class Side:
    """The vectors of one side, row by row: `features[starts[i]:starts[i+1]]` and their weights."""

    starts: Array
    features: Array
    weights: Array

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def squares(self) -> Array:
        """The squared length of each row."""
        import numpy as np

        return np.array([float((self.weights[a:b] ** 2).sum()) for a, b in self.spans()])

    def weighed(self, weights: Array) -> Side:
        """The same features with other weights."""
        return Side(self.starts, self.features, weights)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Start and end of each row."""
        bounds = self.starts.tolist()
        return pairwise(bounds)


def vectors(candidate: Sequence[str], reference: Sequence[str]) -> tuple[Side, Side, int]:
    """Both sides over one feature space, and its size; idf is counted over the segments of both."""
    import numpy as np

    found = counted((*candidate, *reference))
    size, number = len(found.is_word), len(found.lengths)
    df = np.bincount(found.features, minlength=size)
    idf = np.log(1.0 + number / np.maximum(df, 1)) * np.where(found.is_word, _WORD_WEIGHT, 1.0)
    del df
    if number > _MANY:
        give_back()
    weights = found.counts.astype(np.float64)
    weights *= idf[found.features]
    bounds = np.concatenate(([0], np.cumsum(found.lengths))).astype(np.int64)
    middle = int(bounds[len(candidate)])
    left = Side(bounds[: len(candidate) + 1], found.features[:middle], weights[:middle])
    right = Side(bounds[len(candidate) :] - middle, found.features[middle:], weights[middle:])
    return left, right, size


def dots(left: Side, right: Side, keys: Array, size: int) -> Array:
    """The inner product of each pair of `keys` (`i * len(right) + j`, ascending)."""
    import numpy as np

    found = np.zeros(len(keys))
    if not len(keys):
        return found
    rows, columns = keys // len(right), keys % len(right)
    if len(keys) < _FEW * len(left):
        return _few_dots(left, right, rows, columns, size)
    dense = np.zeros(size)
    bounds = np.concatenate(([0], np.flatnonzero(np.diff(rows)) + 1, [len(keys)]))
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        i = int(rows[first])
        mine = slice(int(left.starts[i]), int(left.starts[i + 1]))
        dense[left.features[mine]] = left.weights[mine]
        theirs = columns[first:last]
        lengths = right.starts[theirs + 1] - right.starts[theirs]
        ends = np.cumsum(lengths)
        places = np.arange(int(ends[-1])) + np.repeat(right.starts[theirs] - (ends - lengths), lengths)
        products = dense[right.features[places]] * right.weights[places]
        owner = np.repeat(np.arange(last - first), lengths)
        # bincount adds in order of the features; features the row lacks add exact zeros
        found[first:last] = np.bincount(owner, weights=products, minlength=last - first)
        dense[left.features[mine]] = 0.0
    return found


def _few_dots(left: Side, right: Side, rows: Array, columns: Array, size: int) -> Array:
    """As `dots`, where a row has few pairs: in blocks of rows, since each step of a row by itself has its cost."""
    import numpy as np

    found = np.zeros(len(rows))
    lengths = right.starts[columns + 1] - right.starts[columns]
    ends = np.cumsum(lengths)
    first = 0
    while first < len(rows):
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + _BLOCK, side="right")), first + 1)
        top, bottom = int(rows[first]), int(rows[last - 1]) + 1
        part = slice(int(left.starts[top]), int(left.starts[bottom]))
        sizes = np.diff(left.starts[top : bottom + 1])
        mine = np.repeat(np.arange(bottom - top), sizes) * size + left.features[part]
        sizes = lengths[first:last]
        owner = np.repeat(np.arange(last - first), sizes)
        offsets = right.starts[columns[first:last]] - (np.cumsum(sizes) - sizes)
        places = np.arange(len(owner)) + np.repeat(offsets, sizes)
        wanted = (rows[first:last] - top)[owner] * size + right.features[places]
        at = np.searchsorted(mine, wanted)
        at[at == len(mine)] = 0
        same = mine[at] == wanted if len(mine) else np.zeros(len(wanted), dtype=bool)
        products = left.weights[part][at[same]] * right.weights[places[same]]
        found[first:last] = np.bincount(owner[same], weights=products, minlength=last - first)
        first = last
    return found
