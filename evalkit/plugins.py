"""The one registry: plug-ins by kind and name, whatever door they come through.

A plug-in is a frozen dataclass with two class attributes, `kind` and `name`. Its fields are its
options; its text form `name(option=value, ...)` is its spec, part of the signature, and enough to
make it again in another process. Doors: a module in the folder of its kind, the entry-point group
`evalkit`, or a file named by the user.
"""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import re
import sys
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from evalkit.errors import ConfigError, InputError, nearest
from evalkit.installed import may_declare

KINDS = ("reader", "segmenter", "aligner", "scorer", "detector", "renderer", "executor", "termbase")


class Registry:
    """Plug-in classes by kind and name.

    A plug-in of our own is looked for in the module of its name first, so that a run loads what it uses; the
    folder of its kind is scanned where that fails, or where others may have a plug-in of the same name.
    """

    def __init__(self, files: tuple[str, ...] = ()) -> None:
        self._classes: dict[tuple[str, str], type[Any]] = {}
        self._origins: dict[tuple[str, str], str] = {}
        self._scanned: set[str] = set()
        self._entry_points_read = False
        self._alone = not files and not may_declare("evalkit")
        for path in files:
            self._add_file(path)

    def names(self, kind: str) -> list[str]:
        """Names of all plug-ins of a kind, sorted."""
        self._scan(kind)
        return sorted(name for known, name in self._classes if known == kind)

    def all(self) -> Iterator[tuple[type[Any], str]]:
        """Every plug-in class with where it comes from, by kind and name."""
        for kind in KINDS:
            for name in self.names(kind):
                yield self._classes[kind, name], self._origins[kind, name]

    def get(self, kind: str, name: str) -> type[Any]:
        """The plug-in class, or ConfigError listing the known names."""
        if not self._found_by_name(kind, name):
            self._scan(kind)
        try:
            return self._classes[kind, name]
        except KeyError:
            known = self.names(kind)
            raise ConfigError(f"unknown {kind} {name!r}{nearest(name, known)} (known: {', '.join(known)})") from None

    def only(self, kind: str, name: str) -> type[Any] | None:
        """A plug-in of our own where nobody else's can be of this run, else None; loads no other."""
        return self._classes[kind, name] if self._found_by_name(kind, name) else None

    def make(self, kind: str, spec: str | Mapping[str, object]) -> Any:
        """A plug-in from `name`, `name(option=value, ...)` or a table with the key `name`."""
        name, options = parse_spec(kind, spec)
        cls = self.get(kind, name)
        fields = {f.name: f for f in dataclasses.fields(cls)}
        hints = typing.get_type_hints(cls)
        values = {}
        for key, value in options.items():
            if key not in fields:
                raise ConfigError(
                    f"{kind} {name!r} has no option {key!r}{nearest(key, fields)} "
                    f"(options: {', '.join(fields) or 'none'})"
                )
            values[key] = _typed(value, hints[key], f"{kind} {name!r}, option {key!r}")
        return cls(**values)

    def _found_by_name(self, kind: str, name: str) -> bool:
        """Whether the module called like the plug-in has it; not asked where somebody else may have one."""
        if (
            self._alone
            and kind in KINDS
            and (kind, name) not in self._classes
            and re.fullmatch("[a-z][a-z0-9-]*", name)
        ):
            module = f"evalkit.{kind}s.{name.replace('-', '_')}"
            if importlib.util.find_spec(module):
                self._add_module(importlib.import_module(module), "evalkit")
        return self._alone and (kind, name) in self._classes

    def _scan(self, kind: str) -> None:
        if kind in self._scanned:
            return
        self._scanned.add(kind)
        import pkgutil

        package = importlib.import_module(f"evalkit.{kind}s")
        for info in pkgutil.iter_modules(package.__path__):
            if not info.name.startswith("_"):
                self._add_module(importlib.import_module(f"{package.__name__}.{info.name}"), "evalkit")
        self._read_entry_points()

    def _read_entry_points(self) -> None:
        if self._entry_points_read:
            return
        self._entry_points_read = True
        if not may_declare("evalkit"):
            return
        from importlib.metadata import entry_points

        for point in sorted(entry_points(group="evalkit"), key=lambda p: (p.name, p.value)):
            origin = f"entry point {point.name!r} ({point.value})"
            try:
                loaded = point.load()
            except Exception as problem:  # a stranger's module may fail in any way; name the culprit
                raise ConfigError(f"{origin} cannot be loaded: {problem}") from problem
            if isinstance(loaded, ModuleType):
                self._add_module(loaded, origin)
            else:
                self._add(loaded, origin)

    def _add_file(self, path: str) -> None:
        name = f"evalkit_plugin_{Path(path).stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None or not Path(path).is_file():
            raise InputError(f"{path}: no plug-in file here; give the path of a Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except (Exception, SystemExit) as problem:  # a stranger's file may fail in any way; name the culprit
            raise ConfigError(f"{path}: the plug-in file cannot be loaded: {problem}") from problem
        if not self._add_module(module, path):
            raise ConfigError(f"{path}: no plug-in in this file (a class with `kind` and `name`)")

    def _add_module(self, module: ModuleType, origin: str) -> int:
        found = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and value.__module__ == module.__name__ and _is_plugin(value)
        ]
        for cls in found:
            self._add(cls, origin)
        return len(found)

    def _add(self, cls: type[Any], origin: str) -> None:
        if not (isinstance(cls, type) and _is_plugin(cls) and dataclasses.is_dataclass(cls)):
            raise ConfigError(f"{origin}: {cls!r} is no plug-in (a frozen dataclass with `kind` and `name`)")
        kind, name = str(getattr(cls, "kind", "")), str(getattr(cls, "name", ""))
        if kind not in KINDS:
            raise ConfigError(f"{origin}: unknown plug-in kind {kind!r} (known: {', '.join(KINDS)})")
        key = (kind, name)
        if key in self._classes and self._classes[key] is not cls:
            raise ConfigError(
                f"two {kind} plug-ins are called {name!r}: one from {self._origins[key]}, one from {origin}; rename one"
            )
        self._classes[key] = cls
        self._origins[key] = origin


def _is_plugin(cls: type[Any]) -> bool:
    return isinstance(getattr(cls, "kind", None), str) and isinstance(getattr(cls, "name", None), str)


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
    for part in filter(None, (p.strip() for p in rest.rstrip()[:-1].split(","))):
        key, equals, value = part.partition("=")
        if not equals:
            raise ConfigError(f"{kind} {spec!r}: write options as name=value")
        options[key.strip().replace("-", "_")] = value.strip()
    return name.strip(), options


def spec_of(plugin: Any) -> str:
    """The text form: the name, and in brackets the options that differ from their default."""
    changed = [
        f"{f.name}={_plain(getattr(plugin, f.name))}"
        for f in dataclasses.fields(plugin)
        if getattr(plugin, f.name) != f.default
    ]
    return f"{plugin.name}({', '.join(changed)})" if changed else str(plugin.name)


def full_spec(plugin: Any) -> str:
    """The text form with every option, defaults too: what a signature needs."""
    options = [f"{f.name}={_plain(getattr(plugin, f.name))}" for f in dataclasses.fields(plugin)]
    return f"{plugin.name}({', '.join(options)})" if options else str(plugin.name)


def identity_of(plugin: Any) -> str:
    """What a signature says of a plug-in: its `identity` where it has one (a file's hash), else `full_spec`."""
    identity = getattr(plugin, "identity", None)
    return str(identity) if identity else full_spec(plugin)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


_WORDS = {"yes": True, "true": True, "no": False, "false": False}


def _typed(value: object, hint: Any, where: str) -> object:
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
