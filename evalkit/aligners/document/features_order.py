"""What other pairs say about a pair: its neighbours on the diagonal, its rivals, and the order of the texts."""

from __future__ import annotations

from evalkit.aligners._ascending import longest_ascending
from evalkit.aligners.document.features import Pairs
from evalkit.aligners.document.model import Column, Made, constant, in_memory, product, stacked
from evalkit.aligners.document.monotone import posterior
from evalkit.aligners.document.vectors import Array

_REACH = 3  # this many segments before and after
# A neighbour two steps away says less than one step away; by hand, the second fit weighs what comes of it
_DECAY = 0.8
_CLIP = 7.0  # odds beyond 1,100 to 1 say no more: one certain pair must not drown its neighbours
_SHIFT = 2.0  # what lies in order is likelier than a pair picked at random
# Segments: a table of so many a side is quick to fill; a text is cut only at pairs that are sure.
_STRETCH = 200
_LARGEST = 1_000_000  # cells
# What the columns after a pair's own evidence are, in their order.
CONTEXT_NAMES = (
    "in order",
    "in order, log odds",
    "support",
    "in order, orderly text",
    "in order, log odds, orderly text",
    "in order, log odds, support",
    "before",
    "after",
    "both",
    "beside",
    "rival in row",
    "rival in column",
)


def with_context(pairs: Pairs, evidence: Array, probability: Array, order: Array) -> Array:
    """The evidence with what the last round's probabilities of other pairs add, as CONTEXT_NAMES."""
    import numpy as np

    return np.concatenate([evidence, stacked(context(pairs, probability, order))], axis=1)


def context(pairs: Pairs, probability: Array, order: Array) -> list[Column]:
    """The columns of CONTEXT_NAMES."""
    import numpy as np

    before, after = _diagonal(pairs, probability, -1), _diagonal(pairs, probability, 1)
    side = np.zeros(len(pairs.keys))
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        side = np.maximum(side, pairs.at(probability, down, right))
    row = pairs.best_other(probability, pairs.rows, pairs.height)
    column = pairs.best_other(probability, pairs.columns, pairs.width)
    odds = log_odds_in_order(order)
    orderly, support = _orderly(pairs, probability, order)
    columns: list[Column] = [
        order,
        odds,
        constant(support, len(order)),
        product(order, orderly),
        product(odds, orderly),
        product(odds, support),
        Made(np.minimum, before, after),
        Made(np.maximum, before, after),
        product(before, after),
        side,
        np.minimum(row, column),
        np.maximum(row, column),
    ]
    return in_memory(columns)


def log_odds_in_order(order: Array) -> Made:
    """The log odds of the probabilities that `in_order` gives, which may be 0 and 1."""
    import numpy as np

    return Made(lambda order: np.log((order + 1e-3) / (1.001 - order)), order)


def in_order(pairs: Pairs, probability: Array) -> Array:
    """How probable each pair is if both texts run in the same order; 0 in a stretch too long to tell."""
    import numpy as np

    odds = np.clip(np.log(probability / (1 - probability)), -_CLIP, _CLIP) + _SHIFT
    found = np.zeros(len(pairs.keys))
    for top, bottom, first, last in _stretches(pairs, probability):
        inside = np.arange(*np.searchsorted(pairs.rows, (top, bottom)))
        inside = inside[(pairs.columns[inside] >= first) & (pairs.columns[inside] < last)]
        if not len(inside) or (bottom - top) * (last - first) > _LARGEST:
            continue
        cells = np.full((bottom - top, last - first), _SHIFT - _CLIP)
        places = pairs.rows[inside] - top, pairs.columns[inside] - first
        cells[places] = odds[inside]
        found[inside] = posterior(cells)[places]
    return found


def _stretches(pairs: Pairs, probability: Array) -> list[tuple[int, int, int, int]]:
    """Rectangles (rows, then columns) that cut a long text at sure pairs, each of some `_STRETCH` segments."""
    found = []
    top, first = 0, 0
    for i, j in _sure(pairs, probability) if max(pairs.height, pairs.width) > _STRETCH else ():
        if i - top >= _STRETCH or j - first >= _STRETCH:
            found.append((top, i, first, j))
            top, first = i, j
    return [*found, (top, pairs.height, first, pairs.width)]


def _sure(pairs: Pairs, probability: Array) -> list[tuple[int, int]]:
    """The longest run of sure pairs that goes forward on both sides."""
    rivals = pairs.best_other(probability, pairs.rows, pairs.height) + pairs.best_other(
        probability, pairs.columns, pairs.width
    )
    sure = (probability > 0.9) & (rivals < 0.2)
    found = list(zip(pairs.rows[sure].tolist(), pairs.columns[sure].tolist(), strict=True))
    return longest_ascending(found)


def _orderly(pairs: Pairs, probability: Array, order: Array) -> tuple[float, float]:
    """How far the sure pairs lie in the same order, and how much of the shorter text they are; 0 to 1."""
    import numpy as np

    sure = np.where(probability > 0.5, probability, 0.0)
    share = (float((sure * order).sum()) + 0.5) / (float(sure.sum()) + 1.0)
    return max(0.0, 2 * share - 1), min(1.0, float(sure.sum()) / min(pairs.height, pairs.width))


def _diagonal(pairs: Pairs, probability: Array, sign: int) -> Array:
    """The best pair up to `_REACH` segments before or after on both sides, nearer ones first."""
    import numpy as np

    best = np.zeros(len(pairs.keys))
    for down in range(1, _REACH + 1):
        for right in range(1, _REACH + 1):
            weight = _DECAY ** (down + right - 2)
            best = np.maximum(best, weight * pairs.at(probability, sign * down, sign * right, outside=1.0))
    return best
