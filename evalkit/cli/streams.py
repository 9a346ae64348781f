"""`evalkit score` of files that are read in parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalkit.cli import progress
from evalkit.cli.options import Parts
from evalkit.cli.output import cores, make_renderer, refuse_overwriting
from evalkit.cli.shared import Request, configuration
from evalkit.errors import ConfigError

if TYPE_CHECKING:
    from evalkit.records.result import Result


def asked(given: Request, parts: Parts, *, report_parity: bool = False) -> bool:
    """Whether the files are to be read in parts; ConfigError for what goes with that alone, or never."""
    stray = [name for name, value in (("scheduler", parts.scheduler), ("rows", parts.rows)) if value]
    stray += ["allow-missing"] if parts.allow_missing else []
    if not parts.engine and stray:
        raise ConfigError(f"--{stray[0]}: goes with --engine local or --engine dask")
    if parts.engine and report_parity:
        raise ConfigError("--report-parity: cannot be had of a stream; leave out --engine")
    several = [path for path in given.paths if "://" in path or (set("*?[") & set(path) and not Path(path).exists())]
    if several and not parts.engine:
        raise ConfigError(f"{several[0]}: patterns and addresses of files are read in parts; add --engine local")
    return bool(parts.engine)


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
    from evalkit.records.config import parse
    from evalkit.shards.files import files_of
    from evalkit.shards.run import Settings, stream

    config = parse(configuration(name, given, {**settings, "gate": gate or {}}), "the options")
    texts = [file for path in (*given.candidates, *given.references) for file in files_of(path) if "://" not in file]
    refuse_overwriting([*texts, *config.inputs()], output)
    make_renderer(format_, evalkit.Registry(tuple(given.work.plugins)), {})
    chosen = Settings(
        parts.engine, parts.scheduler, cores(given.work.jobs), parts.rows, allow_missing=parts.allow_missing
    )
    with progress.shown(given.work.progress, given.quiet):
        return stream(config, chosen)


def remarks(parts: Parts) -> Iterator[str]:
    """What whoever sends texts over a network should know."""
    if parts.scheduler:
        from evalkit.shards.cluster import is_open

        if is_open(parts.scheduler):
            yield f"what goes to {parts.scheduler} is neither encrypted nor signed; a cluster with TLS has tls://"
