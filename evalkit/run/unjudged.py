"""Which rules do not judge a language, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from evalkit.language.codes import bare, everyday, in_english
from evalkit.plugins.protocols import Detector
from evalkit.records import Failure, Row
from evalkit.records.result import Unjudged
from evalkit.run import strangers

NO_REFERENCE = "there is no reference"
NO_SOURCE = "there is no source"
NOT_TRUSTED = "the source is not trusted: it is probably another text's"
NOT_PAIRED = "nothing of the source could be paired with the candidate"
LINE_BY_LINE = "each line or row stands beside its own of the source; an empty one is told as translation-missing"
NO_LANGUAGE = "nothing says in which language the source is (--source-lang)"


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
        found |= dict.fromkeys(words, "it compares words, and the reference is in another language")
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
                found[rule.id] = "it was not selected"
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
                found[rule.id] = "the text has lines, no rows of a bilingual file or a table"
            elif rule.needs == "limit" and not any(row.limit for row in rows):
                found[rule.id] = "no file says how long a row may be"
    return tuple(Unjudged(rule, found[rule]) for rule in sorted(found))


def joined(some: Iterable[Unjudged], others: Iterable[Unjudged]) -> tuple[Unjudged, ...]:
    """Both, in the order of their names, each rule once: the first reason stands."""
    found = {item.rule: item for item in (*others, *some)}
    return tuple(found[rule] for rule in sorted(found))


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
            yield Failure(
                "detect", "", "", "", f"in {in_english(lang)} these rules did not judge, or not everything: {listed}"
            )
