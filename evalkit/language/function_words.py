"""Function words of English, and what counts as a content word when two texts are compared."""

from __future__ import annotations

from functools import lru_cache

from evalkit.language.codes import bare
from evalkit.language.packs import words_in_order, words_of
from evalkit.text.shared import shared
from evalkit.text.words import Word, fold, words

ENGLISH = words_of("en", "function_words.content")
_ENDINGS = words_in_order("en", "endings.of_rough_stems")


def capitalises_nouns(lang: str) -> bool:
    """True for languages that give every noun a capital, where a capital marks no name."""
    return bare(lang) in words_of("languages", "nouns_with_capitals")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough stem for telling inflected forms from other words; not for showing."""
    folded = fold(word).removesuffix("'s").replace("-", "")
    if len(folded) <= 3 or folded[0].isdigit():
        return folded
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            folded = folded[: -len(ending)]
            break
    return folded


def content(text: str) -> list[Word]:
    """The words of a text that carry meaning: no function words, no single letters of spaced scripts."""
    return [w for w in words(text) if is_content(w.text)]


@shared
def content_stems(text: str) -> frozenset[str]:
    """The rough stems of its content words."""
    return frozenset(stem(w.text) for w in content(text))


@shared
def all_stems(text: str) -> frozenset[str]:
    """The rough stems of all its words."""
    return frozenset(stem(w.text) for w in words(text))


@lru_cache(maxsize=65536)
def is_content(word: str) -> bool:
    """False for English function words and single Latin letters."""
    lowered = word.lower().replace("’", "'")
    return lowered not in ENGLISH and (len(word) > 1 or not word.isascii() or word.isdigit())
