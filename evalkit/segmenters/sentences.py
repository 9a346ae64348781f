"""The `sentences` segmenter: sentencex for the boundaries, line breaks and structure respected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from evalkit.records import Document, Segment
from evalkit.segmenters._cuts import LABEL, library_cuts
from evalkit.segmenters._datelines import kind_of
from evalkit.segmenters._headings import run_in_cuts
from evalkit.text.layout import blocks
from evalkit.text.words import count_words


@dataclass(frozen=True)
class SentenceSegmenter:
    """Sentences by sentencex (https://github.com/wikimedia/sentencex), one line of text at a time.

    A sentence never crosses a line end, so headings stay alone. A quotation of several sentences is split too, since
    the other side may render them one by one; so are headings and list items that were run into one line.
    """

    kind: ClassVar[str] = "segmenter"
    name: ClassVar[str] = "sentences"

    def split(self, document: Document) -> tuple[Segment, ...]:
        """Non-empty segments in order, white space at their ends not included."""
        found: list[Segment] = []
        characters: dict[str, str] = {}  # a line of one, 80 bytes as a text of its own, stands once however often it is
        for block in blocks(document):
            line = document.text[block.start : block.end]
            what = kind_of(block, document)
            for start, end in _sentences(line, document.lang):
                text = line[start:end]
                text = characters.setdefault(text, text) if len(text) == 1 else text
                number = f"{document.id}:{len(found) + 1}"
                found.append(
                    Segment(number, document.id, block.start + start, block.start + end, text, what, block.paragraph)
                )
        return tuple(found)


def _sentences(line: str, lang: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one line, trimmed; a piece without any word joins its neighbour, a label its item."""
    cuts = [0, *sorted(library_cuts(line, lang) | run_in_cuts(line, lang)), len(line)]
    pending = 0
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if LABEL.fullmatch(line, start, end):
            continue
        if count_words(line[start:end]) == 0:
            if spans:
                spans[-1] = (spans[-1][0], end)
                pending = end
            continue
        spans.append((pending, end))
        pending = end
    if spans:
        spans[-1] = (spans[-1][0], len(line))
    for start, end in spans or [(0, len(line))]:
        piece = line[start:end]
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
