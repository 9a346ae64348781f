"""Where names stand in a text and what is known about a word: cues, vocabulary, countries, comparison."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.forms import Token, bare, each_token, tokens
from evalkit.language.function_words import ENGLISH
from evalkit.language.kept_readings import lasting_of_all
from evalkit.language.name_likeness import word_similarity
from evalkit.language.name_places import place_names
from evalkit.language.packs import pattern_of, words_in_order, words_of
from evalkit.language.romanise import letters
from evalkit.language.stems import stem
from evalkit.text.caseless import Caseless
from evalkit.text.shared import shared
from evalkit.text.words import fold

_TITLES = pattern_of("en", "titles.name_follows")
# "President X", "Secretary General of the Some Organization of Others X": the words before X. What follows "of" are
# capitalised words and the small ones between them, and at most one other word, a first name in small letters.
# No word is both, so that the search takes one way through any text.
_CAPITALISED = r"(?-i:[A-Z])\w*"
_SMALL = pattern_of("en", "titles.small_words_of_bodies")
_TITLE_BEFORE = re.compile(
    rf"(?<!\w)(?:{_TITLES})\.?(?:\s+of\s+(?:the\s+)?{_CAPITALISED}(?:\s+(?:{_CAPITALISED}|(?-i:{_SMALL})))*"
    r"(?:\s+\w+)?)?\s+$",
    re.IGNORECASE,
)
_ANY_TITLE = Caseless(f"(?:{_TITLES})")
# "X, director of", "X, the prime minister of": the words after X.
_APPOSITION = re.compile(
    rf",\s+(?:the\s+)?(?:\w+\s+){{0,2}}(?:{_TITLES})\s+(?:{pattern_of('en', 'titles.joined_by')})\b", re.IGNORECASE
)
_OF_PLACE = re.compile(r"(?<!\s)\s+of\s+(?:the\s+)?([A-Z]\w+)")
# After these words a new phrase begins, which the title before them doesn't speak of.
_LINK_WORD = re.compile(rf"\b(?:{'|'.join(words_in_order('en', 'names.phrase_openers'))})\s+$", re.IGNORECASE)
_TITLE_WORDS = frozenset(re.sub(r"[^a-z]+", " ", re.sub(r"\(\?:(\w+)\|[^)]*\)", r"\1", _TITLES)).split())
_LONGEST_CUE = 160  # characters: titles with a body are shorter; bounds the search

# A word that ends so is an ordinary English word or made from another name, not a misspelling of it.
_ORDINARY_ENDING = re.compile(rf"(?:{pattern_of('en', 'names.ordinary_endings')})s?$")


# Short months that are people as well: Jan, Mar.
_MONTHS_AND_NAMES = words_of("en", "names.short_months")
# Ordinary words that names of bodies, works and events are made of; always capitalised there.
_OF_BODIES = words_of("en", "names.of_bodies")

# A word before, with nothing between that ends or opens a sentence.
_INSIDE = re.compile(r"\w,? $")

LIKELY = 0.83  # the similarity from which two spellings may be one name, measured on seeds and name pairs
CLEAR = 0.04  # by how much the best must lead another name


class Vocabulary:
    """What the texts of a run say about words: those in small letters somewhere are ordinary words, no
    names; those with a capital in a reference are spelt as the reference spells them."""

    def __init__(self, candidates: Iterable[str], references: Iterable[str]) -> None:
        self._stems: set[str] = set()
        for text in candidates:
            known: set[str] = set()  # words of which nothing is left to find out
            titles, places = _titles(text), _before_places(text)
            for token in each_token(text):
                if token.text in known or not token.text.islower():
                    continue
                base = stem(token.text)
                if base in self._stems or not (token.end in places or _has_title(titles, text, token)):
                    self._stems.add(base)
                    known.add(token.text)
        told = _told_by(tuple(references))
        self._stems |= told.stems
        self._references, self._times, self._inside = set(told.times), told.times, told.inside

    def near(self, references: Iterable[str]) -> Vocabulary:
        """The same, but for `in_reference`, which asks these texts only."""
        other = copy(self)
        other._references = set().union(*map(_capitalised, references))
        return other

    def in_reference(self, word: str) -> bool:
        """True where a reference has the word with a capital."""
        return fold(word) in self._references

    def repeats(self, word: str) -> bool:
        """True where the references have the word with a capital twice or more."""
        return self._times.get(fold(word), 0) > 1

    def is_name(self, word: str) -> bool:
        """True where a reference has the word with a capital inside a sentence, and nobody writes it small."""
        return fold(word) in self._inside and not self.has(word)

    def has(self, word: str) -> bool:
        """True for an ordinary word in any inflected form."""
        low = fold(word)
        return stem(low) in self._stems or stem(low.removesuffix("ly")) in self._stems or is_ordinary_form(low)


class _Told(NamedTuple):
    """What references say about words: `times` with a capital, and those of them that are `inside` a sentence."""

    stems: frozenset[str]
    times: dict[str, int]
    inside: frozenset[str]


@lasting_of_all(_Told)  # all systems have the same references
def _told_by(references: tuple[str, ...], _: str = "") -> _Told:
    stems, inside = set(), set()
    times: Counter[str] = Counter()
    for text in references:
        for token in each_token(text):
            if token.text.islower():
                stems.add(stem(token.text))
            else:
                word = fold(bare(token).text)
                times[word] += 1
                if _INSIDE.search(text, max(0, token.start - 3), token.start):
                    inside.add(word)
    return _Told(frozenset(stems), dict(times), frozenset(inside))


@shared
def _capitalised(text: str) -> frozenset[str]:
    """The folded words of a text that are not in small letters."""
    return frozenset(fold(bare(t).text) for t in tokens(text) if not t.text.islower())


def is_ordinary_form(word: str) -> bool:
    """True for the common words of bodies' names and for endings of English nouns, verbs and adjectives."""
    return is_of_bodies(word) or (len(word) >= 7 and _ORDINARY_ENDING.search(word) is not None)


def is_of_bodies(word: str) -> bool:
    """True for the common words that names of bodies, works and events are made of (folded)."""
    return word.removesuffix("s") in _OF_BODIES


@shared
def _titles(text: str) -> tuple[tuple[int, int], ...]:
    """Where a title may stand, in a word too: few texts have one at all. One within another is a part of it."""
    return tuple(m.span() for m in _ANY_TITLE.finditer(text))


def _may_have_title(places: tuple[tuple[int, int], ...], text: str, token: Token) -> bool:
    """False where no title stands before the token nor, behind a comma, after it."""
    if not places:
        return False
    if text.startswith(",", token.end) and token.end < places[-1][1]:
        return True
    before = bisect_left(places, (token.start,))
    return before > 0 and places[before - 1][1] > token.start - _LONGEST_CUE


def has_title(text: str, token: Token) -> bool:
    """True after a title ("President X", "Secretary General of the Y Z") or before one ("X, director of")."""
    return _has_title(_titles(text), text, token)


def _has_title(places: tuple[tuple[int, int], ...], text: str, token: Token) -> bool:
    """The same where it is known where in the text a title may stand."""
    if not _may_have_title(places, text, token):
        return False
    if fold(token.text) in _TITLE_WORDS:
        return False
    before = text[max(0, token.start - _LONGEST_CUE) : token.start]
    after_title = _TITLE_BEFORE.search(before) and not _LINK_WORD.search(before)
    return bool(after_title or _APPOSITION.match(text, token.end))


def has_cue(text: str, token: Token) -> bool:
    """True where something beside the spelling says that a name stands here: a title or "of Country"."""
    return has_title(text, token) or token.end in _before_places(text)


def may_have_cue(text: str) -> bool:
    """False for most texts: nothing in them says of any word beside its spelling that it is a name."""
    return bool(_titles(text) or _before_places(text))


@shared
def _before_places(text: str) -> frozenset[int]:
    """Where the words end that "of Country" follows."""
    return frozenset(m.start() for m in _OF_PLACE.finditer(text) if fold(m.group(1)) in _territory_words())


def capitals(text: str) -> list[Token]:
    """Capitalised words of two letters or more, without a possessive ending."""
    return [bare(t) for t in tokens(text) if t.text[0].isupper() and len(t.text) > 1]


@shared
def runs(text: str) -> tuple[tuple[Token, ...], ...]:
    """Capitalised words that follow one another with nothing but a space or hyphen between, titles apart."""
    found: list[list[Token]] = []
    for token in capitals(text):
        if fold(token.text) in _TITLE_WORDS:
            continue
        if found and text[found[-1][-1].end : token.start] in (" ", "-", " al-", " bin "):
            found[-1].append(token)
        else:
            found.append([token])
    return tuple(map(tuple, found))


@shared
def is_title_case(text: str) -> bool:
    """True for a heading in capitals or title case, where capitals say nothing. A sentence that is full of names has
    a word in small letters that is no function word of English, which alone has title case."""
    words = tokens(text)[1:]
    long = [t for t in words if len(t.text) > 3 and t.text.isalpha()]
    if len(long) <= 3 or sum(t.text[0].isupper() for t in long) <= 0.7 * len(long):
        return False
    return not any(t.text.islower() and len(t.text) > 2 and fold(t.text) not in ENGLISH for t in words)


def is_title(word: str) -> bool:
    """True for a word of a title (President, Minister), which is no name."""
    return fold(word) in _TITLE_WORDS


def nearest_name(word: str, known: Sequence[str]) -> tuple[str, float]:
    """The known name most like the word with its similarity, or ("", 0.0) where none leads clearly."""
    size = len(letters(word))
    near = (name for name in known if 2 * min(size, len(letters(name))) >= max(size, len(letters(name))))
    scored = sorted(((word_similarity(word, name), name) for name in near), key=lambda item: (-item[0], item[1]))
    if not scored:
        return "", 0.0
    score, best = scored[0]
    # Another spelling of the best is no rival; a rival as near as the best makes neither sure.
    rival = next((s for s, name in scored[1:] if word_similarity(name, best) < LIKELY), 0.0)
    return (best, score) if score - rival >= CLEAR else ("", 0.0)


@lru_cache(maxsize=8)
def territories(lang: str) -> dict[str, str]:
    """English (or other) names of the territories of the CLDR by their folded form; long forms apart."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(lang.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {fold(name): name for code, name in sorted(names.items()) if len(code) == 2 and "(" not in name}


@lru_cache(maxsize=8)
def world_words(lang: str) -> frozenset[str]:
    """Folded single words of the CLDR's names of territories, cities, languages, months (also
    short) and days: known names."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = [*locale.territories.values(), *locale.languages.values()]
    for form in ("format", "stand-alone"):
        names += [*locale.months[form]["wide"].values(), *locale.days[form]["wide"].values()]
        names += [m for m in locale.months[form]["abbreviated"].values() if fold(m) not in _MONTHS_AND_NAMES]
    names += [*locale.currencies.values(), *place_names(lang)]
    return frozenset(fold(t.text) for name in names for t in tokens(name))


@lru_cache(maxsize=1)
def _territory_words() -> frozenset[str]:
    """Single words of English territory names."""
    return frozenset(fold(t.text) for name in territories("en").values() for t in tokens(name) if len(t.text) > 3)
