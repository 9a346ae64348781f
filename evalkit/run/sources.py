"""Part of step two: the source of each unit, where its lines or rows can be paired with those of another side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from evalkit.records import Document, DocumentSet, Failure, Passage, Segment, Unit
from evalkit.run.align import AlignedSystem
from evalkit.run.by_keys import by_keys, with_missing, without_fixed
from evalkit.run.own_lines import line_spans, source_segments
from evalkit.run.read import Inputs
from evalkit.run.source_lines import UNPAIRED, Spans, SureLines, begun, source_remarks, sure_lines
from evalkit.run.source_paragraphs import Shortened, shortened, with_lost
from evalkit.run.source_units import by_source_lines, lost_id, segments_of_side, touched_lines
from evalkit.run.trust import Assessed, total
from evalkit.run.untranslated_documents import with_untranslated
from evalkit.text.words import count_words, join


def with_source(
    system: AlignedSystem, inputs: Inputs, model: str | None = None, *, by_line: bool = False
) -> AlignedSystem:
    """The system with the source of its units; a failure names each document whose source could not be paired.

    Source line k belongs to line k of a reference with as many lines, or of the candidate with as many. Where no side
    has, sentences are aligned, and `model` names an embedding model that is asked for them besides. Lines that do not
    belong together by their numbers are aligned too, but not where the user says that they do (`by_line`). Rows that
    have keys on both sides are paired by these. A document of the source of which there is nothing has a unit too.
    """
    keys = by_keys(inputs, system.candidate)
    paired = without_fixed(_with_source(system, keys.inputs, model, by_line=by_line))
    return with_untranslated(with_missing(paired, keys), inputs)


def _with_source(system: AlignedSystem, inputs: Inputs, model: str | None, *, by_line: bool) -> AlignedSystem:
    if inputs.source is None:
        return system
    places = {d.id: n for n, d in enumerate(inputs.source.documents)}  # the same on every side
    sure = dict(_aligned(system, inputs, places, model))
    if not inputs.references and not by_line:
        sure |= _cut_otherwise(system, inputs.source, places, model)
    if not inputs.references:
        system = by_source_lines(_gated(system, sure), inputs.source, places, sure)
    units: dict[str, list[Unit]] = {}
    for unit in system.units:
        units.setdefault(unit.document, []).append(unit)
    passages: dict[str, Passage] = {}
    short: dict[str, Shortened] = {}
    failures = [*source_remarks(inputs.source, system.candidate, sure)]
    for document, mine in units.items():
        place = places[document]
        source = inputs.source.documents[place]
        anchor = _anchor(source, place, system.candidate, inputs)
        if document in sure:
            failures.append(sure[document].note(source, system.candidate.name, told=not inputs.references))
            passages |= _beside_sure(mine, source.lang, sure[document])
            if not inputs.references:
                passages |= {
                    lost_id(document, each.number): Passage((each.segment,), each.segment.text)
                    for each in sure[document].lost
                }
            continue
        if anchor is None:
            failures.append(_unpaired(source, place, system.candidate, inputs.references))
            continue
        made, shared = _passages(mine, source, *anchor)
        passages |= made
        if not inputs.references and system.candidate.kind == "translation" and source.rows is None:
            short |= shortened(mine, made, source, system.side.cut, (source.lang, system.candidate.lang))
        if shared:
            failures.append(_in_part(shared, len(mine), source.id, system.candidate))
    done = replace(system, sources=passages, failures=(*system.failures, *failures))
    return with_lost(done, short) if short else done


def _aligned(
    system: AlignedSystem, inputs: Inputs, places: Mapping[str, int], model: str | None
) -> Iterator[tuple[str, SureLines]]:
    """The documents no side of which has as many lines as the source, as far as they can be aligned."""
    if inputs.source is None:
        return
    mine: dict[str, list[Segment]] = {}
    for document, place in places.items():
        source = inputs.source.documents[place]
        if _anchor(source, place, system.candidate, inputs) is not None:
            continue
        sides = source, system.candidate.documents[place]
        if not inputs.references and all(side.rows is None for side in sides):
            langs = source.lang, system.candidate.lang
            part = begun(source_segments(source), source_segments(sides[1]), langs, system.candidate.kind)
            if part is not None:
                yield document, part
                continue
        if not mine:
            for segment in system.pairing.segments:
                mine.setdefault(segment.document, []).append(segment)
        lines = tuple(_with_text(side) for side in sides)
        langs = inputs.source.lang, system.candidate.lang
        found = sure_lines(system.side.cut(source), mine.get(document, ()), (lines[0], lines[1]), langs, model)
        if found is not None:
            yield document, found


def _cut_otherwise(
    system: AlignedSystem, source: DocumentSet, places: Mapping[str, int], model: str | None
) -> Iterator[tuple[str, SureLines]]:
    """The documents with as many lines on both sides of which line k does not belong to line k: their lines, aligned.
    Rows of a table or a bilingual file stand where they are meant to stand."""
    from evalkit.language.across import cut_otherwise

    if system.candidate.kind != "translation":
        return
    langs = source.lang, system.candidate.lang
    for document, place in places.items():
        sides = source.documents[place], system.candidate.documents[place]
        there, here = map(source_segments, sides)
        if any(side.rows is not None for side in sides) or len(there) != len(here):
            continue
        if cut_otherwise([s.text for s in there], [s.text for s in here], *langs):
            found = sure_lines(there, here, (len(there), len(here)), langs, model, as_many=True)
            if found is not None and found.trusted:
                yield document, found


def _gated(system: AlignedSystem, sure: Mapping[str, SureLines]) -> AlignedSystem:
    """The system with the rows of the trust gate of the documents that were aligned with their source."""
    if not sure:
        return system
    words = {document.id: count_words(document.text) for document in system.candidate.documents}
    alignments = system.alignments | {document: each.alignment for document, each in sure.items()}
    return replace(
        system,
        alignments=alignments,
        total=total([Assessed(each.alignment, words[document], words[document]) for document, each in sure.items()]),
    )


def _with_text(document: Document) -> int:
    return sum(bool(document.text[start:end].strip()) for start, end in line_spans(document))


def _beside_sure(units: Sequence[Unit], lang: str, sure: SureLines) -> dict[str, Passage]:
    """The source of the units that stand in sure places alone, and that have all of these to themselves."""
    starts = [start for start, _ in sure.spans]
    touched = [
        sorted({n for segment in segments_of_side(unit, "") for n in touched_lines(segment, starts, sure.spans)})
        for unit in units
    ]
    times = Counter(n for taken in touched for n in taken)
    made = {}
    for unit, taken in zip(units, touched, strict=True):
        there = [sure.source[n] for n in taken]
        if there and all(there) and all(times[n] == 1 for n in taken):
            segments = tuple(segment for group in there for segment in group)
            made[unit.id] = Passage(segments, join([segment.text for segment in segments], lang))
    return made


def _anchor(source: Document, place: int, candidate: DocumentSet, inputs: Inputs) -> tuple[str, Spans] | None:
    """The side with as many lines as the source, first of all one whose file brought it: its name ("" for the
    candidate) and its lines."""
    number = len(line_spans(source))
    sides = sorted(
        (*((r.name, r) for r in inputs.references), ("", candidate)),
        key=lambda side: (side[1].side, side[1].name) not in inputs.source_of,
    )
    for name, side in sides:
        lines = line_spans(side.documents[place])
        if len(lines) == number:
            return name, lines
    return None


def _passages(units: Sequence[Unit], source: Document, name: str, lines: Spans) -> tuple[dict[str, Passage], int]:
    """The source of each unit that has its lines for itself, and how many units have a part of a line: nobody knows
    what of it belongs to them."""
    own = source_segments(source)
    starts = [start for start, _ in lines]
    touched = [
        sorted({n for segment in segments_of_side(unit, name) for n in touched_lines(segment, starts, lines)})
        for unit in units
    ]
    times = Counter(n for taken in touched for n in taken)
    made = {}
    for unit, taken in zip(units, touched, strict=True):
        if taken and all(times[n] == 1 for n in taken):
            segments = tuple(own[n] for n in taken)
            made[unit.id] = Passage(segments, join([segment.text for segment in segments], source.lang))
    return made, sum(map(bool, touched)) - len(made)


def _in_part(shared: int, units: int, document: str, candidate: DocumentSet) -> Failure:
    said = (
        f"document {document!r}: {shared:,} of {units:,} units are a part of a line of the source and were not "
        "checked against it; if the lines correspond, give --align lines"
    )
    return Failure("align", "", candidate.name, "", said)


def _unpaired(source: Document, place: int, candidate: DocumentSet, references: Sequence[DocumentSet]) -> Failure:
    counts = ", ".join(
        f"{side.side} {side.name!r} {len(line_spans(side.documents[place]))}" for side in (*references, candidate)
    )
    message = (
        f"{UNPAIRED} {source.id!r} has {len(line_spans(source))} lines ({counts}): nothing was checked "
        f"against it there; give a source with as many lines as the {'reference' if references else 'candidate'}"
    )
    return Failure("align", "", candidate.name, "", message)
