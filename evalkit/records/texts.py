"""What is read: documents of a side and the segments they are cut into.

Offsets count Unicode code points in the document as decoded, `end` exclusive; lines and columns start at 1.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Side = Literal["candidate", "reference", "source"]
Kind = Literal["translation", "report", "summary"]
SegmentKind = Literal["text", "heading", "dateline"]


class Row(Struct, frozen=True):
    """One row of a table or one line: a segment the input itself states."""

    id: str
    start: int
    end: int


class LeftOut(Struct, frozen=True):
    """A line the reader took for page furniture and left out of the evaluation."""

    document: str
    line: int
    start: int
    end: int
    text: str
    reason: str


class Document(Struct, frozen=True):
    """One text of one side. `rows` is set where the input states its segments (a table)."""

    id: str
    path: str
    text: str
    sha256: str
    lang: str = "en"
    rows: tuple[Row, ...] | None = None
    left_out: tuple[LeftOut, ...] = ()


class DocumentSet(Struct, frozen=True):
    """All documents of one candidate, reference or source, in order, ids unique."""

    name: str
    side: Side
    path: str
    documents: tuple[Document, ...]
    lang: str = "en"
    kind: Kind = "translation"


class Segment(Struct, frozen=True):
    """A sentence, line or heading; `text` is the document's text from `start` to `end`."""

    id: str
    document: str
    start: int
    end: int
    text: str
    kind: SegmentKind = "text"
    paragraph: int = 0
