"""`evalkit run` of a configuration with `[[set]]` and `[[system]]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from evalkit.cli.output import note, put
from evalkit.errors import InputError, all_problems


def run(data: dict[str, Any], config: str, only: list[str], *, jobs: int, overwrite: bool, quiet: bool) -> None:
    """Evaluates the sets, and prints where the overview is and what it says in short.

    Raises EvalkitError where a set could not be evaluated, after all others are; ends with exit code 1 where the gate
    of one is not passed.
    """
    from evalkit.matrix.config import parse_matrix
    from evalkit.matrix.run import run_matrix
    from evalkit.matrix.tables import sections

    folder = Path(config).parent
    matrix = parse_matrix(data, config, folder)

    def said(line: str) -> None:
        note(f"evalkit: {line}", quiet)

    made = run_matrix(matrix, folder, only=only, jobs=jobs, overwrite=overwrite, config_file=config, said=said)
    put("".join(f"{line}\n" for line in sections(made.overview)[0].sentences), "-")
    target = folder / matrix.output
    note(f"overview: {target / 'overview.md'} and {target / 'overview.html'}", quiet)
    for row in made.gated:
        note(f"evalkit: gate: {row} does not pass; see {target / row.replace('/', '.') / 'report.md'}")
    if made.errors:
        raise InputError(all_problems("sets that could not be evaluated", made.errors))
    if made.gated:
        raise typer.Exit(1)
