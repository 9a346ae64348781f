"""`evalkit run` of a configuration with `[[set]]` and `[[system]]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from evalkit.cli.output import note, put
from evalkit.errors import InputError, all_problems
from evalkit.text.visible import visible, without_commands

if TYPE_CHECKING:
    from evalkit.matrix.run import Made


class Run(NamedTuple):
    """What a matrix came to, and the folder it is in."""

    made: Made
    target: Path


def made(data: dict[str, Any], config: str, only: list[str], *, jobs: int, overwrite: bool) -> Run:
    """Evaluates the sets and writes their reports and the overview."""
    from evalkit.matrix.config import parse_matrix
    from evalkit.matrix.run import run_matrix

    folder = Path(config).parent
    matrix = parse_matrix(data, config, folder)
    found = run_matrix(matrix, folder, only=only, jobs=jobs, overwrite=overwrite, config_file=config)
    return Run(found, folder / matrix.output)


def end(run: Run, quiet: bool) -> None:
    """Prints what the overview says in short and where it is.

    Raises EvalkitError where a set could not be evaluated; ends with exit code 1 where the gate of one is not passed.
    """
    from evalkit.matrix.tables import sections

    found, target = run
    put("".join(f"{without_commands(visible(line))}\n" for line in sections(found.overview)[0].sentences), "-")
    note(f"overview: {target / 'overview.md'} and {target / 'overview.html'}", quiet)
    for row in found.gated:
        note(f"evalkit: gate: {row} does not pass; see {target / row.replace('/', '.') / 'report.md'}")
    if found.errors:
        raise InputError(all_problems("sets that could not be evaluated", found.errors))
    if found.gated:
        raise typer.Exit(1)
