"""What is read: documents of a side and the segments they are cut into.

Offsets count Unicode code points in the document as decoded, `end` exclusive; lines and columns start at 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

Side = Literal["candidate", "reference", "source"]
Kind = Literal["translation", "report", "summary"]
SegmentKind = Literal["text", "heading", "dateline"]


class Code(Struct, frozen=True, gc=False):
    """A tag or placeholder that stands in the file at a place of the text, and is no part of it.

    `kind` is the element's name, with `+` where it opens and `-` where it closes something.
    """

    offset: int
    kind: str
    id: str = ""


_LIMITS = ("max-length", "max_length", "max length", "maxlength")  # what files and tables call it
# Metadata of a row that is a plural form for these few numbers alone, which it need not say; no column is called so.
FEW_NUMBERS = "plural-form-of"
# Metadata of a row that is one form of a plural: the id of the row of its form `other`, which every language has.
PLURAL_OF = "plural"
_LONGEST_LIMIT = len("1000000")  # digits: no row is longer, and what no row can pass is no limit


class Row(Struct, frozen=True, gc=False):
    """One row of a table or one line: a segment the input itself states.

    `metadata` is what else the input says of it (a note, a state, a limit of length), by name; `codes` are its
    inline tags, their offsets those of the document's text.
    """

    id: str
    start: int
    end: int
    metadata: Mapping[str, str] = {}
    codes: tuple[Code, ...] = ()

    @property
    def limit(self) -> int | None:
        """The most characters its file allows, where it states that."""
        stated = next((value for key, value in self.metadata.items() if key.lower() in _LIMITS), "").strip()
        return int(stated) if stated.isdecimal() and len(stated) <= _LONGEST_LIMIT and int(stated) else None


class Places(Struct, frozen=True):
    """Where a document's text stands in the user's file, where it is not the file's whole text as it is.

    From the character `starts[k]` of the text on, it stands at the code point `offsets[k]` of the file; `lines` are
    the code points at which the lines of the file start.
    """

    starts: Any  # array[int], each of them; nothing checks the type of what a plug-in gives here
    offsets: Any
    lines: Any

    def offset(self, place: int) -> int:
        """The code point of the file at which a character of the text stands."""
        k = bisect_right(self.starts, place) - 1
        return int(self.offsets[k] + place - self.starts[k]) if k >= 0 else 0

    def at(self, place: int) -> tuple[int, int]:
        """Line and column in the file of a character of the text, both from 1."""
        offset = self.offset(place)
        line = max(1, bisect_right(self.lines, offset))
        return line, offset - self.lines[line - 1] + 1


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
    of the file is not in `text` as it stood there, so that nothing is changed in silence.

    `places` is set where the text is not the file's own; `ids` where the file states the ids of its rows, so that
    they can be paired by them. `extracted`: places are of the text as it was taken out of the file. `broken` is the
    text with its line ends as they were, where words broken at them were made whole; it is as long as `text`.
    """

    id: str
    path: str
    text: str
    sha256: str
    lang: str = "en"
    rows: tuple[Row, ...] | None = None
    left_out: tuple[LeftOut, ...] = ()
    changed: str = ""
    places: Places | None = None
    ids: bool = False
    extracted: bool = False
    broken: str = ""

    def row_at(self, offset: int) -> Row | None:
        """The row that a place of the text stands in; None between rows, and where the input states none."""
        rows = self.rows or ()
        number = bisect_right(rows, offset, key=lambda row: row.start)
        return rows[number - 1] if number and offset <= rows[number - 1].end else None


class Bitext(Struct, frozen=True):
    """Several sides of the same rows, out of one file.

    `target` is the side the file is given for: the candidate's text, or the reference's of a file given as one.
    Each other side that is there has documents of the same ids, and in them rows of the same ids in the same order.
    Documents of the source have `lang` "" where the file does not say it. `name` is that of the system, where the
    file has several: `more` are the others. `lang` is the language of `target` where the file says it, `source_usual`
    that which the source of such a file is in where neither the file nor the user says it. `differing` are the
    languages of a folder whose files state several, each with the first file that does.
    """

    target: tuple[Document, ...]
    source: tuple[Document, ...] = ()
    reference: tuple[Document, ...] = ()
    name: str = ""
    lang: str = ""
    more: tuple[Bitext, ...] = ()
    references: tuple[tuple[str, tuple[Document, ...]], ...] = ()
    source_usual: str = ""
    differing: tuple[tuple[str, str], ...] = ()


class DocumentSet(Struct, frozen=True):
    """All documents of one candidate, reference or source, in order, ids unique."""

    name: str
    side: Side
    path: str
    documents: tuple[Document, ...]
    lang: str = "en"
    kind: Kind = "translation"


class Segment(Struct, frozen=True, gc=False):
    """A sentence, line or heading; `text` is the document's text from `start` to `end`."""

    id: str
    document: str
    start: int
    end: int
    text: str
    kind: SegmentKind = "text"
    paragraph: int = 0
