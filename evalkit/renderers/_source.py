"""The source as pieces that stand beside units: its lines, cut where a unit's share of one begins or ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evalkit.records import Segment
from evalkit.records.result import PassageRecord, Result, UnitRecord

_Spans = list[tuple[int, int]]


class Pieces:
    """The source in order, nothing twice. A system that was aligned with it took sentences, another lines: both are
    made of pieces. What is blank is no piece."""

    def __init__(self, result: Result) -> None:
        lines = result.source.segments if result.source else ()
        self._lines = {line.id: line for line in lines}
        cuts: dict[str, set[int]] = {}
        for system in result.systems if lines else ():
            for unit in system.units:
                for span in self._spans(unit.source):
                    cuts.setdefault(unit.document, set()).update(span)
        ordered = {document: sorted(places) for document, places in cuts.items()}
        self.segments = tuple(piece for line in lines for piece in _cut(line, ordered.get(line.document, ())))
        self._places: dict[str, tuple[list[int], list[int]]] = {}  # by document: starts of pieces, and their numbers
        for number, piece in enumerate(self.segments):
            starts, numbers = self._places.setdefault(piece.document, ([], []))
            starts.append(piece.start)
            numbers.append(number)

    def of(self, unit: UnitRecord) -> list[int]:
        """Numbers of the pieces that stand beside a unit, in order; none where no source is known to."""
        starts, numbers = self._places.get(unit.document, ([], []))
        return [
            n
            for start, end in self._spans(unit.source)
            for n in numbers[bisect_left(starts, start) : bisect_left(starts, end)]
        ]

    def _spans(self, passage: PassageRecord | None) -> _Spans:
        """Where a passage stands: its lines, which may be far apart; of sentences, which have no record, the whole."""
        if passage is None:
            return []
        found = [self._lines.get(i) for i in passage.segments]
        lines = [line for line in found if line and line.start >= passage.start and line.end <= passage.end]
        known = len(lines) == len(found) and all(line.text in passage.text for line in lines)
        return [(line.start, line.end) for line in lines] if known else [(passage.start, passage.end)]


def _cut(line: Segment, cuts: Sequence[int]) -> Iterator[Segment]:
    inside = cuts[bisect_right(cuts, line.start) : bisect_left(cuts, line.end)]
    ends = [line.start, *inside, line.end]
    for number, (start, end) in enumerate(pairwise(ends)):
        text = line.text[start - line.start : end - line.start]
        if text.strip():
            start += len(text) - len(text.lstrip())
            yield Segment(f"{line.id}+{number}", line.document, start, start + len(text.strip()), text.strip())
