"""Whether two forms of a name are two spellings of one, by systems of romanisation and by keyboards."""

from __future__ import annotations

import re
from itertools import groupby

from evalkit.language.packs import rows_of
from evalkit.language.romanise import letters, same_spelling, sounds

# Letters that other keyboards write as two.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss"})
# Names of people and places that have several forms in use, each row one of them.
_IN_USE = (*rows_of("languages", "given_names"), *rows_of("en", "names.aliases"))
_YE = re.compile(r"(^|[aeiou])ye(?!(\w)\2)")  # not Yellen


def is_variant(word: str, other: str, *, place: bool = False) -> bool:
    """True where the two differ only in the system of romanisation (kh = h, zh = j, ou = u ...). A `w` for a `v` by
    itself is another alphabet's habit and no system (Dworak); a `place` has one spelling, in which a doubled letter is
    not left out (Tallin)."""
    a, b = letters(word), letters(other)
    if a != b and (a.replace("w", "v") == b.replace("w", "v") or (place and _single(a) == _single(b))):
        return False
    if same_spelling(word) == same_spelling(other) or sounds(word) == sounds(other):
        return True
    if _glides(a) == _glides(b) or same_spelling(_glides(a)) == same_spelling(_glides(b)):
        return True
    return _spelt_out(word) == _spelt_out(other)


def are_both_in_use(name: str, other: str) -> bool:
    """True for two names of as many words of which those that differ are two known forms of one: Ebrahim and Ibrahim
    Raisi, the Yangtze and the Yangzi River."""
    mine, theirs = ([letters(word) for word in text.split()] for text in (name, other))
    differing = [{a, b} for a, b in zip(mine, theirs, strict=False) if a != b]
    return len(mine) == len(theirs) and bool(differing) and all(any(p <= row for row in _IN_USE) for p in differing)


def _single(word: str) -> str:
    """The letters, doubled ones once."""
    return "".join(char for char, _ in groupby(word))


def _spelt_out(word: str) -> str:
    """The letters with every umlaut and its kin in two letters: Schröder, Schroeder."""
    return letters(word.casefold().translate(_UMLAUTS))


def _glides(word: str) -> str:
    """j as German, Slavic and Nordic spellings use it, for y; the Russian yo and ye as e: Artyom, Artjom, Artem;
    Yevmenov, Evmenov; Sergeyev, Sergeev."""
    return _YE.sub(r"\1e", word.replace("j", "y").replace("yo", "e"))
