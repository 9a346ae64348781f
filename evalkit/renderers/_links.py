"""The links of a result as rows of an alignment file, for formats that write one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from evalkit.records import Segment
from evalkit.records.links_table import segment_key
from evalkit.records.result import Result, SystemRecord, UnitRecord
from evalkit.renderers._places import texts_of

Link = tuple[str, str, str, float, str, str, str, str]  # the columns of an alignment file, by its HEADER


def links(result: Result) -> Iterator[tuple[SystemRecord, UnitRecord, Link]]:
    """System, unit and row for each unit of a result."""
    theirs = {r.name: {segment.id: segment for segment in r.segments} for r in result.references}
    for system in result.systems:
        mine = {segment.id: segment for segment in system.segments}
        for unit in system.units:
            passage = (unit.references or (None,))[0]
            candidate, reference, _ = texts_of(unit)
            here = _keys(mine, unit.candidate.segments if unit.candidate else ())
            there = _keys(theirs[passage.reference], passage.segments) if passage else ""
            row = (system.name, unit.document, unit.link, unit.confidence, here, there, candidate, reference)
            yield system, unit, row


def _keys(known: Mapping[str, Segment], ids: Iterable[str]) -> str:
    return " ".join(segment_key(known[i]) for i in ids if i in known)
