"""What changed between two results of the same evaluation: scores, and findings new, fixed and still there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalkit.config import RunConfig, StatisticsConfig
from evalkit.fingerprints import Around, pair, sentence_of
from evalkit.plugins import Registry
from evalkit.result import Change, Result, SystemRecord
from evalkit.steps.comparing import compare_pair
from evalkit.steps.tools import make_scorers

BASELINE = "(baseline)"


def changes(
    old: Result, new: Result, settings: StatisticsConfig, seed: int, scorers: Mapping[str, Any] | None = None
) -> tuple[Change, ...]:
    """A change for every system of either result, in the order of the new one, then of the old.

    `scorers` are those of the new result; without them they are made again from its settings.
    """
    scorers = scorers if scorers is not None else scorers_of(new)
    before = {system.name: system for system in old.systems}
    found = []
    for system in new.systems:
        base = before.pop(system.name, None)
        if base is None:
            found.append(Change(system.name, "new", new=system.findings))
            continue
        paired = pair(base.findings, system.findings, _sentences(old, base), _sentences(new, system))
        reason = "; ".join(_differences(old, new, base, system))
        found.append(
            Change(
                system.name,
                "both",
                () if reason else compare_pair(BASELINE, base, system, scorers, settings, seed),
                reason,
                paired.new,
                paired.fixed,
                paired.remaining,
            )
        )
    return (*found, *(Change(name, "gone", fixed=system.findings) for name, system in before.items()))


def _sentences(result: Result, system: SystemRecord) -> Around:
    """The sentence of each finding, whichever text it stands in."""
    sides = {"": sentence_of((s.document, s.start, s.end, s.text) for s in system.segments)}
    sides |= {r.name: sentence_of((s.document, s.start, s.end, s.text) for s in r.segments) for r in result.references}
    return lambda finding: sides.get(finding.reference, sides[""])(finding)


def scorers_of(result: Result) -> dict[str, Any]:
    """The scorers of a saved result, made again from its settings."""
    metrics = result.config.get("metrics") or ()
    config = RunConfig(metrics=tuple(metrics), lang=str(result.config.get("lang") or "en"))
    return make_scorers(config, Registry())


def _differences(old: Result, new: Result, base: SystemRecord, system: SystemRecord) -> Iterator[str]:
    """Why two results' scores are not of the same kind, setting by setting."""
    if base.alignment.trusted and not system.alignment.trusted:
        yield f"the alignment is no longer trusted: {system.alignment.reason}"
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
