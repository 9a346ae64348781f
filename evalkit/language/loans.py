"""Words of English that many languages have taken in: where one stands, nothing was left untranslated."""

from __future__ import annotations

from evalkit.language.packs import words_of

_LOANS = words_of("languages", "loans_of_english")


def is_loan(word: str) -> bool:
    """True for such a word in small letters, or its plural: weekend, benchmarks."""
    return word in _LOANS or word.removesuffix("s") in _LOANS
