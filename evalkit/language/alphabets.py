"""Letters of two scripts: look-alikes within a word, and the words of languages that are written in two alphabets."""

from __future__ import annotations

from functools import lru_cache

import regex

from evalkit.language.packs import values_of

_LATIN, _CYRILLIC = "aceijopsxyABCEHIJKMOPSTXY", "асеіјорѕхуАВСЕНІЈКМОРЅТХУ"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)
# A word with letters of both, all those of the one being look-alikes of the other's: Нe of a text in Cyrillic.
_MIXED = r"\b(?=\w*{other})(?:{own}|[{alike}])+\b"
_IN_CYRILLIC = regex.compile(_MIXED.format(other=f"[{_LATIN}]", own=r"\p{Cyrillic}", alike=_LATIN))
_IN_LATIN = regex.compile(_MIXED.format(other=f"[{_CYRILLIC}]", own=r"\p{Latin}", alike=_CYRILLIC))
_ONE = regex.compile(r"\p{Cyrillic}")


def of_one_script(text: str) -> str:
    """The text with look-alike letters put right in words that mix them with letters of another script; as long as it
    was. A word of look-alikes alone is left as it is."""
    if text.isascii() or not _ONE.search(text):
        return text
    text = _IN_CYRILLIC.sub(lambda m: m[0].translate(_TO_CYRILLIC) if _ONE.search(m[0]) else m[0], text)
    return str(_IN_LATIN.sub(lambda m: m[0].translate(_TO_LATIN) if not _all_cyrillic(m[0]) else m[0], text))


def _all_cyrillic(word: str) -> bool:
    return all(_ONE.match(letter) for letter in word)


def in_both(words: str, lang: str, between: str = "|") -> str:
    """Words and the same in the other alphabet of the language; only the words where it has one."""
    pairs = _pairs(lang)
    if not pairs or not words:
        return words
    other = words
    back = bool(_ONE.search(words))
    for theirs, mine in pairs:
        other = other.replace(mine, theirs) if back else other.replace(theirs, mine)
    return f"{words}{between}{other}"


@lru_cache(maxsize=32)
def _pairs(lang: str) -> tuple[tuple[str, str], ...]:
    """What each letter of the one alphabet is in the other, the longest first."""
    listed = values_of("languages", "two_alphabets").get(lang, "").split()
    pairs = zip(listed[::2], listed[1::2], strict=True)
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
