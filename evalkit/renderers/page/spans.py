"""Places in a document as places in its segments, counted as a browser counts them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from evalkit.records import Segment
from evalkit.text.shared import shared
from evalkit.text.visible import visible

Mark = tuple[int, int, int]  # segment, start and end in its visible text


class _Side(NamedTuple):
    """The segments of a document in the order of their text: asked for by every finding, so of no packed record."""

    starts: array[int]
    ends: array[int]
    numbers: array[int]
    texts: list[str]


class Places:
    """The segments of one side by document, to find what a span touches."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._by_document: dict[str, _Side] = {}
        for number, segment in enumerate(segments):
            side = self._by_document.get(segment.document)
            if side is None:
                side = self._by_document[segment.document] = _Side(array("q"), array("q"), array("q"), [])
            side.starts.append(segment.start)
            side.ends.append(segment.end)
            side.numbers.append(number)
            side.texts.append(segment.text)
        for document, side in self._by_document.items():
            order = sorted(range(len(side.starts)), key=side.starts.__getitem__)
            starts, ends, numbers = (array("q", map(column.__getitem__, order)) for column in side[:3])
            self._by_document[document] = _Side(starts, ends, numbers, [side.texts[place] for place in order])

    def marks(self, document: str, start: int, end: int) -> Iterator[Mark]:
        """The parts of a span, segment by segment; a span of no length marks nothing."""
        side = self._by_document.get(document)
        if side is None:
            return
        for place in range(max(0, bisect_right(side.starts, start) - 1), len(side.starts)):
            begin = side.starts[place]
            first, last = max(start, begin), min(end, side.ends[place])
            if begin >= end:
                return
            if first < last:
                at = _units(side.texts[place])
                yield side.numbers[place], at(first - begin), at(last - begin)


@partial(shared, size=4096)
def _offsets(text: str) -> tuple[int, ...]:
    """For every place in the text, the UTF-16 units before it in the visible text."""
    lengths = (sum(1 + (ord(sign) > 0xFFFF) for sign in visible(char)) for char in text)
    return (0, *accumulate(lengths))


def _units(text: str) -> Callable[[int], int]:
    if text.isascii() and text.isprintable():
        return int
    return lambda place: _offsets(text)[place]
