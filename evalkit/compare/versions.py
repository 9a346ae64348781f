"""What changed between two results of the same evaluation: scores, and findings new, fixed and still there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evalkit.compare.same_finding import Around, pair, sentence_of
from evalkit.compare.systems import compare_findings, compare_pair, compared_scopes
from evalkit.compare.untested import differences
from evalkit.compare.version_units import unit_changes
from evalkit.plugins.protocols import Scorer
from evalkit.records.comparison import Change, ScoreChange, SettingChange, UnitChange
from evalkit.records.config import StatisticsConfig
from evalkit.records.result import Result, SystemRecord
from evalkit.records.signatures import differing

BASELINE = "(baseline)"
# Parts of an evaluation's signature that decide what is found.
_OF_FINDINGS = ("detectors", "lists", "rules", "ignore", "segment", "align")


def changes(
    old: Result, new: Result, settings: StatisticsConfig, seed: int, scorers: Mapping[str, Scorer]
) -> tuple[Change, ...]:
    """A change for every system of either result, in the order of the new one, then of the old.

    `scorers` are those of the new result (see `compare.scorers`); a metric without one is not tested.
    """
    before = {system.name: system for system in old.systems}
    found = []
    for system in new.systems:
        base = before.pop(system.name, None)
        if base is None:
            found.append(Change(system.name, "new", new=tuple(system.findings)))
            continue
        found.append(_change(old, new, base, system, settings, seed, scorers))
    return (*found, *(Change(name, "gone", fixed=tuple(system.findings)) for name, system in before.items()))


def _change(
    old: Result,
    new: Result,
    base: SystemRecord,
    system: SystemRecord,
    settings: StatisticsConfig,
    seed: int,
    scorers: Mapping[str, Scorer],
) -> Change:
    """What became of a system both results have."""
    findings = pair(base.findings, system.findings, _sentences(old, base), _sentences(new, system))
    differ = tuple(_settings(old, new, base, system))
    reasons = [*_not_the_same(old, new, base, system), *_worded(differ)]
    same = _comparable(old, new, base, system, differ)
    chosen = {name: scorer for name, scorer in scorers.items() if name in (same or ())}
    unknown = [name for name in new.metrics if name in (same or ()) and name not in scorers]
    checked = all(result.config.get("detectors") != [] for result in (old, new))
    improved, worsened = _units(base, system, chosen)
    return Change(
        system=system.name,
        status="both",
        scores=(
            *(compare_pair(BASELINE, base, system, chosen, settings, seed) if chosen else ()),
            *differences({BASELINE: base, system.name: system}, unknown, compared_scopes((system,)), seed),
        ),
        incomparable="; ".join(reasons),
        new=findings.new,
        fixed=findings.fixed,
        remaining=findings.remaining,
        settings=differ,
        values=tuple(_values(base, system)),
        rates=compare_findings(BASELINE, base, system, settings, seed) if checked and same is not None else (),
        improved=improved,
        worsened=worsened,
    )


def _units(
    base: SystemRecord, system: SystemRecord, scorers: Mapping[str, Scorer]
) -> tuple[tuple[UnitChange, ...], tuple[UnitChange, ...]]:
    """Units most improved and worsened, by the first metric that says something of a single unit, else by the first."""
    telling = [name for name, scorer in scorers.items() if getattr(scorer, "by_unit", False)]
    metric = next(iter([*telling, *scorers]), "")
    return unit_changes(base, system, metric, scorers[metric]) if metric else ((), ())


def _values(base: SystemRecord, system: SystemRecord) -> Iterator[ScoreChange]:
    before = {(s.metric, s.scope): s.value for s in base.scores}
    for score in system.scores:
        if (score.metric, score.scope) in before:
            yield ScoreChange(score.metric, score.scope, before[score.metric, score.scope], score.value)


def _sentences(result: Result, system: SystemRecord) -> Around:
    """The sentence of each finding, whichever text it stands in."""
    sides = {"": sentence_of((s.document, s.start, s.end, s.text) for s in system.segments)}
    sides |= {r.name: sentence_of((s.document, s.start, s.end, s.text) for s in r.segments) for r in result.references}
    return lambda finding: sides.get(finding.reference, sides[""])(finding)


def _not_the_same(old: Result, new: Result, base: SystemRecord, system: SystemRecord) -> Iterator[str]:
    """Why two results' scores cannot be compared, whatever the settings."""
    if base.alignment.trusted and not system.alignment.trusted:
        yield f"the alignment is no longer trusted: {system.alignment.reason}"
    if _references(old) != _references(new):
        yield "the references differ"
    before, now = ({(s.metric, s.scope) for s in which.scores} for which in (base, system))
    yield from (
        f"{s.metric} of scope {s.scope} is no longer scored" for s in base.scores if (s.metric, s.scope) not in now
    )
    yield from (
        f"the baseline has no {s.metric} of scope {s.scope}" for s in system.scores if (s.metric, s.scope) not in before
    )


def _references(result: Result) -> list[str]:
    return [reference.sha256 for reference in result.references]


def _settings(old: Result, new: Result, base: SystemRecord, system: SystemRecord) -> Iterator[SettingChange]:
    """Settings that differ: of every metric both results have, then of the findings."""
    before = {(s.metric, s.scope): s.signature for s in base.scores}
    for score in system.scores:
        for found in differing(before.get((score.metric, score.scope), score.signature), score.signature):
            yield SettingChange(score.metric, score.scope, *found)
    for setting, was, now in differing(old.signature, new.signature):
        if setting in _OF_FINDINGS:
            yield SettingChange("findings", "", setting, was, now)


def _worded(settings: Sequence[SettingChange]) -> Iterator[str]:
    """A reason for each metric and scope whose settings differ."""
    groups: dict[tuple[str, str], list[str]] = {}
    for s in settings:
        if s.metric != "findings":
            groups.setdefault((s.metric, s.scope), []).append(f"{s.setting}: {s.before} against {s.now}")
    yield from (f"{metric} of scope {scope}: {', '.join(found)}" for (metric, scope), found in groups.items())


def _comparable(
    old: Result, new: Result, base: SystemRecord, system: SystemRecord, settings: Sequence[SettingChange]
) -> set[str] | None:
    """The metrics both results have with the same settings; None where no test makes sense at all."""
    if _references(old) != _references(new) or base.alignment.trusted != system.alignment.trusted:
        return None
    before, now = ({(s.metric, s.scope) for s in which.scores} for which in (base, system))
    bad = {metric for metric, _ in before ^ now} | {s.metric for s in settings}
    return {metric for metric, _ in now} - bad
