"""One segment looked at for names: exact spellings of the list, words that sound like one, what the
reference spells otherwise, countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from string import ascii_letters

from evalkit.detectors.names.book import VARIANT, WRONG, NameBook
from evalkit.detectors.names.both_forms import BothForms
from evalkit.detectors.names.no_places import is_no_place
from evalkit.detectors.names.pairs import NamePair
from evalkit.detectors.names.rules import CASE, MISTRANSLITERATED, VARIANT_FORM
from evalkit.detectors.names.spots import opens_sentence
from evalkit.language.forms import Match, Taken, Token, case_differs, tokens
from evalkit.language.licence_names import is_pinyin
from evalkit.language.name_cues import (
    Vocabulary,
    has_cue,
    has_title,
    is_title_case,
    nearest_name,
    territories,
    world_words,
)
from evalkit.language.name_forms import LONGEST_WORD, is_form, keeps_form, name_tokens, one_letter_apart
from evalkit.language.name_likeness import word_similarity
from evalkit.language.name_variants import is_variant
from evalkit.language.ordinary_words import is_ordinary_word
from evalkit.language.packs import words_of
from evalkit.language.romanise import letters
from evalkit.records import Context, Finding, Name, Rule, Segment, Severity, Unit
from evalkit.records.findings import finding, span_of
from evalkit.text.words import fold

DETECTOR = "names"
_PAIRED = {"wrong": MISTRANSLITERATED, "variant": VARIANT_FORM, "in-use": VARIANT_FORM, "case": CASE}
# Without a cue only long words very like a listed name are taken for it.
_UNCUED = 0.9
_SHORTEST = 4  # letters: in shorter words one letter makes another name
_BESIDE = 0.7  # likeness: beside another word of the same full name less will do
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
        """Words that are no listed spelling but nearly one, where a cue or a capital makes them names."""
        if not self.book.names:
            return
        text = self.segment.text
        taken = Taken(len(text), ((m.start, m.end) for m in self.book.find(text)))
        words = name_tokens(text, self.context.lang)
        for at, token in enumerate(words):
            if (
                not _SHORTEST <= len(token.text) <= LONGEST_WORD
                or taken.touches(token.start, token.end)
                or self.book.knows(token.text)
            ):
                continue
            small = token.text[0].islower()
            if small and not has_cue(text, token):
                continue
            neighbours = [word.text for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])]
            part, score = self._beside(token, neighbours) or self._alone(token) or ("", 0.0)
            if part:
                name, expected = self.book.entry(part), self.book.expected(part)
                variant = is_variant(token.text, part, place=name.kind == "place")
                yield self._spelling(token.start, token.end, expected, variant, name, small, score)

    def _beside(self, token: Token, neighbours: Sequence[str]) -> tuple[str, float] | None:
        """The word of a listed name that the token nearly is, where another word of the name stands beside it: that
        says enough, whatever else the token may be."""
        others = self.book.words_beside(neighbours)
        scored = sorted(((word_similarity(token.text, part), part) for part in others), reverse=True)
        for score, part in scored[:1]:
            near = score >= _BESIDE or one_letter_apart(token.text, part, _SHORTEST)
            if near and not self._is_form(token, part) and not self._stands_in_reference(token):
                return part, score
        return None

    def _alone(self, token: Token) -> tuple[str, float] | None:
        """The listed word that the token nearly is, by a cue or by being very like."""
        text = self.segment.text
        cue = has_cue(text, token)
        known_place = fold(token.text) in world_words(self.context.lang)
        if not known_place and not self._may_be_name(token):
            return None
        kinds = ("person",) if token.text[0].islower() or has_title(text, token) else ("person", "place")
        parts = self.book.parts(kinds)
        part, score = nearest_name(token.text, parts)
        if not part or not (score >= self.likely or one_letter_apart(token.text, part)):
            return None
        long = len(token.text) >= _UNCUED_LETTERS and score >= _UNCUED
        if not (cue or long or one_letter_apart(token.text, part)):
            return None
        if known_place and not (self.book.entry(part).kind == "place" and is_variant(token.text, part)):
            return None  # a place the CLDR knows, no misspelling of another
        if self.book.entry(part).kind == "place" and is_no_place(text, token, part, self.book, self.context.lang):
            return None
        if self._is_form(token, part) and (not cue or fold(token.text).startswith(fold(part))):
            return None
        if not cue and (self._stands_in_reference(token) or self._may_be_ordinary(token)):
            return None
        return part, score

    def _may_be_ordinary(self, token: Token) -> bool:
        """True for an ordinary word of the language where words that are no names have capitals too, or where names
        have so many forms that one may be like a word."""
        text, lang = self.segment.text, self.context.lang
        capitals = opens_sentence(text, token) or is_title_case(text) or not keeps_form(lang)
        return (capitals or self.segment.kind == "heading") and is_ordinary_word(token.text, lang)

    def _is_form(self, token: Token, part: str) -> bool:
        """True for an inflected form of a listed word, and for the word in another script; only places make
        adjectives of themselves (Russian)."""
        if letters(token.text) == letters(part):
            return True
        return is_form(token.text, part, self.context.lang, place=self.book.entry(part).kind != "person")

    def _stands_in_reference(self, token: Token) -> bool:
        """True where a reference of this unit has the very word."""
        return any(
            fold(token.text) == fold(word.text)
            for passage in self.unit.references
            for word in name_tokens(passage.text, self.context.lang)
        )

    def paired(self, found: Sequence[NamePair], around: BothForms) -> Iterator[Finding]:
        """Names the aligned reference spells otherwise; hints where both forms are in use, or in the reference."""
        for pair in found:
            rule, message = _PAIRED[pair.kind], f"{pair.text!r}: the reference spells this name {pair.expected!r}"
            kept = rule is VARIANT_FORM and self._stands_in_source(pair.expected)
            message += ", as the source does" if kept else ""
            other = span_of(pair.passage, pair.other, pair.other_start, pair.other_end)
            args = (DETECTOR, self.unit, self.segment, pair.start, pair.end, message)
            proved = rule is not MISTRANSLITERATED or self._is_proved(pair)
            evidence = "kept" if kept else "reference" if proved else _kind(pair)
            # A spelling that no list has is a small error to experts (of the spans these meet 2 % are major ones), and
            # the reference may be the one that is wrong.
            listed = rule is not MISTRANSLITERATED or self.book.knows(pair.expected)
            severity: Severity | None = "neutral" if kept else None if listed else "minor"
            if not self.book.knows(pair.expected) and (both := self._has_both(pair, around)):
                evidence, severity = both, "neutral"
            yield finding(
                rule, *args, confidence=round(pair.score, 2), severity=severity,
                expected=(pair.expected,), other=other, evidence=evidence,
            )  # fmt: skip

    def _has_both(self, pair: NamePair, around: BothForms) -> str:
        """The evidence that speaks for the candidate's form as well as for the reference's; or nothing."""
        if pair.kind == "in-use":
            return "in-use"
        two_people = is_pinyin(letters(pair.text)) and is_pinyin(letters(pair.expected))  # Yungang, Yonggang
        return "both-forms" if pair.kind != "case" and not two_people and around.has(self.unit, pair.text) else ""

    def _stands_in_source(self, name: str) -> bool:
        """True where the source has the spelling, declined perhaps: of two systems of romanisation the reference keeps
        that of the source's language (Netanjahu), and the candidate may have that of its own (Netanyahu)."""
        own, source = letters(name), self.unit.source
        return source is not None and any(letters(word.text).startswith(own) for word in tokens(source.text))

    def _is_proved(self, pair: NamePair) -> bool:
        """True where the list has the name, or the reference repeats it and the other form is no word of the language:
        what stands once in the reference may be wrong there."""
        if self.book.knows(pair.expected):
            return True
        near = pair.score >= self.likely or one_letter_apart(pair.text, pair.expected)
        return near and self.vocabulary.repeats(pair.expected) and not is_ordinary_word(pair.text, self.context.lang)

    def countries(self) -> Iterator[Finding]:
        """Misspelt countries after of, in or from, by the CLDR's names in the text's language."""
        lang = self.context.lang
        single = _countries(lang)
        words = name_tokens(self.segment.text, lang)
        for before, token in pairwise(words):
            if before.text not in _BEFORE_PLACES or len(token.text) < _COUNTRY_LETTERS or not token.text[0].isupper():
                continue
            if not self._may_be_name(token):
                continue
            place, score = nearest_name(token.text, single)
            own = {*token.text} - {*ascii_letters, *place}  # Micronesië: a letter that only its language has
            if (
                own
                or score < _COUNTRY
                or is_form(token.text, place, lang, place=True)
                or is_ordinary_word(token.text, lang)
                or is_no_place(self.segment.text, token, place, self.book, lang)
            ):
                continue
            message = f"{token.text!r} is not a spelling of {place!r}"
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
        what = "another spelling" if variant else "not an accepted spelling"
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


@lru_cache(maxsize=8)
def _countries(lang: str) -> tuple[str, ...]:
    """The territories of one word, which alone are compared."""
    return tuple(name for name in territories(lang).values() if " " not in name and len(name) >= _COUNTRY_LETTERS - 1)


def _kind(pair: NamePair) -> str:
    """The evidence of a name that stands once in the reference: one letter apart says more than a like sound, and so
    does a full name after a title, of which some words are alike."""
    if one_letter_apart(pair.text, pair.expected):
        return "letter"
    return "titled" if " " in pair.text else "reference-once"
