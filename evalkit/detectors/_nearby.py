"""Where a thing may have moved to: the units a unit is linked with, those beside it, those that moved.

A file is no document: in one of five hundred unrelated lines any number or name stands somewhere. So what a unit lacks
is excused only by a unit near it that has it and does not need it itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evalkit.records import GAPS, Context, Passage, Unit
from evalkit.text.words import fold, words

_NOWHERE = -1  # before the first and behind the last of a side, and where a unit that has nothing of it stands


class _Side(NamedTuple):
    """One side of a document: its units by their numbers in the order of their text, and each unit's place there."""

    order: array[int]
    places: array[int]
    first: int  # the number of the first unit that has a place


class Nearby:
    """The neighbours of each unit: before and after it in the candidate and in each reference, those that share a
    segment with it, and the moved ones of its document. A report or summary gathers from everywhere, so there what
    nothing is linked with is near too.

    Units are known by their numbers, in arrays: a set for each would take more than the units themselves.
    """

    def __init__(self, units: Sequence[Unit], context: Context) -> None:
        gathers = context.kind != "translation"
        members: dict[str, list[int]] = {}
        self._units = units
        self._numbers = {unit.id: number for number, unit in enumerate(units)}
        self._far: dict[str, set[str]] = {}
        self._sides: dict[str, list[_Side]] = {}
        self._sharing: dict[int, set[int]] = {}
        for number, unit in enumerate(units):
            members.setdefault(unit.document, []).append(number)
            if unit.link == "moved" or (gathers and unit.link in GAPS):
                self._far.setdefault(unit.document, set()).add(unit.id)
        names = list(dict.fromkeys(passage.reference for unit in units for passage in unit.references))
        for document, numbers in members.items():
            self._sides[document] = [self._side(numbers, name) for name in (None, *names)]

    def _side(self, numbers: Sequence[int], reference: str | None) -> _Side:
        """A side as those of its units that have something of it, in the order of their text."""
        passages = ((number, _of(self._units[number], reference)) for number in numbers)
        placed = [(number, passage) for number, passage in passages if passage is not None and passage.segments]
        ends = array("q", (end for _, passage in placed for end in (passage.start, passage.end)))
        spans = range(0, len(ends) - 2, 2)
        if any(ends[at : at + 2] > ends[at + 2 : at + 4] for at in spans):
            placed.sort(key=lambda item: (item[1].start, item[1].end))
            self._share(placed)
        elif any(ends[at + 1] >= ends[at + 2] for at in spans):
            self._share(placed)
        first = numbers[0]
        places = array("i", [_NOWHERE]) * (numbers[-1] - first + 1)
        order = array("i", (_NOWHERE, *(number for number, _ in placed), _NOWHERE))
        for place, (number, _) in enumerate(placed, 1):
            places[number - first] = place
        return _Side(order, places, first)

    def _share(self, placed: Sequence[tuple[int, Passage]]) -> None:
        """Notes which units share a segment: none do on a side where each ends before the next begins."""
        owner: dict[str, int] = {}
        for number, passage in placed:
            for segment in passage.segments:
                other = owner.setdefault(segment.id, number)
                if other != number:
                    self._sharing.setdefault(number, set()).add(other)
                    self._sharing.setdefault(other, set()).add(number)

    def _beside(self, number: int, document: str) -> Iterator[int]:
        """The numbers of the units before and after a unit on any side, and of those that share a segment with it."""
        for side in self._sides[document]:
            place = side.places[number - side.first]
            for other in () if place == _NOWHERE else (side.order[place - 1], side.order[place + 1]):
                if other != _NOWHERE:
                    yield other
        yield from self._sharing.get(number, ())

    def has(self, unit: Unit, other: Unit) -> bool:
        """True where what `unit` lacks may have moved to `other`; never for the unit itself."""
        if unit.id == other.id:
            return False
        far = self._far.get(other.document, ())
        if other.id in far or (unit.document == other.document and unit.id in far):
            return True
        return self._numbers[other.id] in self._beside(self._numbers[unit.id], unit.document)

    def around(self, unit: Unit) -> list[Unit]:
        """The unit and those beside it or linked with the same, in their order."""
        number = self._numbers[unit.id]
        return [self._units[other] for other in sorted({number, *self._beside(number, unit.document)})]

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


def _of(unit: Unit, reference: str | None) -> Passage | None:
    """What a unit has of a reference; without one of the candidate."""
    if reference is None:
        return unit.candidate
    return next((passage for passage in unit.references if passage.reference == reference), None)
