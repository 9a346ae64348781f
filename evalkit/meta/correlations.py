"""Pearson, Spearman and Kendall of two vectors, and what each observation has to do with it.

Pearson and Spearman take the steps of scipy 1.17 (mean, scaled norm, product of the two), Kendall's counts are exact:
that is how the field's own tool gets its values, so they are the same to the last digit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Counts = npt.NDArray[np.int64]

# From this length on the library behind `dot` shares the work among threads, whose number would move the last digit.
_PIECE = 10_000


def pearson(human: Array, metric: Array) -> float:
    """Pearson's r, NaN where one side is constant or there are fewer than two."""
    import numpy as np

    if len(human) < 2 or (human == human[0]).all() or (metric == metric[0]).all():
        return float("nan")
    one, other = _unit(human), _unit(metric)
    pieces = -(-len(one) // _PIECE)
    r = 0.0
    for a, b in zip(np.array_split(one, pieces), np.array_split(other, pieces), strict=True):
        r += float(np.dot(a, b))
    r = min(1.0, max(-1.0, r))
    return float(round(r)) if len(human) == 2 else r


def _unit(values: Array) -> Array:
    """The vector around its mean, of length 1."""
    import numpy as np

    around = np.ascontiguousarray(values) - np.mean(values)
    largest = np.max(np.abs(around))
    scaled = around / largest
    unit: Array = around / (largest * np.sqrt(np.sum(scaled * scaled)))
    return unit


def spearman(human: Array, metric: Array) -> float:
    """Pearson's r of the ranks, equal values sharing their mean rank; NaN as Pearson's."""
    import numpy as np

    if len(human) < 2 or (human == human[0]).all() or (metric == metric[0]).all():
        return float("nan")
    table: Array = np.asarray(np.corrcoef(np.stack([ranks(human), ranks(metric)])))
    return float(table[1, 0])


def ranks(values: Array) -> Array:
    """Ranks from 1; equal values share the mean of theirs."""
    import numpy as np

    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: Array = (last - (counts - 1) / 2)[place]
    return shared


class Orders(NamedTuple):
    """For each observation, among all others: those in the same order on both sides less those in opposite order, and
    those that are not equal on the human side, on the metric's."""

    agreement: Counts
    human_differ: Counts
    metric_differ: Counts


def orders(human: Array, metric: Array) -> Orders:
    """What each observation adds to Kendall's tau; n log² n steps."""
    import numpy as np

    x, y = (np.unique(side, return_inverse=True)[1].astype(np.int64) for side in (human, metric))
    rising = _below(x, y) + _below(-x, -y)
    falling = _below(x, -y) + _below(-x, y)
    return Orders(rising - falling, *(len(side) - np.bincount(side)[side] for side in (x, y)))


def _below(x: Counts, y: Counts) -> Counts:
    """For each observation how many others are smaller in both, by merging halves of the order in x."""
    import numpy as np

    size = len(x)
    sequence = np.lexsort((-y, x))  # of equal x the larger y first: none of them is before and smaller
    level = np.unique(y, return_inverse=True)[1].astype(np.int64)[sequence]
    found = np.zeros(size, dtype=np.int64)
    place, span = np.arange(size), int(level.max(initial=0)) + 1
    width = 1
    while width < size:
        block, is_right = place // (2 * width), (place // width) % 2 == 1
        left = np.sort((block * span + level)[~is_right])
        start = np.searchsorted(left, block[is_right] * span)
        found[is_right] += np.searchsorted(left, (block * span + level)[is_right]) - start
        width *= 2
    counts = np.empty(size, dtype=np.int64)
    counts[sequence] = found
    return counts


def kendall(human: Array, metric: Array) -> float:
    """Kendall's tau-b, NaN where one side is constant or there are fewer than two."""
    found = orders(human, metric)
    return tau(*(int(counts.sum()) // 2 for counts in found))


def tau(agreement: int, human_differ: int, metric_differ: int) -> float:
    """Tau-b of counted pairs."""
    import numpy as np

    if not human_differ or not metric_differ:
        return float("nan")
    return float(min(1.0, max(-1.0, agreement / np.sqrt(human_differ) / np.sqrt(metric_differ))))
