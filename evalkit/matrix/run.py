"""Running a matrix: an evaluation a row, each with its own folder of reports, and the overview of all rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

import evalkit
from evalkit.errors import EvalkitError, MissingExtraError
from evalkit.matrix import overview as views
from evalkit.matrix.config import MatrixConfig, RowConfig, chosen
from evalkit.matrix.overview import SCHEMA, Cell, Measure, Overview, Row, empty_row, missing, not_run, row_of
from evalkit.matrix.pages import html, markdown
from evalkit.matrix.sheets import workbook
from evalkit.matrix.tex import latex
from evalkit.records.config import RunConfig
from evalkit.run.pipeline import evaluate
from evalkit.run.reports import refuse_reports, write_reports
from evalkit.run.stages import counting, keep, silent
from evalkit.run.workers import Pool, Workers
from evalkit.text.files import read_bytes
from evalkit.text.outputs import refuse_folder, write_folder

_NEW = "new"  # of `--only`: the rows whose files or settings have changed since they were made
_ALWAYS = ("overview.json", "overview.md", "overview.html", "overview.tex")


class Made(Struct, frozen=True):
    """The overview, and what could not be done: the errors by row, and the rows whose gate was not passed. `ran` are
    the rows that were evaluated now."""

    overview: Overview
    errors: tuple[str, ...]
    gated: tuple[str, ...]
    ran: tuple[str, ...]


class _Task(Struct, frozen=True):
    plan: RowConfig
    systems: tuple[str, ...]
    folder: str
    output: str
    config_file: str
    overwrite: bool
    jobs: int
    made_from: str


class _Done(Struct, frozen=True):
    row: Row
    metrics: dict[str, Measure] = {}
    error: str = ""


def run_matrix(
    matrix: MatrixConfig,
    folder: Path,
    *,
    only: Sequence[str] = (),
    jobs: int = 1,
    overwrite: bool = False,
    config_file: str = "",
    said: Callable[[str], None] = lambda _: None,
    pool: Callable[[RunConfig, Path], Pool] | None = None,
) -> Made:
    """Evaluates the rows that `only` chooses and writes their reports, then the overview of all rows.

    Rows that were not chosen stand in the overview as an earlier run made them; where their files or settings have
    changed since, they are marked. `said` is told each row that is done, `pool` gives a cluster. A row that cannot be
    evaluated does not stop the others: its error is in what comes back.

    Raises EvalkitError where nothing could be written.
    """
    target = folder / matrix.output
    before = views.read(target / "overview.json")
    _refuse(_ALWAYS, target, folder, matrix, config_file, overwrite=overwrite)
    earlier = {row.id: row for row in before.rows} if before else {}
    prints = {plan.id: _made_from(plan.config, folder) for plan in matrix.rows if plan.config}
    asked = chosen(matrix.rows, [each for each in only if each != _NEW])
    if _NEW in only:
        asked = [plan for plan in asked if not _is_fresh(plan, earlier, prints)]
    tasks = [
        _Task(p, matrix.systems, str(folder), str(target), config_file, overwrite, 1, prints[p.id])
        for p in asked
        if p.config
    ]
    alone = len(tasks) < 2 or jobs < 2 or pool is not None
    if alone:  # one row at a time: then each may have all processes
        tasks = [msgspec.structs.replace(task, jobs=jobs) for task in tasks]
    done: dict[str, _Done] = {}
    results = Workers(1 if alone else jobs).each(partial(_evaluated, pool=pool), tasks)
    try:
        for finished in counting("sets", results, len(tasks), "sets"):
            done[finished.row.id] = finished
            keep("reports", "set")
            state = f"failed: {finished.error}" if finished.error else "done"
            said(f"{len(done)} of {len(tasks)}: {finished.row.id} {state}")
    finally:  # who interrupts has an overview of what there is
        made = _overview(matrix, before, done, earlier, prints)
        _write(made, target, folder, matrix, config_file, overwrite=overwrite)
    errors = [f"{each.row.id}: {each.error}" for each in done.values() if each.error]
    errors += [f"{plan.id}: {_lacking(plan)}" for plan in asked if plan.lacking]
    gated = tuple(row.id for row in made.rows if row.id in done and not row.passed)
    return Made(made, tuple(errors), gated, tuple(row.id for row in made.rows if row.id in done))


def _lacking(plan: RowConfig) -> str:
    return f"{', '.join(plan.lacking)}: no such file"


def _overview(
    matrix: MatrixConfig,
    before: Overview | None,
    done: dict[str, _Done],
    earlier: dict[str, Row],
    prints: dict[str, str],
) -> Overview:
    rows = [_row(plan, matrix.systems, done, earlier, prints) for plan in matrix.rows]
    metrics = _metrics(matrix, [*([before.metrics] if before else []), *(each.metrics for each in done.values())], rows)
    return Overview(
        SCHEMA, evalkit.__version__, matrix.name, matrix.seed, matrix.alpha, matrix.systems, metrics, tuple(rows)
    )


def _evaluated(task: _Task, pool: Callable[[RunConfig, Path], Pool] | None = None) -> _Done:
    """One row: evaluated and written. What the user can put right is an error of this row alone."""
    assert task.plan.config is not None  # noqa: S101  (rows without are never asked for)
    config = task.plan.config
    folder = Path(task.folder)
    inputs: list[str | Path] = [task.config_file, *(folder / path for path in config.inputs())]
    output = Path(task.output) / task.plan.folder
    try:
        refuse_reports(output, inputs, overwrite=task.overwrite)
        with silent():
            result = evaluate(config, folder=folder, jobs=task.jobs, pool=pool(config, folder) if pool else None)
        write_reports(result, output, inputs=inputs, overwrite=task.overwrite)
    except EvalkitError as problem:
        said = str(problem)
        return _Done(empty_row(task.plan, task.systems, lambda name: Cell(name, "failed", said)), error=said)
    return _Done(*row_of(result, task.plan, task.systems, task.made_from))


def _row(
    plan: RowConfig, systems: tuple[str, ...], done: dict[str, _Done], earlier: dict[str, Row], prints: dict[str, str]
) -> Row:
    if plan.id in done:
        return done[plan.id].row
    if plan.lacking:  # the set is not there: no fault of the systems
        return Row(
            plan.set, plan.lang, plan.tags, plan.folder, "", tuple(Cell(s, "failed", _lacking(plan)) for s in systems)
        )
    if plan.config is None:
        return empty_row(plan, systems, missing)
    kept = earlier.get(plan.id)
    if kept is None or not kept.made_from:
        return empty_row(plan, systems, not_run)
    have = {cell.system: cell for cell in kept.cells}
    cells = (missing(name) if name in plan.absent else have.get(name) or not_run(name) for name in systems)
    stale = not _is_fresh(plan, earlier, prints)
    return msgspec.structs.replace(kept, tags=plan.tags, cells=tuple(cells), stale=stale)


def _is_fresh(plan: RowConfig, earlier: dict[str, Row], prints: dict[str, str]) -> bool:
    """Whether an earlier run made the row from what is there now; the print holds its systems too."""
    if plan.config is None:
        return not plan.lacking
    return plan.id in earlier and earlier[plan.id].made_from == prints[plan.id]


def _made_from(config: RunConfig, folder: Path) -> str:
    """A hash of the row's settings, of every file it reads, and of evalkit's version."""
    made = hashlib.sha256(f"{evalkit.__version__}\0".encode())
    made.update(msgspec.json.encode(_without_bytes(config.to_plain()), order="sorted"))
    for path in sorted({*config.inputs(), config.gate.baseline} - {"", "-"}):
        for file in _files(folder / path):
            content = hashlib.sha256(read_bytes(file)).hexdigest()
            made.update(f"\0{file.relative_to(folder / path)}\0{content}".encode("utf-8", "surrogateescape"))
    return made.hexdigest()


def _without_bytes(value: Any) -> Any:
    """Plain settings, paths that are no UTF-8 written so that JSON can have them."""
    if isinstance(value, dict):
        return {key: _without_bytes(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_bytes(each) for each in value]
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path] * path.is_file()


def _metrics(matrix: MatrixConfig, found: Iterable[dict[str, Measure]], rows: Sequence[Row]) -> dict[str, Measure]:
    """The metrics that a row has, those of the configuration first and in its order."""
    known: dict[str, Measure] = {}
    for each in found:
        known |= each
    used = {metric for row in rows for cell in row.cells for metric in cell.scores}
    order = [*(name for name in matrix.metrics if name in used), *sorted(used - set(matrix.metrics))]
    return {name: known[name] for name in order}


def _refuse(
    names: Iterable[str], target: Path, folder: Path, matrix: MatrixConfig, config_file: str, *, overwrite: bool
) -> None:
    read = {path for plan in matrix.rows if plan.config for path in plan.config.inputs()}
    inputs: list[str | Path] = [config_file, *(folder / path for path in sorted(read - {""}))]
    refuse_folder(target, names, inputs, overwrite=overwrite)


def _write(
    made: Overview, target: Path, folder: Path, matrix: MatrixConfig, config_file: str, *, overwrite: bool
) -> None:
    files: dict[str, str | bytes] = {
        "overview.json": views.dumps(made),
        "overview.md": markdown(made),
        "overview.html": html(made),
        "overview.tex": latex(made),
    }
    with suppress(MissingExtraError):  # the command says that there is none
        files["overview.xlsx"] = workbook(made)
    _refuse(files, target, folder, matrix, config_file, overwrite=overwrite)
    write_folder(target, files, overwrite=overwrite)
