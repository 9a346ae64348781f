"""Segments as sparse tf-idf vectors of words and letter groups, and their cosines for many pairs.

Everything here is symmetric to the last bit: features are numbered by their text, sums run in that
order, so exchanging the two sides exchanges rows and columns and changes no figure.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from evalkit.text.words import fold, has_unspaced, words

_GRAMS = (3, 4)  # characters: shorter ones are shared by all words, longer ones split at inflection
_WORD_WEIGHT = 2.0  # a whole word says more than a group of letters inside one
_FREQUENT = 120  # features in more segments than this make no candidate pair in a long document
_FEW_ROWS = 20_000  # up to so many a number for every row is as quick as sorting out those that have any
# Between letters: the middle dots of plain language and of Catalan, and the hyphen that only shows at a line end.
_PARTED = re.compile(r"(?<=[^\W\d_])[\u00b7\u2022\u2027\u2219\u00ad](?=[^\W\d_])")
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


def plain(text: str) -> str:
    """The text folded, with words whole that plain language parts ("Mindest·haltbar·keits·datum")."""
    return fold(_PARTED.sub("", text))


def features_of(text: str) -> list[str]:
    """Words (marked `=`) and groups of 2 to 4 letters of a text, folded; one entry per occurrence."""
    found: list[str] = []
    previous_end, previous = -1, ""
    for word in words(plain(text)):
        found.append("=" + word.text)
        if has_unspaced(word.text):
            if previous and word.start == previous_end:
                found.append(previous + word.text)
            previous, previous_end = word.text, word.end
            continue
        previous = ""
        edged = f" {word.text} "
        for size in _GRAMS:
            found += [edged[k : k + size] for k in range(len(edged) - size + 1)]
    return found


def vectors(candidate: Sequence[str], reference: Sequence[str]) -> tuple[Side, Side, int]:
    """Both sides over one feature space, and its size; idf is counted over the segments of both."""
    import numpy as np

    seen: dict[str, int] = {}
    columns, tf, lengths = _counts((*candidate, *reference), seen)
    names = sorted(seen)
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.fromiter((seen[name] for name in names), dtype=np.int64, count=len(names))] = np.arange(len(names))
    del seen
    columns = rank[columns]
    order = np.lexsort((columns, np.repeat(np.arange(len(lengths)), lengths)))
    columns, tf = columns[order], tf[order].astype(np.float64)
    df = np.bincount(columns, minlength=len(names))
    scale = np.fromiter((_WORD_WEIGHT if n[0] == "=" else 1.0 for n in names), dtype=np.float64, count=len(names))
    idf = np.log(1.0 + len(lengths) / np.maximum(df, 1)) * scale
    weights = tf * idf[columns]
    bounds = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    middle = int(bounds[len(candidate)])
    left = Side(bounds[: len(candidate) + 1], columns[:middle], weights[:middle])
    right = Side(bounds[len(candidate) :] - middle, columns[middle:], weights[middle:])
    return left, right, len(names)


def _counts(texts: Iterable[str], seen: dict[str, int]) -> tuple[Array, Array, list[int]]:
    """The features of the texts one after another by their number in `seen`, which grows, how often each occurs in
    its text, and how many each text has. In plain arrays: an object a text would take more than its features."""
    import numpy as np

    features, counts, lengths = array("i"), array("i"), []
    for text in texts:
        found: dict[int, int] = {}
        for name in features_of(text):
            number = seen.setdefault(name, len(seen))
            found[number] = found.get(number, 0) + 1
        features.extend(found)
        counts.extend(found.values())
        lengths.append(len(found))
    return np.frombuffer(features, dtype=np.int32), np.frombuffer(counts, dtype=np.int32), lengths


def nearest_pairs(left: Side, right: Side, size: int, most: int) -> tuple[Array, Array]:
    """Keys `i * len(right) + j` of pairs worth a look: for each row of either side its `most` best, and its best."""
    import numpy as np

    every, best = array("q"), array("q")
    for i, found in enumerate(_nearest(left, right, size, most)):
        every.extend(i * len(right) + j for j in found)
        best.extend(i * len(right) + j for j in found[:1])
    for j, found in enumerate(_nearest(right, left, size, most)):
        every.extend(i * len(right) + j for i in found)
        best.extend(i * len(right) + j for i in found[:1])
    return np.unique(np.array(every, dtype=np.int64)), np.unique(np.array(best, dtype=np.int64))


def _nearest(left: Side, right: Side, size: int, most: int) -> Iterator[list[int]]:
    """For each row of `left` the rows of `right` with the best cosine over features that are not frequent."""
    import numpy as np

    order = np.argsort(right.features, kind="stable")
    rows = np.repeat(np.arange(len(right)), np.diff(right.starts))[order]
    values = right.weights[order]
    counts = np.bincount(right.features, minlength=size)
    both = counts + np.bincount(left.features, minlength=size)
    starts = np.concatenate(([0], np.cumsum(counts)))
    norms: Array = np.sqrt(np.maximum(right.squares, 1e-12))
    for begin, end in left.spans():
        mine, weights = left.features[begin:end], left.weights[begin:end]
        usable = (both[mine] <= _FREQUENT) & (counts[mine] > 0)
        mine, weights = mine[usable], weights[usable]
        lengths = counts[mine]
        total = int(lengths.sum())
        if total == 0:
            yield []
            continue
        offsets = np.repeat(starts[mine] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        places = np.arange(total) + offsets
        scores, near = _summed(rows[places], values[places] * np.repeat(weights, lengths), len(right))
        scores = scores / norms[near]
        positive = np.flatnonzero(scores > 0)
        best = positive[np.argsort(-scores[positive], kind="stable")[:most]]
        yield (best if isinstance(near, slice) else near[best]).tolist()


def _summed(rows: Array, products: Array, count: int) -> tuple[Array, Array | slice]:
    """The sum of the products of each row, of `count` rows in all, and which rows these are. Of a long text those that
    have any: a number for every row would be more work than the products. Both add in the order given."""
    import numpy as np

    if count < max(_FEW_ROWS, 8 * len(rows)):
        return np.bincount(rows, weights=products, minlength=count), slice(None)
    near, places = np.unique(rows, return_inverse=True)
    return np.bincount(places, weights=products), near


def dots(left: Side, right: Side, keys: Array, size: int) -> Array:
    """The inner product of each pair of `keys` (`i * len(right) + j`, ascending)."""
    import numpy as np

    found = np.zeros(len(keys))
    if not len(keys):
        return found
    rows, columns = keys // len(right), keys % len(right)
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
