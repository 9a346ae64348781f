"""The one registry: plug-ins by kind and name, whatever door they come through.

A plug-in is a frozen dataclass with two class attributes, `kind` and `name`. Its fields are its
options; its text form `name(option=value, ...)` is its spec, part of the signature, and enough to
make it again in another process. Doors: a module in the folder of its kind, the entry-point group
`evalkit`, or a file named by the user.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import importlib.util
import re
import sys
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, TypeGuard, overload

from evalkit.errors import ConfigError, InputError, nearest
from evalkit.plugins.guests import contained, hold_to_numbers, said
from evalkit.plugins.packages import may_declare
from evalkit.plugins.specs import parse_spec, typed
from evalkit.text.files import resolved
from evalkit.text.visible import shown

if TYPE_CHECKING:
    from evalkit.plugins.protocols import (
        Aligner,
        Detector,
        Plugin,
        Reader,
        Renderer,
        Scorer,
        Segmenter,
        TermbaseFormat,
    )

Spec = str | Mapping[str, object]
KINDS = ("reader", "segmenter", "aligner", "scorer", "detector", "renderer", "termbase")


# What the command line calls plug-ins of a kind.
_SAID_OF = {"scorer": "metric", "renderer": "format"}


class Registry:
    """Plug-in classes by kind and name.

    A plug-in of our own is looked for in the module of its name first, so that a run loads what it uses; the
    folder of its kind is scanned where that fails, or where others may have a plug-in of the same name.
    """

    def __init__(self, files: tuple[str, ...] = ()) -> None:
        self._classes: dict[tuple[str, str], type[Plugin]] = {}
        self._origins: dict[tuple[str, str], str] = {}
        self._scanned: set[str] = set()
        self._entry_points_read = False
        self._alone = not files and not may_declare("evalkit")
        self.files = files
        for path in files:
            self._add_file(path)

    def names(self, kind: str) -> list[str]:
        """Names of all plug-ins of a kind, sorted."""
        self._scan(kind)
        return sorted(name for known, name in self._classes if known == kind)

    def all(self) -> Iterator[tuple[type[Plugin], str]]:
        """Every plug-in class with where it comes from, by kind and name."""
        for kind in KINDS:
            for name in self.names(kind):
                yield self._classes[kind, name], self._origins[kind, name]

    @overload
    def get(self, kind: Literal["reader"], name: str) -> type[Reader]: ...
    @overload
    def get(self, kind: Literal["segmenter"], name: str) -> type[Segmenter]: ...
    @overload
    def get(self, kind: Literal["aligner"], name: str) -> type[Aligner]: ...
    @overload
    def get(self, kind: Literal["scorer"], name: str) -> type[Scorer]: ...
    @overload
    def get(self, kind: Literal["detector"], name: str) -> type[Detector]: ...
    @overload
    def get(self, kind: Literal["renderer"], name: str) -> type[Renderer]: ...
    @overload
    def get(self, kind: Literal["termbase"], name: str) -> type[TermbaseFormat]: ...
    @overload
    def get(self, kind: str, name: str) -> type[Plugin]: ...
    def get(self, kind: str, name: str) -> type[Any]:
        """The plug-in class, or ConfigError listing the known names."""
        if not self._found_by_name(kind, name):
            self._scan(kind)
        try:
            return self._classes[kind, name]
        except KeyError:
            known = self.names(kind)
            word = _SAID_OF.get(kind, kind)
            raise ConfigError(
                f"unknown {word} {name!r}{nearest(name, known)} (known: {', '.join(known)}; others by --plugin FILE)"
            ) from None

    def only(self, kind: str, name: str) -> type[Plugin] | None:
        """A plug-in of our own where nobody else's can be of this run, else None; loads no other."""
        return self._classes[kind, name] if self._found_by_name(kind, name) else None

    @overload
    def make(self, kind: Literal["reader"], spec: Spec) -> Reader: ...
    @overload
    def make(self, kind: Literal["segmenter"], spec: Spec) -> Segmenter: ...
    @overload
    def make(self, kind: Literal["aligner"], spec: Spec) -> Aligner: ...
    @overload
    def make(self, kind: Literal["scorer"], spec: Spec) -> Scorer: ...
    @overload
    def make(self, kind: Literal["detector"], spec: Spec) -> Detector: ...
    @overload
    def make(self, kind: Literal["renderer"], spec: Spec) -> Renderer: ...
    @overload
    def make(self, kind: Literal["termbase"], spec: Spec) -> TermbaseFormat: ...
    @overload
    def make(self, kind: str, spec: Spec) -> Plugin: ...
    def make(self, kind: str, spec: Spec) -> Any:
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
            values[key] = typed(value, hints[key], f"{kind} {name!r}, option {key!r}")
        missing = [key for key, field in fields.items() if key not in values and not _has_default(field)]
        if missing:
            raise ConfigError(
                f"{kind} {name!r}: the option {missing[0]!r} is not given and has no default; "
                f"a plug-in gives each of its options one ({self._origins[kind, name]})"
            )
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
                with contained():
                    loaded = point.load()
            except KeyboardInterrupt:
                raise
            except BaseException as problem:  # a stranger's module may fail in any way; name the culprit
                raise ConfigError(f"{origin} cannot be loaded: {said(problem)}") from problem
            if isinstance(loaded, ModuleType):
                self._add_module(loaded, origin)
            else:
                self._add(loaded, origin)

    def _add_file(self, path: str) -> None:
        if not self._add_module(_loaded(path), path):
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

    def _add(self, cls: object, origin: str) -> None:
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
        if not cls.__module__.startswith("evalkit."):
            from evalkit.plugins.declared import check_declared

            check_declared(cls, kind, name, origin)
            if kind == "scorer":
                hold_to_numbers(cls)
        self._classes[key] = cls
        self._origins[key] = origin


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _loaded(path: str) -> ModuleType:
    """The module of a plug-in file, the same for the same place and content in every process: objects of its classes
    pass between processes by the module's name."""
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError):  # a name that no file can have
        raise InputError(f"{shown(path)[1:-1]}: no plug-in file here; give the path of a Python file") from None
    place = str(resolved(path)).encode(errors="surrogateescape")
    name = f"evalkit_plugin_{hashlib.sha256(place + bytes(1) + content).hexdigest()[:16]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"{path}: not a Python file (.py)")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        with contained():
            spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as problem:  # a stranger's file may fail in any way; name the culprit
        del sys.modules[name]
        raise ConfigError(f"{path}: the plug-in file cannot be loaded: {said(problem)}") from problem
    return module


def _is_plugin(cls: object) -> TypeGuard[type[Plugin]]:
    return isinstance(getattr(cls, "kind", None), str) and isinstance(getattr(cls, "name", None), str)
