"""What holds for every plug-in: frozen, documented, made again from its text form and in a fresh process."""

from __future__ import annotations

import dataclasses
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from evalkit.plugins import KINDS, Registry, full_spec
from evalkit.plugins.protocols import Plugin


def check_text_form(plugin: Plugin) -> None:
    """A frozen dataclass of a known kind, with a name, a description, and a text form that makes it again."""
    cls = type(plugin)
    assert dataclasses.is_dataclass(cls), f"{cls.__name__} is no dataclass"
    assert getattr(cls, "__dataclass_params__").frozen, f"{cls.__name__} is not frozen: write @dataclass(frozen=True)"  # noqa: B009
    assert plugin.kind in KINDS, f"{cls.__name__}: unknown kind {plugin.kind!r} (known: {', '.join(KINDS)})"
    assert plugin.name, f"{cls.__name__} has no name"
    generated = f"{cls.__name__}("  # what dataclass writes where there is no docstring
    said = cls.__doc__ or generated
    assert not said.startswith(generated), f"{cls.__name__} says nothing of itself: no docstring"
    for field in dataclasses.fields(cls):
        has_default = field.default is not dataclasses.MISSING
        assert has_default, f"{cls.__name__}: the option {field.name!r} has no default; users may leave options out"
    if "<locals>" in cls.__qualname__:
        raise AssertionError(f"{cls.__name__} is inside a function; other processes cannot find it there")
    if file := _file(plugin):
        again = Registry((file,)).make(plugin.kind, full_spec(plugin))
        assert again == plugin, f"the text form {full_spec(plugin)!r} makes another plug-in: {again!r}"


def check_pickling(*plugins: Plugin) -> None:
    """A copy in a spawned process, which has loaded nothing but the plug-in files, is the same."""
    files = tuple(sorted({file for plugin in plugins if (file := _file(plugin))}))
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=Registry, initargs=(files,)) as pool:
        copies = list(pool.map(_same, plugins))
    for plugin, (copy, spec) in zip(plugins, copies, strict=True):
        assert copy == plugin, f"{plugin!r} comes back from another process as {copy!r}"
        assert spec == full_spec(plugin), f"{plugin!r} is {spec} in another process"


def _same(plugin: Plugin) -> tuple[Plugin, str]:
    return plugin, full_spec(plugin)


def _file(plugin: Plugin) -> str:
    """The plug-in file a class was loaded from; "" for one of an installed package."""
    name = type(plugin).__module__
    return str(sys.modules[name].__file__) if name.startswith("evalkit_plugin_") else ""
