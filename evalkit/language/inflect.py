"""The forms of a word that count as the same word when terms are looked for.

English: plural, possessive, -ed and -ing, British and American spelling. Other languages with spaces: the
same beginning and a short ending. Rough on purpose: it compares words of listed forms only, in order.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evalkit.text import fold

_POSSESSIVE = re.compile(r"'s$|'$")
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "lives": "life", "feet": "foot",
    "built": "build", "held": "hold", "made": "make", "shared": "shared", "united": "united", "crises": "crisis",
}  # fmt: skip
# Endings in -s that are no plural, and words too short to lose one.
_NO_PLURAL = re.compile(r"(?:ss|us|is|news)$")
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{2})our(?=$|s|ed|ing|ly|able|hood)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e$|ed$|es$|ing$|ation|ations$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})tre$"), "ter"),
    (re.compile(r"(?<=[a-z]{3})ence$"), "ense"),
    (re.compile(r"(?<=[a-z]{3})ogue$"), "og"),
    (re.compile(r"amme$"), "am"),
)
_LONGEST_ENDING = 2


@lru_cache(maxsize=65536)
def stem(word: str, lang: str = "en") -> str:
    """The part of a word that its inflected forms share; folded. Only English is reduced."""
    base = _POSSESSIVE.sub("", fold(word))
    if lang.partition("-")[0].lower() != "en" or not base.isalpha() or len(base) < 4:
        return base
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    singular = _singular(base)
    for pattern, other in _SPELLINGS:
        singular = pattern.sub(other, singular)
    return _verb(singular)


def _singular(word: str) -> str:
    if not word.endswith("s") or _NO_PLURAL.search(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:[sxz]|ch|sh)es$", word):
        return word[:-2]
    return word[:-1]


def _verb(word: str) -> str:
    """-ed and -ing removed with a doubled consonant or a silent e, where a word of 3 letters remains."""
    bare = word.removesuffix("ed") if word.endswith("ed") else word.removesuffix("ing")
    inflected = bare != word and re.fullmatch("[a-z]+", bare) is not None and re.search("[aeiouy]", bare) is not None
    base = bare if inflected and len(bare) >= 3 else word
    if inflected and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
        base = base[:-1]
    return base.removesuffix("e") if len(base) > 3 else base


@lru_cache(maxsize=65536)
def same_word(word: str, other: str, lang: str) -> bool:
    """True where both may be forms of one word of the language."""
    a, b = stem(word, lang), stem(other, lang)
    if a == b:
        return True
    if lang.partition("-")[0].lower() == "en" or min(len(a), len(b)) < 4:
        return False
    shorter = min(len(a), len(b))
    shared = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    return shared >= max(4, len(b) - _LONGEST_ENDING) and abs(len(a) - len(b)) <= _LONGEST_ENDING
