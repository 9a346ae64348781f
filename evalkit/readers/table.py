"""The table reader: JSONL, CSV and TSV with the columns `doc` and `text`, one segment per row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.readers._rows import TableRow, texts_from_rows
from evalkit.records import Bitext, Document
from evalkit.text.files import read_text


@dataclass(frozen=True)
class TableReader:
    """Reads a table of segments: columns `doc` and `text`, optional `id`, `lang`, `source` and `reference`.

    Rows of one `doc` are its segments in order; the document's text is the rows joined by newlines. `source` and
    `reference` are sides of their own (not with `sides=no`); other columns are metadata of the rows.
    TSV has no quoting, CSV follows RFC 4180, JSONL has one object per line.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "table"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".csv", ".tsv")

    sides: bool = True

    def read(self, path: str, lang: str) -> tuple[Document, ...] | Bitext:
        """The documents in the order of their first rows; raises InputError with file and line."""
        text = read_text(path)
        suffix = Path(path.removesuffix(".gz")).suffix
        rows = _jsonl(text, path) if suffix == ".jsonl" else _separated(text, path, suffix)
        return texts_from_rows(rows, path, lang, sides=self.sides)


def _jsonl(text: str, path: str) -> Iterator[TableRow]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as problem:
            raise InputError(f"{path}:{number}: not valid JSON ({problem}); one object per line") from None
        if not isinstance(record, dict):
            raise InputError(f"{path}:{number}: not an object; one object per line with `doc` and `text`")
        yield TableRow(f"{path}:{number}", record)


def _separated(text: str, path: str, suffix: str) -> Iterator[TableRow]:
    stream = io.StringIO(text, newline="")
    if suffix == ".tsv":
        reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.DictReader(stream, strict=True)
    try:
        header = reader.fieldnames or ()
        twice = sorted({name for name in header if list(header).count(name) > 1})
        if twice:
            raise InputError(f"{path}:1: the column {twice[0]!r} stands twice; rename or remove one")
        for record in reader:
            where = f"{path}:{reader.line_num}"
            if None in record or None in record.values():
                raise InputError(f"{where}: the row has another number of fields than the header")
            yield TableRow(where, dict(record))
    except csv.Error as problem:
        raise InputError(f"{path}:{reader.line_num}: not a valid table ({problem})") from None
