"""What is read: documents of a side and the segments they are cut into.

Offsets count Unicode code points in the document as decoded, `end` exclusive; lines and columns start at 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Side = Literal["candidate", "reference", "source"]
Kind = Literal["translation", "report", "summary"]
SegmentKind = Literal["text", "heading", "dateline"]


class Row(Struct, frozen=True):
    """One row of a table or one line: a segment the input itself states.

    `metadata` is what else the input says of it (a note, a state, a limit of length), by name.
    """

    id: str
    start: int
    end: int
    metadata: Mapping[str, str] = {}


class LeftOut(Struct, frozen=True):
    """A line the reader took for page furniture and left out of the evaluation."""

    document: str
    line: int
    start: int
    end: int
    text: str
    reason: str


class Document(Struct, frozen=True):
    """One text of one side. `rows` is set where the input states its segments (a table). `changed` says in words what
    of the file is not in `text` as it stood there, so that nothing is changed in silence."""

    id: str
    path: str
    text: str
    sha256: str
    lang: str = "en"
    rows: tuple[Row, ...] | None = None
    left_out: tuple[LeftOut, ...] = ()
    changed: str = ""

    def row_at(self, offset: int) -> Row | None:
        """The row that a place of the text stands in; None between rows, and where the input states none."""
        rows = self.rows or ()
        number = bisect_right(rows, offset, key=lambda row: row.start)
        return rows[number - 1] if number and offset <= rows[number - 1].end else None


class Bitext(Struct, frozen=True):
    """Several sides of the same rows, out of one file.

    `target` is the side the file is given for: the candidate's text, or the reference's of a file given as one.
    Each other side that is there has documents of the same ids, and in them rows of the same ids in the same order.
    Documents of the source have `lang` "" where the file does not say it.
    """

    target: tuple[Document, ...]
    source: tuple[Document, ...] = ()
    reference: tuple[Document, ...] = ()


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
