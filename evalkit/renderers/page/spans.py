"""Places in a document as places in its segments, counted as a browser counts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate

from evalkit.records import Segment
from evalkit.text.shared import shared
from evalkit.text.visible import visible

Mark = tuple[int, int, int]  # segment, start and end in its visible text


class Places:
    """The segments of one side by document, to find what a span touches."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._by_document: dict[str, list[int]] = {}
        for number, segment in enumerate(segments):
            self._by_document.setdefault(segment.document, []).append(number)
        self._starts: dict[str, list[int]] = {}
        for document, numbers in self._by_document.items():
            numbers.sort(key=lambda n: segments[n].start)
            self._starts[document] = [segments[n].start for n in numbers]

    def marks(self, document: str, start: int, end: int) -> Iterator[Mark]:
        """The parts of a span, segment by segment; a span of no length marks nothing."""
        numbers, starts = self._by_document.get(document, []), self._starts.get(document, [])
        for number in numbers[max(0, bisect_right(starts, start) - 1) :]:
            segment = self._segments[number]
            first, last = max(start, segment.start), min(end, segment.end)
            if segment.start >= end:
                return
            if first < last:
                at = _units(segment.text)
                yield number, at(first - segment.start), at(last - segment.start)


@partial(shared, size=4096)
def _offsets(text: str) -> tuple[int, ...]:
    """For every place in the text, the UTF-16 units before it in the visible text."""
    lengths = (sum(1 + (ord(sign) > 0xFFFF) for sign in visible(char)) for char in text)
    return (0, *accumulate(lengths))


def _units(text: str) -> Callable[[int], int]:
    if text.isascii() and text.isprintable():
        return int
    return lambda place: _offsets(text)[place]
