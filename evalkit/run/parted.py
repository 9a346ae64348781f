"""Units that detectors see as several: what a line lacks of its source or reference is a unit of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from evalkit.records import Unit


class Parted(NamedTuple):
    """A unit without what it leaves out, and units of their own for that."""

    rest: Unit
    lost: tuple[Unit, ...]


def with_parted(units: Iterable[Unit], found: Mapping[str, Parted]) -> Iterator[Unit]:
    """The units as detectors see them."""
    for unit in units:
        each = found.get(unit.id)
        yield from (unit,) if each is None else (each.rest, *each.lost)


def owners_of(found: Mapping[str, Parted]) -> dict[str, str]:
    """The unit of the result that each unit of a lost sentence belongs to."""
    return {lost.id: id_ for id_, each in found.items() for lost in each.lost}
