"""`evalkit models`: the environments of metrics with models."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from evalkit.cli.output import note, put


def root() -> None:
    """Environments of metrics with models: COMET, MetricX, BERTScore.

    A model library runs in an environment of its own, never in evalkit's. What is installed here is fetched from the
    package index; a model's weights are fetched from its hub when a metric is first used, unless a path is given.
    """


def list_() -> None:
    """The model families, and which are installed.

    Example: evalkit models list
    """
    from evalkit.models.environments import environments

    lines = []
    for family in environments():
        state = "installed" if family.python else f"not installed: evalkit models install {family.name}"
        lines.append(f"{family.name}: {state}")
        for text in (family.summary, ", ".join(family.packages)):
            lines += textwrap.wrap(text, 78, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    put("\n".join(lines) + "\n", "-")


Name = Annotated[str, typer.Argument(help="The family: comet, metricx, bertscore or bleurt.", show_default=False)]


def install(name: Name) -> None:
    """Makes the environment of a family, by pip; gigabytes.

    It lies in evalkit's folder of data, or where EVALKIT_MODELS says. An interpreter of your own needs none: name it
    in EVALKIT_PYTHON_COMET (or _METRICX, _BERTSCORE).

    Example: evalkit models install comet
    """
    from evalkit.models.environments import environment, folder
    from evalkit.models.environments import install as made

    note(f"installing {', '.join(environment(name).packages)}; this takes minutes")
    made(name)
    put(f"{name}: installed in {folder() / name}\n", "-")


def remove(name: Name) -> None:
    """Removes an environment that `install` made.

    Example: evalkit models remove comet
    """
    from evalkit.models.environments import remove as removed

    put(f"{name}: removed\n" if removed(name) else f"{name}: there is nothing to remove\n", "-")


list_.__name__ = "list"
COMMANDS = (list_, install, remove)
