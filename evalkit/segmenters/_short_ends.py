"""Full stops that shorten a word and end the sentence too: "U.S.A.", "& Co.", "etc.", "5 km." before a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evalkit.language.packs import words_in_order
from evalkit.segmenters._abbreviations import words_of_language

_COMPANY = "|".join(word.title() for word in words_in_order("abbreviations", "companies"))
_UNITS = "|".join(words_in_order("abbreviations", "units"))
# Initials, a company, the time before and after Christ, a doubled plural; then a word with a capital.
_INITIALS = re.compile(
    rf"(?<![^\W\d_])(?:(?:[A-Z]\.){{2,5}}|(?:{_COMPANY})\.|[ad]\.\s?C\.|([A-Z])\1\.\s?([A-Z])\2\.)"
    r"\s+(?P<after>[A-ZÀ-ÞА-Я][^\W\d_A-Z]{0,9})(?![^\W\d_])"
)
_AFTER = r"(?=\s+(?P<after>[^\W\d_]+['’]?))"
_UNIT = re.compile(rf"\d\s?(?:{_UNITS})\.{_AFTER}")
_NOUNS_WITH_CAPITALS = ("de", "lb")


@lru_cache(maxsize=64)
def _enumeration(lang: str) -> re.Pattern[str] | None:
    """What closes an enumeration ("etc.", "и т. д."); None where no word is known."""
    words = sorted(words_of_language("closes_enumeration", lang))
    joined = "|".join(re.escape(word).replace(r"\.", r"\.\s?").replace("_", r"\s") for word in words)
    return re.compile(rf"(?<![^\W\d_])(?:{joined})\.{_AFTER}", re.IGNORECASE) if words else None


def short_ends(line: str, lang: str) -> Iterator[int]:
    """Ends of sentences after a full stop that also shortens a word; the library sees none there."""
    openers = words_of_language("openers", lang)
    for match in _INITIALS.finditer(line) if openers else ():
        after = match["after"].lower()
        a_word = len(after) > 1 or lang == "en" or not after.isascii()  # a capital by itself may be an initial
        if line[: match.start()].strip() and a_word and after in openers:  # not "P.S. I love you"
            yield match.start() + len(match[0][: match.start("after") - match.start()].rstrip())
    for pattern in (_enumeration(lang), _UNIT):
        for match in pattern.finditer(line) if pattern else ():
            if _starts(match["after"], openers, lang):
                yield match.end()


def _starts(word: str, openers: frozenset[str], lang: str) -> bool:
    """True for a word with a capital that no noun of this language needs, and that is no initial."""
    if not word[0].isupper():
        return False
    return word.lower() in openers or (len(word) > 1 and lang not in _NOUNS_WITH_CAPITALS)
