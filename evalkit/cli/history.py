"""The command history, and keeping a run under a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evalkit.cli import options as o
from evalkit.cli.guard import refuse_foreign, refuse_overwriting
from evalkit.cli.output import note, put
from evalkit.errors import ConfigError, nearest

if TYPE_CHECKING:
    from evalkit.matrix.overview import Measure, Row
    from evalkit.records.config import RunConfig
    from evalkit.records.result import Result

_FORMATS = ("table", "markdown", "html", "json")


def history(
    config: Annotated[str, typer.Argument(help="The configuration whose runs were labelled.")] = "evalkit.toml",
    format_: Annotated[
        str, o.option("-f", "--format", text="table, markdown, html, json; by default as the output's ending says.")
    ] = "",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    accept: Annotated[
        str, o.option("--accept", text='Accept a label: gates with baseline = "accepted" hold to it.', metavar="LABEL")
    ] = "",
    quiet: o.Quiet = False,
) -> None:
    """Trends: the scores and findings of labelled runs.

    `evalkit run --label v12` keeps the values of a run in history.json in its output folder. A value that was counted
    otherwise than the one before, or on other texts, is marked: a change there is one of the measure.
    `--accept v12` keeps the results of that run as what the [gate] of later ones is held against.

    Example: evalkit history evalkit.toml -o trends.html
    """
    import evalkit
    from evalkit.matrix.history import FILE, dumps, read
    from evalkit.matrix.pages import html_page, markdown_page, text_page
    from evalkit.matrix.trends import trends
    from evalkit.records.config import read_toml

    usual = "table" if output in ("", "-") else "markdown"
    by_ending = {".html": "html", ".json": "json", ".txt": "table"}.get(Path(output).suffix.lower(), usual)
    format_ = format_ or by_ending
    if format_ not in _FORMATS:
        raise ConfigError(f"-f {format_!r}: no such format{nearest(format_, _FORMATS)} (known: {', '.join(_FORMATS)})")
    data = read_toml(config)
    folder = data.get("output", "reports")
    if not isinstance(folder, str):
        raise ConfigError(f"{config}: `output` is no text; name a folder")
    path = Path(config).parent / folder / FILE
    if accept:
        _accept(accept, data, config, path.parent, quiet, overwrite)
        return
    if output not in ("", "-"):
        refuse_overwriting([str(path), *_inputs(data, config)], output)
        refuse_foreign(output, overwrite)
    found = read(path)
    if format_ == "json":
        put(dumps(found), output)
        return
    page = {"html": html_page, "markdown": markdown_page}.get(format_, text_page)
    put(page(f"{data.get('name', 'evaluation')}: history", trends(found), evalkit.__version__), output)


def _inputs(data: dict[str, Any], config: str) -> list[str]:
    """What the configuration reads, itself among it."""
    from evalkit.matrix.config import is_matrix, parse_matrix
    from evalkit.records.config import parse

    folder = Path(config).parent
    runs = [row.config for row in parse_matrix(data, config, folder).rows] if is_matrix(data) else [parse(data, config)]
    return [config, *(str(folder / path) for run in runs if run for path in run.inputs())]


def _accept(label: str, data: dict[str, Any], config: str, target: Path, quiet: bool, overwrite: bool) -> None:
    from evalkit.matrix import accepted
    from evalkit.matrix.config import RowConfig, is_matrix, parse_matrix

    rows: dict[str, RowConfig | None] = {"": None}
    if is_matrix(data):
        rows = {row.folder: row for row in parse_matrix(data, config, Path(config).parent).rows}
    done = accepted.accept(label, target, rows, overwrite=overwrite)
    note(f"accepted: {label}; {len(done)} result{'s' * (len(done) != 1)} in {target / accepted.FOLDER}", quiet)


def held(settings: RunConfig, folder: Path) -> tuple[RunConfig, bool]:
    """The settings with what was accepted as the gate's baseline, and whether nothing was yet."""
    from evalkit.matrix.accepted import with_accepted

    return with_accepted(settings, folder, settings.output)


def not_held() -> str:
    """What is said where nothing was accepted yet."""
    from evalkit.matrix.accepted import not_held as said

    return said(())


def check(label: str) -> None:
    """Refuses a label that is none, before the work."""
    if label:
        from evalkit.matrix.history import check_label

        check_label(label)


def keep(label: str, rows: Sequence[Row], metrics: Mapping[str, Measure], target: Path, quiet: bool) -> None:
    """Keeps rows under a label, where one was given, and says so."""
    if label:
        import evalkit
        from evalkit.matrix.history import FILE, add

        number = add(target / FILE, label, evalkit.__version__, rows, metrics)
        note(f"kept as {label}: {number:,} value{'s' * (number != 1)}, in {target / FILE}", quiet)


def keep_result(label: str, result: Result, target: Path, quiet: bool) -> None:
    """Keeps the result of a configuration that is no matrix: one row, called as the evaluation is."""
    if label:
        from evalkit.matrix.accepted import plain
        from evalkit.matrix.overview import row_of

        row, metrics = row_of(result, plain(result), [system.name for system in result.systems], "")
        keep(label, [row], metrics, target, quiet)
