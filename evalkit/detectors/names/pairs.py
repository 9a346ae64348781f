"""Names of a unit against its reference: what is spelt otherwise.

A name of one side takes part only where the other side doesn't have it; each has at most one partner,
the best for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from evalkit.detectors.names.book import NameBook
from evalkit.detectors.names.full_names import one_word_wrong, titled
from evalkit.detectors.names.spots import Spot, names_of
from evalkit.language.dictionaries import dictionary, is_known
from evalkit.language.forms import Token, bare, tokens
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.name_cues import LIKELY, Vocabulary, has_title
from evalkit.language.name_forms import LONGEST_WORD, are_forms, is_form, keeps_form, one_letter_apart
from evalkit.language.name_likeness import word_similarity
from evalkit.language.name_places import is_at_home, is_the_known_one, place_names
from evalkit.language.name_variants import are_both_in_use, is_variant
from evalkit.language.ordinary_words import is_ordinary_word
from evalkit.language.packs import words_of
from evalkit.language.romanise import letters
from evalkit.records import Passage, Segment, Unit
from evalkit.text.words import fold, script

_SHORTEST = 4  # letters: in shorter words one letter makes another name
SURE = 0.5  # a less confident alignment says nothing about names
_MOST_NAMES = 100  # a list, no sentence: all pairs of its names cost more than they tell
_BEFORE_PLURALS = words_of("name_endings", "before_plurals")
_LONG_HEAD = 8  # letters: streets, squares and mountains, whose names are such compounds, have shorter ones
_CAPITAL_BEFORE = re.compile(r"(?<!\w)([A-Z]\w*)[ -]$")
_BESIDE = 0.6  # enough where the word beside both is the same name: Kim Yo-jong, Kim Yong-jong


class NamePair(NamedTuple):
    """A candidate name at `start:end` of its segment and the reference's name it seems to stand for."""

    start: int
    end: int
    text: str
    expected: str
    score: float
    kind: Literal["wrong", "variant", "in-use", "case"]
    passage: Passage
    other: Segment
    other_start: int
    other_end: int


def pairs(
    unit: Unit, langs: tuple[str, str], book: NameBook, vocabulary: Vocabulary, likely: float
) -> dict[str, list[NamePair]]:
    """Names spelt otherwise than in the reference, by candidate segment; with several references only
    what none of them has. `langs` are those of the candidate and of the source."""
    lang, source_lang = langs
    if unit.candidate is None or unit.confidence < SURE:
        return {}
    theirs = " ".join(passage.text for passage in unit.references)
    original = unit.source.text if unit.source else ""
    mine = names_of(unit.candidate, theirs, lang, vocabulary, book, candidate=True)
    there = _names_there(original, source_lang)
    found: dict[str, list[NamePair]] = {}
    for passage in unit.references:
        yours = names_of(passage, unit.candidate.text, lang, vocabulary, book, candidate=False)
        couples = [
            *titled(unit.candidate, passage, theirs, vocabulary),
            *one_word_wrong(unit.candidate, passage, theirs, lang, vocabulary),
            *_couples(mine, yours, likely, lang, there),
        ]
        made = [
            *_in_small_letters(unit, unit.candidate, passage, vocabulary),
            *(
                _pair(*c, passage, lang)
                for c in couples
                if not (_is_usual(*c[:2], lang, book) or is_of_the_source(c[0].text, c[1].text, original, lang))
            ),
        ]
        for segment, pair in made:
            listed = found.setdefault(segment, [])
            if all(pair.end <= p.start or p.end <= pair.start for p in listed):
                listed.append(pair)
    return found


def _is_usual(spot: Spot, other: Spot, lang: str, book: NameBook) -> bool:
    """True where the candidate has a name as the CLDR has it and the reference, no list, has it otherwise: Uyghurs."""
    return not book.knows(other.text) and is_the_known_one(spot.text, other.text, lang)


def is_of_the_source(name: str, other: str, source: str, lang: str) -> bool:
    """True where a source in the same script is nearer to the candidate's name than to the reference's, which has
    another form of it: Stumpy for Stumpy, Stumpfi. Countries and cities have names of their own in each language."""
    if not source or other in place_names(lang):
        return False
    there = _latin_capitals(source)
    mine, theirs = (max((word_similarity(text, word) for word in there), default=0.0) for text in (name, other))
    return mine >= LIKELY and mine > theirs


def _latin_capitals(text: str) -> list[str]:
    """The letters of its words with a capital, in Latin script."""
    return [letters(word.text) for word in tokens(text) if word.text[:1].isupper() and script(word.text[0]) == "LATIN"]


def _names_there(source: str, lang: str) -> frozenset[str]:
    """The letters of a source's words with a capital that are no words of its language, which a translation renders
    (National, Nationale; Music, Musik); none where that has no dictionary."""
    if not dictionary(lang):
        return frozenset()
    return frozenset(word for word in _latin_capitals(source) if not is_known(word, lang))


def _pair(spot: Spot, other: Spot, score: float, passage: Passage, lang: str) -> tuple[str, NamePair]:
    variant = is_variant(spot.text, other.text, place=other.text in place_names(lang))
    variant = variant or is_at_home(spot.text, lang, other.text)
    kind: Literal["variant", "in-use", "wrong"] = "variant" if variant else "wrong"
    if are_both_in_use(spot.text, other.text):
        kind = "in-use"
    place = (passage, other.segment, other.start, other.end)
    return spot.segment.id, NamePair(spot.start, spot.end, spot.text, other.text, score, kind, *place)


def _in_small_letters(
    unit: Unit, candidate: Passage, passage: Passage, vocabulary: Vocabulary
) -> Iterator[tuple[str, NamePair]]:
    """Words after a title that the candidate writes small and the reference with a capital, unless the source writes
    them small; other words (Government, Party, Embassy) follow a house style and are no errors."""
    small = {bare(token).text for token in tokens(unit.source.text)} if unit.source else set()
    for segment in candidate.segments:
        for token in map(bare, tokens(segment.text)):
            if not token.text.islower() or len(token.text) < _SHORTEST or vocabulary.has(token.text):
                continue
            if token.text in small or not has_title(segment.text, token):
                continue
            for other, word in _words(passage):
                if word.start and word.text[0].isupper() and fold(word.text) == fold(token.text):
                    place = (passage, other, word.start, word.end)
                    yield segment.id, NamePair(token.start, token.end, token.text, word.text, 1.0, "case", *place)
                    break


def _words(passage: Passage) -> Iterator[tuple[Segment, Token]]:
    for segment in passage.segments:
        for token in map(bare, tokens(segment.text)):
            yield segment, token


def _couples(
    mine: list[Spot], yours: list[Spot], likely: float, lang: str, there: frozenset[str]
) -> Iterator[tuple[Spot, Spot, float]]:
    """Pairs that are each other's best, and near enough; a name repeated is no rival of itself. Nothing for texts
    with more names than a sentence can have. `there` are the names of a source in the same script."""
    left, right = sorted({spot.text for spot in mine}), sorted({spot.text for spot in yours})
    if max(len(left), len(right)) > _MOST_NAMES:
        return
    scores = {(a, b): word_similarity(a, b) for a in left for b in right}
    best_left = {a: max(scores[a, b] for b in right) for a in left} if right else {}
    best_right = {b: max(scores[a, b] for a in left) for b in right} if left else {}
    for spot in mine:
        for other in yours:
            score = scores[spot.text, other.text]
            if score < max(best_left[spot.text], best_right[other.text]):
                continue
            beside = spot.shares_neighbour(other)
            if not _is_near(spot.text, other.text, score, likely, lang, beside):
                continue
            if _is_cut(spot, other, score):
                continue
            if _tells(spot, other, lang, beside) or _is_kept(spot, other, lang, beside, there):
                yield spot, other, score


def _is_cut(spot: Spot, other: Spot, score: float) -> bool:
    """True where the candidate's word is the end of the name, written apart: Au Yang for Ouyang."""
    before = _CAPITAL_BEFORE.search(spot.segment.text, max(0, spot.start - LONGEST_WORD), spot.start)
    if before is None or other.before:
        return False
    return word_similarity(before.group(1) + spot.text, other.text) > max(score, LIKELY)


def _is_kept(spot: Spot, other: Spot, lang: str, beside: bool, there: frozenset[str]) -> bool:
    """True where source and reference have one name letter by letter and the candidate has it with a slip inside,
    though the name or the slip may be a word of its language: Schneider, Schnieder."""
    name, slip = letters(other.text), letters(spot.text)
    if name not in there or slip in there or not one_letter_apart(spot.text, other.text):
        return False
    ended = name.startswith(slip) or slip.startswith(name)
    return not (ended or _is_ending(spot, other, lang, beside))


def _is_near(text: str, other: str, score: float, likely: float, lang: str, beside: bool) -> bool:
    """True from `likely` on, or one letter apart; with less where the same name stands beside both and neither is an
    ordinary word (Renovation for Decoration is no matter of names)."""
    if score >= likely or one_letter_apart(text, other):
        return True
    return beside and score >= _BESIDE and not (is_ordinary_word(text, lang) or is_ordinary_word(other, lang))


def _tells(spot: Spot, other: Spot, lang: str, beside: bool) -> bool:
    """True where the difference is no ending of the language, and what stands in the candidate is no ordinary word of
    it, unless the same name stands beside both."""
    if _is_ending(spot, other, lang, beside):
        return False
    ordinary = is_ordinary_word(spot.text, lang)
    if beside:
        return not (ordinary and is_ordinary_word(other.text, lang))
    if ordinary:
        return False
    if capitalises_nouns(lang):
        if not other.in_run and _have_one_head(spot.text, other.text, lang):
            return False
        # A noun misspelt is no name; one beside another name or a place of the CLDR is one.
        return other.in_run or other.text in place_names(lang) or not is_ordinary_word(other.text, lang)
    return not (spot.first and other.first)


def _have_one_head(a: str, b: str, lang: str) -> bool:
    """True for two compounds of one long ordinary word, which are nouns: Vorsiedlungslandschaft."""
    same = next((n for n, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), min(len(a), len(b)))
    longest = min(same, len(a) - 1, len(b) - 1)
    return any(is_ordinary_word(a[-n:].capitalize(), lang) for n in range(_LONG_HEAD, longest + 1))


def _is_ending(spot: Spot, other: Spot, lang: str, beside: bool) -> bool:
    """True where one word may be another form of the other. Places only make adjectives (Russian), and several people
    share a surname (the Rouhanis): a word after the same given name is neither."""
    a, b = fold(spot.text), fold(other.text)
    if a[:-1] == b[:-1] and {a[-1:], b[-1:]} == {"i", "y"}:
        return True  # Sergei, Sergey: two systems of romanisation, both in use everywhere
    if b == a + "s" and keeps_form(lang):
        before = tokens(other.segment.text[: other.start])[-1:]
        return not beside and any(fold(word.text) in _BEFORE_PLURALS for word in before)
    if other.text in place_names(lang):  # known in its basic form: nothing it could be an ending of
        return is_form(spot.text, other.text, lang, place=not beside)
    return are_forms(spot.text, other.text, lang, place=not beside)
