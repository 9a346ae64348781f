"""What msgspec says of data that does not fit a record, with the values that would."""

from __future__ import annotations

import re
import typing
from typing import Any

from msgspec import Struct

from evalkit.errors import nearest


def choices(problem: str, record: type[Struct]) -> str:
    """`; did you mean 'a'? (one of: a, b, c)` where the message is of a field with fixed values, else nothing.

    The field is the last name of the path in the message; tables inside the record are followed.
    """
    path = re.search(r"at `\$([^`]*)`", problem)
    if "Invalid enum value" not in problem or path is None:
        return ""
    hint: Any = record
    for name in re.findall(r"[A-Za-z_]\w*", path.group(1)):
        hint = typing.get_type_hints(_struct_in(hint) or record).get(name)
    values = [str(value) for value in _literals(hint)]
    given = re.search(r"Invalid enum value '([^']*)'", problem)
    near = nearest(given.group(1), values) if given else ""
    return f"{near} (one of: {', '.join(values)})" if values else ""


_REMEDIES = (
    ("Expected `array`", "write a list: [one, another]"),
    ("Expected `str`", 'put it in quotes: "..."'),
    ("Expected `bool`", "write true or false"),
    ("Expected `int`", "write a whole number"),
    ("date", "write a day like 2030-12-31"),
    ("Expected `object`", "write a table of keys and values"),
)


def remedy(problem: str) -> str:
    """`; what to write instead` for a value of the wrong type, else nothing."""
    return next((f"; {text}" for mark, text in _REMEDIES if mark in problem), "")


def _struct_in(hint: Any) -> type[Struct] | None:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint
    return next((found for arg in typing.get_args(hint) if (found := _struct_in(arg))), None)


def _literals(hint: Any) -> tuple[Any, ...]:
    if typing.get_origin(hint) is typing.Literal:
        return typing.get_args(hint)
    return tuple(value for arg in typing.get_args(hint) for value in _literals(arg))
