"""The commands that work on saved results: report, compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from evalkit.cli import gating
from evalkit.cli import options as o
from evalkit.cli.guard import refuse_foreign, refuse_overwriting, refuse_overwriting_texts
from evalkit.cli.output import (
    format_for,
    make_renderer,
    note,
    put,
    render,
)
from evalkit.compare import gates
from evalkit.errors import ConfigError

if TYPE_CHECKING:
    from evalkit.records.config import GateConfig, StatisticsConfig
    from evalkit.records.result import Result


def report(
    result: Annotated[str, typer.Argument(help="A result that `evalkit run` or `-f json` has written.")],
    format_: o.Format = "",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    width: o.Width = 2,
    verbose: o.Verbose = False,
    plugin: o.Plugins = [],
) -> None:
    """Renders a saved result in any format; no text files are needed.

    Example: evalkit report reports/sco-2020/result.json -f latex
    """
    import evalkit

    format_ = format_for(format_, output, "table", plugin)
    refuse_overwriting([result, *plugin], output)
    saved = evalkit.read_result(result)
    refuse_overwriting_texts({result: saved}, output)
    text = render(saved, format_, evalkit.Registry(tuple(plugin)), width=width, verbose=verbose)
    put(text, output, overwrite=overwrite)


def compare(
    results: Annotated[list[str], typer.Argument(help="One result, or two: the baseline first.")],
    tests: o.PairedTests = o.TESTS,
    seed: o.Seed = 12345,
    format_: o.Format = "",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    fail_on: o.FailOn = "",
    fail_under: o.FailUnder = [],
    fail_on_new: o.FailOnNew = "",
    fail_on_regression: o.FailOnRegression = False,
    plugin: o.Plugins = [],
    quiet: o.Quiet = False,
) -> None:
    """Compares the systems of one result, or two results.

    One result: paired tests between its systems, shown in any format. Two results of the same evaluation (baseline
    first): scores with significance, findings new, fixed and still there, units most improved and most worsened, and
    settings in which the two differ. Approximate randomisation unless --paired-bs is given; no text files are needed.

    Example: evalkit compare before.json now.json --fail-on-regression
    """
    import evalkit
    from evalkit.compare.scorers import scorers_of
    from evalkit.records.config import parse_statistics

    format_ = format_for(format_, output, "table", plugin)
    if len(results) > 2:
        raise ConfigError(f"{len(results)} results: give one, or two with the baseline first")
    refuse_overwriting([*results, *plugin], output)
    if fail_on_new and len(results) == 1:
        raise ConfigError("--fail-on-new: new against what? Give two results, the baseline first")
    settings = tests.settings(unless_asked="randomisation")
    if len(results) == 2 and tests.baseline:
        raise ConfigError("--baseline names a system of one result; of two results the first is the baseline")
    statistics = parse_statistics(**settings)
    registry = evalkit.Registry(tuple(plugin))
    make_renderer(format_, registry, {})  # an unknown format is said before the work, not after it
    *before, now = [evalkit.read_result(path) for path in results]
    refuse_overwriting_texts(dict(zip(results, (*before, now), strict=True)), output)
    refuse_foreign(output, overwrite)
    gate = _gate(
        gating.options(fail_on, fail_under, "", fail_on_new, fail_on_regression, now.metrics), results, now, tests
    )
    scorers, unknown = scorers_of(now, registry)
    if before:
        now = _held_against(before[0], now, gate, statistics, seed, scorers)
    else:
        now = _compared(now, statistics, seed, scorers)
        now = replace(now, gate=gates.judge(now, gate, statistics=statistics, seed=seed, scorers=scorers))
    for failure in unknown:
        note(f"evalkit: note: {failure.message}", quiet)
    now = replace(now, failures=(*now.failures, *unknown))
    put(render(now, _format(format_, two=bool(before)), registry), output)
    gating.end(now, quiet or format_ == "table")


def _gate(options: dict[str, Any], results: list[str], now: Result, tests: o.PairedTests) -> GateConfig:
    """The gate of the options; its baseline is the first of two results."""
    from evalkit.records.config import RunConfig, with_gate

    gate = with_gate(RunConfig(), options).gate
    gate = replace(gate, baseline=Path(results[0]).name if len(results) == 2 else "")
    gates.check(gate, {score.metric for system in now.systems for score in system.scores}, tests.baseline)
    return gate


def _held_against(
    before: Result, now: Result, gate: GateConfig, settings: StatisticsConfig, seed: int, scorers: Mapping[str, Any]
) -> Result:
    """The later result with the gate's verdict on what has changed."""
    before, formerly = _only_system_renamed(before, now)
    only = not gate.fail_on_regression
    verdict = gates.judge(
        now, gate, before, scorers=scorers, statistics=settings, seed=seed, compared_only=only, renewable=False
    )
    if formerly and verdict:
        verdict = replace(verdict, changes=tuple(replace(c, formerly=formerly) for c in verdict.changes))
    return replace(now, gate=verdict)


def _only_system_renamed(before: Result, now: Result) -> tuple[Result, str]:
    """The baseline with its only system named as the other result's only one, so that the two are compared, and the
    name it had; empty where nothing is renamed."""
    if len(before.systems) != 1 or len(now.systems) != 1:
        return before, ""
    (old,), (new,) = before.systems, now.systems
    if old.name == new.name:
        return before, ""
    return replace(before, systems=(replace(old, name=new.name),)), old.name


def _format(asked: str, *, two: bool) -> str:
    """The renderer that shows differences, where there is one of its own."""
    if asked == "tsv":
        return "changes-tsv" if two else "comparisons-tsv"
    return "changes" if two and asked == "table" else asked


def _compared(result: Result, settings: StatisticsConfig, seed: int, scorers: Mapping[str, Any]) -> Result:
    """The result with its systems compared anew."""
    from evalkit.compare.systems import compare as compare_systems
    from evalkit.compare.systems import not_tested
    from evalkit.compare.untested import untested

    checked = result.config.get("detectors") != []
    found = compare_systems(result.systems, scorers, settings, seed, checked=checked)
    bare = untested(result, [name for name in result.metrics if name not in scorers], settings, seed)
    result = replace(result, **{name: getattr(found, name) for name in found.__struct_fields__})
    failures = (*result.failures, *not_tested(result.systems, settings))
    return replace(result, comparisons=(*found.comparisons, *bare), failures=tuple(dict.fromkeys(failures)))
