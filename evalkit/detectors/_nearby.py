"""Where a thing may have moved to: the units a unit is linked with, those beside it, those that moved.

A file is no document: in one of five hundred unrelated lines any number or name stands somewhere. So what a unit lacks
is excused only by a unit near it that has it and does not need it itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from evalkit.records import GAPS, Context, Passage, Unit
from evalkit.text.words import fold, words


class Nearby:
    """The neighbours of each unit: before and after it in the candidate and in each reference, those that share a
    segment with it, and the moved ones of its document. A report or summary gathers from everywhere, so there what
    nothing is linked with is near too."""

    def __init__(self, units: Sequence[Unit], context: Context) -> None:
        self._near: dict[str, set[str]] = defaultdict(set)
        self._far: dict[str, set[str]] = defaultdict(set)
        gathers = context.kind != "translation"
        members: dict[str, list[Unit]] = {}
        self._units = {unit.id: unit for unit in units}
        self._order = {unit.id: number for number, unit in enumerate(units)}
        for unit in units:
            members.setdefault(unit.document, []).append(unit)
            if unit.link == "moved" or (gathers and unit.link in GAPS):
                self._far[unit.document].add(unit.id)
        names = list(dict.fromkeys(passage.reference for unit in units for passage in unit.references))
        for document in members.values():
            self._beside((unit.candidate, unit) for unit in document)
            for name in names:
                self._beside((_of(unit, name), unit) for unit in document)

    def _beside(self, side: Iterable[tuple[Passage | None, Unit]]) -> None:
        """Units that follow one another on a side, or share a segment of it, are near each other."""
        placed = [(passage, unit) for passage, unit in side if passage is not None and passage.segments]
        placed.sort(key=lambda item: (item[0].start, item[0].end))
        sharing: dict[str, str] = {}
        for at, (passage, unit) in enumerate(placed):
            for _, other in placed[at + 1 : at + 2]:
                self._join(unit.id, other.id)
            for segment in passage.segments:
                self._join(unit.id, sharing.setdefault(segment.id, unit.id))

    def _join(self, one: str, other: str) -> None:
        if one != other:
            self._near[one].add(other)
            self._near[other].add(one)

    def has(self, unit: Unit, other: Unit) -> bool:
        """True where what `unit` lacks may have moved to `other`; never for the unit itself."""
        if unit.id == other.id:
            return False
        near = other.id in self._near[unit.id] or other.id in self._far[other.document]
        return near or (unit.document == other.document and unit.id in self._far[unit.document])

    def around(self, unit: Unit) -> list[Unit]:
        """The unit and those beside it or linked with the same, in their order."""
        near = self._near[unit.id] | {unit.id}
        return [self._units[id_] for id_ in sorted(near, key=self._order.__getitem__)]

    def moved(self, unit: Unit, text: str, *, to_candidate: bool) -> bool:
        """True where a unit near by has these words on one side and not on the other: what is lost from, or new in,
        this unit may have moved there."""
        wanted = f" {_plain(text)} "
        for other in self.around(unit):
            mine = f" {_plain(other.candidate.text)} " if other.candidate else " "
            yours = " ".join(f" {_plain(passage.text)} " for passage in other.references)
            here, there = (mine, yours) if to_candidate else (yours, mine)
            if other.id != unit.id and wanted in here and wanted not in there:
                return True
        return False


def _plain(text: str) -> str:
    return " ".join(fold(word.text) for word in words(text))


def _of(unit: Unit, reference: str) -> Passage | None:
    return next((passage for passage in unit.references if passage.reference == reference), None)
