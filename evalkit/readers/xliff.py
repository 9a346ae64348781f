"""The `xliff` reader: XLIFF 1.0 to 1.2, 2.0 to 2.2, SDLXLIFF and MQXLIFF, source and target at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.readers import _xliff1, _xliff2
from evalkit.readers._sides import Entry, Sheet, numbered, without_translation
from evalkit.records import Bitext
from evalkit.text.files import read_bytes
from evalkit.text.xml_stream import Node, decode_xml, stream

_FILE = {1: ("original", "source-language", "target-language"), 2: ("id", "srcLang", "trgLang")}


@dataclass(frozen=True)
class XliffReader:
    """Reads source and target of an XLIFF file, a document for each `file` in it, a row for each segment.

    Inline tags are codes of the row, never text; states, notes, `translate`, locks and limits of length are its
    metadata. A segment without a target is an empty row, and the number of them is said. The languages are those the
    file states. Matches and alternatives (`alt-trans`) are not read.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "xliff"
    suffixes: ClassVar[tuple[str, ...]] = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".mqxlz")
    looks: ClassVar[str] = r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!DOCTYPE\s+xliff[^>]*>\s*)?<xliff\b"

    def read(self, path: str, lang: str) -> Bitext:
        """The documents of both sides; raises InputError, with the line, for what is no XLIFF."""
        text, encoding = decode_xml(read_bytes(path), path)
        found = _Found(path)
        sheet = Sheet(path, text)
        for node in stream(text, path, "trans-unit", "unit", "cmt-def"):
            found.take(node)
        if not found.version:
            _refuse_other(text, path)
        for wanted, entries in found.files:
            name = sheet.start("1" if len(found.files) == 1 else wanted)
            sheet.documents[name], twice = numbered(entries)
            sheet.notes[name] = _notes(entries, twice, encoding)
        if not sheet.documents:
            sheet.start("1")
            sheet.notes["1"] = ["holds no segments"]
        langs = {"source": found.source, "candidate": found.target or lang}
        made = sheet.bitext(("candidate", "source"), "candidate", langs)  # type: ignore[arg-type]
        return made if found.target else Bitext(made.target, source=made.source)


class _Found:
    """The rows of each `file` element, and the languages."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.version = 0
        self.source = self.target = ""
        self.files: list[tuple[str, list[Entry]]] = []
        self._file: Node | None = None
        self._comments: dict[str, str] = {}

    def take(self, node: Node) -> None:
        if node.name == "cmt-def":
            self._comments[node.attributes.get("id", "")] = " ".join(c.text.strip() for c in node.below("Comment"))
            return
        file = node.around("file")
        if file is None or node.around("xliff") is None:
            return
        if file is not self._file:
            self._start(file, 1 if node.name == "trans-unit" else 2)
        rows = _xliff1.entries(node, self._comments) if node.name == "trans-unit" else _xliff2.entries(node)
        self.files[-1][1].extend(rows)

    def _start(self, file: Node, version: int) -> None:
        name, source, target = _FILE[version]
        self._file, self.version = file, version
        self.files.append((file.attributes.get(name) or str(len(self.files) + 1), []))
        self.source = self.source or file.inherited(source)
        self.target = self.target or file.inherited(target)


def _notes(entries: list[Entry], twice: int, encoding: str) -> list[str]:
    empty = [
        e.id
        for e in entries
        if e.metadata.get("translate") != "no" and e.cells["source"].text.strip()
        if not e.cells["candidate"].text.strip()
    ]
    told = without_translation(empty, len(entries), "segments without a translation")
    if twice:
        told.append(f"has {twice} segments whose id another one has: they were given numbers")
    if encoding.startswith("utf-16"):
        told.append("is UTF-16, and was read as such")
    return told


def _refuse_other(text: str, path: str) -> None:
    """Nothing to do for an XLIFF file without units; InputError for any other."""
    for node in stream(text, path, "xliff"):
        if node.parent is None:
            return
    raise InputError(f"{path}: is no XLIFF, for its outermost element is not `xliff`; name its reader with --reader")
