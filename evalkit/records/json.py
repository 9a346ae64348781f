"""Results to JSON and back: strict, versioned, one record a line so that two results can be diffed."""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from inspect import cleandoc
from itertools import chain
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from msgspec.structs import replace

from evalkit.errors import InputError
from evalkit.records import Finding, Segment
from evalkit.records.comparison import Disagreement
from evalkit.records.consistent import problem, wrong_findings
from evalkit.records.layout import written
from evalkit.records.lazy import Deferred, Records, blocks, unkept
from evalkit.records.long_results import LONG, long_result
from evalkit.records.packed import MANY, Packed, decoder, no_result
from evalkit.records.result import Result, UnitRecord
from evalkit.records.upgrade import is_old, upgraded
from evalkit.text.files import decode, read_bytes, write_pieces

T = TypeVar("T")
_AT_ONCE = 1 << 20  # bytes looked at together
SCHEMA: Literal["evalkit/result/2"] = "evalkit/result/2"


def dumps(result: Result) -> str:
    """The result as JSON text: UTF-8 characters as they are, no NaN, the same bytes for the same result."""
    return encoded(result).decode()


def encoded(result: Result) -> bytes:
    """The same as UTF-8: a large result is not held as text besides."""
    return b"".join(pieces(result))


def pieces(result: Result) -> Iterator[bytes]:
    """The same one after the other: joined, a large result would be held twice."""
    return written(result)


def seen(result: Result, *, rows: bool = True) -> Result:
    """The result as its JSON has it, which is what renderers get. Parts not made yet stay so until they are read.

    Without `rows` for those that show none: they are half of what a unit holds.
    """
    systems = [replace(s, segments=(), units=(), findings=()) for s in result.systems]
    references = [replace(r, segments=()) for r in result.references]
    bare = replace(result, systems=tuple(systems), references=tuple(references), disagreements=())
    read = decoded(encoded(bare))
    for system in result.systems:
        _refuse(next(wrong_findings(system), ""), "result")
    return replace(
        read,
        disagreements=_reread_kept(result.disagreements, Disagreement),
        systems=tuple(
            replace(
                s,
                segments=_reread(given.segments, Segment),
                units=_reread_units(given.units, rows),
                findings=_reread(given.findings, Finding),
            )
            for s, given in zip(read.systems, result.systems, strict=True)
        ),
        references=tuple(
            replace(r, segments=_reread(given.segments, Segment))
            for r, given in zip(read.references, result.references, strict=True)
        ),
    )


def _reread_kept(items: Sequence[T], kind: type[T]) -> Records[T]:
    """The same of few records that take long to make: they stay, so that who writes them does not make them again."""
    return Deferred(len(items), lambda: decoder(kind)(msgspec.json.encode(tuple(items))), same_json=items)


def _reread_units(items: Sequence[UnitRecord], rows: bool) -> Records[UnitRecord]:
    if rows:
        return _reread(items, UnitRecord)
    return _reread(Deferred(len(items), lambda: (replace(unit, rows={}) for unit in unkept(items))), UnitRecord)


def _reread(items: Sequence[T], kind: type[T]) -> Records[T]:
    """Records that have been through JSON when they are looked at; who only writes them again writes those given."""
    if len(items) > MANY and kind is not Finding:  # of findings it is asked which of them one is
        return Packed(len(items), lambda: unkept(items), kind, same_json=items)

    def make() -> Iterator[T]:
        decode = decoder(kind)
        return chain.from_iterable(decode(msgspec.json.encode(block)) for block in blocks(unkept(items)))

    return Deferred(len(items), make, same_json=items)


def loads(text: str, where: str = "result") -> Result:
    """The result of a JSON text; raises InputError saying which field is wrong."""
    try:
        return decoded(text.encode(), where)
    except UnicodeEncodeError as error:
        raise no_result(where, error) from None


def decoded(content: bytes, where: str = "result") -> Result:
    """The same of UTF-8: a large result is not held as text besides."""
    try:
        result = upgraded(content) if is_old(content) else _of_schema(content)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise no_result(where, error) from None
    except RecursionError:
        raise InputError(f"{where}: not a result of evalkit (nested too deeply)") from None
    _refuse(problem(result), where)
    return result


def _of_schema(content: bytes) -> Result:
    if len(content) > LONG:
        with suppress(msgspec.ValidationError):  # whose place the other way tells
            return long_result(content)
    return msgspec.json.decode(content, type=Result)


def _refuse(wrong: str, where: str) -> None:
    if wrong:
        raise InputError(f"{where}: {wrong}; it was changed since evalkit wrote it: make it again")


def read(path: str | Path) -> Result:
    """The result saved in a file."""
    data = read_bytes(path)
    return decoded(data if _is_plain(data) else decode(data, str(path)).encode(), str(path))


def _is_plain(data: bytes) -> bool:
    """Whether bytes are a text of UTF-8 as evalkit writes it; a large one is not held as text to see that."""
    decoder = getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _AT_ONCE):
            decoder.decode(data[start : start + _AT_ONCE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return data.startswith(b"{") and b"\0" not in data


def write(result: Result, path: str | Path) -> None:
    """Saves the result: the whole file or nothing."""
    write_pieces(path, written(result))


@cache
def json_schema(of: Literal["result", "meta"] = "result") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every result validates against, or what `evalkit meta` finds; it ships in
    the package."""
    from importlib import resources

    text = resources.files("evalkit").joinpath(f"records/schema/{of}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def make_schema(kind: type[msgspec.Struct] = Result, name: str = SCHEMA) -> dict[str, Any]:
    """The schema as the records define it; a test holds the shipped file against it."""
    schema = _without_indents(msgspec.json.schema(kind))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **schema}


def _without_indents(schema: Any) -> Any:
    """The schema, descriptions as `inspect.cleandoc` has them: Python 3.13 keeps docstrings so, 3.11 as written."""
    if isinstance(schema, list):
        return [_without_indents(item) for item in schema]
    if isinstance(schema, dict):
        return {
            key: cleandoc(value) if key == "description" and isinstance(value, str) else _without_indents(value)
            for key, value in schema.items()
        }
    return schema
