"""A stream evaluated: planned, counted by an engine, kept shard by shard, added up, and made a result."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from evalkit.compare import gates
from evalkit.errors import ConfigError, InputError, all_problems
from evalkit.plugins import Registry
from evalkit.records.config import RunConfig
from evalkit.records.result import Result
from evalkit.run.cache import Cache, open_cache
from evalkit.run.parts import make_parts
from evalkit.run.rows_cache import is_known
from evalkit.run.score import needs_of
from evalkit.run.stages import begin, counting, keep
from evalkit.shards import rows
from evalkit.shards.files import stamp
from evalkit.shards.index import MARK
from evalkit.shards.local import LocalEngine, Outcome, Task
from evalkit.shards.plan import ROWS, Plan, check, plan
from evalkit.shards.records import Failed, Shard, Work
from evalkit.shards.result import made
from evalkit.shards.task import attempt, identity
from evalkit.text.files import is_temporary, resolved

ENGINES = ("local", "dask")


class Engine(Protocol):
    """Whoever counts shards."""

    def each(self, task: Task, works: Sequence[Work]) -> Generator[tuple[Work, Outcome], None, None]: ...


class Settings(Struct, frozen=True):
    """Who counts, and what is done besides.

    `engine` is local or dask, `scheduler` the address of a cluster of dask. `rows` is a folder that gets the rows of
    every line as Parquet files; with `overwrite` they may take the place of others there. With `allow_missing` shards
    that cannot be counted are left out, and said to be.
    """

    engine: str = "local"
    scheduler: str = ""
    jobs: int = 1
    rows: str = ""
    allow_missing: bool = False
    shard_rows: int = ROWS
    overwrite: bool = False

    def check(self) -> None:
        """Refuses an engine that there is not."""
        if self.engine not in ENGINES:
            raise ConfigError(f"--engine {self.engine!r}: no such engine (known: {', '.join(ENGINES)})")
        if self.scheduler and self.engine != "dask":
            raise ConfigError("--scheduler: goes with --engine dask")


def stream(config: RunConfig, settings: Settings, folder: Path = Path()) -> Result:
    """The scores of line files and tables that are read in parts, as a result without units.

    Shards that an interrupted run has counted are not counted again where the cache is on. Raises EvalkitError for what
    cannot be read or combined, and where a shard cannot be counted.
    """
    check(config)
    settings.check()
    registry = Registry(tuple(str(folder / path) for path in config.plugins))
    parts = make_parts(config, registry)
    for metric, scorer in parts.scorers.items():
        if "source" in needs_of(scorer) or getattr(scorer, "in_process", False):
            raise ConfigError(f"the metric {metric!r} cannot be had of a stream: it needs a model or the source")
    gates.check(config.gate, parts.scorers, config.statistics.baseline)
    begin("read")
    planned = plan(config, folder, registry, settings.shard_rows)
    with rows.alone(settings.rows):
        works = _works(config, planned, registry, settings)
        begin("score")
        kept = open_cache() if all(map(is_known, parts.scorers.values())) else None
        outcomes = counted(works, engine_of(settings, planned, registry), kept)
        problems = lost(works, outcomes, planned, settings)
    found = [outcome for outcome in outcomes if isinstance(outcome, bytes)]
    begin("compare")
    result = made(config, folder, parts, planned, found, problems)
    verdict = gates.judge(
        result, config.gate, None, statistics=config.statistics, seed=config.seed, scorers=parts.scorers
    )
    return replace(result, gate=verdict)


def _works(config: RunConfig, planned: Plan, registry: Registry, settings: Settings) -> list[Work]:
    works = [
        Work(
            shard,
            tuple(side.column for side in planned.systems),
            tuple(side.column for side in planned.references),
            tuple(side.name for side in planned.systems),
            planned.document,
            MARK,
            planned.checked,
            config.metrics,
            config.language,
            registry.files,
            str(Path(settings.rows) / f"part-{shard.number:06}.parquet") if settings.rows else "",
        )
        for shard in planned.shards
    ]
    check_rows(settings, works, planned)
    return works


def check_rows(settings: Settings, works: Sequence[Work], planned: Plan) -> None:
    """Refuses a folder for rows that holds what this run would not write: files of the user's, and rows of another run
    unless they may be overwritten."""
    if not settings.rows:
        return
    folder = Path(settings.rows)
    mine = {Path(work.rows_file).name: work for work in works}
    try:
        there = {path.name for path in folder.iterdir() if not is_temporary(path)} if folder.exists() else set()
    except OSError as problem:
        raise InputError(f"--rows {folder}: cannot be used ({problem.strerror})") from None
    inputs = {resolved(path) for path in planned.paths}
    foreign = {name for name in there if name not in mine or resolved(folder / name) in inputs}
    if foreign:
        raise InputError(
            f"--rows {folder}: holds {min(foreign)}, which is not of these rows; name an empty or new folder"
        )
    others = sorted(name for name in there if not settings.overwrite and not rows.is_of(mine[name]))
    if others:
        raise InputError(
            f"--rows {folder}: {others[0]} is there, and evalkit did not write it for these systems and metrics; name "
            "an empty or new folder, or replace it with --overwrite"
        )


def engine_of(settings: Settings, planned: Plan, registry: Registry) -> Engine:
    if settings.engine == "local":
        return LocalEngine(settings.jobs, registry.files)
    from evalkit.shards.cluster import DaskEngine

    return DaskEngine(settings.jobs, settings.scheduler, planned.paths)


def counted(
    works: Sequence[Work],
    engine: Engine,
    cache: Cache | None,
    task: Task = attempt,
    stage: str = "score",
    code: tuple[str, ...] = (),
) -> list[Outcome]:
    """What each shard comes to, in the order of the shards: kept, or counted, and kept as it comes. `code` is
    what their results depend on besides what `identity` says."""
    keys = _keys(works, code) if cache else {}
    found: dict[int, Outcome] = {}
    for work in works if cache else ():
        if (known := cache.get(_with_rows(keys[work.shard.number], work)) if cache else None) is not None:
            found[work.shard.number] = known
    missing = [work for work in works if work.shard.number not in found]
    if not missing:
        return [found[work.shard.number] for work in works]
    with closing(engine.each(task, missing)) as each:  # whoever counts stops when nobody listens
        for work, outcome in counting(stage, each, len(missing), "shards"):
            found[work.shard.number] = outcome
            if cache and isinstance(outcome, bytes):
                cache.put(_with_rows(keys[work.shard.number], work), outcome)
                keep("results", "shard")
    return [found[work.shard.number] for work in works]


def _with_rows(key: str, work: Work) -> str:
    """The key of a result and of the rows that were written with it: without these, or with others, it must be counted
    again."""
    return hashlib.sha256(f"{key} {rows.digest(work)}".encode()).hexdigest() if work.rows_file else key


def _keys(works: Sequence[Work], code: tuple[str, ...]) -> dict[int, str]:
    """What names each shard's result: its description, its files as they are now, the settings, versions and code."""
    stamps: dict[str, str] = {}
    base = hashlib.sha256("\x1f".join(("shard 1", _own_code(), *code, *identity(works[0]))).encode())
    found = {}
    for work in works:
        made = base.copy()
        for path in dict.fromkeys(span.path for spans in work.shard.spans for span in spans):
            if path not in stamps:
                try:
                    stamps[path] = stamp(path)
                except OSError as problem:
                    raise InputError(f"{path}: cannot be read ({problem.strerror})") from None
            made.update(f"{resolved(path) if '://' not in path else path} {stamps[path]}\n".encode())
        made.update(msgspec.json.encode(replace(work, rows_file="")))
        found[work.shard.number] = made.hexdigest()
    return found


@lru_cache(maxsize=1)
def _own_code() -> str:
    made = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def lost(works: Sequence[Work], outcomes: Sequence[Outcome], planned: Plan, settings: Settings) -> list[str]:
    """The shards that could not be counted, in words; InputError unless it is allowed, and where all are. What an
    earlier run has written of those that are left out goes."""
    failed = [(work, why) for work, why in zip(works, outcomes, strict=True) if isinstance(why, Failed)]
    problems = [_named(work.shard, why, planned) for work, why in failed]
    if problems and (not settings.allow_missing or len(problems) == len(works)):
        raise InputError(all_problems("shards that could not be counted", problems))
    for work, _ in failed if settings.rows else ():
        rows.remove_stale(work)
    return problems


def _named(shard: Shard, why: Failed, planned: Plan) -> str:
    """A shard that is missing, by its rows and files."""
    first = planned.systems[0].column.source
    files = ", ".join(dict.fromkeys(span.path for span in shard.spans[first]))
    return f"rows {shard.first + 1:,} to {shard.first + shard.rows:,} ({files}): {why.message}"
