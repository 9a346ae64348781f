"""One segment looked at for names: exact spellings of the list, words that sound like one, what the
reference spells otherwise, countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evalkit.detectors.names.book import VARIANT, WRONG, NameBook
from evalkit.detectors.names.pairs import NamePair
from evalkit.detectors.names.rules import CASE, MISTRANSLITERATED, VARIANT_FORM
from evalkit.language.forms import Match, Taken, Token, bare, case_differs, tokens
from evalkit.language.name_cues import (
    Vocabulary,
    derived,
    has_cue,
    has_title,
    is_variant,
    nearest_name,
    territories,
    world_words,
)
from evalkit.language.packs import words_of
from evalkit.records import Context, Finding, Name, Rule, Segment, Unit
from evalkit.records.findings import finding, span_of
from evalkit.text.words import fold

DETECTOR = "names"
_PAIRED = {"wrong": MISTRANSLITERATED, "variant": VARIANT_FORM, "case": CASE}
# Without a cue only long words very like a listed name are taken for it.
_UNCUED = 0.9
_UNCUED_LETTERS = 6  # letters: without a title a short word is like too many names
_COUNTRY = 0.92  # likeness: territories are few and well known, so that near is very near
_COUNTRY_LETTERS = 6  # letters: Chad, Iran, Mali, Oman are one letter from other words
_BEFORE_PLACES = words_of("en", "names.before_places")


@dataclass(frozen=True)
class Look:
    """One candidate segment under each kind of evidence."""

    unit: Unit
    segment: Segment
    context: Context
    book: NameBook
    vocabulary: Vocabulary
    likely: float

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
            if not part or score < self.likely or not sure:
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
        """Names the aligned reference spells otherwise."""
        for pair in found:
            rule, message = _PAIRED[pair.kind], f"{pair.text!r}: the reference spells this name {pair.expected!r}"
            other = span_of(pair.passage, pair.other, pair.other_start, pair.other_end)
            args = (DETECTOR, self.unit, self.segment, pair.start, pair.end, message)
            yield finding(
                rule, *args, confidence=round(pair.score, 2), expected=(pair.expected,), other=other,
                evidence="reference",
            )  # fmt: skip

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
        args = (DETECTOR, self.unit, self.segment, start, end, message)
        return finding(
            rule, *args, severity=severity, confidence=round(score, 2), expected=expected,
            evidence="list" if name or rule is CASE else "country",
        )  # fmt: skip
