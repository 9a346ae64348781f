"""`evalkit score` and `check` of files that are read in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalkit.cli import progress
from evalkit.cli.guard import refuse_foreign, refuse_overwriting
from evalkit.cli.options import Parts
from evalkit.cli.output import cores, make_renderer, put
from evalkit.cli.shared import Request, configuration, end
from evalkit.errors import ConfigError
from evalkit.text.files import resolved

if TYPE_CHECKING:
    from evalkit.records.config import RunConfig
    from evalkit.records.result import Result
    from evalkit.shards.run import Settings


def asked(given: Request, parts: Parts, metrics: Sequence[str] = (), *, report_parity: bool = False) -> bool:
    """Whether the files are to be read in parts; ConfigError for what goes with that alone, or never. What dask does in
    memory, documents to align and models to ask, is not."""
    stray = [name for name, value in (("scheduler", parts.scheduler), ("rows", parts.rows)) if value]
    stray += ["allow-missing"] if parts.allow_missing else []
    if not parts.engine and stray:
        raise ConfigError(f"--{stray[0]}: goes with --engine local or --engine dask")
    if parts.engine and report_parity:
        raise ConfigError("--report-parity: cannot be had of a stream; leave out --engine")
    several = [path for path in given.paths if "://" in path or (set("*?[") & set(path) and not Path(path).exists())]
    if several and not parts.engine:
        raise ConfigError(f"{several[0]}: patterns and addresses of files are read in parts; add --engine local")
    if parts.engine == "dask" and _in_memory(given, metrics):
        if parts.rows or parts.allow_missing:
            raise ConfigError("--rows and --allow-missing: go with files that are read in parts, line by line")
        return False
    return bool(parts.engine)


def _in_memory(given: Request, metrics: Sequence[str]) -> bool:
    """Whether the whole texts are needed: for their alignment, or for a model."""
    from evalkit.plugins import Registry
    from evalkit.records.config import LINES_OR_IDS

    if given.texts.aligner not in ("", "lines", LINES_OR_IDS):
        return True

    registry = Registry(tuple(given.work.plugins))
    known = [registry.get("scorer", name) for name in metrics if name in registry.names("scorer")]
    return any(getattr(scorer, "on_cluster", False) for scorer in known)


def evaluate(
    name: str,
    given: Request,
    settings: dict[str, Any],
    gate: dict[str, Any] | None = None,
    *,
    format_: str,
    output: str,
    parts: Parts,
) -> Result:
    """As `shared.evaluate`, in parts."""
    import evalkit
    from evalkit.shards.run import stream

    config, chosen = _settled(name, given, settings, gate, output, parts)
    make_renderer(format_, evalkit.Registry(tuple(given.work.plugins)), {})
    with progress.shown(given.work.progress, given.quiet):
        return stream(config, chosen)


def check(
    given: Request, settings: dict[str, Any], gate: dict[str, Any], *, format_: str, output: str, parts: Parts
) -> None:
    """`evalkit check` in parts: a table of numbers, or the result as JSON; the findings go to --rows."""
    from evalkit.records.json import dumps
    from evalkit.shards.checked import check_stream, table

    if format_ not in ("lint", "json"):
        raise ConfigError(f"-f {format_}: the findings of a stream are in --rows; their numbers come as table or json")
    if not given.texts.align:  # `document` where texts are not read in parts
        given = given._replace(texts=given.texts._replace(align="lines"))
    config, chosen = _settled("check", given, settings, gate, output, parts)
    with progress.shown(given.work.progress, given.quiet):
        found = check_stream(config, chosen)
    put(dumps(found.result) if format_ == "json" else "".join(f"{line}\n" for line in table(found)), output)
    end(found.result, given.quiet, remarks(parts))


def _settled(
    name: str, given: Request, settings: dict[str, Any], gate: dict[str, Any] | None, output: str, parts: Parts
) -> tuple[RunConfig, Settings]:
    from evalkit.records.config import parse
    from evalkit.shards.files import files_of
    from evalkit.shards.run import Settings

    config = parse(configuration(name, given, {**settings, "gate": gate or {}}), "the options")
    paths = filter(None, given.paths)
    texts = [file for path in paths for file in files_of(path) if "://" not in file]
    refuse_overwriting([*texts, *config.inputs()], output)
    refuse_foreign(output, given.overwrite)
    _refuse_among_rows(output, parts.rows)
    return config, Settings(
        parts.engine,
        parts.scheduler,
        cores(given.work.jobs),
        parts.rows,
        allow_missing=parts.allow_missing,
        overwrite=given.overwrite,
    )


def _refuse_among_rows(output: str, rows: str) -> None:
    """A table of scores among those of rows would be taken for one of them by the next run, which refuses it."""
    if rows and output.lower().endswith(".parquet") and resolved(Path(output)).is_relative_to(resolved(Path(rows))):
        raise ConfigError(f"--output {output}: lies among the tables of --rows {rows}; choose another folder")


def remarks(parts: Parts) -> Iterator[str]:
    """What whoever sends texts over a network should know."""
    if parts.scheduler:
        from evalkit.shards.cluster import is_open

        if is_open(parts.scheduler):
            yield f"what goes to {parts.scheduler} is neither encrypted nor signed; a cluster with TLS has tls://"
