"""The commands that work on saved results: report, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from msgspec.structs import replace

from evalkit.cli import gating
from evalkit.cli import options as o
from evalkit.cli.declared import Argument
from evalkit.cli.output import put

if TYPE_CHECKING:
    from evalkit.config import StatisticsConfig
    from evalkit.result import Result


def report(
    result: Annotated[str, Argument(help="A result that `evalkit run` or `-f json` has written.")],
    format_: o.Format = "table",
    output: o.Output = "-",
    width: o.Width = 2,
    plugin: o.Plugins = [],
) -> None:
    """Renders a saved result in any format; no text files are needed.

    Example: evalkit report reports/sco-2020/result.json -f latex
    """
    import evalkit
    from evalkit.cli.output import make_renderer

    renderer = make_renderer(format_, evalkit.Registry(tuple(plugin)), {"width": width})
    put(renderer.render(evalkit.read_result(result)), output)


def compare(
    results: Annotated[list[str], Argument(help="One result, or two: the baseline first.")],
    paired_bs: o.PairedBs = False,
    paired_ar: o.PairedAr = False,
    paired_bs_n: o.PairedBsN = 0,
    paired_ar_n: o.PairedArN = 0,
    baseline: o.Baseline = "",
    alpha: o.Alpha = 0.05,
    correction: o.Correction = "holm",
    unit: o.Unit = "auto",
    seed: o.Seed = 12345,
    format_: o.Format = "table",
    output: o.Output = "-",
    fail_on: o.FailOn = "",
    fail_under: o.FailUnder = [],
    fail_on_new: o.FailOnNew = "",
    fail_on_regression: o.FailOnRegression = False,
    quiet: o.Quiet = False,
) -> None:
    """Compares the systems inside one result, or two results of the same evaluation.

    One result: paired tests between its systems, shown in any format. Two results (baseline first): scores with
    significance, findings new, fixed and still there, units most improved and most worsened, and settings in which
    the two differ. Approximate randomisation unless --paired-bs is given; no text files are needed.

    Example: evalkit compare before.json now.json --fail-on-regression
    """
    import evalkit
    from evalkit import gates
    from evalkit.changes import scorers_of
    from evalkit.cli.output import make_renderer, render
    from evalkit.config import RunConfig, parse_statistics, with_gate
    from evalkit.errors import ConfigError

    if len(results) > 2:
        raise ConfigError(f"{len(results)} results: give one, or two with the baseline first")
    if paired_bs and paired_ar:
        raise ConfigError("--paired-bs and --paired-ar: choose one")
    if len(results) == 2 and baseline:
        raise ConfigError("--baseline names a system of one result; of two results the first is the baseline")
    settings = parse_statistics(
        test="bootstrap" if paired_bs else "randomisation",
        trials=paired_bs_n if paired_bs else paired_ar_n,
        baseline=baseline,
        alpha=alpha,
        correction=correction,
        unit=unit,
    )
    make_renderer(format_, evalkit.Registry(), {})  # an unknown format is said before the work, not after it
    given = gating.options(fail_on, fail_under, "", fail_on_new, fail_on_regression)
    *before, now = [evalkit.read_result(path) for path in results]
    formerly = _only_system_renamed(before, now)
    gate = replace(with_gate(RunConfig(), given).gate, baseline=Path(results[0]).name if before else "")
    gates.check(gate, {s.metric for system in now.systems for s in system.scores}, baseline)
    if not before:
        now = _compared(now, scorers_of(now), settings, seed)
    verdict = gates.judge(
        now, gate, before[0] if before else None, statistics=settings, seed=seed, compared_only=not fail_on_regression
    )
    if formerly and verdict:
        verdict = replace(verdict, changes=tuple(replace(c, formerly=formerly) for c in verdict.changes))
    now = replace(now, gate=verdict)
    put(render(now, _format(format_, two=bool(before)), evalkit.Registry()), output)
    gating.end(now, quiet or format_ == "table")


def _only_system_renamed(before: list[Result], now: Result) -> str:
    """The baseline's only system takes the name of the other result's only one, so that the two are compared;
    returns the name it had, empty where nothing is renamed."""
    if not before or len(before[0].systems) != 1 or len(now.systems) != 1:
        return ""
    (old,), (new,) = before[0].systems, now.systems
    if old.name == new.name:
        return ""
    before[0] = replace(before[0], systems=(replace(old, name=new.name),))
    return old.name


def _format(asked: str, *, two: bool) -> str:
    """The renderer that shows differences, where there is one of its own."""
    if asked == "tsv":
        return "changes-tsv" if two else "comparisons-tsv"
    return "changes" if two and asked == "table" else asked


def _compared(result: Result, scorers: dict[str, Any], settings: StatisticsConfig, seed: int) -> Result:
    from evalkit.steps.comparing import compare as compare_systems

    checked = result.config.get("detectors") != []
    found = compare_systems(result.systems, scorers, settings, seed, checked=checked)
    return replace(result, **{name: getattr(found, name) for name in found.__struct_fields__})
