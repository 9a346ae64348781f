"""The table reader: JSONL, JSON, CSV and TSV, one segment per row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.readers._rows import TableRow, texts_from_rows
from evalkit.readers._sides import line_starts
from evalkit.records import Bitext, Document, Side
from evalkit.text import cells, strict_json
from evalkit.text.files import read_text
from evalkit.text.json_places import string_pieces
from evalkit.text.saved_table import delimiter_of
from evalkit.text.visible import shown

_GAP = re.compile(r"[\s,]*")
_ITEM = json.JSONDecoder()
_LISTS = ("data", "rows", "items", "segments", "translations")


@dataclass(frozen=True)
class TableReader:
    """Reads a table of segments: column `text`, optional `doc`, `id`, `lang`, `source`, `reference` and `system`.

    `columns` gives them other names: `text=prediction,reference=target`, inner ones with a dot (`translation.de`).
    Rows of one `doc` are its segments in order; the document's text is the rows joined by newlines. `source` and
    `reference` are sides of their own (not with `sides=no`); other columns are metadata of the rows.
    TSV has no quoting, CSV follows RFC 4180 with commas, semicolons or tabs, JSONL has one object per line.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "table"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
    looks: ClassVar[str] = r"\{\"[^\"\n]{1,80}\"\s*:"

    sides: bool = True
    columns: str = ""

    def read(self, path: str, lang: str) -> tuple[Document, ...] | Bitext:
        """The documents in the order of their first rows; raises InputError with file and line."""
        return self.read_for(path, lang, "candidate")

    def read_for(self, path: str, lang: str, side: Side) -> tuple[Document, ...] | Bitext:
        """As `read`, of a table given for a side."""
        text = read_text(path)
        suffix = Path(path.removesuffix(".gz")).suffix.lower()
        if suffix == ".json":
            rows = _json(text, path)
        else:
            rows = _separated(text, path, suffix) if suffix in (".csv", ".tsv") else _jsonl(text, path)
        placed = suffix != ".json" or text.lstrip().startswith("[")
        lines = line_starts(text) if placed else None
        return texts_from_rows(rows, path, lang, sides=self.sides, columns=self.columns, side=side, lines=lines)


def _jsonl(text: str, path: str) -> Iterator[TableRow]:
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        try:
            record = strict_json.parse(line)
        except ValueError as problem:
            raise InputError(f"{path}:{number}: not valid JSON ({problem}); one object per line") from None
        if not isinstance(record, dict):
            raise InputError(f"{path}:{number}: not an object; one object per line with `text`")
        yield TableRow(f"{path}:{number}", record, partial(_json_pieces, line, start))


def _json_pieces(line: str, start: int, column: str, value: str) -> Sequence[tuple[int, int]]:
    return string_pieces(line, column, value, start)


def _json(text: str, path: str) -> Iterator[TableRow]:
    """A list of objects, or an object that holds one."""
    try:
        data = strict_json.parse(text)
    except ValueError as problem:
        raise InputError(f"{path}: not valid JSON ({problem})") from None
    if data == {}:
        raise InputError(f"{path}: is empty ({{}}): it has no texts")
    if isinstance(data, dict):
        data = next((data[key] for key in _LISTS if isinstance(data.get(key), list)), data)
    if not isinstance(data, list) or not all(isinstance(record, dict) for record in data):
        raise InputError(
            f"{path}: no list of objects; give a list of them, or one object per line (JSONL); texts by key are read "
            "with --reader strings"
        )
    spans = _spans(text) if text.lstrip().startswith("[") else []
    for number, record in enumerate(data, 1):
        where = f"{path}, item {number}"
        if spans:
            start, end = spans[number - 1]
            yield TableRow(where, record, partial(_json_pieces, text[start:end], start))
        else:
            yield TableRow(where, record)


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the items of a list stand in its text, which is known to be JSON."""
    spans = []
    at = _GAP.match(text, text.index("[") + 1).end()  # type: ignore[union-attr] # it matches nothing at the least
    while text[at] != "]":
        _, end = _ITEM.raw_decode(text, at)
        spans.append((at, end))
        at = _GAP.match(text, end).end()  # type: ignore[union-attr]
    return spans


def _separated(text: str, path: str, suffix: str) -> Iterator[TableRow]:
    tabs = suffix == ".tsv"
    delimiter = "\t" if tabs else delimiter_of(text)
    lines = _Lines(text)
    options = {"quoting": csv.QUOTE_NONE} if tabs else {"strict": True}
    reader = csv.reader(lines, delimiter=delimiter, **options)
    rows = cells.unlimited(reader, len(text))
    try:
        header = next(rows, [])
        twice = sorted(name for name, number in Counter(header).items() if number > 1)
        if twice:
            raise InputError(f"{path}:1: the column {shown(twice[0])} stands twice; rename or remove one")
        after = lines.row()
        for values in rows:
            (start, number), after = after, lines.row()
            if not values:
                continue
            if len(values) != len(header):
                raise InputError(f"{path}:{number}: the row has another number of fields than the header")
            record = dict(zip(header, values, strict=True))

            def locate(
                column: str, _value: str, start: int = start, values: list[str] = values
            ) -> list[tuple[int, int]]:
                return _csv_pieces(
                    text, start, values, header.index(column) if column in header else 0, quoted=not tabs
                )

            yield TableRow(f"{path}:{number}", record, locate)
    except csv.Error as problem:
        raise InputError(f"{path}:{reader.line_num}: not a valid table ({problem})") from None


class _Lines:
    """The lines of a text for the csv module, which takes as many as a row needs; `row` says where the next row is."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text, newline="")
        self._at = self._read = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline()
        if not line:
            raise StopIteration
        self._at += len(line)
        self._read += 1
        return line

    def row(self) -> tuple[int, int]:
        """The code point and the line that follow those read."""
        return self._at, self._read + 1


def _csv_pieces(text: str, start: int, values: Sequence[str], field: int, *, quoted: bool) -> list[tuple[int, int]]:
    """Where the value of a field stands: a piece for each part between doubled quotation marks."""
    at = start
    for value in values[:field]:
        at += _written(text, at, value, quoted=quoted) + 1
    if not (quoted and text[at : at + 1] == '"'):
        return [(0, at)]
    value, pieces, at = values[field], [(0, at + 1)], at + 1
    for number, quote in enumerate((k for k, char in enumerate(value) if char == '"'), 1):
        pieces.append((quote + 1, at + quote + 1 + number))
    return pieces


def _written(text: str, at: int, value: str, *, quoted: bool) -> int:
    """How many characters a field takes in the file."""
    return len(value) + 2 + value.count('"') if quoted and text[at : at + 1] == '"' else len(value)
