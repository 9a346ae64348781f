"""Everyday words of a language: which are function words, and how rare the words of a phrase are."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

from evalkit.language.codes import bare
from evalkit.language.forms import tokens
from evalkit.language.packs import words_of
from evalkit.text.arithmetic import running_sum

# Languages whose own list of words that begin or end no term is asked; others take it from the word list.
_LISTED = ("en", "zh", "ja")
_NUMBER = 150  # function words are among the most frequent words of any language
_UNCUT = frozenset({"zh", "ja", "ko"})  # the list would need a package that cuts texts into words
_COMMONEST, _RAREST = 7.0, 2.0  # Zipf frequencies: 10 to the power of that in a billion words


def has_word_list() -> bool:
    """True where the extra `words` is installed."""
    return find_spec("wordfreq") is not None


@lru_cache(maxsize=32)
def function_words(lang: str) -> frozenset[str]:
    """Words that neither begin nor end a term; empty where neither a list of ours nor the extra knows any."""
    code = bare(lang)
    if code in _LISTED:
        return words_of(code, "function_words.terms")
    if not has_word_list():
        return frozenset()
    import wordfreq

    try:
        return frozenset(wordfreq.top_n_list(code, _NUMBER))
    except LookupError:
        return frozenset()


def rarity(phrase: str, lang: str) -> float:
    """0 to 1: how rare the words of a phrase are on average; 1 where there is no word list."""
    code = bare(lang)
    if code in _UNCUT or not has_word_list():
        return 1.0
    import wordfreq

    words = [w.text for w in tokens(phrase) if w.text.casefold() not in function_words(lang)]
    try:
        values = [wordfreq.zipf_frequency(word, code) for word in words]
    except LookupError:
        return 1.0
    mean = running_sum(values) / len(values) if values else _COMMONEST
    return max(0.0, min(1.0, (_COMMONEST - mean) / (_COMMONEST - _RAREST)))
