"""All ways to pair the lines of two texts, with what speaks for each: lengths and what both say alike."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from evalkit.language.across_signs import signs_of
from evalkit.text.words import count_unspaced

if TYPE_CHECKING:
    from evalkit.language.across_meanings import Meant

_BAND = 30  # lines beside the diagonal, besides the difference of the counts
_WIDER = 2  # letters that a character of a script without spaces stands for, besides itself
_VARIANCE = 6.8  # of lengths, a letter: Gale and Church 1993
_FLOOR = -12.0  # no length says more against a pair than that
_LENGTHS = 0.6  # lengths of lines far apart count less than they seem to: sentences are no sums of letters
GAP = -2.5  # a line that the other side does not have: so that what is called sure is, where lines were left out
MOVES: dict[tuple[int, int], float] = {
    (1, 1): math.log(0.80), (1, 2): math.log(0.06), (2, 1): math.log(0.06), (2, 2): math.log(0.01),
    (1, 3): math.log(0.015), (3, 1): math.log(0.015), (1, 4): math.log(0.004), (4, 1): math.log(0.004),
}  # fmt: skip
_TRIED = 200  # lines of a longer text
_RARE = 3.0  # the rarest sign says so much for a pair that shares it, and a quarter against one that does not
_NAMED = "tmv"  # signs of territories, months and values; single figures are in every text


class Bead(NamedTuple):
    """Lines of a source and of a candidate, by number, that stand for each other; `probability` 0 to 1.

    `sure` is what may be checked: 95 % and more of such pairs are right, 99 % where all lines have a mate.
    """

    source: tuple[int, ...]
    candidate: tuple[int, ...]
    probability: float
    sure: bool = False


_Cells = dict[tuple[int, int], float]


class Side(NamedTuple):
    """The lengths of a side's lines, and what each says."""

    lengths: list[int]
    signs: list[frozenset[str]]


class Table:
    """All ways to pair two texts, within a band."""

    def __init__(self, theirs: Side, mine: Side, meant: Meant | None = None, *, ratio: float | None = None) -> None:
        self.theirs, self.mine, self.meant = theirs, mine, meant
        self.n, self.m = len(theirs.lengths), len(mine.lengths)
        self.ratio = ratio or max(sum(mine.lengths), 1) / max(sum(theirs.lengths), 1)
        counts = Counter(sign for signs in (*theirs.signs, *mine.signs) for sign in signs)
        self.weights = {sign: _RARE / (1 + math.log(max(1.0, n / 2))) for sign, n in counts.items()}
        self.band = _BAND + abs(self.n - self.m)
        self._sums = tuple(_sums(side.lengths) for side in (theirs, mine))
        self._gains: dict[tuple[int, int, int, int], float] = {}
        self._ways: tuple[_Cells, _Cells] = {}, {}  # sums of all ways up to a cell, and from it, once there are beads

    def fit(self, way: int) -> float:
        """How well lines of the source fit the candidate's line so far behind them, going round at the end."""
        tried = range(0, self.n, -(-self.n // _TRIED))
        return math.fsum(self._gain(i + 1, (i + way) % self.n + 1, 1, 1) for i in tried) / len(tried)

    def gain_at(self, i: int, shift: int) -> float:
        """What speaks for line i of the source and the candidate's line so far behind it, both from 0."""
        return self._gain(i + 1, i + shift + 1, 1, 1)

    def best_stretch(self, shift: int) -> float:
        """How much better some stretch of lines fits so far off than in its place: the largest sum of a stretch."""
        most = now = 0.0
        for i in range(max(0, -shift), min(self.n, self.m - shift)):
            now = max(0.0, now + self.gain_at(i, shift) - self.gain_at(i, 0))
            most = max(most, now)
        return most

    def value(self, found: Sequence[Bead]) -> float:
        """The value of a way to pair all lines; those in no group are gaps."""
        taken = sum(len(bead.source) + len(bead.candidate) for bead in found)
        gains = (self._gain(b.source[-1] + 1, b.candidate[-1] + 1, len(b.source), len(b.candidate)) for b in found)
        return math.fsum(gains) + GAP * (self.n + self.m - taken)

    def _columns(self, i: int) -> range:
        centre = i * self.m // self.n
        return range(max(0, centre - self.band), min(self.m, centre + self.band) + 1)

    def _gain(self, i: int, j: int, a: int, b: int) -> float:
        key = (i, j, a, b)
        if key not in self._gains:
            x = self._sums[0][i] - self._sums[0][i - a]
            y = self._sums[1][j] - self._sums[1][j - b]
            gain = MOVES[a, b] + max(_FLOOR, _LENGTHS * _length(x * self.ratio, y))
            meant = self.meant.gain(i, j, a, b) if self.meant else 0.0
            self._gains[key] = gain + self._alike(i, j, a, b) + meant
        return self._gains[key]

    def _alike(self, i: int, j: int, a: int, b: int) -> float:
        there: frozenset[str] = frozenset().union(*self.theirs.signs[i - a : i])
        here: frozenset[str] = frozenset().union(*self.mine.signs[j - b : j])
        if not there and not here:
            return 0.0
        both = math.fsum(self.weights[sign] for sign in there & here)
        figures = math.fsum(self.weights[sign] for sign in there ^ here if sign[0] in "0123456789?")
        return both - figures / 4

    def _into(self, i: int, j: int, known: Mapping[tuple[int, int], float]) -> Iterator[tuple[float, int, int]]:
        """The ways into a cell: value up to it, and how many lines of each side it takes."""
        for a, b in MOVES:
            if i >= a and j >= b and (before := known.get((i - a, j - b))) is not None:
                yield before + self._gain(i, j, a, b), a, b
        for a, b in ((1, 0), (0, 1)):
            if i >= a and j >= b and (before := known.get((i - a, j - b))) is not None:
                yield before + GAP, a, b

    def beads(self) -> Iterator[Bead]:
        best: dict[tuple[int, int], float] = {(0, 0): 0.0}
        every: dict[tuple[int, int], float] = {(0, 0): 0.0}
        way: dict[tuple[int, int], tuple[int, int]] = {}
        for i in range(self.n + 1):
            for j in self._columns(i):
                if i or j:
                    ways = list(self._into(i, j, best))
                    if ways:
                        best[i, j], *step = max(ways)
                        way[i, j] = (step[0], step[1])
                        every[i, j] = _log_sum([value for value, _, _ in self._into(i, j, every)])
        after = self._after(every)
        self._ways = every, after
        i, j, found = self.n, self.m, []
        while i or j:
            a, b = way[i, j]
            if a and b:
                value = every[i - a, j - b] + self._gain(i, j, a, b) + after[i, j] - every[self.n, self.m]
                found.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), math.exp(min(0.0, value))))
            i, j = i - a, j - b
        yield from reversed(found)

    def lost(self, most: float, by_proof: float) -> Iterator[tuple[int, float]]:
        """Lines of the source that no line of the candidate stands for, with the probability of that, from `most` on,
        or from `by_proof` where what a line names stands nowhere. Call it after `beads`."""
        every, after = self._ways
        here: frozenset[str] = frozenset().union(*self.mine.signs)
        for i in range(self.n):
            named = {sign for sign in self.theirs.signs[i] if sign[0] in _NAMED or (sign.isdecimal() and sign[1:])}
            ways = [
                value + GAP + after[i + 1, j]
                for j in self._columns(i)
                if (value := every.get((i, j))) is not None and (i + 1, j) in after
            ]
            share = math.exp(min(0.0, _log_sum(ways) - every[self.n, self.m])) if ways else 0.0
            if share >= (by_proof if named and not named & here else most):
                yield i, share

    def _after(self, every: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
        """Of each cell the sum of all ways from it to the end."""
        after: dict[tuple[int, int], float] = {(self.n, self.m): 0.0}
        steps = (*MOVES, (1, 0), (0, 1))
        for i in range(self.n, -1, -1):
            for j in reversed(self._columns(i)):
                if (i, j) == (self.n, self.m) or (i, j) not in every:
                    continue
                values = [
                    rest + (self._gain(i + a, j + b, a, b) if a and b else GAP)
                    for a, b in steps
                    if (rest := after.get((i + a, j + b))) is not None
                ]
                if values:
                    after[i, j] = _log_sum(values)
        return after


def length_of(text: str) -> int:
    """The letters of a text, those of scripts without spaces as what they stand for in others."""
    return len(text) + _WIDER * count_unspaced(text)


def side_of(texts: Sequence[str], lang: str) -> Side:
    return Side([length_of(text) for text in texts], signs_of(texts, lang))


def _sums(lengths: Sequence[int]) -> list[int]:
    sums = [0]
    for length in lengths:
        sums.append(sums[-1] + length)
    return sums


def _length(expected: float, length: float) -> float:
    """Logarithm of the probability that a translation is so much longer or shorter than expected."""
    middle = max((expected + length) / 2, 1.0)
    return math.log(max(1e-12, math.erfc(abs(length - expected) / math.sqrt(2 * middle * _VARIANCE))))


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(math.fsum(math.exp(value - top) for value in values))
