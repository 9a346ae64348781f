"""Documents of several sides out of the rows of a file, each text with its place in that file."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from evalkit.errors import InputError
from evalkit.records import Bitext, Code, Document, Places, Row, Side
from evalkit.text.words import quote
from evalkit.text.xml_stream import in_characters


class Cell(NamedTuple):
    """The text of one row on one side. Each piece `(k, at)` says that from its character k on the text stands at the
    place `at` of the file (see `Sheet`); the codes are tags, at characters of the text."""

    text: str
    pieces: Sequence[tuple[int, int]] = ()
    codes: Sequence[Code] = ()


NOTHING = Cell("")


class Entry(NamedTuple):
    """One row: its id, its texts by side, and what else the file says of it."""

    id: str
    cells: Mapping[Side, Cell]
    metadata: Mapping[str, str] = {}


def line_starts(text: str) -> array[int]:
    r"""The code points at which the lines of a text start; `\n` ends a line."""
    return array("q", [0, *(match.end() for match in re.finditer("\n", text))])


class Sheet:
    """The documents of one file while they are read: entries by document, in the order of the file."""

    def __init__(self, path: str, text: str = "", lines: array[int] | None = None) -> None:
        """`text` is that of an XML file, whose places are bytes of its UTF-8 form; those of others are code points."""
        self.path, self._text = path, text
        self.lines = lines if lines is not None or not text else line_starts(text)
        self.documents: dict[str, list[Entry]] = {}
        self.ids = True
        self.notes: dict[str, list[str]] = {}

    def start(self, wanted: str) -> str:
        """A new document; its id is the one wanted, with a number where there is one of that id."""
        name = unique(wanted, self.documents)
        self.documents[name] = []
        return name

    def bitext(self, sides: Sequence[Side], target: Side, langs: Mapping[Side, str]) -> Bitext:
        """The documents of each side; `target` is the one that the file is given for."""
        made = {side: self._side(side, langs.get(side, ""), target) for side in sides}
        others: Mapping[Side, tuple[Document, ...]] = {s: d for s, d in made.items() if s != target}
        return Bitext(
            made[target],
            source=others.get("source", ()),
            reference=others.get("reference", ()),
            lang=langs.get(target, ""),
        )

    def _side(self, side: Side, lang: str, target: Side) -> tuple[Document, ...]:
        return tuple(
            self._document(name, entries, side, lang, told=side == target) for name, entries in self.documents.items()
        )

    def _document(self, name: str, entries: Sequence[Entry], side: Side, lang: str, *, told: bool) -> Document:
        starts, offsets = array("q"), array("q")
        rows: list[Row] = []
        texts: list[str] = []
        start = 0
        for entry in entries:
            text, pieces, codes = entry.cells.get(side, NOTHING)
            for within, at in pieces:
                starts.append(start + within)
                offsets.append(at)
            moved = tuple([Code(code.offset + start, code.kind, code.id) for code in codes]) if codes else ()
            rows.append(Row(entry.id, start, start + len(text), entry.metadata, moved))
            texts.append(text)
            start += len(text) + 1
        whole = "\n".join(texts)
        return Document(
            id=name,
            path=Path(self.path).as_posix(),
            text=whole,
            sha256=digest(whole, self.path),
            lang=lang,
            rows=tuple(rows),
            changed="; ".join(self.notes.get(name, ())) if told else "",
            places=Places(starts, in_characters(offsets, self._text), self.lines) if self.lines is not None else None,
            ids=self.ids,
        )


def digest(text: str, where: str) -> str:
    """The hash of a document's text; InputError for half a surrogate pair, which is no text."""
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as problem:
        raise InputError(
            f"{where}: {text[max(0, problem.start - 20) : problem.start]!r} is followed by a lone surrogate, half a "
            "character; mend the file"
        ) from None


def unique(wanted: str, taken: Iterable[str]) -> str:
    """The id wanted, with `#2`, `#3` ... where it is taken."""
    known = taken if isinstance(taken, (dict, set)) else set(taken)
    if wanted not in known:
        return wanted
    return next(name for name in (f"{wanted}#{n}" for n in count(2)) if name not in known)


_NAMED = 10  # ids of empty rows that a note names: more are no longer read


def without_translation(ids: Sequence[str], total: int, what: str) -> list[str]:
    """The note on rows of these ids, whose other side is empty; none where there are none."""
    if not ids:
        return []
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return [f"has {len(ids)} of {total} {what} ({', '.join(map(quote, ids[:_NAMED]))}{more}): they count as empty"]


def numbered(entries: Iterable[Entry]) -> tuple[list[Entry], int]:
    """The entries with ids made unique, and how many were not."""
    seen: dict[str, int] = {}
    made: list[Entry] = []
    twice = 0
    for entry in entries:
        if entry.id in seen:
            twice += 1
            number = seen[entry.id] + 1
            while f"{entry.id}#{number}" in seen:
                number += 1
            seen[entry.id] = number
            entry = entry._replace(id=f"{entry.id}#{number}")
        seen.setdefault(entry.id, 1)
        made.append(entry)
    return made, twice
