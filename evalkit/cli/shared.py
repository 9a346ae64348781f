"""What score, align and check share: a configuration from their options, the evaluation, its output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from evalkit.cli import gating, progress
from evalkit.cli.guard import refuse_foreign, refuse_overwriting
from evalkit.cli.options import WHOLE, Parts, Texts, Work
from evalkit.cli.output import cores, make_renderer, note, put, put_pieces, render, wrote
from evalkit.errors import ConfigError

if TYPE_CHECKING:
    from evalkit.records.result import Result
    from evalkit.shards.pool import Cluster


class Request(NamedTuple):
    """What a command is to look at, and how to read it."""

    candidates: list[str]
    references: list[str]
    texts: Texts
    work: Work
    source: str = ""
    source_lang: str = ""
    names_of_systems: str = ""
    quiet: bool = False
    overwrite: bool = False

    @property
    def paths(self) -> list[str]:
        return [*self.candidates, *self.references, self.source]


def listed(given: Sequence[str]) -> list[str]:
    """The entries of an option that repeats and takes several separated by commas."""
    return [entry.strip() for each in given for entry in each.split(",") if entry.strip()]


def evaluate(
    name: str,
    given: Request,
    settings: dict[str, Any],
    gate: dict[str, Any] | None = None,
    *,
    format_: str,
    output: str,
    parts: Parts = WHOLE,
) -> Result:
    """The result of a command; what its format and output could not take is said before the work, not after it."""
    import evalkit
    from evalkit.records.config import parse

    if [*given.candidates, *given.references].count("-") > 1:
        raise ConfigError("`-` (standard input) can stand for one file only")
    config = parse(configuration(name, given, {**settings, "gate": gate or {}}), "the options")
    refuse_overwriting([*config.inputs(), config.gate.baseline], output)
    if name != "align":  # of links it is known when they are made whether they are those that are there
        refuse_foreign(output, given.overwrite)
    make_renderer(format_, evalkit.Registry(tuple(given.work.plugins)), {})
    jobs = cores(given.work.jobs)
    with progress.shown(given.work.progress, given.quiet), cluster(parts.engine, parts.scheduler, jobs) as many:
        return evalkit.evaluate(config, folder=Path(), jobs=jobs, pool=many.pool(config, Path()) if many else None)


def cluster(engine: str, scheduler: str, jobs: int) -> AbstractContextManager[Cluster | None]:
    """The cluster of `--engine dask` for what is evaluated in memory, None where none is asked for."""
    if scheduler and engine != "dask":
        raise ConfigError("--scheduler: goes with --engine dask")
    if not engine:
        return nullcontext()
    if engine != "dask":
        raise ConfigError(f"--engine {engine}: what is not read in parts runs on processes of --jobs, or on dask")
    from evalkit.shards.cluster import DaskEngine
    from evalkit.shards.pool import Cluster

    return Cluster(DaskEngine(jobs, scheduler))


def configuration(name: str, given: Request, settings: dict[str, Any]) -> dict[str, Any]:
    """The configuration that the options of a command make, as a file would have it."""
    from evalkit.records.config import parse_columns

    texts, boilerplate = given.texts, given.work.boilerplate
    listed = given.names_of_systems
    names = [name.strip() for name in listed.split(",")] if listed else [""] * len(given.candidates)
    if len(names) != len(given.candidates):
        raise ConfigError(f"--names-of-systems gives {len(names)} names for {len(given.candidates)} candidates")
    return {
        **settings,
        "name": name,
        "align": texts.aligner,
        "segment": texts.segment,
        "lang": texts.lang,
        "plugins": given.work.plugins,
        **({"reader": given.work.reader} if given.work.reader else {}),
        **({"columns": parse_columns(given.work.columns)} if given.work.columns else {}),
        **({"source": {"path": given.source, "lang": given.source_lang}} if given.source or given.source_lang else {}),
        "reference": [{"path": path, "boilerplate": boilerplate} for path in given.references],
        "candidate": [
            {"path": path, "name": name, "kind": texts.kind, "boilerplate": boilerplate}
            for path, name in zip(given.candidates, names, strict=True)
        ],
    }


def parity(result: Result, given: Request, settings: dict[str, Any]) -> Iterator[str]:
    """How near the scores of the text without its line ends come to those of the lines, a remark each."""
    from evalkit.records.config import parse
    from evalkit.run.parity import parity as measure

    if not all(score.scope == "corpus" for system in result.systems for score in system.scores):
        raise ConfigError("--report-parity: the texts are not scored line by line; leave out --align, or give lines")
    for found in measure(parse(configuration("parity", given, settings), "the options"), result):
        yield (
            f"{found.system}: {found.metric} of the same text without its line ends, aligned: {found.running:.2f} "
            f"({found.running - found.lines:+.2f} to that of the lines)"
        )


def show(
    result: Result, given: Request, format_: str, output: str, *, no_color: bool = False, **options: object
) -> None:
    """The result in its format, where it is wanted."""
    import evalkit

    registry = evalkit.Registry(tuple(given.work.plugins))
    renderer = make_renderer(format_, registry, options)
    if hasattr(renderer, "render_pieces"):
        from evalkit.plugins.vetted import is_strange
        from evalkit.records.json import seen
        from evalkit.run.collector import no_collector

        refuse_foreign(output, given.overwrite)
        with nullcontext() if is_strange(renderer) else no_collector():
            put_pieces(renderer.render_pieces(seen(result)), output)
        wrote(output, given.quiet)
        return
    told = output == "-" and not given.quiet  # `end` tells the notes on stderr: once is enough
    text = render(result, format_, registry, told=told, **options)
    put(text, output, colour=format_ == "lint" and not no_color, overwrite=given.overwrite)
    wrote(output, given.quiet)


def end(result: Result, quiet: bool, remarks: Iterable[str] = ()) -> None:
    """What could not be done and other remarks, a line each, and exit code 1 where the gate is not passed."""
    for remark in () if quiet else remarks:
        note(f"evalkit: note: {remark}")
    for line in () if quiet else _noted(result):
        note(f"evalkit: note: {line}")
    gating.end(result, quiet)


_NAMED = 3  # units one note names: enough to look at, and the result has them all


def _noted(result: Result) -> Iterable[str]:
    """The notes of a result; what a metric says of many units alike is told once, with the first of them."""
    from evalkit.records.notes import for_report, noted

    units: dict[tuple[str, str, str], list[str]] = {}
    for failure in result.failures:
        if failure.stage == "score" and failure.unit:
            units.setdefault((failure.plugin, failure.system, failure.message), []).append(failure.unit)
    told = set()
    for failure in result.failures:
        key = (failure.plugin, failure.system, failure.message)
        if for_report(result, failure):
            continue
        if key not in units:
            yield noted(result, failure)
        elif key not in told:
            told.add(key)
            first = ", ".join(units[key][:_NAMED]) + (", ..." if len(units[key]) > _NAMED else "")
            number = f"{len(units[key])} units " if len(units[key]) > 1 else "unit "
            yield f"{failure.plugin}, {failure.system}, {number}({first}): {failure.message}"


def self_test(given: Request, settings: dict[str, Any]) -> str:
    """The self-test of `check` on the reference, or on the one text given without the option -r, as a table."""
    from evalkit.records.config import parse
    from evalkit.selftest import self_test as run
    from evalkit.selftest import table

    paths = [*given.candidates, *given.references]
    if len(paths) != 1:
        raise ConfigError("--self-test takes one text: a reference, to plant known errors into")
    texts = given.texts._replace(kind="translation")
    alone = Request(paths, paths, texts, given.work)
    return table(run(parse(configuration("self-test", alone, settings), "the options")))


def bare(result: Result, width: int) -> str:
    """The scores alone, one a line; `-` where the alignment is not trusted."""
    return "".join(
        f"{score.value:.{width}f}\n" if system.alignment.trusted else "-\n"
        for system in result.systems
        for score in system.scores
    )
