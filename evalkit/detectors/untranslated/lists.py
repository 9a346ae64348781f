"""Everyday words of other languages that English does not have, and loans that it has; the lists are data."""

from __future__ import annotations

from evalkit.language.function_words import ENGLISH
from evalkit.language.packs import words_of

# Words that stand in English names, phrases and abbreviations as well.
BETWEEN = words_of("en", "foreign_between")
COMMON = (
    frozenset().union(*(words_of(lang, "everyday_words") for lang in ("de", "fr", "es", "it", "pt", "cs", "pl")))
    - ENGLISH
    - words_of("en", "also_english")
    - BETWEEN
)
# German nouns that are surnames as well.
SURNAMES = words_of("de", "surnames")
LOANS = words_of("en", "loans")
