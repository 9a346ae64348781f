"""How a result is laid out as JSON: one record a line, so that two results can be diffed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from evalkit.records import Failure, Finding, LeftOut, Segment, TermResult, lazy
from evalkit.records.lazy import blocks, made, unkept
from evalkit.records.result import UnitRecord

# Lists that are laid out with one item a line, and those whose items are laid out in turn.
_LISTS = frozenset(
    {"references", "systems", "comparisons", "terms", "failures", "documents", "segments", "scores", "units"}
    | {"findings", "left_out", "changes"}
)
_LAID_OUT = frozenset({"gate", "metrics", "rules", "source"})  # records whose fields have a line each
_NESTED = frozenset({"references", "systems"})
# Records there are many of: written by msgspec, ten times as fast. It writes NaN as null; their numbers are looked at.
_MANY = (UnitRecord, Segment, Finding, TermResult, Failure, LeftOut)


def written(result: Any) -> Iterator[bytes]:
    """The text of a result in pieces, as UTF-8; raises ValueError for a number that JSON does not have."""
    yield from _object(result)
    yield b"\n"


def _object(record: Any) -> Iterator[bytes]:
    before = b"{\n"
    for key, value in _fields(record):
        yield before + _plain(key) + b": "
        before = b",\n"
        if key in _LISTS and isinstance(value, Sequence) and len(value):
            yield from _list(value, nested=key in _NESTED)
        elif key in _LAID_OUT and value:
            yield from _object(value)
        else:
            yield _plain(value)
    yield b"\n}"


def _fields(record: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(record, Mapping):
        return record.items()
    return ((name, getattr(record, name)) for name in record.__struct_fields__)


def _list(items: Sequence[Any], *, nested: bool) -> Iterator[bytes]:
    if not nested:
        before = b"[\n"
        for block in lazy.written(items) or map(_block, blocks(unkept(items))):
            yield before + block
            before = b",\n"
        yield b"\n]"
        return
    before = b"[\n"
    for item in items:
        yield before
        yield from _object(item)
        before = b",\n"
    yield b"\n]"


def _plain(value: Any) -> bytes:
    return _compact(msgspec.to_builtins(value, enc_hook=made)).encode("utf-8", "backslashreplace")


_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_encode = msgspec.json.Encoder().encode


def _block(records: Sequence[Any]) -> bytes:
    """The records one a line: those there are many of in one go, which takes a third less than each by itself."""
    if not all(type(record) in _MANY and _is_finite(record) for record in records):
        return b",\n".join(_quick(r) if type(r) in _MANY else _plain(r) for r in records)
    between: list[Any] = [_BETWEEN] * (2 * len(records) - 1)
    between[::2] = records
    return msgspec.json.format(_encode(between), indent=0)[1:-1].replace(_AS_WRITTEN, b",\n")


# Stands between two records. No record has a list with such a thing, and no text can look like it: a quotation mark in
# a text has a backslash before it, and behind the one that ends a text there is never another.
_BETWEEN = {"": 0}
_AS_WRITTEN = b', {"": 0}, '


def _quick(record: Any) -> bytes:
    if not _is_finite(record):
        return _plain(record)  # which raises for NaN, and not for what is only too large to be summed
    return msgspec.json.format(_encode(record), indent=0)


def _is_finite(record: Any) -> bool:
    """Whether the numbers of one of `_MANY` that may be fractions, and so NaN, are numbers."""
    if isinstance(record, UnitRecord):
        try:
            rows = math.fsum(map(math.fsum, record.rows.values()))
            return math.isfinite(record.confidence + math.fsum(record.scores.values()) + rows)
        except (OverflowError, ValueError):
            return False
    return not isinstance(record, Finding) or math.isfinite(record.confidence)
