"""A configuration's TOML: parsed, and what is wrong with a value told as the lines that would be right."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from evalkit.text.problems import remedy
from evalkit.text.visible import shown, visible

_TABLES = frozenset({"source", "gate", "statistics", "scorecard"})
_LISTS = frozenset({"reference", "candidate", "rule", "ignore", "set", "system"})  # a table for each entry
# Tables of which a text can only be the path: `source = "s.txt"` means the table with that path.
_OF_PATHS = frozenset({"source", "reference", "candidate", "system"})
_QUOTED = 60  # characters of a value that is written into the line to type: longer ones are no slip of this kind


def in_toml(problem: str, data: Mapping[str, Any]) -> str:
    """What to write instead of a value of the wrong type, or what an entry lacks; empty for every other problem."""
    at = re.search(r"at `\$\.([A-Za-z_]\w*(?:\.\w+|\[\d+\])*)`$", problem)
    if at is None:
        return ""
    path = at[1]
    names = re.findall(r"\w+", path)
    value = _at(data, names)
    if lacks := re.match(r"Object missing required field `(\w+)`", problem):
        return f"{_entry(names)} has no `{lacks[1]}`"
    if not re.match(r"Expected `[^`]*`, got", problem):
        return ""
    what = f"{path} = {shown(value)}" if not isinstance(value, Mapping) else f"`{path}`"
    if names[0] in _LISTS and len(names) <= 2:
        return f"{what}: write {_lines(f'[[{names[0]}]]', names[0], value)}"
    if names[0] in _TABLES and len(names) == 1:
        return f"{what}: write {_lines(f'[{path}]', path, value)}"
    if "Expected `array" in problem and isinstance(value, str) and len(value) <= _QUOTED:
        return f"{what}: write a list, {names[-1]} = [{_text(value)}]"
    if "Expected `str`" in problem and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return f"{what}: write it without brackets, {names[-1]} = {_text(value[0][:_QUOTED])}"
    said = "" if "Expected `str`" in problem and isinstance(value, (list, Mapping)) else remedy(problem)
    return f"{what}: {said.removeprefix('; ')}" if said else ""


def _at(data: Any, names: list[str]) -> Any:
    for name in names:
        data = data[int(name)] if isinstance(data, (list, tuple)) else data[name]
    return data


def _entry(names: list[str]) -> str:
    """A table as its heading calls it."""
    return f"[[{names[0]}]] number {int(names[1]) + 1}" if len(names) > 1 and names[1].isdecimal() else f"[{names[0]}]"


def _lines(heading: str, key: str, value: Any) -> str:
    """The heading of a table, and the line below it where the value says what it holds."""
    if isinstance(value, (list, tuple)) and len(value) == 1:
        value = value[0]
    if isinstance(value, Mapping):
        return f"{heading} with two brackets, for there can be several"
    if key in _OF_PATHS and isinstance(value, str) and len(value) <= _QUOTED:
        return f"{heading} and below it path = {_text(value)}"
    return f"{heading} and below it its settings, a line each"


def _text(value: str) -> str:
    return json.dumps(visible(value), ensure_ascii=False)


# Python's parser takes time with the square of the parts of a key; the deepest setting has five.
_DEEP_KEY = re.compile(r"""(?:^|[\[{,])[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){100}""", re.MULTILINE)


def parsed(text: str) -> dict[str, Any]:
    """The tables of a text in TOML; ValueError where it is none, or has a key of a hundred parts."""
    import tomllib

    if deep := _DEEP_KEY.search(text):
        raise ValueError(f"a key of more than a hundred parts (at line {text.count(chr(10), 0, deep.start()) + 1})")
    return tomllib.loads(text)
