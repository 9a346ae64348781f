"""Documents from the rows of a table, whatever file or data set the rows come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from evalkit.errors import InputError, nearest
from evalkit.records import Bitext, Document, Row
from evalkit.text.visible import shown

_OWN = ("doc", "text", "id", "lang")
_SIDES = ("source", "reference")


class TableRow(NamedTuple):
    """One row with the place it came from."""

    where: str
    fields: Mapping[str, object]


class _Texts:
    """The rows of one document: the texts of each side, ids and metadata."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.sides: dict[str, list[str]] = {}
        self.rows: dict[str, dict[str, str]] = {}


def texts_from_rows(rows: Iterable[TableRow], path: str, lang: str, *, sides: bool) -> tuple[Document, ...] | Bitext:
    """Documents in the order of their first rows; with `sides` the columns `source` and `reference` are sides too.

    A document's text is its rows joined by newlines; its hash is that of this text. Other columns are metadata of
    the rows. Raises InputError for a missing column, a value that is no text, a repeated segment id, or no row.
    """
    texts: dict[str, _Texts] = {}
    columns: tuple[str, ...] | None = None
    for row in rows:
        if columns is None:
            columns = ("text", *(side for side in _SIDES if sides and side in row.fields))
        doc = _text(row, "doc")
        given = row.fields.get("id")
        if doc not in texts:
            texts[doc] = _Texts(str(row.fields.get("lang") or lang))
        mine = texts[doc]
        identity = str(given) if given not in (None, "") else str(len(mine.rows) + 1)
        if identity in mine.rows:
            raise InputError(
                f"{row.where}: the id {shown(identity)} occurs twice in document {shown(doc)}; make it unique"
            )
        mine.rows[identity] = _metadata(row, columns)
        for side in columns:
            mine.sides.setdefault(side, []).append(_text(row, side))
    if not texts:
        raise InputError(f"{path}: the table has no rows; there is nothing to evaluate")
    made = {
        side: tuple(
            _document(doc, path, t.sides[side], t.rows, "" if side == "source" else t.lang) for doc, t in texts.items()
        )
        for side in columns or ()
    }
    if len(made) == 1:
        return made["text"]
    return Bitext(made["text"], source=made.get("source", ()), reference=made.get("reference", ()))


def _metadata(row: TableRow, sides: tuple[str, ...]) -> dict[str, str]:
    """The plain values of the other columns, as text."""
    return {
        str(name): str(value)
        for name, value in row.fields.items()
        if name not in _OWN and name not in sides and isinstance(value, (str, int, float))
    }


def _text(row: TableRow, column: str) -> str:
    value = row.fields.get(column)
    if column not in row.fields:
        known = [str(name) for name in row.fields]
        raise InputError(
            f"{row.where}: no column {column!r} (columns: {', '.join(known)}){nearest(column, known)}; "
            "a table needs `doc` and `text`, and in every row the same columns"
        )
    if isinstance(value, int) and column == "doc":
        return str(value)
    if not isinstance(value, str):
        raise InputError(f"{row.where}: {column!r} is {shown(value)}, not a text")
    return value


def _document(doc: str, path: str, texts: list[str], ids: Mapping[str, Mapping[str, str]], lang: str) -> Document:
    whole = "\n".join(texts)
    rows, start = [], 0
    for (identity, metadata), text in zip(ids.items(), texts, strict=True):
        rows.append(Row(identity, start, start + len(text), metadata))
        start += len(text) + 1
    try:
        digest = hashlib.sha256(whole.encode()).hexdigest()
    except UnicodeEncodeError as problem:
        raise InputError(f"{path}: document {doc!r}: a lone surrogate at character {problem.start}") from None
    return Document(doc, Path(path).as_posix(), whole, digest, lang, rows=tuple(rows))
