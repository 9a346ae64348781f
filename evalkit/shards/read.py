"""The rows of a shard, a batch at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from typing import Any

from evalkit.errors import InputError
from evalkit.shards.files import opened
from evalkit.shards.index import fields_of, is_blank, text_of
from evalkit.shards.records import Column, Shard, Span
from evalkit.text.columns import ABSENT, value_of
from evalkit.text.visible import shown

BATCH = 10_000  # rows in memory at a time, with their objects some 5 MB a side; a multiple of a block of lines
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")


def batches(shard: Shard, columns: Sequence[Column]) -> Iterator[list[list[str]]]:
    """The texts of each column, of as many rows at a time as fit. InputError for what is no text, with its place."""
    named = [[c.column for c in columns if c.source == source] for source in range(len(shard.spans))]
    rows = [
        chain.from_iterable(map(_rows, spans, repeat(mine))) for spans, mine in zip(shard.spans, named, strict=True)
    ]
    places = _places(columns)
    left = shard.rows
    while left:
        size = min(BATCH, left)
        read = [list(zip(*islice(each, size), strict=True)) for each in rows]
        made = [list(read[column.source][place]) for column, place in zip(columns, places, strict=True)]
        if any(len(texts) != size for texts in made):
            raise InputError(
                f"rows {shard.first + 1} to {shard.first + shard.rows}: a file has become shorter since it was looked "
                "at; start again when it is written"
            )
        yield made
        left -= size


def _places(columns: Sequence[Column]) -> list[int]:
    """Where each column stands among those of its source."""
    seen: dict[int, int] = {}
    found = []
    for column in columns:
        found.append(seen.get(column.source, 0))
        seen[column.source] = found[-1] + 1
    return found


def _rows(span: Span, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    if span.kind == "parquet":
        yield from _of_parquet(span, columns)
        return
    with opened(span.path) as file:
        file.seek(span.start)
        lines = file if span.kind == "lines" else (line for line in file if not is_blank(line))
        wanted = islice(lines, span.skip, span.skip + span.rows)
        first = span.row + span.skip + 1
        if span.kind == "lines":
            for number, line in enumerate(wanted, first):
                yield (_line(text_of(line, f"{span.path}:{number}")),) * len(columns)
            return
        for number, line in enumerate(wanted, first):
            where = f"{span.path}, row {number}"
            fields = fields_of(line, span.kind, span.header, where)
            yield tuple([_text(fields, column, where) for column in columns])


def _line(text: str) -> str:
    r"""A line without its end, which is `\n` or `\r\n`."""
    if not text.endswith("\n"):
        return text
    return text[:-2] if text.endswith("\r\n") else text[:-1]


def _of_parquet(span: Span, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    import pyarrow.parquet as pq

    tops = list(dict.fromkeys(column.partition(".")[0] for column in columns))
    number, end = 0, span.skip + span.rows
    with opened(span.path) as stream, pq.ParquetFile(stream) as file:
        there = set(file.schema_arrow.names)
        names = [column for column in columns if column in there] + [top for top in tops if top in there]
        for batch in file.iter_batches(BATCH, row_groups=[span.start], columns=list(dict.fromkeys(names))):
            if number + batch.num_rows > span.skip:
                batch.validate(full=True)  # a damaged file's word for its places would end the process
                for place, fields in enumerate(batch.to_pylist(), number):
                    if span.skip <= place < end:
                        where = f"{span.path}, row {span.row + place + 1}"
                        yield tuple([_text(fields, column, where) for column in columns])
            number += batch.num_rows
            if number >= end:
                return


def _text(fields: Mapping[str, Any], column: str, where: str) -> str:
    value = value_of(fields, column)
    if value is ABSENT:
        raise InputError(f"{where}: no column {shown(column)}; a table has in every row the same columns")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # an id or a document's number
    if not isinstance(value, str):
        raise InputError(f"{where}: {shown(column)} is {shown(value)}, not a text")
    if not value.isprintable() and (bad := _NO_CHARACTER.search(value)):
        what = "NUL" if bad.group() == "\0" else "a lone surrogate"
        raise InputError(f"{where}: {shown(column)} has {what} at character {bad.start()}; remove it")
    return value


def has(fields: Mapping[str, Any], column: str) -> bool:
    """Whether a row has a column."""
    return value_of(fields, column) is not ABSENT
