"""Gates: what makes a build fail."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from evalkit.changes import changes, regressions
from evalkit.config import GateConfig, StatisticsConfig
from evalkit.errors import ConfigError, nearest
from evalkit.model import SEVERITIES, Severity
from evalkit.plugins import Registry
from evalkit.result import Result


def check(fail_on: str | None, fail_under: Mapping[str, float], metrics: Iterable[str]) -> None:
    """Refuses a gate that could never hold: an unknown severity, a metric that is not scored."""
    if fail_on and fail_on not in SEVERITIES:
        raise ConfigError(f"unknown severity {fail_on!r}{nearest(fail_on, SEVERITIES)} ({', '.join(SEVERITIES)})")
    known = sorted(metrics)
    for metric, limit in fail_under.items():
        if not math.isfinite(limit):
            raise ConfigError(f"the gate's limit for {metric!r} is {limit}, not a number")
        if metric not in known:
            raise ConfigError(
                f"the gate names the metric {metric!r}, which is not scored"
                f"{nearest(metric, known)} (scored: {', '.join(known) or 'none'})"
            )


def failed(result: Result, gate: GateConfig, baseline: Result | None = None) -> list[str]:
    """Why the result does not pass, a line a reason; an empty list where it passes.

    `fail_on` is the least severity that fails. `fail_under` maps a metric to its worst admissible
    value in the strictest scope scored (`corpus`, else `document`); for metrics where lower is
    better a score above the value fails. A system without a score of the metric fails. Against a
    baseline, scores shown to be worse fail, and findings that are not in it.
    """
    reasons = []
    if gate.fail_on:
        reasons += _findings(result, SEVERITIES[SEVERITIES.index(gate.fail_on) :])
    for metric, limit in gate.fail_under.items():
        reasons += _under(result, metric, limit)
    if baseline is not None:
        settings = StatisticsConfig()
        found = changes(baseline, result, settings, 12345)
        reasons += regressions(found)
    return reasons


def _findings(result: Result, bad: tuple[Severity, ...]) -> list[str]:
    reasons = []
    for system in result.systems:
        found = [f for f in system.findings if f.severity in bad]
        if found:
            first = found[0]
            reasons.append(
                f"{system.name}: {len(found)} finding{'s' * (len(found) > 1)} of severity {bad[0]} or worse, "
                f"the first at {first.line}:{first.column}: {first.rule} {first.message}"
            )
    return reasons


def _under(result: Result, metric: str, limit: float) -> list[str]:
    reasons = []
    for system in result.systems:
        scores = {s.scope: s.value for s in system.scores if s.metric == metric}
        if result.references and not system.alignment.trusted:
            reasons.append(f"{system.name}: has no {metric}, its alignment is not trusted: {system.alignment.reason}")
            continue
        if not scores:
            reasons.append(f"{system.name}: has no {metric} to hold against the limit of {limit:g}")
            continue
        value = scores["corpus"] if "corpus" in scores else scores["document"]
        lower_is_better = Registry().get("scorer", metric.partition("(")[0]).better == "lower"
        if value > limit if lower_is_better else value < limit:
            side = "above" if lower_is_better else "below"
            reasons.append(f"{system.name}: {metric} {value:.2f} is {side} the limit of {limit:g}")
    return reasons
