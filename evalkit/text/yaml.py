"""YAML files read strictly: no repeated key, every error with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from evalkit.errors import InputError, all_problems
from evalkit.text.files import read_text

# What PyYAML lets through for a value that its tag or form cannot be: a date no month has, a number too long,
# `!!timestamp x`, `!!bool x`.
_IMPOSSIBLE = (ValueError, AttributeError, KeyError, TypeError, OverflowError)


class YamlFile(Struct, frozen=True):
    """A YAML file whose top is a table: its plain data, and where its keys and list items stand.

    `places` has the line of every value by its path, for example `accepted[0].until`; `comments` the lines that
    hold a comment.
    """

    path: str
    data: dict[str, Any]
    keys: dict[str, int]
    items: dict[str, tuple[int, ...]]
    places: dict[str, int] = {}
    comments: tuple[int, ...] = ()

    def where(self, place: str) -> str:
        """`file:line` of a value by its path, of the nearest one above where that is not there, else the file."""
        while place and place not in self.places:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return f"{self.path}:{self.places[place]}" if place else self.path


def read_yaml(path: str | Path, expected: str) -> YamlFile:
    """The file; raises InputError saying that `expected` was wanted where it is not valid YAML or no table."""
    import yaml

    text = read_text(path)
    try:
        node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
        repeated = list(_repeated_keys(node))
        data = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise InputError(_problem(path, problem)) from None
    except _IMPOSSIBLE as problem:
        where = f"{path}{_line_of_impossible(text)}"
        what = problem if isinstance(problem, ValueError) else "no value of its type"
        raise InputError(f"{where}: not a valid value: {what}; correct it, or put text in quotes") from None
    except RecursionError:
        raise InputError(f"{path}: nested too deeply; {expected}") from None
    if repeated:
        problems = [f"{path}:{line}: the key {key!r} stands twice; merge the two" for key, line in repeated]
        raise InputError(all_problems(f"{path} is not valid", problems))
    if not isinstance(data, dict) or not data:
        raise InputError(f"{path}: {expected}")
    keys = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    items = {
        key.value: tuple(item.start_mark.line + 1 for item in value.value)
        for key, value in node.value
        if isinstance(value, yaml.SequenceNode)
    }
    return YamlFile(str(path), data, keys, items, dict(_places(node)), _comments(text))


def _problem(path: str | Path, problem: Exception) -> str:
    """Where and what; PyYAML keeps them in marks."""
    open_bracket = "flow" in (getattr(problem, "context", None) or "")
    mark = getattr(problem, "context_mark" if open_bracket else "problem_mark", None)
    where = f"{path}:{mark.line + 1}" if mark is not None else str(path)
    what = getattr(problem, "problem", None) or " ".join(str(problem).split())
    return f"{where}: not valid YAML: {what}; check indentation, and quote text with `: `, `#` or brackets"


def _line_of_impossible(text: str) -> str:
    """`:line` of the first value that YAML takes for a date or number and Python cannot make."""
    import yaml

    loader = yaml.SafeLoader("")
    for node in _nodes(yaml.compose(text, Loader=yaml.SafeLoader)):
        if isinstance(node, yaml.ScalarNode):
            try:
                loader.construct_object(node)
            except _IMPOSSIBLE:
                return f":{node.start_mark.line + 1}"
    return ""


def _nodes(root: Any) -> Iterator[Any]:
    """Every value below a node, each once."""
    stack, visited = [root], set()
    while stack:
        node = stack.pop(0)
        if node is None or id(node) in visited:
            continue
        visited.add(id(node))
        yield node
        if isinstance(node.value, list):
            stack[:0] = [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]


def _places(root: Any) -> Iterator[tuple[str, int]]:
    """(path, line) of every value; what an alias repeats is left out."""
    stack, visited = [("", root)], set()
    while stack:
        place, node = stack.pop()
        if id(node) in visited or not isinstance(node.value, list):
            continue
        visited.add(id(node))
        for number, item in enumerate(node.value):
            key, value = item if isinstance(item, tuple) else (None, item)
            name = f"{place}[{number}]" if key is None else f"{place}.{key.value}".lstrip(".")
            yield name, (key or value).start_mark.line + 1
            stack.append((name, value))


def _comments(text: str) -> tuple[int, ...]:
    """Lines with a `#` that stands in no value; the parser itself forgets comments."""
    import yaml

    if "#" not in text:
        return ()
    rest, start = [], 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.ScalarToken):
            inside = "\n" * text.count("\n", token.start_mark.index, token.end_mark.index)
            rest += [text[start : token.start_mark.index], inside]
            start = token.end_mark.index
    lines = "".join([*rest, text[start:]]).split("\n")
    return tuple(number for number, line in enumerate(lines, 1) if "#" in line)


def _repeated_keys(root: Any) -> Iterable[tuple[str, int]]:
    """Keys that stand twice in one table, with their line; YAML itself would keep the last silently."""
    for node in _nodes(root):
        if not isinstance(node.value, list):
            continue
        seen: set[str] = set()
        for key, _ in (item for item in node.value if isinstance(item, tuple)):
            name = key.value if isinstance(key.value, str) else ""
            if name and name in seen:
                yield name, key.start_mark.line + 1
            seen.add(name)
