"""The text of api.md, from signatures and docstrings of the public names. Run by cog, see the top of that page."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

MODULES = (
    "evalkit",
    "evalkit.records",
    "evalkit.records.result",
    "evalkit.plugins",
    "evalkit.plugins.protocols",
    "evalkit.errors",
    "evalkit.text.files",
    "evalkit.text.visible",
    *(["evalkit.testing"] if find_spec("evalkit.testing") else []),
)


def reference(modules: tuple[str, ...] = MODULES) -> str:
    """Markdown for all public names of the modules."""
    return "\n".join(line for name in modules for line in _module(import_module(name)))


def public_names(module: ModuleType) -> list[str]:
    """`__all__`, or else the classes and functions a module defines itself."""
    names = getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
    ]
    return [name for name in names if not name.startswith("__")]


def _module(module: ModuleType) -> Iterator[str]:
    yield from (f"## {module.__name__}", "", *_lines(module), "")
    for name in sorted(public_names(module), key=str.lower):
        value = getattr(module, name)
        if inspect.isclass(value):
            yield from _class(name, value)
        elif inspect.isroutine(value):
            yield from ("", f"### {name}", "", *_code(_signature(name, value)), "", *_lines(value))
        else:
            yield from ("", f"### {name}", "", *_code(f"{name} = {repr(value).replace('typing.', '')}"))
    yield ""


def _class(name: str, value: type) -> Iterator[str]:
    bases = [base.__name__ for base in value.__bases__ if base.__name__ not in ("object", "Struct", "Protocol")]
    yield from ("", f"### {name}" + (f" ({', '.join(bases)})" if bases else ""), "", *_lines(value))
    fields = [
        f"{field}: {kind}{_default(value, field)}"
        for field, kind in inspect.get_annotations(value).items()
        if not field.startswith("_")
    ]
    if fields:
        yield from ("", *_code(*fields))
    for method, function in vars(value).items():
        raw = inspect.unwrap(getattr(function, "__func__", function))
        if method.startswith("_") or not (inspect.isfunction(raw) or isinstance(function, property)):
            continue
        text = method if isinstance(function, property) else _signature(method, raw)
        said = inspect.cleandoc(inspect.getdoc(function) or "").replace("\n", " ")
        yield from ("", f"- `{text}`" + (f": {said}" if said else ""))


def _lines(value: Any) -> list[str]:
    return inspect.cleandoc(value.__doc__ or "").splitlines()


def _code(*lines: str) -> list[str]:
    return ["```python", *lines, "```"]


def _default(value: type, field: str) -> str:
    """` = ...` for a field that has a default, as far as it is a plain value."""
    names = list(getattr(value, "__struct_fields__", ()))
    defaults = getattr(value, "__struct_defaults__", ())
    if field in names:
        at = names.index(field) - (len(names) - len(defaults))
        found = defaults[at] if at >= 0 else ...
    else:
        found = vars(value).get(field, ...)
    plain = isinstance(found, (str, int, float, bool, tuple, type(None)))
    return f" = {found!r}" if plain else ""


def _signature(name: str, function: Any) -> str:
    signature = inspect.signature(function)
    parts: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts and not any(p.startswith("*") for p in parts):
            parts.append("*")
        star = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
        kind = "" if parameter.annotation is parameter.empty else f": {parameter.annotation}"
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        parts.append(f"{star}{parameter.name}{kind}{default}")
    result = "" if signature.return_annotation is signature.empty else f" -> {signature.return_annotation}"
    whole = f"{name}({', '.join(parts)}){result}"
    if len(whole) <= 110:
        return whole
    inside = "".join(f"    {part},\n" for part in parts)
    return f"{name}(\n{inside}){result}"
