"""Gates: what makes a build fail."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from evalkit.errors import ConfigError, InputError, nearest
from evalkit.plugins.protocols import Scorer
from evalkit.records import SEVERITIES, Finding, Severity
from evalkit.records import json as jsonio
from evalkit.records.comparison import Change, p_is
from evalkit.records.config import GateConfig, StatisticsConfig
from evalkit.records.result import Gate, Result, SystemRecord, place
from evalkit.text.files import usable

_RENEW = "if that is meant, write the baseline again: evalkit run --update-baseline"


def check(gate: GateConfig, metrics: Iterable[str], against: str = "") -> None:
    """Refuses a gate that could never hold: an unknown severity, a metric that is not scored, nothing to
    compare with. `against` is the system the other systems are compared with."""
    for key, severity in (("fail_on", gate.fail_on), ("fail_on_new", gate.fail_on_new)):
        if severity is not None and severity not in SEVERITIES and (severity or key == "fail_on_new"):
            raise ConfigError(
                f"the gate's {key}: unknown severity {severity!r}{nearest(severity, SEVERITIES)} "
                f"({', '.join(SEVERITIES)})"
            )
    known = sorted(metrics)
    for metric, limit in gate.fail_under.items():
        if not math.isfinite(limit):
            raise ConfigError(f"the gate's limit for {metric!r} is {limit}, not a number")
        if metric not in known:
            raise ConfigError(
                f"the gate names the metric {metric!r}, which is not scored"
                f"{nearest(metric, known)} (scored: {', '.join(known) or 'none'})"
            )
    if gate.fail_on_regression and not gate.baseline and not against:
        raise ConfigError(
            "the gate fails on a regression but names nothing to compare with; give it a baseline: a saved result, "
            "or the name of a system"
        )


def read_baseline(path: str, folder: Path) -> Result | None:
    """The saved result a gate names, None where it names none; raises InputError with the way out."""
    if not path:
        return None
    where = usable(folder / path)
    if not where.exists():
        raise InputError(
            f"{where}: no such file: there is no baseline yet; write it with `evalkit run --update-baseline`, or with "
            "`-f json -o` of the command that made the texts pass"
        )
    return jsonio.read(where)


def judge(
    result: Result,
    gate: GateConfig,
    baseline: Result | None = None,
    *,
    scorers: Mapping[str, Scorer],
    statistics: StatisticsConfig | None = None,
    seed: int = 12345,
    compared_only: bool = False,
    renewable: bool = True,
) -> Gate | None:
    """The verdict on a result; None where the gate asks for nothing.

    `fail_on` is the least severity that fails; a text that is not trusted fails too. `fail_under` maps a metric to its
    worst admissible value in the strictest scope scored (`corpus`, else `document`); for metrics where lower is
    better a score above the value fails. A system without a score of the metric fails. Against a
    baseline, scores shown to be worse fail, and findings that are not in it; with `compared_only` the
    changes are found and nothing fails for them. `renewable`: whether the baseline is one that `evalkit run` writes, so
    that reasons name the way to write it again. Raises InputError where the baseline has none of the
    systems.
    """
    if baseline is None and not (gate.fail_on or gate.fail_under or gate.fail_on_regression or gate.scorecard):
        return None
    statistics = statistics or StatisticsConfig()
    reasons, renew = list(_by_itself(result, gate)), f"; {_RENEW}" if renewable else ""
    found: tuple[Change, ...] = ()
    if baseline is None:
        reasons += _worse_systems(result, statistics.baseline) if gate.fail_on_regression else []
    else:
        from evalkit.compare.versions import changes

        _related(baseline, result, gate.baseline, renew)
        found = changes(baseline, result, statistics, seed, scorers)
    if not compared_only:
        reasons += regressions(found, gate.fail_on_new, result, renew)
    return Gate(
        passed=not reasons,
        reasons=tuple(reasons),
        notes=tuple(note for change in found for note in _notes(change)),
        fail_on=gate.fail_on or "",
        fail_under=gate.fail_under,
        fail_on_new=gate.fail_on_new if baseline is not None and not compared_only else "",
        baseline=gate.baseline,
        changes=found,
    )


def _by_itself(result: Result, gate: GateConfig) -> Iterator[str]:
    """What fails whatever it is held against: findings of a severity, scores beyond a limit, scorecards."""
    if gate.fail_on:
        yield from _findings(result, SEVERITIES[SEVERITIES.index(gate.fail_on) :])
    for metric, limit in gate.fail_under.items():
        yield from _under(result, metric, limit)
    for card in result.scorecards if gate.scorecard else ():
        if card.passed is False and not card.document:
            by = " by people's ratings" if card.by == "ratings" else ""
            yield f"{card.system}: the scorecard{by} fails: {'; '.join(card.reasons)}"


def difference(old: Result, new: Result) -> list[str]:
    """What a new baseline changes of the old one, a line each: scores, findings, systems; one line where nothing."""
    from evalkit.compare.versions import changes

    lines = []
    before = {s.name: s for s in old.systems}
    for change in changes(old, new, StatisticsConfig(), 0, {}):
        if change.status == "gone":
            lines.append(f"{change.system}: is no longer in it")
        elif change.status == "new":
            lines.append(f"{change.system}: is new in it")
        if change.incomparable:
            lines.append(f"{change.system}: {change.incomparable}")
        if change.status == "both":
            lines += _scores_changed(before[change.system], next(s for s in new.systems if s.name == change.system))
        for word, findings in (("accepted", change.new), ("no longer there", change.fixed)):
            if change.status != "gone":
                lines += [f"{change.system}: {word}: {f.line}:{f.column}: {f.rule} {f.message}" for f in findings]
    return lines or ["nothing has changed in it"]


def _scores_changed(before: SystemRecord, now: SystemRecord) -> list[str]:
    old = {(s.metric, s.scope): s.value for s in before.scores}
    return [
        f"{now.name}: {s.metric} ({s.scope}) {old[s.metric, s.scope]:.2f} -> {s.value:.2f}"
        for s in now.scores
        if (s.metric, s.scope) in old and old[s.metric, s.scope] != s.value
    ]


def regressions(found: tuple[Change, ...], fail_on_new: str, result: Result, renew: str) -> list[str]:
    """The changes for the worse, a line each: scores shown to be worse, findings not in the baseline."""
    bad = SEVERITIES[SEVERITIES.index(fail_on_new) :]
    systems = {system.name: system for system in result.systems}
    reasons = []
    for change in found:
        name = change.system
        if change.status == "gone":
            reasons.append(f"{name}: is in the baseline and not in this result{renew}")
        if change.incomparable:
            reasons.append(f"{name}: scores cannot be compared with the baseline: {change.incomparable}{renew}")
        for c in change.scores:
            if c.outcome == "worse":
                reasons.append(f"{name}: {c.metric} ({c.scope}) is worse by {abs(c.delta):.2f}, {_p(c.p_adjusted)}")
        if new := [f for f in change.new if f.severity in bad]:
            system = " (nor is the system)" if change.status == "new" else ""
            reasons.append(f"{name}: {_count(new)} not in the baseline{system}, {_first(new, systems[name], result)}")
    return reasons


def _notes(change: Change) -> Iterator[str]:
    """What is no reason to fail and still worth a line: scores that could not be tested."""
    untested = [c for c in change.scores if c.outcome == "untested" and c.delta and c.test]
    if untested:
        items = untested[0].wins + untested[0].ties + untested[0].losses
        yield (
            f"{change.system}: {len(untested)} changed score{'s' * (len(untested) > 1)} could not be tested against "
            f"the baseline: {items} unit{'s' * (items != 1)} in common are too few; hold them with fail_under"
        )


def _related(baseline: Result, result: Result, where: str, renew: str) -> None:
    """Refuses a baseline of something else."""
    before, now = [s.name for s in baseline.systems], [s.name for s in result.systems]
    if now and not set(before) & set(now):
        raise InputError(
            f"{where or 'the baseline'}: the baseline of another evaluation: it has the systems "
            f"{_some(before)}, this one {_some(now)}; systems are compared by name: give them the same names "
            f"(--names-of-systems, or `name` in the configuration){renew}"
        )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return (", ".join(map(repr, names[:5])) or "none") + more


def _worse_systems(result: Result, baseline: str) -> list[str]:
    return [
        f"{c.system}: {c.metric} ({c.scope}) is worse than {c.baseline}'s by {abs(c.delta):.2f}, {_p(c.p_adjusted)}"
        for c in result.comparisons
        if c.baseline == baseline and c.outcome == "worse"
    ]


def _findings(result: Result, bad: tuple[Severity, ...]) -> list[str]:
    """By all findings a system's own text makes, also those that other systems outvote; and by none where it was not
    held against the other side, which is no text to find nothing in."""
    reasons = []
    for system in result.systems:
        if found := [f for f in system.findings if f.severity in bad]:
            reasons.append(
                f"{system.name}: {_count(found)} of severity {bad[0]} or worse, {_first(found, system, result)}"
            )
        elif not system.alignment.trusted and (result.references or system.alignment.aligner == "source"):
            reasons.append(f"{system.name}: was not checked, its alignment is not trusted: {system.alignment.reason}")
    return reasons


def _count(findings: Sequence[Finding]) -> str:
    outvoted = sum(f.outvoted for f in findings)
    shared = f" ({outvoted} of them as in most other systems)" if outvoted else ""
    return f"{len(findings)} finding{'s' * (len(findings) > 1)}{shared}"


def _first(findings: Sequence[Finding], system: SystemRecord, result: Result) -> str:
    first = findings[0]
    return f"the first at {place(first, system, result)}: {first.rule} {first.message}"


def _p(value: float | None) -> str:
    return "not tested" if value is None else p_is(value)


def _under(result: Result, metric: str, limit: float) -> list[str]:
    reasons = []
    for system in result.systems:
        scores = {s.scope: s.value for s in system.scores if s.metric == metric}
        if result.references and not system.alignment.trusted:
            reasons.append(f"{system.name}: has no {metric}, its alignment is not trusted: {system.alignment.reason}")
            continue
        if not scores:
            reasons.append(f"{system.name}: has no {metric} to compare with the limit of {limit:g}")
            continue
        value = scores["corpus"] if "corpus" in scores else scores["document"]
        if not result.metrics[metric].better:
            reasons.append(f"{system.name}: the result does not say which way {metric} is better; make it again")
            continue
        lower_is_better = result.metrics[metric].better == "lower"
        if value > limit if lower_is_better else value < limit:
            side = "above" if lower_is_better else "below"
            reasons.append(f"{system.name}: {metric} {value:.2f} is {side} the limit of {limit:g}")
    return reasons
