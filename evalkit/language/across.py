"""Texts of two languages side by side: which lines of a source stand beside which of its translation.

Lengths, as Gale and Church have them, what both say alike (see `across_signs`), and what an embedding model says, where
one is named. Each group of lines has the probability that it is one, over all ways to pair the two texts (see
`across_table`), and is sure or is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean, stdev

from evalkit.language.across_table import MOVES, Bead, Table, side_of

MOST = 4000  # lines of a side: the work grows with lines times the difference of the two counts
# Of 2,900 groups in documents without gaps that have so much, 99.5 % are right; beside gaps 96 % of the pairs.
_SURE = 0.8
_WIDEST_SURE = 3
_SURE_BESIDE_GAPS = 0.93
_FEW_MISSING = 0.02  # share of the lines: a document with more in no group is one with gaps
_NEAR = 2  # groups before and behind
# Lines off, before and behind, at which pairs are tried, to know how well lines fit that do not belong together.
_WAYS = 15
_NOTHING = 1e-9  # lines that are all alike fit each other wherever they stand
# Logarithm of the odds. Of 192 documents of NTREX in four languages, line by line, .3 is the most; of 137 with two
# lines joined and another cut 95 % have 8 and more, and of 137 with a line less and one more 90 %.
_OTHERWISE = 6.0
_SHIFTS = (-3, -2, -1, 1, 2, 3)  # lines off, where a line less or more stands before
# Of running text of NTREX and WMT (`benchmarks/source.py lost`, development) 75 % of the sentences with figures that
# were taken out are told so, 13 % of the others, and 1 of 1,000 that are there. The second bound is that of a line
# whose figures, months and territories stand nowhere in the candidate; for the first the lengths around it alone speak.
_LOST, _LOST_BY_PROOF = 0.9, 0.5
# Of a paragraph both ends are known, and how long its translation ought to be (`benchmarks/source.py shortened`).
_LOST_WITHIN, _LOST_WITHIN_BY_PROOF = 0.6, 0.3


def beads(
    source: Sequence[str], candidate: Sequence[str], source_lang: str, lang: str, model: str | None = None
) -> list[Bead]:
    """The pairs of the likeliest way to pair all lines, in order; lines that the other side lacks are in none. `model`
    names an embedding model that is asked besides; raises MissingExtraError or ConfigError where it can't be."""
    return beads_and_lost(source, candidate, source_lang, lang, model)[0]


def beads_and_lost(
    source: Sequence[str], candidate: Sequence[str], source_lang: str, lang: str, model: str | None = None
) -> tuple[list[Bead], dict[int, float]]:
    """As `beads`; and the lines of the source that the candidate seems to have left out, by number, each with the
    probability that nothing stands for it."""
    theirs, mine = side_of(source, source_lang), side_of(candidate, lang)
    if not theirs.lengths or not mine.lengths:
        return [], {}
    meant = None
    if model:
        from evalkit.language.across_meanings import Meant

        meant = Meant(source, candidate, model, max(map(max, MOVES)))
    table = Table(theirs, mine, meant)
    found = list(_with_sure(list(table.beads()), len(source) + len(candidate)))
    return found, dict(table.lost(_LOST, _LOST_BY_PROOF))


def lost_within(
    source: Sequence[str], candidate: Sequence[str], source_lang: str, lang: str, ratio: float
) -> dict[int, float]:
    """The sentences of a paragraph that the candidate's paragraph seems to have left out, by number, each with the
    probability of that; `ratio` is how many letters the candidate has for one of the source elsewhere."""
    table = Table(side_of(source, source_lang), side_of(candidate, lang), ratio=ratio)
    list(table.beads())
    return dict(table.lost(_LOST_WITHIN, _LOST_WITHIN_BY_PROOF))


def _with_sure(found: Sequence[Bead], lines: int) -> Iterator[Bead]:
    """The groups with what is sure of them: where lines are missing, a longer group may hold one that has no mate."""
    whole = lines - sum(len(bead.source) + len(bead.candidate) for bead in found) <= _FEW_MISSING * lines
    for number, bead in enumerate(found):
        near = found[max(0, number - _NEAR) : number + _NEAR + 1]
        wide = max(len(bead.source), len(bead.candidate))
        if whole and all(a.source[-1] + 1 == b.source[0] and a.candidate[-1] + 1 == b.candidate[0]
                         for a, b in pairwise(near)):  # fmt: skip
            sure = bead.probability >= _SURE and wide <= _WIDEST_SURE
        else:
            sure = bead.probability >= _SURE_BESIDE_GAPS and wide == 1
        yield bead._replace(sure=sure)


def side_by_side(source: Sequence[str], candidate: Sequence[str], source_lang: str, lang: str) -> float:
    """How far line k fits line k better than lines some way off, in standard deviations; 0 where those a certain way
    off fit better. Both sides have as many lines, more than two; of longer texts some are tried, evenly apart."""
    table = Table(side_of(source, source_lang), side_of(candidate, lang))
    own = table.fit(0)
    ways = range(1, min(_WAYS, (table.n - 1) // 2) + 1)
    others = [table.fit(way) for way in (*ways, *(-way for way in ways))]
    spread = stdev(others) if len(others) > 1 else 0.0
    if spread < _NOTHING:
        return math.inf
    return max(0.0, own - mean(others)) / spread if own > max(others) else 0.0


def cut_otherwise(source: Sequence[str], candidate: Sequence[str], source_lang: str, lang: str) -> bool:
    """Whether an alignment pairs two texts with as many lines far better than line k with line k does: somewhere a line
    is missing, or cut in two, and further on another makes up for it."""
    if not 0 < len(source) == len(candidate) <= MOST:
        return False
    table = Table(side_of(source, source_lang), side_of(candidate, lang))
    if not any(table.best_stretch(shift) > _OTHERWISE for shift in _SHIFTS):  # cheap, and few texts go further
        return False
    own = math.fsum(table.gain_at(i, 0) for i in range(table.n))
    return table.value(list(table.beads())) - own > _OTHERWISE
