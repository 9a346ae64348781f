"""The application object; each module of commands adds its own."""

from __future__ import annotations

from importlib import import_module

import typer

app = typer.Typer(
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


def _version(wanted: bool) -> None:
    if wanted:
        import evalkit

        typer.echo(f"evalkit {evalkit.__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """The options before the command."""


def load_commands() -> typer.Typer:
    """The application with all commands, in the order the help lists them."""
    for module in ("evaluate", "results", "about"):
        import_module(f"evalkit.cli.{module}")
    return app
