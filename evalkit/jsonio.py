"""Results to JSON and back: strict, versioned, one record a line so that two results can be diffed."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import msgspec

from evalkit.errors import InputError
from evalkit.result import Result
from evalkit.textfile import read_text, write_text

SCHEMA: Literal["evalkit/result/1"] = "evalkit/result/1"
# Lists that are laid out with one item a line, and those whose items are laid out in turn.
_LISTS = frozenset(
    {"references", "systems", "comparisons", "terms", "failures", "documents", "segments", "scores", "units"}
    | {"findings", "left_out", "changes"}
)
_LAID_OUT = frozenset({"gate"})  # records whose fields have a line each
_NESTED = frozenset({"references", "systems"})


def dumps(result: Result) -> str:
    """The result as JSON text: UTF-8 characters as they are, no NaN, the same bytes for the same result."""
    return _object(msgspec.to_builtins(result)) + "\n"


def _object(record: dict[str, Any]) -> str:
    lines = []
    for key, value in record.items():
        if key in _LISTS and isinstance(value, (list, tuple)) and value:
            items = ",\n".join(_object(item) if key in _NESTED else _compact(item) for item in value)
            lines.append(f"{_compact(key)}: [\n{items}\n]")
        elif key in _LAID_OUT and isinstance(value, dict):
            lines.append(f"{_compact(key)}: {_object(value)}")
        else:
            lines.append(f"{_compact(key)}: {_compact(value)}")
    return "{\n" + ",\n".join(lines) + "\n}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def loads(text: str, where: str = "result") -> Result:
    """The result of a JSON text; raises InputError saying which field is wrong."""
    try:
        return msgspec.json.decode(text.encode(), type=Result)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeEncodeError) as problem:
        raise InputError(
            f"{where}: not a result of evalkit ({problem}); give a file that `evalkit run` or `-f json` has written"
        ) from None


def read(path: str | Path) -> Result:
    """The result saved in a file."""
    return loads(read_text(path), str(path))


def write(result: Result, path: str | Path) -> None:
    """Saves the result: the whole file or nothing."""
    write_text(path, dumps(result))


@cache
def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every result validates against; it ships in the package."""
    text = resources.files("evalkit").joinpath("schema/result.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def make_schema() -> dict[str, Any]:
    """The schema as the records define it; a test holds the shipped file against it."""
    schema = msgspec.json.schema(Result)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}
