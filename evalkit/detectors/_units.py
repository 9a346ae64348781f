"""Looking at units: which are comparable, and where in a segment a place of a passage lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from evalkit.language.codes import bare
from evalkit.records import Context, Passage, Row, Segment, Unit


def trusted(unit: Unit, context: Context) -> bool:
    """True where the alignment of the unit's document may be built on."""
    return context.trusted.get(unit.document, True)


def comparable(unit: Unit, context: Context) -> bool:
    """True for a paired unit of a trusted document: both sides there, something to compare."""
    return (
        unit.candidate is not None
        and bool(unit.candidate.segments)
        and any(p.segments for p in unit.references)
        and trusted(unit, context)
    )


def candidate_of(unit: Unit) -> Passage:
    """The candidate passage of a unit known to have one."""
    if unit.candidate is None:
        raise ValueError(f"unit {unit.id} has no candidate")
    return unit.candidate


def candidates(units: Iterable[Unit]) -> Iterator[tuple[Unit, Passage, Segment]]:
    """Every candidate segment with its unit, in the order of the units."""
    for unit in units:
        if unit.candidate is not None:
            for segment in unit.candidate.segments:
                yield unit, unit.candidate, segment


def locate(passage: Passage, start: int, end: int) -> tuple[Segment, int, int]:
    """`passage.text[start:end]` as a span of one of its segments; cut at the segment's end.

    The segments are found in the joined text one after the other, whatever joins them.
    """
    at = 0
    last = (passage.segments[0], 0, 0)
    for segment in passage.segments:
        # where it begins is mostly known, and a search prepares for the whole of a long segment, for each finding anew
        begin = at if passage.text.startswith(segment.text, at) else passage.text.find(segment.text, at)
        begin = at if begin < 0 else begin
        at = begin + len(segment.text)
        if start < at:
            inside = max(start - begin, 0)
            return segment, inside, max(inside, min(end - begin, len(segment.text)))
        last = (segment, len(segment.text), len(segment.text))
    return last


def row_of(segment: Segment, context: Context) -> Row | None:
    """The row of the candidate's file that a segment of it stands in, where the file states rows."""
    document = context.documents.get(segment.document)
    return document.row_at(segment.start) if document else None


def stays(segment: Segment, context: Context) -> bool:
    """True for a row that its file says is not to be translated."""
    row = row_of(segment, context)
    return row is not None and row.metadata.get("translate") == "no"


def in_document_order(units: Iterable[Unit]) -> dict[str, list[tuple[Unit, Segment]]]:
    """Per document id the candidate segments by their place, each with its unit."""
    found: dict[str, list[tuple[Unit, Segment]]] = {}
    for unit, _, segment in candidates(units):
        found.setdefault(segment.document, []).append((unit, segment))
    for items in found.values():
        items.sort(key=lambda item: (item[1].start, item[1].end))
    return found


def reference_texts(units: Sequence[Unit]) -> list[str]:
    """The texts of all reference passages, in order."""
    return [passage.text for unit in units for passage in unit.references]


def language(context: Context) -> str:
    """The bare language code of the candidate, lower case: `en` of `en-GB`, `ku` of `kmr`."""
    return bare(context.lang)


def language_of(passage: Passage, context: Context) -> str:
    """The bare code of the language a reference passage is in: its own, or the candidate's."""
    return bare(context.reference_langs.get(passage.reference) or context.lang)


def in_one_language(units: Sequence[Unit], context: Context) -> Sequence[Unit]:
    """The units with the references alone that are in the candidate's language: words can be held against theirs."""
    lang = language(context)
    if all(bare(other) == lang for other in context.reference_langs.values() if other):
        return units
    return [
        replace(unit, references=tuple(p for p in unit.references if language_of(p, context) == lang)) for unit in units
    ]


def is_whole_document(unit: Unit, context: Context) -> bool:
    """True for the unit that stands for a document of a source of which the candidate has nothing."""
    if unit.candidate is not None or unit.references or unit.source is None:
        return False
    mine = context.documents.get(unit.document)
    return mine is None or not mine.text.strip()
