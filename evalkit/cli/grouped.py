"""Options that belong together, as one parameter of a command.

typer knows parameters one by one. Here a parameter whose default is a NamedTuple stands for all its fields: typer sees
the fields, the command gets the tuple.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

from evalkit.cli.aside import output_kept_clean

Command = Callable[..., None]


def ungrouped(command: Command) -> Command:
    """The same command with a parameter for every option; those of a group are called GROUP_FIELD. While it works,
    standard output is kept for its result."""
    groups = {
        name: parameter.default
        for name, parameter in inspect.signature(command).parameters.items()
        if hasattr(parameter.default, "_fields")
    }

    def call(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group._make(values.pop(f"{name}_{field}") for field in group._fields)
        with output_kept_clean():
            command(**values)

    parameters = list(_parameters(command, groups))
    call.__name__, call.__doc__ = command.__name__, command.__doc__
    call.__annotations__ = {p.name: p.annotation for p in parameters}
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return call


def _parameters(command: Command, groups: dict[str, Any]) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(command, include_extras=True)
    for name, parameter in inspect.signature(command).parameters.items():
        if name not in groups:
            yield parameter.replace(annotation=hints[name])
            continue
        inside = get_type_hints(type(groups[name]), include_extras=True)
        for field, default in groups[name]._asdict().items():
            yield parameter.replace(name=f"{name}_{field}", default=default, annotation=inside[field])
