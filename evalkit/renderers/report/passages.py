"""The texts of a unit as lines of pieces, with the findings marked in place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from evalkit.records import Finding, Segment, Side
from evalkit.records.result import PassageRecord, ReferencePassageRecord, Result, SystemRecord, UnitRecord
from evalkit.renderers._source import Pieces
from evalkit.renderers._text import shorten
from evalkit.renderers.report.blocks import Line, Piece
from evalkit.text.visible import visible

_CONTEXT = 150  # characters kept on each side of a mark where a passage is shortened
_MOST_MARKS = 40  # in one passage


@dataclass(frozen=True)
class Marked:
    """One system's units by id with what is needed to draw them."""

    number: int
    system: SystemRecord
    segments: Mapping[str, Segment]
    reference_segments: Mapping[tuple[str, str], Segment]
    by_unit: Mapping[str, Sequence[Finding]]
    places: Mapping[str, int]
    pieces: Pieces

    @classmethod
    def of(cls, result: Result, number: int, pieces: Pieces | None = None) -> Marked:
        """Those of a system by its number; `pieces` of the source, if they are made already."""
        system = result.systems[number]
        by_unit: dict[str, list[Finding]] = {}
        for finding in system.standing:
            by_unit.setdefault(finding.unit, []).append(finding)
        return cls(
            number,
            system,
            {segment.id: segment for segment in system.segments},
            {(ref.name, segment.id): segment for ref in result.references for segment in ref.segments},
            by_unit,
            {unit.id: place for place, unit in enumerate(system.units)},
            pieces or Pieces(result),
        )

    def mark(self, finding: Finding) -> str:
        """The id of a finding's place in the aligned texts: made of numbers, never of data."""
        unit = self.places.get(finding.unit)
        return "" if unit is None else f"m{self.number}-{unit}-{self._numbers[finding.unit][finding]}"

    @cached_property
    def _numbers(self) -> dict[str, dict[Finding, int]]:
        """The findings of each unit by their place among them; of equal ones the first."""
        return {unit: {f: n for n, f in reversed(list(enumerate(found)))} for unit, found in self.by_unit.items()}

    def candidate(self, unit: UnitRecord, limit: int) -> Line:
        """The candidate's text of a unit; a dash where the unit has none."""
        if unit.candidate is None:
            return (Piece("–"),)
        spans = [(f.start, f.end, f) for f in self.by_unit.get(unit.id, ()) if f.side == "candidate"]
        segments = [self.segments[i] for i in unit.candidate.segments if i in self.segments]
        return self._draw(unit.candidate, segments, spans, limit, "candidate")

    def reference(self, unit: UnitRecord, passage: ReferencePassageRecord, limit: int) -> Line:
        """A reference's text of a unit."""
        keys = [(passage.reference, i) for i in passage.segments]
        segments = [self.reference_segments[key] for key in keys if key in self.reference_segments]
        spans = self._beside(unit, "reference", passage)
        return self._draw(passage, segments, spans, limit, "reference")

    def source(self, unit: UnitRecord, limit: int) -> Line:
        """The source's text of a unit; a dash where the unit has none."""
        segments = [self.pieces.segments[n] for n in self.pieces.of(unit)]
        if not segments:
            return (Piece("–"),)
        text = " ".join(segment.text for segment in segments)
        passage = PassageRecord((), segments[0].start, segments[-1].end, text)
        return self._draw(passage, segments, self._beside(unit, "source", passage), limit, "source")

    def _beside(
        self, unit: UnitRecord, side: Side, passage: PassageRecord | ReferencePassageRecord
    ) -> list[tuple[int, int, Finding]]:
        """The places of findings on another side than the candidate's. What belongs to a finding of another side is
        marked unless it is the whole passage."""
        name = passage.reference if isinstance(passage, ReferencePassageRecord) else ""
        spans = []
        for f in self.by_unit.get(unit.id, ()):
            if f.side == side and f.reference in ("", name):
                spans.append((f.start, f.end, f))
            elif (
                f.other
                and (f.other.side, f.other.reference) == (side, name)
                and f.other.end - f.other.start < passage.end - passage.start
            ):
                spans.append((f.other.start, f.other.end, f))
        return spans

    def _draw(
        self,
        passage: PassageRecord | ReferencePassageRecord,
        segments: Sequence[Segment],
        spans: Sequence[tuple[int, int, Finding]],
        limit: int,
        side: Side,
    ) -> Line:
        pieces: list[Piece] = []
        at, places = 0, _merged(_in_passage(passage.text, segments, spans))
        for start, end, findings in places[:_MOST_MARKS]:
            pieces.append(Piece(_gap(passage.text[at:start], limit, first=at == 0)))
            pieces += [Piece("", id=mark) for mark in dict.fromkeys(self.mark(f) for f in findings if f.side == side)]
            pieces.append(Piece(shorten(passage.text[start:end], limit), "mark", _hint(findings)))
            at = end
        pieces.append(Piece(_gap(passage.text[at:], limit, first=at == 0, last=True)))
        if len(places) > _MOST_MARKS:
            pieces.append(Piece(f" [{len(places) - _MOST_MARKS:,} more places not marked here]"))
        return tuple(piece for piece in pieces if piece.text or piece.id)


def _in_passage(
    text: str, segments: Sequence[Segment], spans: Sequence[tuple[int, int, Finding]]
) -> Iterator[tuple[int, int, Finding]]:
    """Spans of the document as spans of the passage, whose segments may be far apart in the document."""
    at, touching = 0, _Touching(spans)
    for segment in segments:
        place = text.find(segment.text, at)
        if place < 0:
            continue
        at = place + len(segment.text)
        for start, end, finding in touching.between(segment.start, segment.end):
            first, last = max(start, segment.start), min(end, segment.end)
            if finding.document == segment.document and first < last:
                yield place + first - segment.start, place + last - segment.start, finding


class _Touching:
    """Spans by where they begin, so that a segment looks at its own: a document in one line has thousands of both."""

    def __init__(self, spans: Sequence[tuple[int, int, Finding]]) -> None:
        self._spans = spans
        self._order = sorted(range(len(spans)), key=lambda n: spans[n][0])
        self._starts = [spans[n][0] for n in self._order]
        self._reached = list(accumulate((spans[n][1] for n in self._order), max))  # the furthest end so far

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, Finding]]:
        """The spans that may have a part between two places, in the order they were given in."""
        first, last = bisect_right(self._reached, start), bisect_left(self._starts, end)
        return (self._spans[n] for n in sorted(self._order[first:last]))


def _merged(spans: Iterator[tuple[int, int, Finding]]) -> list[tuple[int, int, list[Finding]]]:
    """Spans in order; those that touch or overlap are one, with all their findings."""
    merged: list[tuple[int, int, list[Finding]]] = []
    for start, end, finding in sorted(spans, key=lambda span: span[:2]):
        if merged and start <= merged[-1][1]:
            before = merged.pop()
            merged.append((before[0], max(before[1], end), [*before[2], finding]))
        else:
            merged.append((start, end, [finding]))
    return merged


def _hint(findings: Sequence[Finding]) -> str:
    return "; ".join(f"{visible(f.rule)} ({f.severity}): {shorten(f.message, 200)}" for f in findings[:5])


def _gap(text: str, limit: int, *, first: bool, last: bool = False) -> str:
    """Text between marks; in a long one only what is near the marks is kept, and the cut says so."""
    head = limit if first and last else _CONTEXT
    tail = 0 if last else _CONTEXT
    if len(text) <= max(limit // 2, head + tail + 40):
        return visible(text)
    cut = len(text) - head - tail
    end = visible(text[len(text) - tail :].lstrip()) if tail else ""
    return f"{visible(text[:head].rstrip())} … [{cut:,} characters left out] … {end}".rstrip()
