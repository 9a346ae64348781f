"""The lines of a document, without an object for every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from evalkit.kernel.packing import LineTexts
from evalkit.kernel.words import LineWords
from evalkit.records import Document
from evalkit.text.layout import line_places


class DocumentLines:
    """The lines of a document or the rows of its table, without those left out: where they stand, their texts, and
    their words."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.starts, ends, self._ids = line_places(document)
        together = document.rows is None and _one_apart(self.starts, ends)
        self.texts = LineTexts(document.text, self.starts, ends, together=together)
        self.words = LineWords(self.texts)

    def __len__(self) -> int:
        return len(self.starts)

    def ids(self) -> Iterator[str]:
        """What the segmenter `lines` calls each."""
        numbers = self._ids or map(str, count(1))
        return (f"{self.document.id}:{number}" for number, _ in zip(numbers, self.starts, strict=False))

    def id_of(self, line: int) -> str:
        """The same of one line, counted from 0."""
        return f"{self.document.id}:{self._ids[line] if self._ids else line + 1}"


def _one_apart(starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether one character, the newline, stands between any two lines: no line is left out, none ends in `\\r`."""
    return bool(starts) and sum(starts) - sum(ends) == len(starts) - 1 - ends[-1] + starts[0]
