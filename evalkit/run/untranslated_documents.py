"""Part of step two: documents of a source of which the candidate has nothing at all."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.records import Document, Passage, Unit
from evalkit.run.align import AlignedSystem
from evalkit.run.own_lines import source_segments
from evalkit.run.read import Inputs
from evalkit.run.source_units import lost_id, with_units


def with_untranslated(system: AlignedSystem, inputs: Inputs) -> AlignedSystem:
    """The system with a unit without a text for each document that is empty, or not there, where its source is not: it
    stands for the first line of that. Beside a reference the alignment has such units."""
    if inputs.references or inputs.source is None:
        return system
    found = list(_untranslated(system, inputs.source.documents))
    if not found:
        return system
    return with_units(system, [*system.units, *(unit for unit, _ in found)], {u.id: passage for u, passage in found})


def _untranslated(system: AlignedSystem, sources: tuple[Document, ...]) -> Iterator[tuple[Unit, Passage]]:
    there = {unit.document for unit in system.units}
    for source, mine in zip(sources, system.candidate.documents, strict=True):
        first = next((segment for segment in source_segments(source) if segment.text.strip()), None)
        if first is not None and mine.id not in there and not mine.text.strip():
            unit = Unit(lost_id(mine.id, 1), mine.id, "omitted", 1.0, None, ())
            yield unit, Passage((first,), first.text)
