"""The text form of a plug-in, `name(option=value, ...)`: read, checked against its options, and written."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalkit.errors import ConfigError

if TYPE_CHECKING:
    from evalkit.plugins.protocols import Plugin


def parse_spec(kind: str, spec: str | Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """Name and options of a spec; option values stay text where the spec is text."""
    if not isinstance(spec, str):
        options = dict(spec)
        name = options.pop("name", None)
        if not isinstance(name, str):
            raise ConfigError(f"a table for a {kind} needs the key `name`")
        return name, options
    name, bracket, rest = spec.partition("(")
    if not bracket:
        return spec.strip(), {}
    if not rest.rstrip().endswith(")"):
        raise ConfigError(f"{kind} {spec!r}: the closing bracket is missing")
    options = {}
    for part in filter(None, (p.strip() for p in _parts(rest.rstrip()[:-1]))):
        key, equals, value = part.partition("=")
        if not equals:
            raise ConfigError(f"{kind} {spec!r}: write options as name=value")
        options[key.strip().replace("-", "_")] = value.strip()
    return name.strip(), options


def _parts(text: str) -> list[str]:
    """What commas part, but for those within brackets: an option may be a spec itself."""
    found, depth, start = [], 0, 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and depth <= 0:
            found.append(text[start:place])
            start = place + 1
    return [*found, text[start:]]


def spec_of(plugin: Plugin) -> str:
    """The text form: the name, and in brackets the options that differ from their default."""
    changed = [
        f"{f.name}={_plain(getattr(plugin, f.name))}"
        for f in dataclasses.fields(plugin)
        if getattr(plugin, f.name) != f.default
    ]
    return f"{plugin.name}({', '.join(changed)})" if changed else str(plugin.name)


def shown_spec(plugin: Plugin) -> str:
    """The same for a result: without the options that move nothing, a file without its folder."""
    changed = [
        f"{f.name}={_named(_plain(getattr(plugin, f.name)))}"
        for f in dataclasses.fields(plugin)
        if getattr(plugin, f.name) != f.default and not f.metadata.get("local")
    ]
    return f"{plugin.name}({', '.join(changed)})" if changed else str(plugin.name)


def full_spec(plugin: Plugin) -> str:
    """The text form with every option that can move a number, defaults too: what a signature needs.

    A file is named without its folder, which says nothing of it and something of a machine.
    """
    fields = [f for f in dataclasses.fields(plugin) if not f.metadata.get("local")]
    options = [f"{f.name}={_named(_plain(getattr(plugin, f.name)))}" for f in fields]
    return f"{plugin.name}({', '.join(options)})" if options else str(plugin.name)


def identity_of(plugin: Plugin) -> str:
    """What a signature says of a plug-in: its `identity` where it has one (a file's hash), else `full_spec`."""
    identity = getattr(plugin, "identity", None)
    return str(identity) if identity else full_spec(plugin)


def _named(value: str) -> str:
    return Path(value).name if value.startswith(("/", "~", "\\")) or value[1:3] in (":\\", ":/") else value


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


_WORDS = {"yes": True, "true": True, "no": False, "false": False}


def typed(value: object, hint: Any, where: str) -> object:
    """`value` as the option's type; text is converted, anything else must fit already."""
    allowed = typing.get_args(hint) if typing.get_origin(hint) not in (None, typing.Literal) else (hint,)
    if type(None) in allowed and (value is None or (isinstance(value, str) and value.lower() == "none")):
        return None
    for kind in allowed:
        if typing.get_origin(kind) is typing.Literal:
            if value in typing.get_args(kind):
                return value
        elif kind is bool:
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.lower() in _WORDS:
                return _WORDS[value.lower()]
        elif kind is str and isinstance(value, str):
            return value
        elif kind in (int, float) and not isinstance(value, bool) and isinstance(value, (int, float, str)):
            try:
                return kind(value) if kind is float or not isinstance(value, float) else _fail()
            except ValueError:
                continue
    if typing.get_origin(hint) is typing.Literal:
        raise ConfigError(f"{where}: {value!r} is none of {', '.join(map(str, typing.get_args(hint)))}")
    wanted = " or ".join(getattr(kind, "__name__", str(kind)) for kind in allowed)
    raise ConfigError(f"{where}: {value!r} is not of type {wanted}")


def _fail() -> object:
    raise ValueError
