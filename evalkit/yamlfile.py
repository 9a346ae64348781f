"""YAML files read strictly: no repeated key, every error with its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from evalkit.errors import InputError, all_problems
from evalkit.textfile import read_text


class YamlFile(Struct, frozen=True):
    """A YAML file whose top is a table: its plain data, and where its keys and list items stand."""

    path: str
    data: dict[str, Any]
    keys: dict[str, int]
    items: dict[str, tuple[int, ...]]


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
    except ValueError as problem:  # a date no month has, a number too long: PyYAML lets it through
        raise InputError(f"{path}: not valid YAML: {problem}; put such a value in quotes") from None
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
    return YamlFile(str(path), data, keys, items)


def _problem(path: str | Path, problem: Exception) -> str:
    """Where and what; PyYAML keeps them in marks."""
    open_bracket = "flow" in (getattr(problem, "context", None) or "")
    mark = getattr(problem, "context_mark" if open_bracket else "problem_mark", None)
    where = f"{path}:{mark.line + 1}" if mark is not None else str(path)
    what = getattr(problem, "problem", None) or " ".join(str(problem).split())
    return f"{where}: not valid YAML: {what}; check indentation, and quote text with `: `, `#` or brackets"


def _repeated_keys(root: Any) -> Iterable[tuple[str, int]]:
    """Keys that stand twice in one table, with their line; YAML itself would keep the last silently."""
    stack, visited = [root], set()
    while stack:
        node = stack.pop()
        if node is None or id(node) in visited:
            continue
        visited.add(id(node))
        if not isinstance(node.value, list):
            continue
        pairs = [item for item in node.value if isinstance(item, tuple)]
        seen: set[str] = set()
        for key, value in pairs:
            name = key.value if isinstance(key.value, str) else ""
            if name and name in seen:
                yield name, key.start_mark.line + 1
            seen.add(name)
            stack.append(value)
        stack += [item for item in node.value if not isinstance(item, tuple)]
