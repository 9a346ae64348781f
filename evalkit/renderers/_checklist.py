"""Without a reference nothing is scored: which rules a document passed, which it failed, which did not judge it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evalkit.records import SEVERITY_WEIGHTS
from evalkit.records.result import PassageRecord, Result, SystemRecord
from evalkit.renderers._facts import checked
from evalkit.renderers._text import count


@dataclass(frozen=True)
class Checklist:
    """The rules of one document. `failed` counts the findings of rules that found something that weighs, `hinted` those
    of rules that only gave hints: these passed."""

    document: str
    passed: tuple[str, ...]
    failed: Mapping[str, int]
    hinted: Mapping[str, int]


def has_checklists(result: Result) -> bool:
    """True for a result without scores to read: no reference was given, and findings were asked for."""
    return not result.references and bool(result.systems) and checked(result)


def checklists(result: Result, system: SystemRecord) -> Iterator[Checklist]:
    """One a document, in their order."""
    judged = sorted(set(result.rules) - {item.rule for item in system.unjudged})
    weighs: dict[str, Counter[str]] = {document.id: Counter() for document in system.documents}
    hints: dict[str, Counter[str]] = {document.id: Counter() for document in system.documents}
    for finding in system.standing:
        counts = weighs if SEVERITY_WEIGHTS[finding.severity] else hints
        counts.setdefault(finding.document, Counter())[finding.rule] += 1
    for document in system.documents:
        failed = weighs[document.id]
        hinted = {rule: n for rule, n in hints[document.id].items() if rule not in failed}
        passed = tuple(rule for rule in judged if rule not in failed)
        yield Checklist(document.id, passed, dict(sorted(failed.items())), dict(sorted(hinted.items())))


def reasons(system: SystemRecord) -> dict[str, list[str]]:
    """The rules that did not judge, by the reason why not."""
    found: dict[str, list[str]] = {}
    for item in system.unjudged:
        found.setdefault(item.reason, []).append(item.rule)
    return found


def without_translation(system: SystemRecord) -> list[str]:
    """The units that have a source and no translation, by the id of their row: they are untranslated, and no rule
    judged them. A sentence that a text leaves out is none of them: that is a finding."""
    begun = {unit.document for unit in system.units if _has_text(unit.candidate)}
    return [
        unit.candidate.segments[0] if unit.candidate and unit.candidate.segments else unit.id
        for unit in system.units
        if _has_text(unit.source) and not _has_text(unit.candidate)
        if unit.link != "omitted" or unit.document not in begun
    ]


def _has_text(side: PassageRecord | None) -> bool:
    return side is not None and bool(side.text.strip())


def without_source(system: SystemRecord) -> int:
    """How many units with text have nothing of the source beside them, so that no rule held them against it; 0 where
    none has, which the rules say that did not judge."""
    bare = sum(u.source is None and _has_text(u.candidate) for u in system.units)
    return bare if any(unit.source is not None for unit in system.units) else 0


def in_short(result: Result, system: SystemRecord) -> str:
    """One sentence: how many rules all documents passed, how many one of them failed, how many did not judge."""
    made = list(checklists(result, system))
    failed = {rule for one in made for rule in one.failed}
    passed = {rule for one in made for rule in one.passed} - failed
    clean = sum(not one.failed for one in made)
    documents = f"; {clean:,} of {count(len(made), 'document')} passed all" if len(made) > 1 else ""
    empty = len(without_translation(system)) if result.source else 0
    untranslated = f"; {empty:,} of {count(len(system.units), 'unit')} untranslated" if empty else ""
    alone = without_source(system) if result.source else 0
    unpaired = f"; {alone:,} of {count(len(system.units), 'unit')} without a source" if alone else ""
    unscored = "" if system.scores else ", so there are no scores"
    return (
        f"no reference given{unscored}; {count(len(passed), 'rule')} passed, "
        f"{len(failed)} failed, {len(system.unjudged)} not checked{documents}{untranslated}{unpaired}"
    )
