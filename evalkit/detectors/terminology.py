"""The `terminology` detector: listed terms against the candidate and, where trusted, the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.language.forms import Match, case_differs
from evalkit.language.term_book import ACCEPTED, PREFERRED, REJECTED, TermBook, name_matcher
from evalkit.records import Context, Finding, Passage, Rule, Segment, Span, Term, Unit
from evalkit.records.findings import finding, span_of

FORBIDDEN = Rule(
    "term-forbidden", "terminology", "terminology/wrong-term", "major",
    "The text has a translation that the termbase rejects.",
    "building a closer [destiny community]", "terms",
    "community with a shared future (reject: destiny community)",
    rank=10, role="names",
)  # fmt: skip
MISSING = Rule(
    "term-missing", "terminology", "terminology/wrong-term", "major",
    "The reference or source has a listed term here and the candidate has no accepted form of it.",
    "[We will build a closer circle of friends.]", "terms",
    "community with a shared future, which the reference has",
    rank=170, role="names",
)  # fmt: skip
INCONSISTENT = Rule(
    "term-inconsistent", "terminology", "terminology/inconsistent-use", "minor",
    "One text uses two accepted terms for one concept, where the reference uses one.",
    "a shared future for mankind ... a [shared future for humanity]", "terms",
    "shared future for mankind (accept: shared future for humanity)",
    rank=70, role="names",
)  # fmt: skip
CASE = Rule(
    "term-case", "terminology", "terminology/inconsistent-with-resource", "minor",
    "A term marked `case: true` is written with small letters where it has capitals.",
    'carry forward the "[Shanghai spirit]"', "terms",
    "Shanghai Spirit (case: true)",
    rank=50, role="names",
)  # fmt: skip


@dataclass(frozen=True)
class TerminologyDetector:
    """Terms of the termbase: rejected forms, wrong case, missing or mixed renderings.

    Rejected forms and case are found in every text. Missing terms are reported for translations only, where a
    reference or the paired source has the term, in units whose alignment is trusted and at least `confidence`
    sure: a report may leave things out.
    """

    confidence: float = 0.5

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "terminology"
    packages: ClassVar[tuple[str, ...]] = ("simplemma",)
    rules: ClassVar[tuple[Rule, ...]] = (FORBIDDEN, MISSING, INCONSISTENT, CASE)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """Findings by unit; nothing without terms."""
        if not context.terms:
            return
        book = TermBook(context.terms, context.lang, context.source_lang)
        names = name_matcher(context.names, context.lang)
        before: set[int] = set()
        for unit in units:
            if unit.candidate is None:
                continue
            for segment in unit.candidate.segments:
                matches = book.find(segment.text)
                claimed = [(name.start, name.end) for name in names.find(segment.text)] if matches else []
                for match in matches:
                    named = any(start <= match.start and match.end <= end for start, end in claimed)
                    if not named and book.applies(match.form.entry, unit):
                        yield from self._listed(unit, segment, match, book)
            # Without any reference the source's lines are the candidate's own: no alignment to trust.
            alone = not context.references and unit.source is not None
            paired = alone or context.trusted.get(unit.document, False)
            if context.kind == "translation" and paired:
                yield from self._missing(unit, book, before)
            before = set(book.renderings(unit.candidate.text))
        yield from self._inconsistent(units, context, book)

    def _listed(self, unit: Unit, segment: Segment, match: Match, book: TermBook) -> Iterator[Finding]:
        term = book.terms[match.form.entry]
        place = (self.name, unit, segment, match.start, match.end)
        good = (term.term, *term.accept)
        if match.form.status == REJECTED:
            message = f"{match.text!r} is a rejected translation; use {term.term!r}{_note(term)}"
            other = _reference_form(unit, book, match.form.entry)
            yield finding(
                FORBIDDEN, *place, message, severity=term.severity, expected=good, other=other, evidence="list"
            )
        elif term.case and case_differs(match.text, match.form.text):
            message = f"write {match.form.text!r}, not {match.text!r}{_note(term)}"
            severity = CASE.severity if term.severity in ("major", "critical") else term.severity
            yield finding(CASE, *place, message, severity=severity, expected=(match.form.text,), evidence="list")

    def _missing(self, unit: Unit, book: TermBook, before: set[int]) -> Iterator[Finding]:
        """Terms of the reference without an accepted form; one finding for each, at its place there."""
        if unit.candidate is None or unit.confidence < self.confidence:
            return
        there = {m.form.entry for m in book.find(unit.candidate.text)} | book.in_compounds(unit.candidate.text)
        for entry in book.expected(unit):
            # Named in the sentence before: a short form may follow.
            if entry in there or entry in before:
                continue
            term = book.terms[entry]
            places = _in_reference(unit, book, entry)[:1]
            if not places:
                yield self._missing_from_source(unit, book, entry)
            message = f"the reference has {term.term!r} here; the candidate has no accepted form of it"
            for segment, start, end in places:
                yield finding(
                    MISSING, self.name, unit, segment, start, end, message, side="reference", severity=term.severity,
                    confidence=unit.confidence, expected=(term.term, *term.accept), other=_whole(unit.candidate),
                    evidence="list",
                )  # fmt: skip

    def _missing_from_source(self, unit: Unit, book: TermBook, entry: int) -> Finding:
        """A term that only the source asks for: the finding is on the first segment of the candidate."""
        term, passage = book.terms[entry], unit.candidate
        assert passage is not None  # noqa: S101  `_missing` looks at units with a candidate only
        segment = passage.segments[0]
        message = f"the source has {book.in_source(unit)[entry]!r} here; the candidate does not have {term.term!r}"
        return finding(
            MISSING, self.name, unit, segment, 0, len(segment.text), message, severity=term.severity,
            confidence=unit.confidence, expected=(term.term, *term.accept), evidence="list",
        )  # fmt: skip

    def _inconsistent(self, units: Sequence[Unit], context: Context, book: TermBook) -> Iterator[Finding]:
        """The rarer of two accepted renderings in one document, unless the references mix them too."""
        if context.kind == "translation" and not any(context.references.values()):
            own: set[frozenset[str]] = set()
        else:
            own = {
                frozenset(forms)
                for documents in context.references.values()
                for document in documents.values()
                for forms in book.renderings(document.text).values()
            }
        uses: dict[tuple[str, int], list[tuple[str, Unit, Segment, Match]]] = {}
        for unit in units:
            for segment in unit.candidate.segments if unit.candidate else ():
                for match in book.find(segment.text):
                    if match.form.status in (PREFERRED, ACCEPTED) and book.applies(match.form.entry, unit):
                        use = (match.form.text, unit, segment, match)
                        uses.setdefault((segment.document, match.form.entry), []).append(use)
        for (_, entry), found in sorted(uses.items(), key=lambda item: item[0]):
            forms = book.distinct(form for form, *_ in found)
            if len(forms) < 2 or any(set(forms) <= mixed for mixed in own):
                continue
            counts = {form: sum(use[0] == form for use in found) for form in forms}
            term = book.terms[entry]
            main = max(forms, key=lambda form: (counts[form], form == term.term, form))
            for form, unit, segment, match in found:
                if form in forms and form != main:
                    message = f"{match.text!r} and {main!r} are used for one concept in this text; use only one"
                    place = (self.name, unit, segment, match.start, match.end)
                    yield finding(INCONSISTENT, *place, message, expected=(main,), evidence="list")


def _note(term: Term) -> str:
    return f" ({term.note})" if term.note else ""


def _in_reference(unit: Unit, book: TermBook, entry: int) -> list[tuple[Segment, int, int]]:
    """Where the references of the unit have the term in an accepted form."""
    return [
        (segment, match.start, match.end)
        for passage in unit.references
        for segment in passage.segments
        for match in book.find(segment.text)
        if match.form.entry == entry and match.form.status != REJECTED
    ]


def _reference_form(unit: Unit, book: TermBook, entry: int) -> Span | None:
    """The first place where a reference has the term, else None."""
    for passage in unit.references:
        for segment, start, end in _in_reference(unit, book, entry):
            if segment in passage.segments:
                return span_of(passage, segment, start, end)
    return None


def _whole(passage: Passage) -> Span:
    """A whole candidate passage as the other side of a finding."""
    return Span("candidate", "", passage.start, passage.end, passage.text)
