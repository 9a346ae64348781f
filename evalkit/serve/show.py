"""What the pages show of a result: a card for each system, and each finding in its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evalkit.language.name_cues import territories
from evalkit.records import SEVERITIES, Finding
from evalkit.records.comparison import Change
from evalkit.records.result import PassageRecord, ReferencePassageRecord, Result, SystemRecord, UnitRecord, place
from evalkit.records.verdict_keys import keys_of
from evalkit.review.apply import order_of
from evalkit.text.visible import visible
from evalkit.text.words import fold

WORST_FIRST = SEVERITIES[::-1]
_CONTEXT = 260  # characters to each side of a place: two or three lines, more is in the report
_FIRST = 3  # what to fix first: as many as are remembered
# As the report has it: less than half of a text that is linked is mostly something else.
_HALF = 0.5
# Scores are shown with one decimal: a smaller difference is none to see.
_SHOWN = 0.05


def cards(result: Result, changed: Result | None = None, before: Result | None = None) -> list[dict[str, Any]]:
    """A card for each system: the verdict, why it can be trusted, what to fix first, and what has changed."""
    changes = {change.system: change for change in (changed.gate.changes if changed and changed.gate else ())}
    then = {system.name: system for system in (before.systems if before else ())}
    if before and len(before.systems) == len(result.systems) == 1:  # a text may be called otherwise now
        then = {result.systems[0].name: before.systems[0]}
    return [_card(result, s, changes.get(s.name), then.get(s.name)) for s in result.systems]


def _card(result: Result, system: SystemRecord, change: Change | None, before: SystemRecord | None) -> dict[str, Any]:
    counts: dict[str, int] = {severity: system.quality.counts.get(severity, 0) for severity in WORST_FIRST}
    standing = sorted(system.standing, key=_weight)
    state, verdict = _verdict(result, system, counts)
    return {
        "name": visible(system.name),
        "kind": system.kind,
        "words": system.words,
        "state": state,
        "verdict": verdict,
        "trust": _trust(result, system),
        "coverage": _coverage(result, system),
        "scores": _scores(result, system, _scope(system)),
        "scope": _SAID_OF.get(_scope(system), ""),
        "counts": counts,
        "number": len(standing),
        "open": sum(not finding.verdict for finding in standing),
        "silent": len(system.judged_wrong),
        "penalty": system.quality.penalty_per_1000_words if _is_compared(result, system) else None,
        "first": [_brief(finding, system, result) for finding in _different(standing)[:_FIRST]],
        "scorecards": [c for c in result.scorecards if c.system == system.name and not c.document],
        "human": next((h for h in (result.human.systems if result.human else ()) if h.system == system.name), None),
        "change": _change(change, result, system, before) if change is not None else None,
    }


def _different(ordered: Sequence[Finding]) -> list[Finding]:
    """The findings that weigh, each message once."""
    kept: dict[str, Finding] = {}
    for finding in ordered:
        if finding.severity != "neutral":
            kept.setdefault(finding.message, finding)
    return list(kept.values())


def _weight(finding: Finding) -> tuple[int, int, float]:
    """The worst and surest first; what a person has confirmed before what nobody has looked at."""
    return -SEVERITIES.index(finding.severity), -(finding.verdict == "right"), -finding.confidence


def _is_compared(result: Result, system: SystemRecord) -> bool:
    return system.alignment.trusted or not result.references


def _by_lines(system: SystemRecord) -> bool:
    """Whether each line was held against the same line of the reference: then all of both is paired, rightly or not."""
    return system.alignment.aligner.partition("(")[0] == "lines"


def unranked(result: Result) -> str:
    """Why nothing is said of which text is better, where nothing is."""
    compared = [system for system in result.systems if _is_compared(result, system)]
    if len(compared) < 2:
        return "Fewer than two of the texts can be compared, so nothing is said about which is better."
    kinds = list(dict.fromkeys(system.kind for system in compared))
    if len(kinds) == len(compared) == 2:
        return f"One text is a {kinds[0]}, the other a {kinds[1]}: neither is better by scores alone."
    if len(kinds) == len(compared):
        return f"The texts are of different kinds ({', '.join(kinds)}): none is better by scores alone."
    return "The texts of one kind have too few sentences in common to say which is better."


def _verdict(result: Result, system: SystemRecord, counts: Mapping[str, int]) -> tuple[str, str]:
    """How it stands, in a word for the colour and a sentence for the reader."""
    if not _is_compared(result, system):
        why = "the lines" if _by_lines(system) else "the texts"
        return "stop", f"Not compared: {why} do not seem to belong together."
    heavy = counts["critical"] + counts["major"]
    if counts["critical"]:
        return "stop", f"Not to be used yet: {_number(heavy, 'serious finding')} to check first."
    if counts["major"]:
        return "check", f"Check {_number(heavy, 'serious finding')} before it is used."
    if counts["minor"]:
        return "good", f"No serious finding; {_number(counts['minor'], 'small thing')} to look at."
    return "good", "Nothing found."


def _trust(result: Result, system: SystemRecord) -> dict[str, str]:
    """Whether the comparison can be relied on, in words an editor uses, with the numbers behind it."""
    if not result.references:
        how = "against its source" if result.source else "by itself"
        return {"state": "none", "text": f"No reference was given: the text was checked {how}.", "more": ""}
    more = visible(system.alignment.reason)
    if not system.alignment.trusted:
        said = "Too little of this text agrees with the reference to compare them."
        if _by_lines(system):
            return {"state": "no", "text": f"{more[:1].upper()}{more[1:].rstrip('.')}.", "more": ""}
        return {"state": "no", "text": said, "more": more}
    cover = system.alignment.coverage
    if min(cover.candidate, 1.0) < _HALF and not _by_lines(system):
        return {"state": "part", "text": "Most of the text has no counterpart in the reference.", "more": more}
    return {"state": "yes", "text": "The texts belong together.", "more": more}


def _coverage(result: Result, system: SystemRecord) -> list[dict[str, Any]]:
    """The shares of both texts that are paired, in percent; empty without a reference."""
    if not result.references or (_by_lines(system) and not system.alignment.trusted):
        return []
    cover = system.alignment.coverage
    shares = (("of the reference is rendered", cover.reference), ("of the text is in the reference", cover.candidate))
    return [{"text": text, "percent": round(100 * share)} for text, share in shares]


_SAID_OF = {
    "aligned": "of the sentences that have a counterpart",
    "document": "of the whole text; what is missing or added counts",
}


def _scope(system: SystemRecord) -> str:
    """The scope that judges a text by what it is for: of what may leave out, only what it renders."""
    scopes = ("corpus", "document", "aligned") if system.kind == "translation" else ("corpus", "aligned", "document")
    return next((scope for scope in scopes if any(score.scope == scope for score in system.scores)), "")


def _scores(result: Result, system: SystemRecord, scope: str) -> list[dict[str, Any]]:
    """The scores of a scope, with what a reader must know of them; none where they mean nothing."""
    if not _is_compared(result, system):
        return []
    made = []
    for score in system.scores:
        if score.scope == scope:
            metric = result.metrics[score.metric]
            better = {"higher": "higher is better", "lower": "lower is better"}.get(metric.better, "")
            value = f"{score.value:.1f}"
            arrow = {"higher": " ↑", "lower": " ↓"}.get(metric.better, "")
            made.append({"title": metric.title, "value": value, "better": better, "arrow": arrow})
    return made


def _change(change: Change, result: Result, system: SystemRecord, before: SystemRecord | None) -> dict[str, Any]:
    """What has changed since the earlier version: findings new and gone, the penalty, and the scores that the card
    shows, each better or worse."""
    scores = []
    if before is not None and before.alignment.trusted and _is_compared(result, system):
        old, new = before.quality.penalty_per_1000_words, system.quality.penalty_per_1000_words
        way = "same" if abs(new - old) < _SHOWN else "better" if new < old else "worse"
        scores.append({"title": "Penalty", "before": f"{old:.1f}", "now": f"{new:.1f}", "way": way})
    for item in (value for value in change.values if value.scope == _scope(system)):
        metric, delta = result.metrics.get(item.metric), item.now - item.before
        way = "better" if metric and (delta > 0) == (metric.better == "higher") else "worse"
        scores.append({
            "title": metric.title if metric else visible(item.metric),
            "before": f"{item.before:.1f}",
            "now": f"{item.now:.1f}",
            "way": "same" if abs(delta) < _SHOWN else way,
        })  # fmt: skip
    return {"new": len(change.new), "fixed": len(change.fixed), "scores": scores, "why": visible(change.incomparable)}


def _brief(finding: Finding, system: SystemRecord, result: Result) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": finding.severity,
        "rule": finding.rule,
        "text": _cut(visible(finding.text), 90),
        "message": visible(finding.message),
        "expected": [visible(form) for form in finding.expected[:3]],
        "place": visible(place(finding, system, result)),
    }


def findings(result: Result, asked: Mapping[str, str]) -> list[tuple[SystemRecord, Finding]]:
    """The findings asked for, by state (open, judged, all), severity, rule and system; those judged wrong too."""
    found: list[tuple[SystemRecord, Finding]] = []
    for system in result.systems:
        if asked.get("system") in ("", None, system.name):
            found += [(system, f) for f in sorted((*system.standing, *system.judged_wrong), key=order_of)]
    state = asked.get("state") or "all"
    kept = [
        (system, f)
        for system, f in found
        if (state == "all" or (state == "open") == (not f.verdict))
        and asked.get("severity") in ("", None, f.severity)
        and asked.get("rule") in ("", None, f.rule)
    ]
    return sorted(kept, key=lambda item: _weight(item[1])[0]) if asked.get("order") == "worst" else kept


def in_full(result: Result, chosen: Sequence[tuple[SystemRecord, Finding]]) -> Iterator[dict[str, Any]]:
    """Each finding with its sentence, what stands beside it, and what was said of it."""
    keys: dict[str, dict[str, str]] = {}
    units: dict[str, dict[str, UnitRecord]] = {}
    for system, finding in chosen:
        if system.name not in keys:
            keys[system.name] = keys_of(system)
            units[system.name] = {unit.id: unit for unit in system.units}
        unit = units[system.name].get(finding.unit)
        rule = result.rules.get(finding.rule)
        yield {
            **_brief(finding, system, result),
            "anchor": f"s{[s.name for s in result.systems].index(system.name)}-{finding.id}",
            "key": keys[system.name][finding.id],
            "system": visible(system.name),
            "whole": visible(finding.text),
            "category": finding.category,
            "meaning": visible(rule.summary) if rule else "",
            "verdict": finding.verdict,
            "note": visible(finding.note),
            "sides": list(_sides(finding, unit)),
            "entry": _entry(finding, system.lang),
        }


# The list that holds what a finding of a category is about; findings of others are seldom about a name or term.
_LISTS = {"names": "name", "terminology": "term"}


def _entry(finding: Finding, lang: str) -> dict[str, str]:
    """What the form for the project's lists begins with: the form to use, the text's own, and what that is. Only a
    finding judged wrong makes the text's form one that is as good. `list` is empty where neither list is meant."""
    if finding.category not in _LISTS:
        return {"list": "", "title": "", "form": "", "role": "reject", "kind": "person"}
    title = visible(finding.expected[0] if finding.expected else finding.text)
    form = visible(finding.text) if finding.side == "candidate" and finding.expected else ""
    role = "accept" if finding.verdict == "wrong" else "reject"
    return {
        "list": _LISTS[finding.category],
        "title": title,
        "form": form if form.casefold() != title.casefold() else "",
        "role": role,
        "kind": "place" if fold(title) in territories(lang) else "person",
    }


def _sides(finding: Finding, unit: UnitRecord | None) -> Iterator[dict[str, Any]]:
    """The passages of the finding's unit, the place marked on its side and on the other."""
    if unit is None:
        return
    passages: list[tuple[str, str, PassageRecord | ReferencePassageRecord | None]] = [
        ("candidate", "Text", unit.candidate), ("source", "Source", unit.source),
        *(("reference", "Reference", passage) for passage in unit.references or ()),
    ]  # fmt: skip
    for side, title, passage in passages:
        if passage is None:
            continue
        marked = finding.side == side and getattr(passage, "reference", "") in ("", finding.reference)
        other = finding.other if finding.other and finding.other.side == side else None
        span = (finding.start, finding.text) if marked else (other.start, other.text) if other else (0, "")
        yield {"title": title, **_marked(passage, *span)}


def _marked(passage: PassageRecord | ReferencePassageRecord, start: int, text: str) -> dict[str, str]:
    """A passage in three parts, the middle one marked; far from the mark it is cut."""
    whole, at = passage.text, start - passage.start
    if not text or whole[at : at + len(text)] != text or at < 0:
        at = whole.find(text) if text else -1
    if at < 0:
        return {"before": _cut(visible(whole), 2 * _CONTEXT), "mark": "", "after": ""}
    before, after = whole[:at], whole[at + len(text) :]
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:]
    return {
        "before": visible(before), "mark": _cut(visible(text), 2 * _CONTEXT), "after": _cut(visible(after), _CONTEXT)
    }  # fmt: skip


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length].rstrip()} …"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
