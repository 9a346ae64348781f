"""Inflected forms of names, by the endings of each language (`packs/name_endings.toml`).

A language that has no table there is not known: any short ending may be one of its endings, and a rule that asks
stays silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from evalkit.language.codes import bare
from evalkit.language.forms import Token, all_bare
from evalkit.language.packs import of_language, table_of_language, words_of
from evalkit.language.romanise import letters
from evalkit.text.words import SEGMENT, SHARED, fold

_PACK = "name_endings"
_STEM = 2  # so many letters of a name stay in all its forms
_UNKNOWN = 3  # an ending of a language nobody told us about has so many letters at most
_FOLLOWING = 2  # case, then a possessive or particle
_LONGEST = 8  # letters of one ending at most
_NOTHING = "-"  # an ending that is none: Chiny, Chin
LONGEST_WORD = 60  # letters; a longer one is no name, and comparing it costs time
_NOT_DECLINED = words_of("languages", "names_not_declined")


class _Language(NamedTuple):
    """Endings by what the basic form loses; those that may follow; what is written to the front."""

    rows: dict[str, frozenset[str]]
    follow: frozenset[str]
    before: tuple[str, ...]
    apostrophe: bool
    known: bool


@lru_cache(maxsize=64)
def _language(lang: str, places: bool) -> _Language:
    code = lang.partition("-")[0].partition("_")[0].lower()
    own = table_of_language(code, "endings", _PACK)
    rows: dict[str, set[str]] = {}
    more = table_of_language(code, "endings_of_places", _PACK) if places else None
    for lost, ends in (*(own or {}).items(), *(more or {}).items()):
        rows.setdefault(fold(lost), set()).update(fold(end).replace(_NOTHING, "") for end in ends.split())
    follow = (of_language(code, "endings_that_follow", _PACK) or "").split()
    before = (of_language(code, "written_before", _PACK) or "").split()
    return _Language(
        {lost: frozenset(ends) for lost, ends in rows.items()},
        frozenset(map(fold, follow)),
        tuple(sorted(map(fold, before), key=lambda b: (-len(b), b))),
        code in words_of(_PACK, "endings_after_apostrophe"),
        own is not None or code in _NOT_DECLINED,
    )


def knows_endings(lang: str) -> bool:
    """True for languages whose names' endings are known, if only because they have none."""
    return _language(lang, False).known


def keeps_form(lang: str) -> bool:
    """True for languages in which a name has the same form everywhere."""
    return bare(lang) in _NOT_DECLINED


@lru_cache(maxsize=65536)
def is_form(word: str, name: str, lang: str, *, place: bool = False) -> bool:
    """True where the word may be a form of the name in its language; `place` adds what only places make of
    themselves (Russian, Londoner). In an unknown language any other short ending will do."""
    a, b = fold(word), fold(name)
    language = _language(lang, place)
    if language.apostrophe:
        a = a.partition("'")[0]
    if a == b:
        return True
    if not language.known:
        return shared_beginning(a, b) >= max(3, max(len(a), len(b)) - _UNKNOWN)
    for lost, ends in language.rows.items():
        stem = b.removesuffix(lost)
        if b.endswith(lost) and len(stem) >= _STEM and a.startswith(stem) and _ends(a[len(stem) :], ends, language):
            return True
    return False


@lru_cache(maxsize=65536)
def are_forms(word: str, other: str, lang: str, *, place: bool = False) -> bool:
    """True where both may be forms of one name, whichever is the basic one or neither is."""
    if is_form(word, other, lang, place=place) or is_form(other, word, lang, place=place):
        return True
    a, b = fold(word), fold(other)
    language = _language(lang, place)
    shared = shared_beginning(a, b)
    for size in range(shared, max(_STEM, shared - _UNKNOWN) - 1, -1):
        left, right = a[size:], b[size:]
        for lost, ends in language.rows.items():
            if (left == lost or _ends(left, ends, language)) and (right == lost or _ends(right, ends, language)):
                return True
    return False


def _ends(rest: str, ends: frozenset[str], language: _Language, deep: int = _FOLLOWING) -> bool:
    """True where the rest of a word is an ending, or one with others after it."""
    if rest in ends:
        return True
    if not deep or not language.follow or len(rest) > _LONGEST * (deep + 1):
        return False
    cuts = (cut for cut in range(1, min(len(rest), _LONGEST + 1)) if rest[:cut] in ends)
    return any(_ends(rest[cut:], language.follow, language, deep - 1) for cut in cuts)


def shared_beginning(a: str, b: str) -> int:
    """How many letters two words begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def one_letter_apart(word: str, other: str, fewest: int = 5) -> bool:
    """True for two names that one letter lost, added, exchanged or swapped makes the same; of short ones too many
    are, so that the longer one has `fewest` letters at least."""
    a, b = letters(word), letters(other)
    return max(len(a), len(b)) >= fewest and OSA.distance(a, b, score_cutoff=1) <= 1


def name_tokens(text: str, lang: str) -> list[Token]:
    """The words of a text without a possessive ending and without what is elided before a name (d'Allemagne)."""
    return list(_shared(text, lang)) if len(text) <= SEGMENT else _name_tokens(text, lang)


@lru_cache(maxsize=SHARED)
def _shared(text: str, lang: str) -> tuple[Token, ...]:
    return tuple(_name_tokens(text, lang))


def _name_tokens(text: str, lang: str) -> list[Token]:
    elided = [front for front in _language(lang, False).before if front.endswith("'")]
    found = all_bare(text)
    return [_unelided(token, elided) for token in found] if elided else found


def _unelided(token: Token, elided: list[str]) -> Token:
    low = fold(token.text)
    for front in elided:
        at = len(front)
        if low.startswith(front) and len(low) > at + 1 and len(low) == len(token.text) and token.text[at].isupper():
            return Token(token.text[at:], token.start + at, token.end)
    return token


def without_front(word: str, lang: str) -> Iterator[str]:
    """A folded word as it stands and without what its language writes to the front of a name."""
    yield word
    for front in _language(lang, False).before:
        if word.startswith(front) and len(word) - len(front) >= _STEM:
            yield word[len(front) :]
