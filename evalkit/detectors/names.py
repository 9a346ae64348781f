"""The `names` detector: spellings of people, places and bodies against the list and the reference.

Evidence in order: the project's list, the aligned reference, the CLDR's countries. A word is compared
only after something says that it is a name: a capital, a title before it, "of Country" after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from evalkit.findings import finding, span_of
from evalkit.language.namebook import VARIANT, WRONG, NameBook
from evalkit.language.namegaps import missing_names, wrong_names
from evalkit.language.namelosses import exchanged_or_lost
from evalkit.language.namepairs import NamePair, others_agree, others_lack, pairs
from evalkit.language.names import (
    LIKELY,
    Vocabulary,
    derived,
    has_cue,
    has_title,
    is_variant,
    nearest_name,
    territories,
    world_words,
)
from evalkit.language.termbook import TermBook
from evalkit.language.termmatch import Match, Taken, Token, bare, case_differs, tokens
from evalkit.model import Context, Finding, Name, Rule, Segment, Span, Unit
from evalkit.text import fold

MISTRANSLITERATED = Rule(
    "name-mistransliterated", "names", "accuracy/mistranslation", "major",
    "A form that is no accepted spelling of the name it stands for.",
    "President [Battulega] of Mongolia", "names",
)  # fmt: skip
VARIANT_FORM = Rule(
    "name-variant", "names", "terminology/inconsistent-with-resource", "minor",
    "A spelling accepted elsewhere that is not this project's or the reference's form.",
    "President [Ruhani] of Iran", "names",
)  # fmt: skip
CASE = Rule(
    "name-case", "names", "linguistic-conventions/capitalization", "minor",
    "A name without the capitals it is written with.",
    "Prime Minister [modi] of India", "names",
)  # fmt: skip
MISSING = Rule(
    "name-missing", "names", "accuracy/omission", "major",
    "The reference names a person, place or body and the translation has no form of it; minor where no list has it.",
    "[The meeting was held yesterday.]", "reference",
)  # fmt: skip
WRONG_NAME = Rule(
    "name-wrong", "names", "accuracy/mistranslation", "critical",
    "Another known place or person stands where the reference has this one.",
    "the President of [Nigeria] arrived", "reference",
)  # fmt: skip
_PAIRED = {"wrong": MISTRANSLITERATED, "variant": VARIANT_FORM, "case": CASE}
# Without a cue only long words very like a listed name are taken for it.
_UNCUED = 0.9
_UNCUED_LETTERS = 6
_COUNTRY = 0.92
_COUNTRY_LETTERS = 6
_BEFORE_PLACES = ("of", "in", "from")


@dataclass(frozen=True)
class NamesDetector:
    """Names: wrong spellings, variants, small letters, missing and exchanged names.

    `likely` is the similarity (0 to 1) from which two spellings may stand for one name. Comparing with
    the reference needs a trusted alignment; the list works without one.
    """

    likely: float = LIKELY

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "names"
    rules: ClassVar[tuple[Rule, ...]] = (MISTRANSLITERATED, VARIANT_FORM, CASE, MISSING, WRONG_NAME)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """Findings by unit, one for a span."""
        book = NameBook(context.names, context.lang)
        terms = TermBook(context.terms, context.lang)
        vocabulary = Vocabulary(*_texts(context))
        for unit in units:
            if unit.candidate is None:
                continue
            aligned = bool(unit.references) and context.trusted.get(unit.document, False)
            found_pairs = pairs(unit, context.lang, book, vocabulary, self.likely) if aligned else {}
            for segment in unit.candidate.segments:
                look = _Look(self, unit, segment, context, book, vocabulary)
                found = [
                    *look.listed(),
                    *look.near(),
                    *look.paired(found_pairs.get(segment.id, ())),
                    *look.countries(),
                ]
                yield from _one_per_span(found, segment, terms)
            if aligned and context.kind == "translation":
                yield from self._against_reference(unit, context, book)
                yield from self._without_list(unit, context, book, vocabulary)

    def _against_reference(self, unit: Unit, context: Context, book: NameBook) -> Iterator[Finding]:
        for wrong in wrong_names(unit, context.lang, book):
            message = f"{wrong.text!r} stands where the reference has {wrong.expected!r}"
            place = (self.name, unit, wrong.segment, wrong.start, wrong.end)
            yield finding(WRONG_NAME, *place, message, expected=(wrong.expected,), other=wrong.other)
        for name, segment, start, end in missing_names(unit, book):
            message = f"the reference names {name.name!r} here; no form of it stands in the candidate"
            mine = unit.candidate
            other = Span("candidate", "", mine.start, mine.end, mine.text) if mine else None
            yield finding(
                MISSING, self.name, unit, segment, start, end, message,
                side="reference", severity=name.severity, expected=(name.name,), other=other,
            )  # fmt: skip

    def _without_list(self, unit: Unit, context: Context, book: NameBook, vocabulary: Vocabulary) -> Iterator[Finding]:
        """Names no list has, by the reference alone: less sure, so less severe; silent where most other
        systems do as this one."""
        exchanged, lost = exchanged_or_lost(unit, context.lang, book, vocabulary)
        for mine, theirs in exchanged:
            if not others_agree(unit, mine.text, context):
                message = f"{mine.text!r} stands where the reference has {theirs.text!r}"
                other = span_of(theirs.passage, theirs.segment, theirs.start, theirs.end)
                place = (self.name, unit, mine.segment, mine.start, mine.end)
                yield finding(
                    WRONG_NAME, *place, message, severity="major", confidence=0.6, expected=(theirs.text,), other=other
                )
        for name in lost:
            if not others_lack(unit, name.text, context):
                message = f"the reference names {name.text!r} here; no form of it stands in the candidate"
                place = (self.name, unit, name.segment, name.start, name.end)
                yield finding(
                    MISSING, *place, message, side="reference", severity="minor", confidence=0.5, expected=(name.text,)
                )


@dataclass(frozen=True)
class _Look:
    """One candidate segment under each kind of evidence."""

    detector: NamesDetector
    unit: Unit
    segment: Segment
    context: Context
    book: NameBook
    vocabulary: Vocabulary

    def listed(self) -> Iterator[Finding]:
        """Exact spellings of the list: variants, rejected forms, small letters."""
        for match in self.book.find(self.segment.text):
            token = Token(match.text, match.start, match.end)
            small = case_differs(match.text, match.form.text)
            if small and not self._is_name_in_small_letters(match, token):
                continue
            name = self.book.names[match.form.entry]
            if match.form.status in (VARIANT, WRONG):
                expected = self._official(match, name)
                yield self._spelling(match.start, match.end, expected, match.form.status == VARIANT, name, small)
            elif small:
                message = f"{match.text!r} is a name: {match.form.text!r}"
                yield self._make(CASE, match.start, match.end, message, (match.form.text,))

    def near(self) -> Iterator[Finding]:
        """Words that are no listed spelling but sound like one, where a cue or a capital makes them names."""
        text, lang = self.segment.text, self.context.lang
        taken = Taken(len(text), ((m.start, m.end) for m in self.book.find(text)))
        words = [bare(token) for token in tokens(text)]
        for at, token in enumerate(words):
            if len(token.text) < 4 or taken.touches(token.start, token.end):
                continue
            if not self._may_be_name(token):
                continue
            small, cue = token.text[0].islower(), has_cue(text, token)
            if small and not cue:
                continue
            neighbours = [word.text for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])]
            kinds = ("person",) if small or has_title(text, token) else ("person", "place")
            part, score = nearest_name(token.text, self.book.parts(kinds, neighbours))
            sure = (
                cue
                or (len(token.text) >= _UNCUED_LETTERS and score >= _UNCUED)
                or self._stands_beside(part, neighbours)
            )
            if not part or score < self.detector.likely or not sure:
                continue
            if derived(token.text, part, lang) and (not cue or fold(token.text).startswith(fold(part))):
                continue
            name, expected = self.book.entry(part), self.book.expected(part)
            yield self._spelling(token.start, token.end, expected, is_variant(token.text, part), name, small, score)

    def _stands_beside(self, part: str, neighbours: Sequence[str]) -> bool:
        """True where a neighbour is another word of the same full name."""
        if not part:
            return False
        others = {fold(t.text) for t in tokens(self.book.entry(part).name)} - {fold(part)}
        return any(fold(word) in others for word in neighbours)

    def paired(self, found: Sequence[NamePair]) -> Iterator[Finding]:
        """Names the aligned reference spells otherwise; a form that most other systems share is taken
        for one accepted elsewhere."""
        for pair in found:
            rule, message = _PAIRED[pair.kind], f"{pair.text!r}: the reference spells this name {pair.expected!r}"
            if rule is MISTRANSLITERATED and others_agree(self.unit, pair.text, self.context):
                rule, message = VARIANT_FORM, f"{message}, most other systems as here"
            other = span_of(pair.passage, pair.other, pair.other_start, pair.other_end)
            args = (self.detector.name, self.unit, self.segment, pair.start, pair.end, message)
            yield finding(rule, *args, confidence=round(pair.score, 2), expected=(pair.expected,), other=other)

    def countries(self) -> Iterator[Finding]:
        """Misspelt countries after of, in or from, by the CLDR's names in the text's language."""
        known = territories(self.context.lang)
        single = [name for name in known.values() if " " not in name and len(name) >= _COUNTRY_LETTERS - 1]
        words = [bare(token) for token in tokens(self.segment.text)]
        for before, token in pairwise(words):
            if before.text not in _BEFORE_PLACES or len(token.text) < _COUNTRY_LETTERS or not token.text[0].isupper():
                continue
            if not self._may_be_name(token):
                continue
            place, score = nearest_name(token.text, single)
            if score >= _COUNTRY and not derived(token.text, place, self.context.lang):
                message = f"{token.text!r} is no spelling of {place!r}"
                yield self._make(MISTRANSLITERATED, token.start, token.end, message, (place,), score)

    def _may_be_name(self, token: Token) -> bool:
        """False for ordinary words, known names and what the reference writes too."""
        word = fold(token.text)
        return not (
            self.book.knows(word)
            or word in world_words(self.context.lang)
            or self.vocabulary.has(word)
            or self.vocabulary.in_reference(word)
        )

    def _is_name_in_small_letters(self, match: Match, token: Token) -> bool:
        """Evidence that a listed spelling in small letters is the name and no ordinary word."""
        words = tokens(match.text)
        if len(words) > 1:
            some = any(word.text[0].isupper() for word in words)
            return some or self.book.names[match.form.entry].kind != "organisation"
        if has_cue(self.segment.text, token):
            return not self.vocabulary.has(token.text)
        return len(token.text) > 6 and not self.vocabulary.has(token.text)

    def _official(self, match: Match, name: Name) -> tuple[str, ...]:
        if " " in match.form.text or name.kind != "person":
            return (name.name,)
        surname = max((t.text for t in tokens(name.name)), key=lambda w: (nearest_name(match.text, [w])[1], w))
        return (surname, name.name)

    def _spelling(
        self,
        start: int,
        end: int,
        expected: tuple[str, ...],
        variant: bool,
        name: Name,
        small: bool,
        score: float = 1.0,
    ) -> Finding:
        text = self.segment.text[start:end]
        what = "another spelling" if variant else "no accepted spelling"
        case = ", and a name needs its capital" if small else ""
        message = (
            f"{text!r} is {what} of {expected[0]!r} ({name.name}){case}"
            if len(expected) > 1
            else (f"{text!r} is {what} of {expected[0]!r}{case}")
        )
        rule = VARIANT_FORM if variant else MISTRANSLITERATED
        return self._make(rule, start, end, message, expected, score, name)

    def _make(
        self,
        rule: Rule,
        start: int,
        end: int,
        message: str,
        expected: Sequence[str],
        score: float = 1.0,
        name: Name | None = None,
    ) -> Finding:
        severity = name.severity if name else None
        args = (self.detector.name, self.unit, self.segment, start, end, message)
        return finding(rule, *args, severity=severity, confidence=round(score, 2), expected=expected)


def _one_per_span(found: Sequence[Finding], segment: Segment, terms: TermBook) -> Iterator[Finding]:
    """The first finding of each place, in order of evidence; what a longer listed term holds is its own."""
    taken = Taken(len(segment.text))
    claimed = [(m.start + segment.start, m.end + segment.start) for m in terms.find(segment.text)] if found else []
    kept = []
    for item in found:
        if any(s <= item.start and item.end <= e and e - s > item.end - item.start for s, e in claimed):
            continue
        if taken.take(item.start - segment.start, item.end - segment.start):
            kept.append(item)
    yield from sorted(kept, key=lambda f: f.start)


def _texts(context: Context) -> tuple[list[str], list[str]]:
    """The candidate's and the references' texts, which tell ordinary words from names."""
    candidates = [document.text for document in context.documents.values()]
    references = [d.text for documents in context.references.values() for d in documents.values()]
    return candidates, references
