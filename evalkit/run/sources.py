"""The source text of each unit, where the source's lines or rows can be paired with those of another side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

from evalkit.records import Document, DocumentSet, Failure, Segment, Unit
from evalkit.run.align import AlignedSystem
from evalkit.run.read import Inputs
from evalkit.text.words import join

Spans = list[tuple[int, int]]


class PairedSource(Struct, frozen=True):
    """Source texts by unit id; `failures` name the documents whose source could not be paired."""

    texts: dict[str, str] = {}
    failures: tuple[Failure, ...] = ()


def pair_source(system: AlignedSystem, inputs: Inputs) -> PairedSource:
    """Source line k belongs to line k of a reference with as many lines, or of the candidate with as many."""
    if inputs.source is None:
        return PairedSource()
    sources = {d.id: d for d in inputs.source.documents}
    units: dict[str, list[Unit]] = {}
    for unit in system.units:
        units.setdefault(unit.document, []).append(unit)
    texts: dict[str, str] = {}
    failures = []
    for document, mine in units.items():
        source = sources[document]
        anchor = _anchor(source, document, system.candidate, inputs.references)
        if anchor is None:
            failures.append(_unpaired(source, document, system.candidate, inputs.references))
            continue
        texts |= _texts(mine, source, *anchor)
    return PairedSource(texts, tuple(failures))


def _anchor(
    source: Document, document: str, candidate: DocumentSet, references: Sequence[DocumentSet]
) -> tuple[str, Spans] | None:
    """The side with as many lines as the source: its name ("" for the candidate) and its lines."""
    number = len(_lines(source))
    for name, side in (*((r.name, r) for r in references), ("", candidate)):
        lines = _lines(next(d for d in side.documents if d.id == document))
        if len(lines) == number:
            return name, lines
    return None


def _texts(units: Sequence[Unit], source: Document, name: str, lines: Spans) -> dict[str, str]:
    own = _lines(source)
    starts = [start for start, _ in lines]
    made = {}
    for unit in units:
        taken = sorted({n for segment in _segments(unit, name) for n in _touched(segment, starts, lines)})
        if taken:
            made[unit.id] = join([source.text[own[n][0] : own[n][1]] for n in taken], source.lang)
    return made


def _segments(unit: Unit, name: str) -> Sequence[Segment]:
    passages = (p for p in unit.references if p.reference == name) if name else (unit.candidate,)
    return [segment for passage in passages if passage is not None for segment in passage.segments]


def _touched(segment: Segment, starts: list[int], lines: Spans) -> list[int]:
    """Numbers of the lines a segment stands in."""
    first, last = max(0, bisect_right(starts, segment.start) - 1), bisect_left(starts, segment.end)
    return [n for n in range(first, last) if segment.start < lines[n][1]]


def _lines(document: Document) -> Spans:
    """The rows of a table, else the lines."""
    if document.rows is not None:
        return [(row.start, row.end) for row in document.rows]
    spans, start = [], 0
    for line in document.text.removesuffix("\n").split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _unpaired(source: Document, document: str, candidate: DocumentSet, references: Sequence[DocumentSet]) -> Failure:
    counts = ", ".join(
        f"{side.side} {side.name!r} {len(_lines(next(d for d in side.documents if d.id == document)))}"
        for side in (*references, candidate)
    )
    message = (
        f"the source of document {document!r} has {len(_lines(source))} lines ({counts}): source-language terms "
        "were not judged there; give a source with as many lines as the reference"
    )
    return Failure("detect", "terminology", candidate.name, "", message)
