"""Which rules did not judge, and why: the language of a text, or no reference, source or list to go by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from evalkit.language.codes import bare, everyday, in_english
from evalkit.plugins.protocols import Detector
from evalkit.records import DocumentSet, Failure, Finding, Row
from evalkit.records.lazy import Records
from evalkit.records.notes import PARTLY
from evalkit.records.result import Unjudged
from evalkit.run import strangers

if TYPE_CHECKING:
    from evalkit.run.align import AlignedSystem

NO_REFERENCE = "there is no reference"
NO_SOURCE = "there is no source"
NOT_TRUSTED = "the source is not trusted: it probably belongs to another text"
NOT_PAIRED = "nothing of the source could be paired with the candidate"
LINE_BY_LINE = "texts are compared line by line, and an empty line is reported as translation-missing"
NO_LANGUAGE = "the language of the source is not known (--source-lang)"


def unjudged(
    detectors: Iterable[Detector | type[Detector]], lang: str, beside: Sequence[str] = ()
) -> tuple[Unjudged, ...]:
    """The rules of the detectors that are silent in a language, in the order of their names.

    `beside` are the languages of the references: rules that hold words against words are silent where none is the
    candidate's.
    """
    found: dict[str, str] = {}
    abroad = bool(beside) and bare(lang) not in map(bare, beside)
    for detector in detectors:
        found |= strangers.silent(detector, lang)
        words = getattr(detector, "same_language", ()) if abroad else ()
        found |= dict.fromkeys(words, "the rule compares words, and the reference is in another language")
    return tuple(Unjudged(rule, found[rule]) for rule in sorted(found))


def without_reference(
    detectors: Iterable[Detector],
    wanted: Collection[str],
    *,
    sourced: bool,
    aligned: bool | None = None,
    apart: str = "",
    source_lang: str,
    listed: bool,
    rows: Sequence[Row],
) -> tuple[Unjudged, ...]:
    """The rules of a run without a reference that had nothing to go by, so that all others are known to have judged.

    `sourced`: there is a source beside units of the candidate; `aligned`: whether it was aligned, None where there is
    none or it is not trusted; `apart`: why none is, though one was given;
    `listed`: there are terms; `rows` are those of the candidate, where its file states any.
    """
    found: dict[str, str] = {}
    for detector in detectors:
        by_source = getattr(detector, "by_source", ())
        for rule in detector.rules:
            if rule.id not in wanted:
                found[rule.id] = "not selected"
            elif rule.id in getattr(detector, "by_alignment", ()) and aligned is not None:
                found |= {} if aligned else {rule.id: LINE_BY_LINE}
            elif rule.needs == "reference" and rule.id in by_source and sourced and not source_lang:
                found[rule.id] = NO_LANGUAGE
            elif rule.needs == "reference" and not (sourced and rule.id in by_source):
                found[rule.id] = apart if apart and rule.id in by_source else NO_REFERENCE
            elif rule.needs in ("source", "rows") and not sourced:
                found[rule.id] = apart or NO_SOURCE
            elif rule.needs == "terms" and not listed:
                found[rule.id] = "there is no list of terms"
            elif rule.needs == "rows" and not rows:
                found[rule.id] = "the input is neither a bilingual file nor a table"
            elif rule.needs == "limit" and not any(row.limit for row in rows):
                found[rule.id] = "no file states a maximum length"
    return tuple(Unjudged(rule, found[rule]) for rule in sorted(found))


def joined(some: Iterable[Unjudged], others: Iterable[Unjudged]) -> tuple[Unjudged, ...]:
    """Both, in the order of their names, each rule once: the first reason stands."""
    found = {item.rule: item for item in (*others, *some)}
    return tuple(found[rule] for rule in sorted(found))


def by_system(
    used: Sequence[Detector],
    wanted: Collection[str],
    systems: Sequence[AlignedSystem],
    findings: Sequence[Records[Finding]],
    references: Sequence[str],
) -> tuple[tuple[Unjudged, ...], ...]:
    """For each system the rules that do not judge its language; one with a finding judged a listed name.

    `references` are the languages of the references.
    """
    judged = [{f.rule for f in mine} for mine in findings]
    return tuple(
        tuple(
            item
            for item in unjudged(used, system.candidate.lang, references)
            if item.rule in wanted and item.rule not in rules_here
        )
        for system, rules_here in zip(systems, judged, strict=True)
    )


def of_no_reference(
    detectors: Sequence[Detector],
    wanted: Collection[str],
    systems: Sequence[AlignedSystem],
    source: DocumentSet | None,
    *,
    listed: bool,
) -> tuple[Unjudged, ...]:
    """The rules that had nothing to go by in a run without a reference; `listed`: there are terms."""
    paired = source is not None and any(system.sources for system in systems)
    return without_reference(
        detectors,
        wanted,
        sourced=paired,
        aligned=any(map(_may_lack_sentences, systems)) if paired else None,
        apart="" if paired or source is None else _apart(systems),
        source_lang=source.lang if source else "",
        listed=listed,
        rows=_rows(systems),
    )


def _may_lack_sentences(system: AlignedSystem) -> bool:
    """Whether sentences were aligned with those of the source, of the text or of its paragraphs."""
    cut = (unit.candidate is not None and len(unit.candidate.segments) > 1 for unit in system.units)
    return system.total.aligner == "source" or any(cut)


def _apart(systems: Sequence[AlignedSystem]) -> str:
    """Why no unit has anything of the source that was given."""
    strange = [s for s in systems if s.total.aligner == "source" and not s.total.trusted]
    return NOT_TRUSTED if strange else NOT_PAIRED


def _rows(systems: Sequence[AlignedSystem]) -> list[Row]:
    """The rows that the files of the candidates state."""
    return [row for system in systems for document in system.candidate.documents for row in document.rows or ()]


def unread(idle: Sequence[Unjudged]) -> Iterator[Failure]:
    """One note on the rules that read a source of no known language, as that of a PO file."""
    rules = [item.rule for item in idle if item.reason == NO_LANGUAGE]
    if rules:
        yield Failure("detect", "source", "", "", f"these rules were not checked: {', '.join(rules)} ({NO_LANGUAGE})")


def judged_languages(detector: Detector | type[Detector], rule: str) -> str:
    """In which of the languages with a code of two letters a rule judges, in words."""
    reasons = {lang: strangers.silent(detector, lang).get(rule, "") for lang in everyday()}
    judged = [lang for lang, reason in reasons.items() if not reason]
    if len(judged) == len(reasons):
        return "every language"
    why = sorted({reason for reason in reasons.values() if reason})
    if len(judged) <= len(reasons) / 2:
        return f"{' '.join(judged)} (any other: {'; '.join(why)})"
    return f"every language but {' '.join(lang for lang, reason in reasons.items() if reason)} ({'; '.join(why)})"


def notes(systems: Mapping[str, Iterable[Unjudged]]) -> Iterator[Failure]:
    """One note for each language, by its code, that rules did not judge: the rules of one reason together."""
    for lang, silent in sorted(systems.items()):
        reasons: dict[str, list[str]] = {}
        for item in silent:
            reasons.setdefault(item.reason, []).append(item.rule)
        if reasons:
            listed = "; ".join(f"{', '.join(rules)} ({reason})" for reason, rules in reasons.items())
            yield Failure("detect", "", "", "", f"in {in_english(lang)} {PARTLY}: {listed}")
