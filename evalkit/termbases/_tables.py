"""Termbases as tables: one row an entry, lists in one cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from evalkit.errors import InputError, nearest
from evalkit.records import Name, Term, Termbase
from evalkit.records.checked_entries import EntryKind, all_or_error, fields_of
from evalkit.text.guarded import guarded, unguarded
from evalkit.text.saved_table import read_saved
from evalkit.text.visible import shown

COLUMNS = tuple(dict.fromkeys(("term", "name", *fields_of("term"), *fields_of("name"))))
_LISTS = frozenset({"accept", "reject", "variants", "source_terms", "when", "reject_patterns"})
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read(path: str) -> Termbase:
    """The entries of a table with a header, however it was saved; InputError with file and line for every mistake."""
    rows = read_saved(path, ("term", "name"))
    if not rows:
        raise InputError(f"{path}: is empty; the first row names the columns, among them `term` or `name`")
    (first, header), body = rows[0], rows[1:]
    while header and not header[-1]:  # columns that only the spreadsheet has
        header = header[:-1]
    _check_header(path, first, header)
    entries = all_or_error((_raw(header, cells, f"{path}:{line}") for line, cells in body if any(cells)), path)
    return Termbase(tuple(e for e in entries if isinstance(e, Term)), tuple(e for e in entries if isinstance(e, Name)))


def write(base: Termbase, **dialect: Any) -> str:
    """A header of the columns that are used, and a row for each entry, terms first."""
    filled = [{k: guarded(_cell(k, v)) for k, v in _changed(entry)} for entry in base.entries]
    header = [c for c in COLUMNS if any(c in row for row in filled)] or ["term"]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, header, lineterminator="\n", **dialect)
    writer.writeheader()
    writer.writerows(filled)
    return stream.getvalue()


def _check_header(path: str, line: int, header: list[str]) -> None:
    for column in header:
        if column not in COLUMNS:
            hint = nearest(column, COLUMNS)
            raise InputError(f"{path}:{line}: unknown column {shown(column)}{hint} (columns: {', '.join(COLUMNS)})")
        if header.count(column) > 1:  # at most as many columns as there are names get here
            raise InputError(f"{path}:{line}: the column {column!r} stands twice; merge the two")
    if not {"term", "name"} & set(header):
        raise InputError(f"{path}:{line}: no column `term` or `name`; the first row names the columns")


def _raw(header: list[str], cells: list[str], where: str) -> tuple[object, EntryKind, str]:
    """One row as plain values; an empty cell leaves the default."""
    if len(cells) > len(header) and any(cells[len(header) :]):
        raise InputError(
            f"{where}: {len(cells)} cells for {len(header)} columns; quote a cell that holds the separator"
        )
    given = {column: unguarded(cell) for column, cell in zip(header, cells, strict=False) if cell}
    if "term" in given and "name" in given:
        raise InputError(f"{where}: both `term` and `name`; a row is one or the other")
    kind: EntryKind = "name" if "name" in given else "term"
    return {column: _value(column, cell) for column, cell in given.items()}, kind, where


def _value(column: str, cell: str) -> object:
    """A cell as its column's type; one that is not of it stays text, which the making of the entry refuses."""
    if column in _LISTS:
        parts = (part.replace("\\|", "|").strip() for part in re.split(r"(?<!\\)\|", cell))
        return [part for part in parts if part]
    if column in ("case", "translate"):
        return _TRUTH.get(cell.lower(), cell)
    if column == "gap" and re.fullmatch(r"-?\d{1,4}", cell):
        return int(cell)
    return cell


def _changed(entry: Term | Name) -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(type(entry)):
        value = getattr(entry, field.name)
        if field.name != "origin" and (field.required or value != field.default):
            yield field.name, value


def _cell(column: str, value: Any) -> str:
    if column in _LISTS:
        return " | ".join(form.replace("|", "\\|") for form in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
