"""The application: which command lives in which module, and what is said of a line that makes no sense."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer

from evalkit.cli.grouped import Command, ungrouped
from evalkit.cli.output import note
from evalkit.errors import nearest

# Commands in the order the help lists them, by the module that has them.
COMMANDS = {
    "run": "evaluate",
    "score": "score",
    "align": "evaluate",
    "check": "evaluate",
    "report": "results",
    "compare": "results",
    "history": "history",
    "serve": "serve",
    "meta": "meta",
    "explain": "explain",
    "plugins": "about",
    "init": "about",
    "clean": "about",
    "cache": "about",
}

# Groups of commands, by the module that has them as COMMANDS, and the group's own options as `root`.
GROUPS = {"terms": "terms", "review": "review", "models": "models"}

# Its module is another one from version to version of typer; what a bad value is made from is not.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def run(line: list[str]) -> None:
    """Runs a command line; one that makes no sense is told in one sentence, with exit code 2."""
    group = application(completion=not line or line[0].startswith("-"))
    if "_EVALKIT_COMPLETE" in os.environ:
        group.main(line, prog_name="evalkit")  # the shell asks for words to complete
    try:
        with group.make_context("evalkit", line) as context:
            group.invoke(context)
    except typer.Exit as end:
        sys.exit(end.exit_code)
    except typer.Abort:  # Ctrl-C or Ctrl-D at a question
        sys.stderr.write("\n")
        raise KeyboardInterrupt from None
    except _UsageError as problem:
        note(_told(problem))
        sys.exit(2)


def application(*, completion: bool = True) -> Any:
    """All commands, each loaded when it is looked at; `completion` adds the options that install it in a shell."""
    app = typer.Typer(
        help="Scores translations, reports and summaries against reference texts as they are: pairs the segments, "
        "computes BLEU, chrF, TER and WER exactly as the standard tools do, and finds errors with their place.\n\n"
        "Start with `evalkit score CANDIDATE -r REFERENCE`, or `evalkit init` and `evalkit run`.",
        context_settings={"help_option_names": ["-h", "--help"]},
        add_completion=completion,
        **_PLAIN,
    )
    app.callback()(_root)
    group = typer.main.get_command(app)
    group.commands = _Commands()  # type: ignore[attr-defined]
    return group


_PLAIN: dict[str, Any] = {"no_args_is_help": True, "rich_markup_mode": None, "pretty_exceptions_enable": False}


def _version(wanted: bool) -> None:
    if wanted:
        import evalkit

        print(f"evalkit {evalkit.__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.", show_default=False)
    ] = False,
) -> None:
    """The options before the command."""


class _Commands(Mapping[str, Any]):
    """Commands and groups by name, each made, and its module loaded, when it is looked at."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _group(name) if name in GROUPS else _command(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*COMMANDS, *GROUPS))

    def __len__(self) -> int:
        return len(COMMANDS) + len(GROUPS)


def _command(name: str) -> Any:
    module = import_module(f"evalkit.cli.{COMMANDS[name]}")
    command: Command = getattr(module, name)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(cls=getattr(module, "Line", None))(ungrouped(command))
    return typer.main.get_command(app)


def _group(name: str) -> Any:
    module = import_module(f"evalkit.cli.{GROUPS[name]}")
    app = typer.Typer(add_completion=False, **_PLAIN)
    app.callback()(module.root)
    for command in module.COMMANDS:
        app.command()(ungrouped(command))
    return typer.main.get_command(app)


def _told(problem: Any) -> str:
    """What is wrong with a line, in one sentence; the help where the line has no command."""
    if type(problem).__name__ == "NoArgsIsHelpError":
        return str(problem.format_message())
    near = getattr(problem, "possibilities", None)
    message: str = problem.message if near is not None else problem.format_message()
    message = message.rstrip(".").replace(". Did you mean", "; did you mean")
    if near and "did you mean" not in message:
        message += nearest(getattr(problem, "option_name", "") or getattr(problem, "command_name", ""), near)
    path = problem.ctx.command_path if problem.ctx else "evalkit"
    if "unexpected extra argument" in message:
        message += "; a reference is given with -r" if path.endswith(" align") else ""
    where = f"{path.removeprefix('evalkit').strip()}: ".removeprefix(": ")
    return f"evalkit: error: {where}{message[:1].lower()}{message[1:]} (help: {path} -h)"
