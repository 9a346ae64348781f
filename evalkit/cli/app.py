"""The application: which command lives in which module, and how a command line reaches it."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

from evalkit.cli.command_line import Command, Exit, Option, echo, quick_call, typer_app

if TYPE_CHECKING:
    import typer

# Commands in the order the help lists them, by the module that has them.
COMMANDS = {
    "run": "evaluate",
    "score": "evaluate",
    "align": "evaluate",
    "check": "evaluate",
    "report": "results",
    "compare": "results",
    "explain": "explain",
    "plugins": "about",
    "init": "about",
    "clean": "about",
    "cache": "cached",
}

# Groups of commands, by the module that has them.
GROUPS = {"terms": "terms"}


def _version(wanted: bool) -> None:
    if wanted:
        import evalkit

        echo(f"evalkit {evalkit.__version__}")
        raise Exit(0)


def root(
    version: Annotated[
        bool, Option("--version", callback=_version, is_eager=True, help="Print the version.", show_default=False)
    ] = False,
) -> None:
    """The options before the command."""


def run(line: list[str]) -> None:
    """Runs a command line."""
    # Windows: typer opens patterns such as *.txt. Completion: typer answers the shell.
    plain = sys.platform != "win32" and "_EVALKIT_COMPLETE" not in os.environ
    if plain and line and line[0] in COMMANDS:
        command = _command(line[0])
        values = quick_call(command, line[1:])
        if values is not None:
            command(**values)
            return
    if plain and line[1:] and line[0] in GROUPS:
        for command in _group(line[0]).COMMANDS:
            values = quick_call(command, line[2:]) if command.__name__ == line[1] else None
            if values is not None:
                command(**values)
                return
    load_commands()(line, prog_name="evalkit")


def _command(name: str) -> Command:
    command: Command = getattr(import_module(f"evalkit.cli.{COMMANDS[name]}"), name)
    return command


def _group(name: str) -> Any:
    return import_module(f"evalkit.cli.{GROUPS[name]}")


def load_commands() -> typer.Typer:
    """The application with all commands, for help, for errors and for completion."""
    app = typer_app(
        [_command(name) for name in COMMANDS],
        root,
        name="evalkit",
        help="Scores translations, reports and summaries against reference texts as they are: pairs the segments, "
        "computes BLEU, chrF, TER and WER exactly as the standard tools do, and finds errors with their place.\n\n"
        "Start with `evalkit score CANDIDATE -r REFERENCE`, or `evalkit init` and `evalkit run`.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in GROUPS:
        group = _group(name)
        inside = typer_app(list(group.COMMANDS), group.root, no_args_is_help=True, rich_markup_mode=None)
        app.add_typer(inside, name=name, help=group.root.__doc__)
    return app
