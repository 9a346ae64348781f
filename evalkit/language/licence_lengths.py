"""What the length of the source says of a clause that only one of candidate and reference has.

Translations of one text are about as long as its source is times the mean of the language pair. An added clause with
which the candidate fits its source better than without is there too, and an omitted one with which the reference fits
worse is the reference's own. Measured on clauses of the development half of WMT23 zh-en: added ones that are licensed
so meet an expert's span as often as chance would (22 places, .61 for .55), the others always (8, chance .62); omitted
ones .61 (26, chance .59), the others .93 (45, chance .60). Read, two of ten of the added ones that are left were right:
a text may be longer because it is wordy. So the witness licenses, and bears nothing out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import median

from evalkit.records import Finding, Passage, Unit

_FEWEST = 20  # units: a median of fewer follows a single one
_CLAUSE = "clause"  # the evidence of what stands inside a pair


class Lengths:
    """The usual length of candidate and reference over their source's, in characters, over all units of a text."""

    def __init__(self, units: Iterable[Unit]) -> None:
        units = [unit for unit in units if unit.source is not None]
        self._usual = {"candidate": _usual(units, of_candidate=True), "reference": _usual(units, of_candidate=False)}

    def licenses(self, finding: Finding, unit: Unit) -> bool:
        """True for a clause that the candidate may say, or leave out, as its source does; False where the length of the
        source tells otherwise, or too few units tell what is usual."""
        if finding.evidence != _CLAUSE:
            return False
        fits = self._fits(unit, finding.side, finding.text)
        return fits is not None and fits == (finding.side == "candidate")

    def bears_out(self, finding: Finding, unit: Unit) -> bool:
        """True for an omitted clause that the source has by its length, on both sides: the reference is nearer to what
        is usual with it than without, and the candidate would be nearer with it than it is."""
        if finding.evidence != _CLAUSE or finding.side != "reference":
            return False
        here, there = self._fits(unit, "reference", finding.text), self._lacks(unit, finding.text)
        return here is True and there is True

    def _lacks(self, unit: Unit, text: str) -> bool | None:
        """True where the candidate of the unit would be nearer to its usual length with `text` than it is."""
        usual, passage = self._usual["candidate"], unit.candidate
        if usual is None or passage is None or unit.source is None or not (source := _size(unit.source)):
            return None
        size = max(1, _size(passage))
        return abs(math.log((size + len(text)) / source) - usual) < abs(math.log(size / source) - usual)

    def _fits(self, unit: Unit, side: str, text: str) -> bool | None:
        """True where this side of the unit is nearer to the usual length with `text` in it than without."""
        passage = unit.candidate if side == "candidate" else next(iter(unit.references), None)
        usual = self._usual.get(side)
        if usual is None or passage is None or unit.source is None or not (source := _size(unit.source)):
            return None
        size = _size(passage)
        rest = max(1, size - len(text))
        return abs(math.log(max(1, size) / source) - usual) < abs(math.log(rest / source) - usual)


def _usual(units: Sequence[Unit], *, of_candidate: bool) -> float | None:
    found = []
    for unit in units:
        passage = unit.candidate if of_candidate else next(iter(unit.references), None)
        if passage is not None and unit.source is not None and (size := _size(passage)) and (of := _size(unit.source)):
            found.append(math.log(size / of))
    return median(found) if len(found) >= _FEWEST else None


def _size(passage: Passage) -> int:
    return len(passage.text.strip())
