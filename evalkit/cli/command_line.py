"""Commands and their options as they are declared, and the short way from a command line to a call.

typer takes longer to start than two lines take to score. So a command line that is plainly right is taken apart
here; any other (a request for help, an unknown option, a value of the wrong kind) goes to typer, which is given
the same declarations and finds the words for the user.

Options that belong together may stand as fields of a NamedTuple: a parameter of that type is the whole group, its
default the group's defaults.
"""

from __future__ import annotations

import inspect
import re
import sys
import typing
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typer

Command = Callable[..., None]


class _Declared:
    """What typer's class of the same name is made from."""

    def __init__(self, *names: str, **settings: Any) -> None:
        self.names, self.settings = names, settings


class Option(_Declared):
    """An option of a command, in an annotation; takes what `typer.Option` takes there."""


class Argument(_Declared):
    """An argument of a command, in an annotation; takes what `typer.Argument` takes there."""


class Exit(SystemExit):
    """Ends the command with an exit code."""


def echo(text: str, *, err: bool = False) -> None:
    """A line on standard output or, with `err`, on standard error."""
    print(text, file=sys.stderr if err else sys.stdout)


def quick_call(command: Command, line: Sequence[str]) -> dict[str, Any] | None:
    """The arguments a command is called with; None where the line is one for typer."""
    parameters = _parameters(command)
    options = {name: p for p in parameters if isinstance(p.info, Option) for name in p.info.names}
    places = [p for p in parameters if isinstance(p.info, Argument)]
    given: dict[str, Any] = {}
    words = iter(line)
    try:
        for word in words:
            name, equals, value = word.partition("=")
            if word == "-" or not word.startswith("-"):
                (parameter,) = places
                _give(given, parameter, word)
            elif options[name].kind is bool:
                given[options[name].name] = True
                equals and _refuse()
            elif equals:
                _give(given, options[name], value if name.startswith("--") else _refuse())
            else:
                value = next(words)
                _give(given, options[name], value if value == "-" or not value.startswith("-") else _refuse())
        values = {p.name: given[p.name] if p.name in given else p.default() for p in parameters}
    except (KeyError, StopIteration, ValueError):
        return None
    return _arguments(command, values)


class _Parameter(typing.NamedTuple):
    """An option or argument of a command: its name (in a group: GROUP_FIELD), how it was annotated and declared, the
    type of its value (`list` of several texts), and what stands in the signature as default."""

    name: str
    hint: Any
    info: _Declared
    kind: type
    given: Any

    def default(self) -> Any:
        """The value where the line gives none."""
        if self.given is inspect.Parameter.empty:
            _refuse()
        return list(self.given) if self.kind is list else self.given


def _parameters(command: Command) -> list[_Parameter]:
    """What a command declares, groups opened."""
    hints = typing.get_type_hints(command, include_extras=True)
    found = []
    for name, parameter in inspect.signature(command).parameters.items():
        group = parameter.default
        if _is_group(group):
            inside = typing.get_type_hints(type(group), include_extras=True)
            found += [_parameter(f"{name}_{field}", inside[field], given) for field, given in group._asdict().items()]
        else:
            found.append(_parameter(name, hints[name], parameter.default))
    return found


def _parameter(name: str, annotation: Any, given: Any) -> _Parameter:
    hint, info = typing.get_args(annotation)
    kinds = [kind for kind in typing.get_args(hint) or (hint,) if kind is not type(None)]
    return _Parameter(name, hint, info, list if typing.get_origin(hint) is list else kinds[0], given)


def _is_group(default: Any) -> bool:
    return isinstance(default, tuple) and hasattr(default, "_fields")


def _arguments(command: Command, values: dict[str, Any]) -> dict[str, Any]:
    """Values by parameter as the command takes them: those of a group as one."""
    made = {}
    for name, parameter in inspect.signature(command).parameters.items():
        group = parameter.default
        in_group = _is_group(group)
        made[name] = group._make(values[f"{name}_{field}"] for field in group._fields) if in_group else values[name]
    return made


def _give(given: dict[str, Any], parameter: _Parameter, text: str) -> None:
    """Puts a text in its place as a value; ValueError where it is not plainly one."""
    if parameter.kind is list:
        given.setdefault(parameter.name, []).append(text)
    elif parameter.name in given and isinstance(parameter.info, Argument):
        _refuse()
    elif parameter.kind is str:
        given[parameter.name] = text
    else:
        if not re.fullmatch(r"[0-9]{1,15}" if parameter.kind is int else r"[0-9]{1,15}(\.[0-9]{1,15})?", text):
            _refuse()
        value = parameter.kind(text)
        low, high = (parameter.info.settings.get(end) for end in ("min", "max"))
        if (low is not None and value < low) or (high is not None and value > high):
            _refuse()
        given[parameter.name] = value


def _refuse() -> typing.NoReturn:
    raise ValueError


def typer_app(commands: Sequence[Command], root: Command, **settings: Any) -> typer.Typer:
    """The same commands as typer has them; `root` holds the options before the command."""
    import typer

    app = typer.Typer(**settings)
    app.callback()(_for_typer(root))
    for command in commands:
        app.command()(_for_typer(command))
    return app


def _for_typer(command: Command) -> Command:
    """A function of the same name and signature whose annotations are typer's."""
    import typer

    def call(**values: Any) -> None:
        command(**_arguments(command, values))

    parameters = []
    for p in _parameters(command):
        made = (typer.Option if isinstance(p.info, Option) else typer.Argument)(*p.info.names, **p.info.settings)
        hint, place = typing.Annotated[p.hint, made], inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(inspect.Parameter(p.name, place, default=p.given, annotation=hint))
    call.__name__, call.__doc__ = command.__name__, command.__doc__
    call.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": None}
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return call
