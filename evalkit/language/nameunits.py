"""The names of one text by their capitals, and whether another text has a trace of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.names import Vocabulary, is_title, is_title_case, territories, world_words
from evalkit.language.romanise import letters
from evalkit.language.similarity import word_similarity
from evalkit.language.stopwords import ENGLISH
from evalkit.language.termmatch import Token, bare, tokens
from evalkit.language.wordlists import listed
from evalkit.model import Passage, Segment
from evalkit.text import fold

_TRACE = 0.68  # a capitalised word so like a name may be its form in another language
_SHORTEST = 3
_PREFIX = 4
_ACRONYM = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}|\b[A-Z]{2,5}s?\b")
# Between the words of one name.
_JOINT = re.compile(r"[ -]| (?:of|of the|de|la|del|von|van|van der|bin|al|el|de la)[ -]|-(?:al|el)-")
_JOINING = listed("of the de la del von van der bin al el")
# After a word that opens a sentence: it is the name of somebody or something, not a noun of many or an adverb.
_ACTS = re.compile(
    r"['’]s\b|\s+(?:is|was|has|had|have|will|would|said|says|told|can|could|did|does|also|himself|herself|itself|"
    r"and [A-Z]|[a-z]{2,}ed|began|became|went|came|took|gave|made|got|saw|won|lost|left)\b|, (?:\d+,|who\b|whose\b)"
)
_NO_NAME_ENDING = re.compile(r"(?:ing|ly|ings|[^aius]s|ers|ors|men)$")
# Places whose forms share no beginning, each line one place.
_ALIASES = tuple(
    frozenset(line.split()) for line in """
    us usa america american americans unitedstates
    uk gb britain british briton britons england english unitedkingdom
    eu europe european europeans europeanunion
    netherlands dutch holland
    switzerland swiss
    uae emirates emirati
    prc china chinese sino
    rok korea korean koreans southkorea
    dprk korea korean northkorea
    un unitednations
    myanmar burma burmese
    turkey turkiye turkish turk turks
    philippines filipino filipinos filipina
    """.strip().splitlines()
)  # fmt: skip
_TITLES = listed("sir dame lord lady admiral rear vice gov sen rep lieutenant sergeant officer commander st saint")
_NOT_NAMES = listed("i'm i'd i've i'll ok tv pm am ad bc ceo")


class NameUnit(NamedTuple):
    """A name at `start:end` of its segment; `words` are those that tell it from others, `plain` the ordinary ones.

    `sure` where one of the words is no ordinary word of the language; `territory` where it is a country
    or region of the CLDR.
    """

    passage: Passage
    segment: Segment
    start: int
    end: int
    text: str
    words: tuple[str, ...]
    plain: tuple[str, ...]
    sure: bool
    territory: bool
    acronym: bool


class Traces:
    """What a text offers as traces of names."""

    def __init__(self, text: str, opposite: str) -> None:
        words = [bare(t) for t in tokens(text)]
        there = {fold(t.text) for t in tokens(opposite)}
        self.squeezed = letters(text)
        self.folded = {fold(t.text) for t in words}
        self.prefixes = {w[:_PREFIX] for w in self.folded if len(w) >= _PREFIX}
        # A capitalised word the other side has too stands for itself, not for another name.
        self.capitals = [t.text for t in words if t.text[0].isupper() and len(t.text) > 2 and fold(t.text) not in there]
        self.short = {fold(w)[:3] for w in self.capitals}
        self.acronyms = {m.group().replace(".", "").rstrip("s").lower() for m in _ACRONYM.finditer(text)}
        big = [fold(t.text) for t in words if fold(t.text) not in ENGLISH]
        self.initials = "".join(w[0] for w in big)
        self.capital_initials = "".join(t.text[0].lower() if t.text[0].isupper() else " " for t in words)

    def has(self, name: NameUnit, lang: str) -> bool:
        """True where some word may come from the name: the same, alike, an acronym, an adjective of the place."""
        if name.acronym:
            return self._has_acronym(fold(name.words[0]))
        if any(len(a) > 2 and _within(a, fold(word)) for a in self.acronyms for word in name.words):
            return True
        if self._stands_short(name) or self._alias(name):
            return True
        if any(self._has_word(word, lang) for word in name.words):
            return True
        # The Commerce Department for the US Department of Commerce.
        return len(name.plain) > 1 and all(self._has_word(word, lang) for word in name.plain)

    def has_all(self, name: NameUnit, lang: str) -> bool:
        """True where every word of the name has a trace."""
        return (name.acronym and self.has(name, lang)) or all(self._has_word(word, lang) for word in name.words)

    def _has_word(self, word: str, lang: str) -> bool:
        plain, folded = letters(word), fold(word)
        if not plain or folded in self.folded or (len(plain) >= _PREFIX and plain in self.squeezed):
            return True
        if len(folded) >= _PREFIX and folded[:_PREFIX] in self.prefixes:
            return True
        place = territories(lang).get(folded)
        if place is not None and (folded[:3] in self.short or adjectives(lang).get(folded, frozenset()) & self.folded):
            return True
        return any(word_similarity(other, word) >= _TRACE for other in self.capitals)

    def _has_acronym(self, acronym: str) -> bool:
        plain = acronym.rstrip("s") if len(acronym) > 3 else acronym
        if {acronym, plain} & (self.acronyms | self.folded) or any(a.startswith(plain) for a in self.acronyms):
            return True
        if any(word.startswith(plain) and word[len(plain) :].isdigit() for word in self.folded):
            return True
        if any(plain in group and group & (self.folded | {self.squeezed}) for group in _ALIASES):
            return True
        if any(plain in group and any(form in self.squeezed for form in group if len(form) > 5) for group in _ALIASES):
            return True
        if len(plain) > 2 and any(_within(plain, fold(word)) for word in self.capitals):
            return True  # KMT, Kuomintang
        return plain in (self.initials if len(plain) > 2 else self.capital_initials)

    def _stands_short(self, name: NameUnit) -> bool:
        """The name by its initials, with small words or without: United Nations, UN."""
        initials = [w.text[0].lower() for w in tokens(name.text) if w.text[0].isupper()]
        whole = "".join(w.text[0].lower() for w in tokens(name.text))
        return len(initials) > 1 and bool({"".join(initials), whole} & self.acronyms)

    def _alias(self, name: NameUnit) -> bool:
        forms = {fold(w) for w in name.words} | {letters(name.text), letters(name.text).removeprefix("the")}
        return any(forms & group and group & (self.folded | self.acronyms) for group in _ALIASES) or any(
            forms & group and any(len(form) > 9 and form in self.squeezed for form in group) for group in _ALIASES
        )


def _within(acronym: str, word: str) -> bool:
    """True where the acronym's letters stand in the word in this order, its first one first."""
    rest = iter(word)
    return word[:1] == acronym[:1] and len(word) >= 2 * len(acronym) and all(letter in rest for letter in acronym)


@lru_cache(maxsize=8)
def adjectives(lang: str) -> dict[str, frozenset[str]]:
    """Folded names of territories with the names of their official languages: France, French."""
    from babel import Locale
    from babel.languages import get_official_languages

    if not territories(lang):
        return {}
    locale = Locale.parse(lang.replace("-", "_"))
    found: dict[str, frozenset[str]] = {}
    for code, name in locale.territories.items():
        if len(code) == 2:
            spoken = [locale.languages.get(code_, "") for code_ in get_official_languages(code, de_facto=True)]
            found[fold(name)] = frozenset(fold(word) for word in spoken if word)
    return found


@lru_cache(maxsize=8)
def _places(lang: str) -> frozenset[str]:
    """Folded words of the CLDR's places: countries, continents."""
    from babel import Locale

    if not territories(lang):
        return frozenset()
    names = Locale.parse(lang.replace("-", "_")).territories.values()
    return frozenset(fold(t.text) for name in names for t in tokens(name) if t.text[0].isupper())


def named(passage: Passage, lang: str, vocabulary: Vocabulary) -> list[NameUnit]:
    """The names of a passage in order; nothing in headings, where capitals say nothing."""
    found = []
    for segment in passage.segments:
        if segment.kind == "heading" or _is_title(segment.text):
            continue
        for run in _runs(segment.text, vocabulary, lang):
            unit = _unit(passage, segment, run, lang, vocabulary)
            if unit is not None:
                found.append(unit)
    return found


def _is_title(text: str) -> bool:
    """True for text in title case; a sentence that lists names has a content word in small letters."""
    small = [t for t in tokens(text) if t.text.islower() and len(t.text) > 3 and t.text not in ENGLISH]
    return len(small) < 2 and is_title_case(text)


def _unit(passage: Passage, segment: Segment, run: list[Token], lang: str, vocabulary: Vocabulary) -> NameUnit | None:
    proper = [t.text for t in run if not is_plain(t.text, lang, vocabulary) and fold(t.text) not in _TITLES]
    if not proper and len(run) < 2:
        return None
    start, end = run[0].start, run[-1].end
    text = segment.text[start:end]
    acronym = len(run) == 1 and _ACRONYM.fullmatch(text) is not None
    if acronym and fold(text) in _NOT_NAMES:
        return None
    chosen = proper or [t.text for t in run]
    words = ("".join(text.split(".")),) if acronym else tuple(w for w in chosen if len(w) > 1) or tuple(chosen)
    place = fold(text) in territories(lang) or any(letters(text) in group for group in _ALIASES)
    plain = tuple(t.text for t in run if t.text not in words) if proper else ()
    return NameUnit(passage, segment, start, end, text, words, plain, bool(proper), place, acronym)


def _runs(text: str, vocabulary: Vocabulary, lang: str) -> Iterator[list[Token]]:
    """Capitalised words of one name; words that open a sentence only where they can be nothing else."""
    run: list[Token] = []
    words = _words(text)
    for at, token in enumerate(words):
        if run and token.text in _JOINING:
            continue
        following = words[at + 1] if at + 1 < len(words) else None
        is_name = _may_be(text, token, following, vocabulary, lang)
        if run and not (is_name and _JOINT.fullmatch(text, run[-1].end, token.start)):
            yield run
            run = []
        if is_name:
            run.append(token)
    if run:
        yield run


def _words(text: str) -> list[Token]:
    """The words of a text, U.S. as one."""
    dotted = [Token(m.group(), m.start(), m.end()) for m in _ACRONYM.finditer(text) if "." in m.group()]
    plain = [bare(t) for t in tokens(text) if not any(d.start <= t.start < d.end for d in dotted)]
    return sorted([*plain, *dotted], key=lambda t: t.start)


def _may_be(text: str, token: Token, following: Token | None, vocabulary: Vocabulary, lang: str) -> bool:
    word = token.text
    folded = fold(word)
    if not word[0].isupper() or folded in ENGLISH or folded in _NOT_NAMES or is_title(word):
        # US is a pronoun when folded, It and The are no names.
        return bool(_ACRONYM.fullmatch(word)) and folded not in _NOT_NAMES and len(word) > 1
    before = text[: token.start].rstrip(" \"'“”‘’([-—–")
    if before and before[-1] not in ".!?:…•*":
        if folded == "state" and before.lower().endswith("secretary of"):
            return False
        return len(word) >= _SHORTEST or (len(word) > 1 and word.isupper())
    if before.endswith((" Mr.", " Ms.", " Mrs.", " Dr.", "St.")) or before in ("Mr.", "Ms.", "Mrs.", "Dr.", "St."):
        return True
    if word.isupper() and len(word) > 1:
        return True
    if vocabulary.has(word):
        return False
    if following is not None and following.text[0].isupper() and text[token.end : following.start] in (" ", "-"):
        return fold(following.text) not in ENGLISH
    if folded in territories(lang) or vocabulary.is_name(word):
        return True
    return len(word) > 2 and not _NO_NAME_ENDING.search(folded) and _ACTS.match(text, token.end) is not None


def is_plain(word: str, lang: str, vocabulary: Vocabulary) -> bool:
    """True for words that are no names of persons, places or bodies: ordinary ones, I'm, months, days."""
    folded = fold(word)
    if _ACRONYM.fullmatch(word):
        return False
    if folded in territories(lang):
        return False
    if vocabulary.has(word) or folded.partition("'")[0] in ENGLISH:
        return True
    return folded in world_words(lang) and folded not in _places(lang)
