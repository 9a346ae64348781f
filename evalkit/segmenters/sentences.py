"""The `sentences` segmenter: sentencex for the boundaries, line breaks and structure respected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from evalkit.model import Document, Segment
from evalkit.structure import blocks
from evalkit.text import count_words

# Inside a quotation the splitter keeps several sentences as one; here they are parted again.
_INSIDE_QUOTE = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[\"“‘'«]?[A-ZÀ-ÖØ-ÞА-Я])|(?<=[。！？])(?=[^”’」』）)。！？])")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|「[^」]*」")


@dataclass(frozen=True)
class SentenceSegmenter:
    """Sentences by sentencex (https://github.com/wikimedia/sentencex), one line of text at a time.

    A sentence never crosses a line end, so headings stay alone. A quotation of several sentences
    is split again, since the other side may render them one by one.
    """

    kind: ClassVar[str] = "segmenter"
    name: ClassVar[str] = "sentences"

    def split(self, document: Document) -> tuple[Segment, ...]:
        """Non-empty segments in order, white space at their ends not included."""
        found: list[Segment] = []
        for block in blocks(document):
            line = document.text[block.start : block.end]
            for start, end in _sentences(line, document.lang):
                text = line[start:end]
                number = f"{document.id}:{len(found) + 1}"
                found.append(
                    Segment(
                        number, document.id, block.start + start, block.start + end, text, block.kind, block.paragraph
                    )
                )
        return tuple(found)


def _sentences(line: str, lang: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one line, trimmed; a piece without any word joins its neighbour."""
    cuts = [0]
    for start, end in _library_spans(line, lang):
        cuts += [start + m.end() for m in _inner_cuts(line[start:end])]
        cuts.append(end)
    pending = 0
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if count_words(line[start:end]) == 0:
            if spans:
                spans[-1] = (spans[-1][0], end)
                pending = end
            continue
        spans.append((pending, end))
        pending = end
    for start, end in spans or [(0, len(line))]:
        piece = line[start:end]
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _library_spans(line: str, lang: str) -> list[tuple[int, int]]:
    from sentencex import segment

    spans, at = [], 0
    for piece in segment(lang.partition("-")[0].lower(), line):
        start = line.index(piece, at)
        at = start + len(piece)
        spans.append((start, at))
    return spans or [(0, len(line))]


def _inner_cuts(piece: str) -> Iterator[re.Match[str]]:
    for quote in _QUOTED.finditer(piece):
        yield from (m for m in _INSIDE_QUOTE.finditer(piece, quote.start(), quote.end()))
