"""Names in any script as plain Latin letters, and two folds of their spelling.

`romanise` brings a name into lower-case ASCII. `same_spelling` folds what differs between systems of
romanisation for one and the same sound (kh = h, zh = j, ou = u, y = i, ts = c, doubled letters): names
equal under it are variants of each other. `sounds` folds further, to one symbol per sound, for measuring
how far two names are apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evalkit.text.words import fold, plain_punctuation, script

_NOT_LETTERS = re.compile(r"[^a-z]+")
_DOUBLED = re.compile(r"(.)\1+")
# Scripts that write few vowels or none: a romanised form lacks them.
_ABJADS = frozenset({"ARABIC", "HEBREW", "SYRIAC"})

# The same sound in different systems of romanisation; longer spellings first.
_SAME = (
    (re.compile("shch|sch"), "sh"),
    (re.compile("tch|tsch"), "ch"),
    (re.compile("dzh|dj|zh"), "j"),
    (re.compile("kh"), "h"),
    (re.compile("ou|oo"), "u"),
    (re.compile("ts|tz"), "c"),
    (re.compile("ee"), "i"),
    (re.compile("y"), "i"),
    (re.compile("w"), "v"),
    (re.compile("q|ck"), "k"),
)
_GLIDE = re.compile("(?<=[aeiou])i(?=[aeou])")

# One capital for a sound written with several letters.
_SOUNDS = (
    (re.compile("shch|sch|sh"), "S"),
    (re.compile("tsch|tch|ch|cz"), "C"),
    (re.compile("dzh|dj|zh"), "J"),
    (re.compile("ts|tz"), "Z"),
    (re.compile("kh"), "h"),
    (re.compile("gh"), "g"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("ck|q|c(?![eiyh])"), "k"),
    (re.compile("ou|oo"), "u"),
    (re.compile("ee|ie(?=$|[^aeiouy])"), "i"),
    (re.compile("j"), "J"),
    (re.compile("y"), "i"),
    (re.compile("w"), "v"),
    (re.compile("x"), "X"),
)


@lru_cache(maxsize=65536)
def romanise(text: str) -> str:
    """Lower-case ASCII of a text in any script; what no table romanises is left out."""
    plain = fold(text)
    if not plain.isascii():
        from anyascii import anyascii

        plain = anyascii(plain).lower()
    return plain_punctuation(plain)


@lru_cache(maxsize=65536)
def letters(text: str) -> str:
    """The letters a-z of the romanised text and nothing else."""
    return _NOT_LETTERS.sub("", romanise(text))


@lru_cache(maxsize=65536)
def same_spelling(text: str) -> str:
    """The letters with every sound in one spelling: equal for variants that differ in system alone."""
    word = letters(text)
    for pattern, other in _SAME:
        word = pattern.sub(other, word)
    return _GLIDE.sub("", _DOUBLED.sub(r"\1", word))


@lru_cache(maxsize=65536)
def sounds(text: str) -> str:
    """One symbol per sound (S = sh, C = ch, J = zh or j, Z = ts, X = x), doubled ones once."""
    word = letters(text)
    for pattern, other in _SOUNDS:
        word = pattern.sub(other, word)
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=4096)
def lacks_vowels(text: str) -> bool:
    """True for a name in a script that leaves vowels out (Arabic, Hebrew)."""
    return any(script(char) in _ABJADS for char in text)
