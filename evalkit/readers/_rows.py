"""Documents from the rows of a table, whatever file or data set the rows come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from evalkit.errors import InputError, nearest
from evalkit.records import Document, Row


class TableRow(NamedTuple):
    """One row with the place it came from."""

    where: str
    fields: Mapping[str, object]


def documents_from_rows(rows: Iterable[TableRow], path: str, lang: str) -> tuple[Document, ...]:
    """Documents in the order of their first rows.

    A document's text is its rows joined by newlines; its hash is that of this text. Raises
    InputError for a missing column, a value that is no text, a repeated segment id, or no row.
    """
    texts: dict[str, list[str]] = {}
    ids: dict[str, dict[str, None]] = {}
    langs: dict[str, str] = {}
    for row in rows:
        doc, text = _text(row, "doc"), _text(row, "text")
        given = row.fields.get("id")
        identity = str(given) if given not in (None, "") else str(len(ids.get(doc, ())) + 1)
        if identity in ids.setdefault(doc, {}):
            raise InputError(f"{row.where}: the id {identity!r} occurs twice in document {doc!r}; make it unique")
        ids[doc][identity] = None
        texts.setdefault(doc, []).append(text)
        langs.setdefault(doc, str(row.fields.get("lang") or lang))
    if not texts:
        raise InputError(f"{path}: the table has no rows; there is nothing to evaluate")
    return tuple(_document(doc, path, texts[doc], list(ids[doc]), langs[doc]) for doc in texts)


def _text(row: TableRow, column: str) -> str:
    value = row.fields.get(column)
    if column not in row.fields:
        known = [str(name) for name in row.fields]
        raise InputError(
            f"{row.where}: no column {column!r} (columns: {', '.join(known)}){nearest(column, known)}; "
            "a table needs `doc` and `text`"
        )
    if isinstance(value, int) and column == "doc":
        return str(value)
    if not isinstance(value, str):
        raise InputError(f"{row.where}: {column!r} is {value!r}, not a text")
    return value


def _document(doc: str, path: str, texts: list[str], ids: list[str], lang: str) -> Document:
    whole = "\n".join(texts)
    rows, start = [], 0
    for identity, text in zip(ids, texts, strict=True):
        rows.append(Row(identity, start, start + len(text)))
        start += len(text) + 1
    try:
        digest = hashlib.sha256(whole.encode()).hexdigest()
    except UnicodeEncodeError as problem:
        raise InputError(f"{path}: document {doc!r}: a lone surrogate at character {problem.start}") from None
    return Document(doc, Path(path).as_posix(), whole, digest, lang, rows=tuple(rows))
