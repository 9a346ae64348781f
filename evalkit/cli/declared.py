"""Commands and their options as they are declared, and the short way from a command line to a call.

typer takes longer to start than two lines take to score. So a command line that is plainly right is taken apart
here; any other (a request for help, an unknown option, a value of the wrong kind) goes to typer, which is given
the same declarations and finds the words for the user.
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
        return {p.name: given[p.name] if p.name in given else p.default() for p in parameters}
    except (KeyError, StopIteration, ValueError):
        return None


class _Parameter(typing.NamedTuple):
    """A parameter of a command with its declaration; `kind` is the type of its value, `list` of several texts."""

    name: str
    info: _Declared
    kind: type
    given: Any

    def default(self) -> Any:
        """The value where the line gives none."""
        if self.given is inspect.Parameter.empty:
            _refuse()
        return list(self.given) if self.kind is list else self.given


def _parameters(command: Command) -> list[_Parameter]:
    hints = typing.get_type_hints(command, include_extras=True)
    found = []
    for name, parameter in inspect.signature(command).parameters.items():
        hint, info = typing.get_args(hints[name])
        kinds = [kind for kind in typing.get_args(hint) or (hint,) if kind is not type(None)]
        kind = list if typing.get_origin(hint) is list else kinds[0]
        found.append(_Parameter(name, info, kind, parameter.default))
    return found


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
        command(**values)

    hints = typing.get_type_hints(command, include_extras=True)
    parameters = []
    for name, parameter in inspect.signature(command).parameters.items():
        hint, info = typing.get_args(hints[name])
        made = (typer.Option if isinstance(info, Option) else typer.Argument)(*info.names, **info.settings)
        parameters.append(parameter.replace(annotation=typing.Annotated[hint, made]))
    call.__name__, call.__doc__ = command.__name__, command.__doc__
    call.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": None}
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return call
