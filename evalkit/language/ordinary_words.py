"""Whether a word with a capital is an ordinary word of its language, by the dictionaries."""

from __future__ import annotations

from functools import lru_cache

from evalkit.language.dictionaries import is_known, lemma
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.packs import words_in_order

_FIRST, _LAST = 3, 4  # letters of the parts of a compound at least: shorter ones end any name (-ran, -son)
_LONGEST = 60  # no word; not worth cutting in every place
# What joins the parts of a German compound.
_JOINTS = ("", *words_in_order("de", "compound_joints"))


@lru_cache(maxsize=65536)
def is_ordinary_word(word: str, lang: str) -> bool:
    """True for a word the dictionary has, unless it has it as a name: with a capital only. Where nouns have a capital
    too that tells nothing, and compounds are words as well. False for languages without a dictionary."""
    if capitalises_nouns(lang):
        return is_known(word, lang) or _is_compound(word, lang)
    return is_known(word, lang) and lemma(word.lower(), lang)[:1].islower()


def _is_compound(word: str, lang: str) -> bool:
    """True where the word is two words of the dictionary, joined as German joins them."""
    if len(word) > _LONGEST:
        return False
    for cut in range(_FIRST, len(word) - _LAST + 1):
        first, second = word[:cut], word[cut:]
        if not is_known(second.capitalize(), lang):
            continue
        if any(
            first.endswith(j) and len(first) - len(j) >= _FIRST and is_known(first[: cut - len(j)], lang)
            for j in _JOINTS
        ):
            return True
    return False
