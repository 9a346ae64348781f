"""How probable it is that a candidate segment and a reference segment belong together.

Evidence for a pair: its cosine, how much of the shorter text the longer one holds, how far other
pairs of the same row and column lie behind, whether joining a neighbour makes the text fit better,
and, in later rounds, whether it lies in order with the other pairs. Logistic regressions and, at the
end, a small network turn the evidence into a probability (coefficients: _coefficients.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from evalkit.aligners._coefficients import CONTEXT, LEXICAL, NETWORK, Network
from evalkit.aligners._monotone import posterior
from evalkit.aligners._vectors import Array, Side, dots, nearest_pairs, vectors
from evalkit.model import Segment
from evalkit.text import fold

_NEAREST = 6  # best rows looked at per segment, on each side
_SMALL = 40_000  # up to this many pairs all are looked at
_REACH = 3  # context: this many segments before and after
_DECAY = 0.8
ROUNDS = 3
_OTHER_KIND = 5.0  # so many times less likely
_CLIP = 7.0
_SHIFT = 2.0  # what lies in order is likelier than a pair picked at random
_STRETCH = 200
_LARGEST = 1_000_000  # cells


class Edges(NamedTuple):
    """Pairs (rows, columns) in ascending order of `keys`, each with its cosine and probability."""

    width: int
    keys: Array
    rows: Array
    columns: Array
    cosine: Array
    probability: Array


def edges(candidate: Sequence[Segment], reference: Sequence[Segment], sure: Sequence[tuple[int, int]]) -> Edges:
    """All pairs with a chance, with their probabilities; the pairs of `sure` are always among them."""
    pairs = Pairs(candidate, reference, sure)
    evidence = pairs.lexical()
    probability = pairs.apart(logistic(evidence, LEXICAL))
    order = pairs.in_order(probability)
    for _ in range(ROUNDS):
        last = pairs.with_context(evidence, probability, order)
        probability = pairs.apart(logistic(last, CONTEXT))
    probability = pairs.apart(judged(with_odds(last, probability), NETWORK))
    return Edges(pairs.width, pairs.keys, pairs.rows, pairs.columns, pairs.cosine, probability)


def logistic(evidence: Array, coefficients: Sequence[float]) -> Array:
    """Probabilities from rows of evidence; the sum runs in a fixed order."""
    import numpy as np

    total = np.zeros(len(evidence))
    for column, weight in enumerate(coefficients):
        total = total + evidence[:, column] * weight
    return 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))


def with_odds(evidence: Array, probability: Array) -> Array:
    """The evidence and, as a last column, the log odds of the logistic regression."""
    import numpy as np

    return np.concatenate([evidence, np.log(probability / (1 - probability))[:, None]], axis=1)


def judged(evidence: Array, network: Network) -> Array:
    """Probabilities from rows of evidence by a small network: one layer of tanh units beside a linear part.

    The linear part alone can't say "in its place, or so alike that the place does not matter".
    """
    import numpy as np

    total = np.full(len(evidence), network.bias)
    scaled = [(evidence[:, k] - m) / s for k, (m, s) in enumerate(zip(network.means, network.scales, strict=True))]
    for column, weight in zip(scaled, network.direct, strict=True):
        total = total + column * weight
    for unit in network.units:
        inner = np.full(len(evidence), unit.bias)
        for column, weight in zip(scaled, unit.weights, strict=True):
            inner = inner + column * weight
        total = total + np.tanh(inner) * unit.out
    return 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))


class Pairs:
    """The pairs worth a look of two segment lists, with the evidence for each."""

    def __init__(
        self, candidate: Sequence[Segment], reference: Sequence[Segment], sure: Sequence[tuple[int, int]] = ()
    ) -> None:
        import numpy as np

        self.height, self.width = len(candidate), len(reference)
        self.left, self.right, self.size = vectors([s.text for s in candidate], [s.text for s in reference])
        if self.height * self.width <= _SMALL:
            self.keys = np.arange(self.height * self.width, dtype=np.int64)
        else:
            near, best = nearest_pairs(self.left, self.right, self.size, _NEAREST)
            certain = np.array([i * self.width + j for i, j in sure], dtype=np.int64)
            self.keys = np.union1d(near, self._around(np.union1d(best, certain)))
        self.rows, self.columns = self.keys // self.width, self.keys % self.width
        self.dots = dots(self.left, self.right, self.keys, self.size)
        a, b = self.left.squares[self.rows], self.right.squares[self.columns]
        self.shorter, self.longer = np.minimum(a, b), np.maximum(a, b)
        self.cosine = np.minimum(self.dots / np.sqrt(np.maximum(a * b, 1e-12)), 1.0)
        self.kinds = (
            np.array([s.kind == "text" for s in candidate])[self.rows]
            != np.array([s.kind == "text" for s in reference])[self.columns]
        )
        names = {text: k for k, text in enumerate(sorted({_plain(s) for s in (*candidate, *reference)}))}
        mine = np.array([names[_plain(s)] for s in candidate], dtype=np.int64)
        theirs = np.array([names[_plain(s)] for s in reference], dtype=np.int64)
        self.same = mine[self.rows] == theirs[self.columns]

    def _around(self, keys: Array) -> Array:
        """The pairs and their neighbours, which may be weak pairs between strong ones."""
        import numpy as np

        rows, columns = keys // self.width, keys % self.width
        found = [keys]
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                i, j = rows + down, columns + right
                inside = (i >= 0) & (i < self.height) & (j >= 0) & (j < self.width)
                found.append(i[inside] * self.width + j[inside])
        return np.unique(np.concatenate(found))

    def apart(self, probability: Array) -> Array:
        """The probabilities with pairs of a heading and a sentence put back; no data to fit that on."""
        import numpy as np

        return np.where(self.kinds, probability / (probability + (1 - probability) * _OTHER_KIND), probability)

    def at(self, values: Array, down: int, right: int, outside: float = 0.0) -> Array:
        """`values` of the pairs that lie `down` rows and `right` columns further; `outside` at the corners."""
        import numpy as np

        i, j = self.rows + down, self.columns + right
        inside = (i >= 0) & (i < self.height) & (j >= 0) & (j < self.width)
        wanted = np.where(inside, i * self.width + j, -1)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found = np.where(inside & (self.keys[places] == wanted), values[places], 0.0)
        corner = ((i == -1) & (j == -1)) | ((i == self.height) & (j == self.width))
        return np.where(corner, outside, found)

    def lexical(self) -> Array:
        """One row of evidence per pair, columns as LEXICAL_NAMES."""
        import numpy as np

        columns = [
            np.ones(len(self.keys)),
            self.cosine,
            np.minimum(self.dots / np.maximum(self.shorter, 1e-12), 1.0),
            np.log(np.maximum(self.shorter, 1e-6) / np.maximum(self.longer, 1e-6)),
            self.cosine - self._best_other(self.cosine, self.rows, self.height),
            self.cosine - self._best_other(self.cosine, self.columns, self.width),
            np.maximum(self._gain_right(), self._gain_down()),
            self.same.astype(float),
        ]
        # where the row or the column lies behind matters, which is which does not
        columns[4], columns[5] = np.minimum(columns[4], columns[5]), np.maximum(columns[4], columns[5])
        return np.stack(columns, axis=1)

    def with_context(self, evidence: Array, probability: Array, order: Array) -> Array:
        """The evidence with what the last round's probabilities of other pairs add, as CONTEXT_NAMES."""
        import numpy as np

        before, after = self._diagonal(probability, -1), self._diagonal(probability, 1)
        side = np.zeros(len(self.keys))
        for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            side = np.maximum(side, self.at(probability, down, right))
        row = self._best_other(probability, self.rows, self.height)
        column = self._best_other(probability, self.columns, self.width)
        odds = np.log((order + 1e-3) / (1.001 - order))
        orderly, support = self._orderly(probability, order)
        added = (
            order,
            odds,
            np.full(len(order), support),
            order * orderly,
            odds * orderly,
            odds * support,
            np.minimum(before, after),
            np.maximum(before, after),
            before * after,
            side,
            np.minimum(row, column),
            np.maximum(row, column),
        )
        return np.concatenate([evidence, np.stack(added, axis=1)], axis=1)

    def in_order(self, probability: Array) -> Array:
        """How probable each pair is if both texts run in the same order; 0 in a stretch too long to tell."""
        import numpy as np

        odds = np.clip(np.log(probability / (1 - probability)), -_CLIP, _CLIP) + _SHIFT
        found = np.zeros(len(self.keys))
        for top, bottom, first, last in self._stretches(probability):
            inside = np.arange(*np.searchsorted(self.rows, (top, bottom)))
            inside = inside[(self.columns[inside] >= first) & (self.columns[inside] < last)]
            if not len(inside) or (bottom - top) * (last - first) > _LARGEST:
                continue
            cells = np.full((bottom - top, last - first), _SHIFT - _CLIP)
            places = self.rows[inside] - top, self.columns[inside] - first
            cells[places] = odds[inside]
            found[inside] = posterior(cells)[places]
        return found

    def _stretches(self, probability: Array) -> list[tuple[int, int, int, int]]:
        """Rectangles (rows, then columns) that cut a long text at sure pairs, each of some `_STRETCH` segments."""
        found = []
        top, first = 0, 0
        for i, j in self._sure(probability) if max(self.height, self.width) > _STRETCH else ():
            if i - top >= _STRETCH or j - first >= _STRETCH:
                found.append((top, i, first, j))
                top, first = i, j
        return [*found, (top, self.height, first, self.width)]

    def _sure(self, probability: Array) -> list[tuple[int, int]]:
        """The longest run of sure pairs that goes forward on both sides."""
        rivals = self._best_other(probability, self.rows, self.height) + self._best_other(
            probability, self.columns, self.width
        )
        sure = (probability > 0.9) & (rivals < 0.2)
        pairs = list(zip(self.rows[sure].tolist(), self.columns[sure].tolist(), strict=True))
        ends: list[int] = []  # by length of run, the lowest last column; `last` holds its pair
        last: list[int] = []
        before: list[int] = []
        for number, (_, j) in enumerate(pairs):
            length = bisect_left(ends, j)
            before.append(last[length - 1] if length else -1)
            ends[length : length + 1] = [j]
            last[length : length + 1] = [number]
        run, number = [], last[-1] if last else -1
        while number >= 0:
            run.append(pairs[number])
            number = before[number]
        return run[::-1]

    def _orderly(self, probability: Array, order: Array) -> tuple[float, float]:
        """How far the sure pairs lie in the same order, and how much of the shorter text they are; 0 to 1."""
        import numpy as np

        sure = np.where(probability > 0.5, probability, 0.0)
        share = (float((sure * order).sum()) + 0.5) / (float(sure.sum()) + 1.0)
        return max(0.0, 2 * share - 1), min(1.0, float(sure.sum()) / min(self.height, self.width))

    def _diagonal(self, probability: Array, sign: int) -> Array:
        """The best pair up to `_REACH` segments before or after on both sides, nearer ones first."""
        import numpy as np

        best = np.zeros(len(self.keys))
        for down in range(1, _REACH + 1):
            for right in range(1, _REACH + 1):
                weight = _DECAY ** (down + right - 2)
                best = np.maximum(best, weight * self.at(probability, sign * down, sign * right, outside=1.0))
        return best

    def _best_other(self, values: Array, group: Array, count: int) -> Array:
        """For each pair the highest value among the other pairs of its row (or column)."""
        import numpy as np

        best = np.full(count, 0.0)
        np.maximum.at(best, group, values)
        top = values >= best[group]
        tops = np.bincount(group[top], minlength=count)
        second = np.full(count, 0.0)
        np.maximum.at(second, group[~top], values[~top])
        return np.where(top & (tops[group] == 1), second[group], best[group])

    def _gain_right(self) -> Array:
        """How much better the row fits this column joined with its better neighbour than it fits one alone."""
        return self._gain(self.right, self.columns, self.left.squares[self.rows], 0, 1)

    def _gain_down(self) -> Array:
        return self._gain(self.left, self.rows, self.right.squares[self.columns], 1, 0)

    def _gain(self, side: Side, places: Array, other: Array, down: int, right: int) -> Array:
        import numpy as np

        beside = neighbour_dots(side, self.size)
        best = np.full(len(self.keys), -1.0)
        for sign in (-1, 1):
            near = places + sign
            inside = (near >= 0) & (near < len(side))
            near = np.where(inside, near, places)
            mutual = beside[np.minimum(places, near)]
            joined = side.squares[places] + side.squares[near] + 2 * mutual
            alone = self.at(self.cosine, sign * down, sign * right)
            together = (self.dots + self.at(self.dots, sign * down, sign * right)) / np.sqrt(
                np.maximum(joined * other, 1e-12)
            )
            best = np.where(inside, np.maximum(best, together - np.maximum(self.cosine, alone)), best)
        return np.maximum(best, -0.2)


def neighbour_dots(side: Side, size: int) -> Array:
    """The inner product of each row with the next of the same side; the last has 0."""
    import numpy as np

    count = len(side)
    first = np.arange(count - 1, dtype=np.int64)
    return np.append(dots(side, side, first * count + first + 1, size), 0.0)


def _plain(segment: Segment) -> str:
    return " ".join(fold(segment.text).split())
