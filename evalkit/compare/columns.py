"""The units of a system as a comparison takes them: column by column, from a result or from the run that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from evalkit.errors import InputError
from evalkit.kernel.tables import Table
from evalkit.records.result import SystemRecord, UnitRecord


class Place(NamedTuple):
    """What a unit renders of its first reference: the segments, `REFERENCE/SEGMENT` each, and where they start.
    `rendered` says whether the candidate has anything there."""

    keys: tuple[str, ...]
    document: str
    start: int
    rendered: bool


class Columns(Protocol):
    """The units of a system as a comparison takes them, column by column."""

    @property
    def documents(self) -> Sequence[str]:
        """Ids of the system's documents."""

    @property
    def places(self) -> Sequence[Place]:
        """The place of every unit; the same object where systems are known to have the same."""

    def rows(self, metric: str) -> Table:
        """The rows of every unit."""


class RecordColumns:
    """The units of a result."""

    def __init__(self, system: SystemRecord) -> None:
        self._system = system
        self.documents = [document.id for document in system.documents]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(map(_place, self._system.units))

    def rows(self, metric: str) -> Table:
        """Raises InputError where they are not of one length."""
        try:
            rows = [unit.rows[metric] for unit in self._system.units]
            (width,) = {len(row) for row in rows} or {1}
        except (KeyError, ValueError):
            raise InputError(
                f"the result's units of {self._system.name!r} do not all have the same counts of {metric}, so it "
                "cannot be compared: the file was changed by hand; make it again with `evalkit run` or `-f json`"
            ) from None
        return Table.of(rows, width)


def _place(unit: UnitRecord) -> Place:
    start = unit.references[0].start if unit.references else 0
    return Place(tuple(reference_keys(unit)), unit.document, start, unit.candidate is not None)


def reference_keys(unit: UnitRecord) -> list[str]:
    """Identities of the reference segments of a unit's first reference."""
    return [f"{passage.reference}/{segment}" for passage in (unit.references or ())[:1] for segment in passage.segments]


def stand_alike(every: Sequence[Columns]) -> bool:
    """True where no system has a reference and all have as many units of the same documents: unit k of one is held
    against unit k of the other, as lines of the same source are."""
    documents = [[place.document for place in columns.places] for columns in every]
    return all(not has_references(columns) for columns in every) and all(of == documents[0] for of in documents)


def has_references(columns: Columns) -> bool:
    """Whether any unit has one."""
    return any(place.keys for place in columns.places)
