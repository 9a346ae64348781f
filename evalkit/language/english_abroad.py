"""Everyday words of English in other languages: which are usual there too, by how often texts have them."""

from __future__ import annotations

from functools import lru_cache

from evalkit.language.codes import bare
from evalkit.language.packs import values_of, words_of

_SAME = {"no": "nb"}  # a code of the same language


def is_english_abroad(word: str, lang: str) -> bool | None:
    """True for an everyday word of English (small letters) that is rare in the language, False for one that is usual
    there; None where the word is not everyday, or the language not known."""
    code = bare(lang)
    code = _SAME.get(code, code)
    if code not in _languages():
        return None
    usual_in = _usual_in().get(word)
    return None if usual_in is None else code not in usual_in


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return words_of("english_abroad", "languages_told_from_english")


@lru_cache(maxsize=1)
def _usual_in() -> dict[str, frozenset[str]]:
    groups = values_of("english_abroad", "usual_in")
    return {word: frozenset(name.split("_")) for name, words in groups.items() for word in words.split()}
