"""Texts that belong together line by line, without an object for every line.

Where line k belongs to line k a run needs the texts of the lines and nothing else. The records that a
result shows of them (segments, links, units) are made when somebody looks at them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from evalkit.kernel import words as linewords
from evalkit.kernel.packing import Neighbours
from evalkit.records import Document, Link, Segment, Unit
from evalkit.records.lazy import Deferred, Joined
from evalkit.text.layout import line_places

# Lines looked at together: bounds the memory.
BLOCK = 5000


class LineSegments(Deferred[Segment]):
    """The lines of a document as segments; `starts` and `ends` are their offsets."""

    def __init__(self, document: Document, make: Callable[[], tuple[Segment, ...]]) -> None:
        self.document = document
        self._words: int | None = None
        self._block: tuple[int, int, linewords.Lines] | None = None
        self.starts, self.ends, self._ids = line_places(document)
        self._unbroken = document.rows is None and _one_apart(self.starts, self.ends)
        super().__init__(len(self.starts), make)

    def texts(self, first: int = 0, last: int | None = None) -> Sequence[str]:
        """The lines from `first` to before `last`."""
        text = self.document.text
        if self._unbroken:
            return Neighbours(text, self.starts[first:last], self.ends[first:last])
        return [text[a:b] for a, b in zip(self.starts[first:last], self.ends[first:last], strict=True)]

    def ids(self) -> Iterator[str]:
        """The segments' ids."""
        document = self.document.id
        numbers = self._ids or map(str, count(1))
        return (f"{document}:{number}" for number, _ in zip(numbers, self.starts, strict=False))

    @property
    def words(self) -> int:
        """Number of words of all lines."""
        if self._words is None:
            self._words = sum(linewords.count(self.texts(i, i + BLOCK)) for i in range(0, len(self), BLOCK))
        return self._words

    def has_words(self, number: int) -> None:
        """Takes the number from whoever has looked at every line already."""
        self._words = number

    def stemmed(self, first: int, last: int) -> linewords.Lines:
        """The words and stems of a block of lines; those asked for last are kept."""
        if self._block is None or self._block[:2] != (first, last):
            self._block = (first, last, linewords.Lines(self.texts(first, last)))
        return self._block[2]


def _one_apart(starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether one character, the newline, stands between any two lines: no line is left out, none ends in `\\r`."""
    return bool(starts) and sum(starts) - sum(ends) == len(starts) - 1 - ends[-1] + starts[0]


class LineLinks(Deferred[Link]):
    """Line k belongs to line k, surely."""

    def __init__(self, number: int) -> None:
        super().__init__(number, lambda: tuple(Link((k,), (k,), "1-1", 1.0) for k in range(number)))


class LineUnits(Deferred[Unit]):
    """The units of one document: line k of the candidate with line k of every reference, by the references' names."""

    def __init__(
        self, candidate: LineSegments, references: Mapping[str, LineSegments], make: Callable[[], tuple[Unit, ...]]
    ) -> None:
        self.candidate, self.references = candidate, references
        super().__init__(len(candidate), make)


def line_parts(units: Sequence[Unit]) -> tuple[LineUnits, ...]:
    """The documents of line-aligned units; none where the units are others."""
    parts = units.parts if isinstance(units, Joined) else (units,)
    lines = tuple(part for part in parts if isinstance(part, LineUnits))
    return lines if len(lines) == len(parts) else ()
