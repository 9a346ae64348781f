"""What changed between two results of the same evaluation: scores, and findings new, fixed and still there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from evalkit.config import RunConfig, StatisticsConfig
from evalkit.model import Finding
from evalkit.plugins import Registry
from evalkit.result import Comparison, Result, SystemRecord
from evalkit.steps.comparing import compare_pair
from evalkit.steps.tools import make_scorers

BASELINE = "(baseline)"


class Change(Struct, frozen=True):
    """One system before and now. `incomparable` says why scores cannot be compared, empty where they can.

    Findings are the same where their fingerprints are; `status` is "both", "new" (not in the
    baseline) or "gone" (no longer there).
    """

    system: str
    status: str
    scores: tuple[Comparison, ...] = ()
    incomparable: str = ""
    new: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    remaining: int = 0


def changes(old: Result, new: Result, settings: StatisticsConfig, seed: int) -> tuple[Change, ...]:
    """A change for every system of either result, in the order of the new one, then of the old."""
    scorers = scorers_of(new)
    before = {system.name: system for system in old.systems}
    found = []
    for system in new.systems:
        base = before.pop(system.name, None)
        if base is None:
            found.append(Change(system.name, "new", new=system.findings))
            continue
        known = {f.fingerprint for f in base.findings}
        mine = {f.fingerprint for f in system.findings}
        reason = "; ".join(_differences(old, new, base, system))
        found.append(
            Change(
                system.name,
                "both",
                () if reason else compare_pair(BASELINE, base, system, scorers, settings, seed),
                reason,
                tuple(f for f in system.findings if f.fingerprint not in known),
                tuple(f for f in base.findings if f.fingerprint not in mine),
                len(known & mine),
            )
        )
    return (*found, *(Change(name, "gone", fixed=system.findings) for name, system in before.items()))


def scorers_of(result: Result) -> dict[str, Any]:
    """The scorers of a saved result, made again from its settings."""
    metrics = result.config.get("metrics") or ()
    config = RunConfig(metrics=tuple(metrics), lang=str(result.config.get("lang") or "en"))
    return make_scorers(config, Registry())


def _differences(old: Result, new: Result, base: SystemRecord, system: SystemRecord) -> Iterator[str]:
    """Why two results' scores are not of the same kind, setting by setting."""
    if [r.sha256 for r in old.references] != [r.sha256 for r in new.references]:
        yield "the references differ"
    before = {(s.metric, s.scope): s.signature for s in base.scores}
    now = {(s.metric, s.scope) for s in system.scores}
    yield from (
        f"{metric} of scope {scope} is no longer scored" for metric, scope in before if (metric, scope) not in now
    )
    for score in system.scores:
        signature = before.get((score.metric, score.scope))
        if signature is None:
            yield f"the baseline has no {score.metric} of scope {score.scope}"
        elif signature != score.signature:
            theirs, mine = signature.split("|"), score.signature.split("|")
            differ = ", ".join(f"{a} before, {b} now" for a, b in zip(theirs, mine, strict=False) if a != b)
            yield f"{score.metric} of scope {score.scope}: {differ or 'another signature'}"


def regressions(found: tuple[Change, ...]) -> list[str]:
    """The changes for the worse, a line each: scores shown to be worse, findings not in the baseline."""
    reasons = []
    for change in found:
        if change.status == "gone":
            reasons.append(f"{change.system}: is in the baseline and not in this result")
        if change.incomparable:
            reasons.append(f"{change.system}: scores cannot be compared with the baseline: {change.incomparable}")
        for c in change.scores:
            if c.outcome == "worse":
                reasons.append(
                    f"{change.system}: {c.metric} ({c.scope}) is worse by {abs(c.delta):.2f}, p = {c.p_adjusted:.4f}"
                )
        if change.status == "both" and (new := [f for f in change.new if f.severity != "neutral"]):
            first = new[0]
            reasons.append(
                f"{change.system}: {len(new)} finding{'s' * (len(new) > 1)} not in the baseline, the first at "
                f"{first.line}:{first.column}: {first.rule} {first.message}"
            )
    return reasons


def to_text(found: tuple[Change, ...]) -> str:
    """The changes for a terminal, system by system."""
    lines: list[str] = []
    for change in found:
        word = {"both": "", "new": " (not in the baseline)", "gone": " (only in the baseline)"}[change.status]
        lines.append(f"{change.system}{word}")
        if change.incomparable:
            lines.append(f"  scores cannot be compared: {change.incomparable}")
        lines += [_score_line(c) for c in change.scores]
        lines.append(f"  findings: {len(change.new)} new, {len(change.fixed)} fixed, {change.remaining} still there")
        for sign, findings in (("+", change.new), ("-", change.fixed)):
            lines += [f"  {sign} {f.line}:{f.column}: {f.rule} {f.severity} {f.message}" for f in findings]
        lines.append("")
    return "\n".join(lines)


def _score_line(c: Comparison) -> str:
    p = f", p = {c.p_adjusted:.4f}" if c.p_adjusted is not None else ""
    units = c.wins + c.ties + c.losses
    return f"  {c.metric} ({c.scope}): {c.delta:+.2f}{p}; better in {c.wins}, worse in {c.losses} of {units} units"
