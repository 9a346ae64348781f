"""Part of step two: one unit for what stands beside one line of the source, and for each line that is left out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from evalkit.records import Document, DocumentSet, Passage, Segment, Unit
from evalkit.run.align import AlignedSystem
from evalkit.run.own_lines import line_spans
from evalkit.run.pairing import UnitPairing
from evalkit.run.source_lines import Spans, SureLines
from evalkit.text.words import join


def by_source_lines(
    system: AlignedSystem, source: DocumentSet, places: Mapping[str, int], sure: Mapping[str, SureLines]
) -> AlignedSystem:
    """The system with one unit for what stands beside one line of the source: what is missing from one sentence may
    stand in the next, and a sentence that goes over a line end is cut there. Where there is no reference nothing else
    decides what belongs together."""
    found: list[Unit] = []
    for document, group in groupby(system.units, key=lambda unit: unit.document):
        units = list(group)
        mine, theirs = (side.documents[places[document]] for side in (system.candidate, source))
        lines = line_spans(mine)
        beside = sure[document].spans if document in sure else lines if len(lines) == len(line_spans(theirs)) else []
        made = list(_of_lines(units, beside, system.candidate.lang)) if beside else units
        if beside is lines:
            made = list(_with_blank_lines(made, mine, theirs))
        if document in sure:
            made = list(_with_lost(made, document, sure[document]))
        found += made
    return with_units(system, found)


def with_units(
    system: AlignedSystem, units: Sequence[Unit], sources: Mapping[str, Passage] | None = None
) -> AlignedSystem:
    """The system with these units in place of its own, and with the sources, by unit, besides those it has."""
    segments = tuple(segment for unit in units for segment in segments_of_side(unit, ""))
    pairing = UnitPairing(len(units), lambda: units, segments)
    return replace(system, pairing=pairing, sources={**system.sources, **(sources or {})})


def _of_lines(units: Sequence[Unit], lines: Spans, lang: str) -> Iterator[Unit]:
    """The units of a document by its lines, in their order; what stands in no line, or has no text, stays as it is."""
    starts = [start for start, _ in lines]
    by_line: dict[int, list[Segment]] = {}
    ids: dict[int, str] = {}
    whole: dict[int, Unit] = {}
    number = 0
    every = (touched_lines(segment, starts, lines) for unit in units for segment in segments_of_side(unit, ""))
    cut = any(len(touched) > 1 for touched in every)  # else the segments keep their ids, which may be those of rows
    for unit in units:
        touched = [touched_lines(segment, starts, lines) for segment in segments_of_side(unit, "")]
        if not touched or not all(touched):
            whole[-1 - len(whole)] = unit
            by_line[-len(whole)] = []
            number += len(touched)
            continue
        for segment, places in zip(segments_of_side(unit, ""), touched, strict=True):
            for n, piece in _cut(segment, [(n, lines[n]) for n in places]):
                number += 1
                by_line.setdefault(n, []).append(replace(piece, id=f"{piece.document}:{number}") if cut else piece)
                ids.setdefault(n, f"{piece.document}:{number}")
    for n, mine in by_line.items():
        if n in whole:
            yield whole[n]
        else:
            passage = Passage(tuple(mine), join([segment.text for segment in mine], lang))
            yield replace(units[0], id=ids[n], candidate=passage)


def _with_blank_lines(units: Sequence[Unit], mine: Document, theirs: Document) -> Iterator[Unit]:
    """The units, and one without a text for each line that is blank where the source's is not: it is untranslated."""
    there = {segment.start for unit in units for segment in segments_of_side(unit, "")}
    sides = enumerate(zip(line_spans(mine), line_spans(theirs), strict=True), 1)
    blank = [
        Segment(f"{mine.id}:line-{number}", mine.id, start, start, "")
        for number, ((start, end), (first, last)) in sides
        if start not in there and not mine.text[start:end].strip() and theirs.text[first:last].strip()
    ]
    for unit in units:
        while blank and unit.candidate and blank[0].start < unit.candidate.start:
            yield _blank(units[0], blank.pop(0))
        yield unit
    yield from (_blank(units[0], segment) for segment in blank)


def _with_lost(units: Sequence[Unit], document: str, sure: SureLines) -> Iterator[Unit]:
    """The units, and one without a candidate for each line of the source that is surely left out, behind the unit
    that stands for a line before it."""
    behind: dict[int, list[Unit]] = {}
    for each in sure.lost:
        lost = Unit(lost_id(document, each.number), document, "omitted", round(each.share, 4), None, ())
        behind.setdefault(each.behind, []).append(lost)
    yield from behind.pop(-1, ())
    for unit in units:
        yield unit
        if unit.candidate is not None:
            for start in [start for start in behind if unit.candidate.start <= start < max(unit.candidate.end, 1)]:
                yield from behind.pop(start)
    for lost_units in behind.values():
        yield from lost_units


def lost_id(document: str, number: int | str) -> str:
    return f"{document}:source-{number}"


def _blank(like: Unit, segment: Segment) -> Unit:
    return replace(like, id=segment.id, candidate=Passage((segment,), ""))


def _cut(segment: Segment, lines: Sequence[tuple[int, tuple[int, int]]]) -> Iterator[tuple[int, Segment]]:
    """The parts of a segment that stand in each line, with the line's number, without white space at their ends."""
    if len(lines) == 1:
        yield lines[0][0], segment
        return
    for n, (start, end) in lines:
        first, last = max(start, segment.start), min(end, segment.end)
        text = segment.text[first - segment.start : last - segment.start]
        if text.strip():
            first += len(text) - len(text.lstrip())
            yield n, replace(segment, start=first, end=first + len(text.strip()), text=text.strip())


def segments_of_side(unit: Unit, name: str) -> Sequence[Segment]:
    passages = (p for p in unit.references if p.reference == name) if name else (unit.candidate,)
    return [segment for passage in passages if passage is not None for segment in passage.segments]


def touched_lines(segment: Segment, starts: list[int], lines: Spans) -> list[int]:
    """Numbers of the lines a segment stands in."""
    first, last = max(0, bisect_right(starts, segment.start) - 1), bisect_left(starts, segment.end)
    if segment.start == segment.end:  # an empty row, which stands at its own place
        return [first] if starts and starts[first] == segment.start else []
    return [n for n in range(first, last) if segment.start < lines[n][1]]
