"""The commands that work on saved results: report, compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from evalkit.cli import options as o
from evalkit.cli.app import app
from evalkit.cli.output import put

if TYPE_CHECKING:
    from evalkit.config import StatisticsConfig
    from evalkit.result import Result


@app.command()
def report(
    result: Annotated[str, typer.Argument(help="A result that `evalkit run` or `-f json` has written.")],
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


@app.command()
def compare(
    results: Annotated[list[str], typer.Argument(help="One result, or two: the baseline first.")],
    paired_bs: o.PairedBs = False,
    paired_ar: o.PairedAr = False,
    paired_bs_n: o.PairedBsN = 0,
    paired_ar_n: o.PairedArN = 0,
    baseline: o.Baseline = "",
    alpha: o.Alpha = 0.05,
    correction: o.Correction = "holm",
    seed: o.Seed = 12345,
    format_: o.Format = "table",
    output: o.Output = "-",
    fail_on_regression: Annotated[
        bool, typer.Option("--fail-on-regression", help="Exit 1 where the second result is worse than the first.")
    ] = False,
) -> None:
    """Compares the systems inside one result, or two results of the same evaluation.

    One result: paired tests between its systems, shown in any format. Two results (baseline first): scores with
    significance, findings new, fixed and still there. Approximate randomisation unless --paired-bs is given; no text
    files are needed.

    Example: evalkit compare before.json now.json --fail-on-regression
    """
    import evalkit
    from evalkit.changes import changes, regressions, scorers_of, to_text
    from evalkit.cli.output import note, render
    from evalkit.config import parse_statistics
    from evalkit.errors import ConfigError

    if len(results) > 2:
        raise ConfigError(f"{len(results)} results: give one, or two with the baseline first")
    if paired_bs and paired_ar:
        raise ConfigError("--paired-bs and --paired-ar: choose one")
    settings = parse_statistics(
        test="bootstrap" if paired_bs else "randomisation",
        trials=paired_bs_n if paired_bs else paired_ar_n,
        baseline=baseline,
        alpha=alpha,
        correction=correction,
    )
    saved = [evalkit.read_result(path) for path in results]
    if len(saved) == 1:
        put(render(_compared(saved[0], scorers_of(saved[0]), settings, seed), format_, evalkit.Registry()), output)
        return
    if format_ != "table":
        raise ConfigError("two results are compared as text only; --format is for one result")
    found = changes(saved[0], saved[1], settings, seed)
    put(to_text(found), output)
    reasons = regressions(found)
    if fail_on_regression and reasons:
        for reason in reasons:
            note(f"evalkit: gate: {reason}")
        raise typer.Exit(1)


def _compared(result: Result, scorers: dict[str, Any], settings: StatisticsConfig, seed: int) -> Result:
    from msgspec.structs import replace

    from evalkit.steps.comparing import compare as compare_systems

    return replace(result, comparisons=compare_systems(result.systems, scorers, settings, seed))
