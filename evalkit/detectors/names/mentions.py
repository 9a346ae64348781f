"""The names of one text by their capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.codes import bare
from evalkit.language.dictionaries import is_known, lemma
from evalkit.language.forms import Token, tokens
from evalkit.language.function_words import ENGLISH
from evalkit.language.name_cues import (
    Vocabulary,
    has_title,
    is_of_bodies,
    is_title,
    is_title_case,
    territories,
    world_words,
)
from evalkit.language.name_forms import name_tokens
from evalkit.language.name_places import place_names
from evalkit.language.numbers.roman import is_roman
from evalkit.language.packs import pattern_of, rows_of, words_of
from evalkit.language.romanise import letters
from evalkit.records import Passage, Segment
from evalkit.text.words import fold

_QUOTES = frozenset("\"“„«‘'‹")
_SHORTEST = 3  # letters: shorter capitalised words are particles or initials
_HEADING_WORD = 5  # letters: shorter words in capitals are acronyms that happen to be words (AIDS, SALT)
ACRONYM = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}|\b([A-Z])\1\. ?([A-Z])\2(?:\.|\b)|\b[A-Z]{2,5}s?\b")
# Between the words of one name.
_JOINT = re.compile(
    rf"[ -]| (?:{pattern_of('en', 'names.joints')})[ -]|-(?:{pattern_of('en', 'names.joints_with_hyphens')})-"
)
_JOINING = words_of("en", "names.joining")
_ACTS = re.compile(rf"['’]s\b|\s+(?:{pattern_of('en', 'names.acts')})\b|, (?:\d+,|whose?\b)")
_DOES = re.compile(rf"['’]s\b|\s+(?:{pattern_of('en', 'names.acts_alone')})\b")
_AFTER = re.compile(rf"\b(?:{pattern_of('en', 'names.named_after')})$")
_DETERMINER = re.compile(rf"\b(?:{pattern_of('en', 'names.determiners')})$", re.IGNORECASE)
_NO_NAME_ENDING = re.compile(rf"(?:{pattern_of('en', 'names.endings_of_nouns')})$")
# Places and such whose forms share no beginning, each line one of them.
ALIASES = (*rows_of("en", "names.aliases"), *rows_of("languages", "aliases"))
_SITE = re.compile(r"\.[a-z]{2,4}\b")  # of Chinanews.com
_TITLES = words_of("en", "titles.no_part_of_name")
_NOT_NAMES = words_of("en", "names.no_names")


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


@lru_cache(maxsize=8)
def _places(lang: str) -> frozenset[str]:
    """Folded words of the CLDR's places: countries, continents, cities."""
    from babel import Locale

    if not territories(lang):
        return frozenset()
    names = [*Locale.parse(lang.replace("-", "_")).territories.values(), *place_names(lang)]
    return frozenset(fold(t.text) for name in names for t in tokens(name) if t.text[0].isupper())


def named(passage: Passage, lang: str, vocabulary: Vocabulary) -> list[NameUnit]:
    """The names of a passage in order; nothing in headings, where capitals say nothing."""
    found = []
    for segment in passage.segments:
        if segment.kind == "heading" or is_title_case(segment.text):
            continue
        runs = _runs(segment.text, vocabulary, lang)
        for part in (part for run in runs for part in _parts(segment.text, run, lang, vocabulary)):
            unit = _unit(passage, segment, part, lang, vocabulary)
            if unit is not None:
                found.append(unit)
    return found


def _parts(text: str, run: list[Token], lang: str, vocabulary: Vocabulary) -> list[list[Token]]:
    """A run at its `of`, where a name that needs no other stands on both sides: Zagros Mountains of Iran."""
    for at in range(1, len(run)):
        if text[run[at - 1].end : run[at].start].strip().startswith("of"):
            sides = run[:at], run[at:]
            if all(any(not is_plain(t.text, lang, vocabulary) for t in side) for side in sides):
                return [sides[0], *_parts(text, sides[1], lang, vocabulary)]
    return [run]


def _unit(passage: Passage, segment: Segment, run: list[Token], lang: str, vocabulary: Vocabulary) -> NameUnit | None:
    proper = [t.text for t in run if not is_plain(t.text, lang, vocabulary) and fold(t.text) not in _TITLES]
    if not proper and len(run) < 2 and not _is_ordinary_name(segment.text, run[0], lang):
        return None
    if len(run) == 1 and _SITE.match(segment.text, run[0].end):
        return None
    start, end = run[0].start, run[-1].end
    text = segment.text[start:end]
    acronym = len(run) == 1 and ACRONYM.fullmatch(text) is not None
    if acronym and fold(text) in _NOT_NAMES:
        return None
    chosen = proper or [t.text for t in run]
    words = (
        (text.replace(".", "").replace(" ", ""),)
        if acronym
        else tuple(w for w in chosen if len(w) > 1) or tuple(chosen)
    )
    place = fold(text) in territories(lang) or any(letters(text) in group for group in ALIASES)
    plain = tuple(t.text for t in run if t.text not in words) if proper else ()
    return NameUnit(passage, segment, start, end, text, words, plain, bool(proper), place, acronym)


def _runs(text: str, vocabulary: Vocabulary, lang: str) -> Iterator[list[Token]]:
    """Capitalised words of one name; words that open a sentence only where they can be nothing else."""
    run: list[Token] = []
    words = _words(text, lang)
    for at, token in enumerate(words):
        if run and token.text in _JOINING:
            continue
        following = words[at + 1] if at + 1 < len(words) else None
        is_name = token.text[0].isupper() and _may_be(text, token, following, vocabulary, lang)
        if run and not (is_name and _JOINT.fullmatch(text, run[-1].end, token.start)):
            yield run
            run = []
        if is_name:
            run.append(token)
    if run:
        yield run


def _words(text: str, lang: str) -> Sequence[Token]:
    """The words of a text, U.S. as one, ONU of l'ONU."""
    dotted = [Token(m.group(), m.start(), m.end()) for m in ACRONYM.finditer(text) if "." in m.group()]
    if not dotted:
        return name_tokens(text, lang)
    plain = [t for t in name_tokens(text, lang) if not any(d.start <= t.start < d.end for d in dotted)]
    return sorted([*plain, *dotted], key=lambda t: t.start)


def _may_be(text: str, token: Token, following: Token | None, vocabulary: Vocabulary, lang: str) -> bool:
    word = token.text
    folded = fold(word)
    if is_roman(word):
        return False  # a number: World War II, XVIIIe
    if word.isupper() and len(word) >= _HEADING_WORD and bare(lang) == "en" and not is_no_word(folded, lang):
        return False  # a heading's word: BACKGROUND, METHODS
    if not word[0].isupper() or folded in ENGLISH or folded in _NOT_NAMES or is_title(word):
        # US is a pronoun when folded, It and The are no names.
        return bool(ACRONYM.fullmatch(word)) and folded not in _NOT_NAMES and len(word) > 1
    before = text[: token.start].rstrip(" \"'“”‘’([-—–")
    if before and before[-1] not in ".!?:…•*" and not _opens_quotation(text, token, following):
        if folded == "state" and before.lower().endswith("secretary of"):
            return False
        if len(word) >= _SHORTEST or (len(word) > 1 and word.isupper()):
            return True
        # Xi Jinping: of a short word the next one tells that it is one of a name
        return len(word) > 1 and _goes_on(text, token, following) and not vocabulary.has(word)
    if before.endswith((" Mr.", " Ms.", " Mrs.", " Dr.", "St.")) or before in ("Mr.", "Ms.", "Mrs.", "Dr.", "St."):
        return True
    if word.isupper() and len(word) > 1:
        return True
    if vocabulary.has(word):
        return False
    if following is not None and _goes_on(text, token, following):
        return fold(following.text) not in ENGLISH
    if folded in territories(lang) or vocabulary.is_name(word):
        return True
    if len(word) < _SHORTEST or _NO_NAME_ENDING.search(folded):
        return False
    return _ACTS.match(text, token.end) is not None or is_no_word(folded, lang)


def _goes_on(text: str, token: Token, following: Token | None) -> bool:
    """True where the next word has a capital too and nothing but a space or hyphen is between."""
    return following is not None and following.text[0].isupper() and text[token.end : following.start] in (" ", "-")


def _opens_quotation(text: str, token: Token, following: Token | None) -> bool:
    """True for the first word of a quoted sentence or title: on “Combating crime”, not of the “Museum of Art”."""
    if following is None or text[token.start - 1 : token.start] not in _QUOTES:
        return False
    goes_on = text[token.end : following.start] == " " and following.text.islower()
    return goes_on and fold(following.text) not in ENGLISH


def is_no_word(folded: str, lang: str) -> bool:
    """True for a word that the dictionary of the language lacks, or has with a capital only. English."""
    if bare(lang) != "en" or not folded.isalpha():
        return False
    return not is_known(folded, "en") or lemma(folded, "en")[:1].isupper()


def is_telling(name: NameUnit, lang: str) -> bool:
    """True for a country, a city, an acronym of three letters or more, a name with a word that is none of English."""
    if name.territory or name.text in place_names(lang) or (name.acronym and len(name.words[0]) > len("TI")):
        return True
    # in a longer name an acronym is telling too: Manager of ISIS
    return not name.acronym and any(is_no_word(fold(w), lang) or (len(w) > 2 and w.isupper()) for w in name.words)


def is_borne(name: NameUnit) -> bool:
    """True for one ordinary word that somebody bears as a name: Bush said, President Bush."""
    token = Token(name.text, name.start, name.end)
    text = name.segment.text
    return " " not in name.text and (_DOES.match(text, token.end) is not None or has_title(text, token))


def _is_ordinary_name(text: str, token: Token, lang: str) -> bool:
    """True where an ordinary word with a capital (Bush, Green) does what somebody does, or stands alone after
    a preposition: Bush said, by Bush."""
    folded = fold(token.text)
    before = text[: token.start].rstrip()
    if not before or before[-1] in ".!?:…•*\"'“”‘’([-—–" or is_of_bodies(folded) or folded in world_words(lang):
        return False
    if _DETERMINER.search(before):
        return False
    return (_DOES.match(text, token.end) or _AFTER.search(before)) is not None


def is_plain(word: str, lang: str, vocabulary: Vocabulary) -> bool:
    """True for words that are no names of persons, places or bodies: ordinary ones, I'm, months, days."""
    folded = fold(word)
    if ACRONYM.fullmatch(word):
        return False
    if folded in territories(lang):
        return False
    if vocabulary.has(word) or folded.partition("'")[0] in ENGLISH:
        return True
    return folded in world_words(lang) and folded not in _places(lang)
