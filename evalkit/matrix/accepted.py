"""Accepting a label: the results it was given for are kept, and become what gates hold later runs against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from evalkit.errors import InputError, nearest
from evalkit.matrix.config import MatrixConfig, RowConfig
from evalkit.matrix.history import FILE, read, values, write
from evalkit.matrix.overview import row_of
from evalkit.records import json as jsonio
from evalkit.records.config import ACCEPTED, RunConfig
from evalkit.records.result import Result
from evalkit.text.files import read_bytes
from evalkit.text.outputs import write_folder, written
from evalkit.text.turns import turn

FOLDER = "accepted"


def file_of(output: str | Path, row: str) -> Path:
    """Where the accepted result of a row stands; `row` is the name of its folder, empty for a run that is no matrix."""
    return Path(output) / FOLDER / f"{row or 'result'}.json"


def with_accepted(config: RunConfig, folder: Path, output: str, row: str = "") -> tuple[RunConfig, bool]:
    """The settings with the accepted result as the gate's baseline where they ask for it; and whether they ask and
    nothing was accepted yet, so that the gate holds no earlier result against this one."""
    if config.gate.baseline != ACCEPTED:
        return config, False
    file = file_of(output, row)
    if (folder / file).is_file():
        return replace(config, gate=replace(config.gate, baseline=str(file))), False
    return replace(config, gate=replace(config.gate, baseline="", fail_on_regression=False)), True


def resolved(matrix: MatrixConfig, folder: Path) -> tuple[MatrixConfig, list[str]]:
    """A matrix whose rows have their accepted results as baselines, where they ask for them, and the rows that ask and
    have none."""
    rows, waiting = [], []
    for row in matrix.rows:
        config, waits = (None, False)
        if row.config:
            config, waits = with_accepted(row.config, folder, matrix.output, row.folder)
        rows.append(replace(row, config=config))
        waiting += [row.id] * waits
    return replace(matrix, rows=tuple(rows)), waiting


def accept(label: str, target: Path, rows: Mapping[str, RowConfig | None], *, overwrite: bool = False) -> list[str]:
    """Keeps the results of a label, which must be those of the last run of their rows, and notes it in the history.

    `rows` are the folders of results below `target` with what they are of, None for the run itself. Rows that the label
    has no values for keep what was accepted before; `overwrite` lets accepted results be replaced that somebody
    changed. Returns the folders that were accepted. Raises InputError for a label that is none, and where the results
    there are of another run.
    """
    with turn(target / FILE):
        return _accepted(label, target, rows, overwrite)


def _accepted(label: str, target: Path, rows: Mapping[str, RowConfig | None], overwrite: bool) -> list[str]:
    history = read(target / FILE)
    entry = next((entry for entry in history.entries if entry.label == label), None)
    if entry is None:
        known = [entry.label for entry in history.entries]
        said = f"{nearest(label, known)} (known: {', '.join(known[-12:])})" if known else "; no run has one yet"
        raise InputError(f"--accept {label[:60]!r}: no such label{said}")
    files, ids = dict[str, str | bytes](), {value.row for value in entry.values}
    for name, plan in rows.items():
        path = target / name / "result.json"
        if not path.is_file():
            continue
        result = jsonio.read(path)
        row = row_of(result, plan or plain(result), [system.name for system in result.systems], "")[0]
        if row.id not in ids:
            continue
        if set(values([row])) != {value for value in entry.values if value.row == row.id}:
            raise InputError(f"--accept {label}: {path} is of another run; evaluate it again with --label {label}")
        ids.discard(row.id)
        files[file_of("", name).name] = jsonio.dumps(replace(result, gate=None))
    if ids:
        raise InputError(f"--accept {label}: there is no result of {', '.join(sorted(ids)[:5])}; run it again")
    _write(target / FOLDER, files, overwrite)
    write(target / FILE, replace(history, accepted=(*(a for a in history.accepted if a != label), label)))
    return sorted(files)


def plain(result: Result) -> RowConfig:
    """What stands for a run that is no matrix: one row, called as the evaluation is."""
    return RowConfig(result.name, str(result.config.get("lang") or ""), (), None, ())


def _write(folder: Path, files: Mapping[str, str | bytes], overwrite: bool) -> None:
    """The accepted results, beside those of rows that are not among them."""
    kept = {name: read_bytes(folder / name) for name in sorted(written(folder)) if (folder / name).is_file()}
    write_folder(folder, {**kept, **files}, overwrite=overwrite)


def not_held(rows: Sequence[str]) -> str:
    """What is said where a gate asks for an accepted result and there is none."""
    of = f" for {', '.join(rows[:5])}{f' and {len(rows) - 5} more' * (len(rows) > 5)}" if rows else ""
    return (
        f"evalkit: note: nothing is accepted yet{of}, so the gate holds no earlier result against it: "
        "evalkit run --label NAME, then evalkit history --accept NAME"
    )
