"""Which words a language has, by the package wordfreq (optional): for rules that a configuration asks for."""

from __future__ import annotations

import sys
from functools import lru_cache

from evalkit.errors import MissingExtraError
from evalkit.text.lists import in_order

# The package's measure of a word: log10 of its uses per thousand million words; 0 where it has none.
RARE = 1.5
USUAL = 3.5  # Zipf frequency: three times in a million words, known to every reader
_OTHERS = in_order("de fr es it pt nl sv da nb pl cs fi hu ro tr id")


@lru_cache(maxsize=1)
def _package() -> object:
    try:
        import wordfreq
    except ImportError:
        raise MissingExtraError("wordfreq", "words", "looking words up in a vocabulary") from None
    return wordfreq


@lru_cache(maxsize=65536)
def frequency(word: str, lang: str) -> float:
    """The Zipf frequency of a word, 0.0 for one the package does not list; MissingExtraError without it."""
    return float(_package().zipf_frequency(word.lower(), lang))  # type: ignore[attr-defined]


def is_known_language(lang: str) -> bool:
    """True where the package has a list for the language."""
    return lang in _package().available_languages()  # type: ignore[attr-defined]


@lru_cache(maxsize=65536)
def foreign_language(word: str, lang: str) -> str:
    """The other language a word is usual in, or an empty string; words rare in both are no evidence."""
    here = frequency(word, lang)
    if here >= RARE + 1:
        return ""
    found = max(((frequency(word, other), other) for other in _OTHERS if other != lang), default=(0.0, ""))
    return found[1] if found[0] >= max(USUAL, here + 2) else ""


@lru_cache(maxsize=65536)
def is_foreign_noun(word: str, lang: str) -> bool:
    """True for a usual word of German, whose nouns have capitals, that is rare in `lang`."""
    return lang != "de" and frequency(word, "de") >= USUAL and frequency(word, lang) < RARE + 1


@lru_cache(maxsize=4)
def usual_words(lang: str) -> tuple[str, ...]:
    """The 50,000 most usual words of a language, most usual first."""
    return tuple(_package().top_n_list(lang, 50_000))  # type: ignore[attr-defined]


def forget_lists() -> None:
    """Lets the package's own lists go, which it keeps of every language it was ever asked for, some 35 MB each."""
    package = sys.modules.get("wordfreq")
    for name in ("get_frequency_list", "get_frequency_dict"):
        clear = getattr(getattr(package, name, None), "cache_clear", None)
        if clear is not None:
            clear()
