"""`evalkit run` of a configuration with `[[set]]` and `[[system]]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from evalkit.cli import history
from evalkit.cli.output import note, put
from evalkit.errors import InputError, all_problems
from evalkit.text.visible import visible, without_commands

if TYPE_CHECKING:
    from evalkit.matrix.run import Made
    from evalkit.shards.pool import Cluster

_COLUMNS = 80  # of a terminal, as the tables of one evaluation have


class Run(NamedTuple):
    """What a matrix came to, the folder it is in, the rows whose gate waits for a result to be accepted, and whether
    only a part was asked for."""

    made: Made
    target: Path
    waiting: list[str]
    part: bool


def made(
    data: dict[str, Any], config: str, only: list[str], *, jobs: int, overwrite: bool, cluster: Cluster | None = None
) -> Run:
    """Evaluates the sets, on a cluster where there is one, and writes their reports and the overview."""
    from evalkit.matrix.accepted import resolved
    from evalkit.matrix.config import parse_matrix
    from evalkit.matrix.run import run_matrix

    folder = Path(config).parent
    matrix, waiting = resolved(parse_matrix(data, config, folder), folder)
    pool = cluster.pool if cluster else None
    found = run_matrix(matrix, folder, only=only, jobs=jobs, overwrite=overwrite, config_file=config, pool=pool)
    return Run(found, folder / matrix.output, waiting, bool(only))


def end(run: Run, label: str, *, verbose: bool, quiet: bool) -> None:
    """Keeps what came out under its label, and prints what the overview says in short and where it is.

    Raises EvalkitError where a set could not be evaluated; ends with exit code 1 where the gate of one is not passed.
    """
    from evalkit.matrix.tables import sections
    from evalkit.text.grid import wrapped

    found, target, waiting, part = run
    history.keep(label, found.overview.rows, found.overview.metrics, target, quiet)
    if verbose:
        note("evalkit: note: -v: the signatures of a matrix are in the report of each set", quiet)
    said = (without_commands(visible(sentence)) for sentence in sections(found.overview)[0].sentences)
    put("".join(f"{line}\n" for sentence in said for line in wrapped(sentence, _COLUMNS)), "-")
    if part:
        note(_ran(found), quiet)
    note(f"overview: {target / 'overview.md'} and {target / 'overview.html'}", quiet)
    if not (target / "overview.xlsx").exists():
        note('evalkit: note: no overview.xlsx without XlsxWriter: pip install "mt-evalkit[office]"', quiet)
    if waiting:
        from evalkit.matrix.accepted import not_held

        note(not_held(waiting), quiet)
    for row in found.gated:
        note(f"evalkit: gate: {row} does not pass; see {target / row.replace('/', '.') / 'report.md'}")
    if found.errors:
        raise InputError(all_problems("sets that could not be evaluated", found.errors))
    if found.gated:
        raise typer.Exit(1)


def _ran(made: Made) -> str:
    """What `--only` came to; the table shows all sets, whatever ran."""
    sets = f"{len(made.ran)} of {len(made.overview.rows)} sets"
    return (
        f"ran {sets}: {visible(', '.join(made.ran))}" if made.ran else f"ran {sets}; all are as they were made before"
    )
