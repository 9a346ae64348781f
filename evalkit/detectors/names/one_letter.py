"""Names one letter off one another: what both comparisons of them ask, with a source and within one text."""

from __future__ import annotations

from collections.abc import Iterable

from evalkit.language.dictionaries import is_known
from evalkit.language.name_cues import world_words
from evalkit.language.name_forms import one_letter_apart, shared_beginning
from evalkit.language.name_variants import is_variant
from evalkit.language.romanise import letters
from evalkit.text.words import fold


def is_slip(word: str, name: str) -> bool:
    """True where one letter behind the first is lost, added, exchanged or swapped, which is no matter of spelling."""
    mine, theirs = letters(word), letters(name)
    return mine != theirs and mine[:1] == theirs[:1] and one_letter_apart(word, name) and not is_variant(word, name)


def differs_at_end(word: str, name: str, most: int = 1) -> bool:
    """True where the letters part no sooner than so many before the end of the shorter word, as those of endings do."""
    mine, theirs = letters(word), letters(name)
    return shared_beginning(mine, theirs) >= min(len(mine), len(theirs)) - most


def is_word(word: str, lang: str, others: Iterable[str] = ()) -> bool:
    """True for a word, or the plural of one, in the dictionary of its language or of one of the others, and for a
    place, month or language by its name there."""
    langs = dict.fromkeys((lang, *others))
    forms = dict.fromkeys((word, word.removesuffix("s")))
    return fold(word) in world_words(lang) or any(in_dictionary(form, of) for form in forms for of in langs)


def in_dictionary(word: str, lang: str) -> bool:
    """True for a word that the dictionary has, with a capital or without."""
    return is_known(word, lang) or is_known(word.lower(), lang)
