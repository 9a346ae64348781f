"""Full stops that end no sentence: abbreviations and ordinals, by language, and what stands within a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from evalkit.language.packs import of_language, words_of

# What stands before a full stop, back to the white space, a mark or the apostrophe of an article ("l'Avv.").
_BEFORE = re.compile(r"[^\s()\[\]\"'“”„‟«»‹›‘’‚¿¡:;,–—]{1,16}\.\s*$")
_NUMBER = re.compile(r"(?:^|\s)([^\s\d]+)\s\d{1,2}\.\s*$")
_DAY = re.compile(r"(?:^|[\s(])\d{1,2}\.\s*$")
_WORD = re.compile(r"[^\W\d_]+")
# Any number that may count: a year too ("2014. gada").
_COUNTS = re.compile(r"(?:^|[\s(])\d{1,4}\.\s*$")
# One letter of a name ("Діонісіо А. Лінд"); those of Latin letters are the library's.
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\s*$")
_IN_NAME = re.compile(r"\s\.|[A-Z\d]\.[A-Z]{2}")
# Within a number, or the label of an item without a space after it ("3.Arroz"); "1,000.That" is two sentences.
_IN_NUMBER = re.compile(r"\d[.．]\d|(?<![\d.,])\d[.．]\w|(?<=[^\d.,]\d)\d[.．]\w")
# The short form of a plural, of doubled capitals: "EE. UU.", "RR. HH."
_DOUBLED = re.compile(r"(?<![^\W\d_])([A-Z])\1\.\s?([A-Z])\2(?![^\W\d_])")
# Initials in Hebrew and the scripts of India are the letters' names, up to three characters: "યુ. એસ.", "אף.בי.איי"
_LETTER = "[\u05d0-\u05ea\u0900-\u0dff]"
_SPELT = re.compile(rf"(?<![^\s(\"“«‘'])({_LETTER})[^\s.]{{0,2}}\.\s?({_LETTER})[^\s.]{{0,2}}\.")
_SPELT_BACK = 5  # three characters, the stop and a space
_ADDRESS = re.compile(r"(?:https?://|www\.|\S@)\S*$", re.IGNORECASE)
_ARABIC_TITLE = re.compile(r"(?:^|\s)[أ-ي]\.\s*$")
# "5 см." is no "see", which the same letters shorten.
_UNITS = words_of("abbreviations", "units")
_MEASURED = re.compile(r"\d\s?$")
# As far back as an abbreviation, an ordinal with its article or an address is looked for.
_BACK = 24
_ADDRESS_BACK = 200
# One pack says what several writings of a language need.
_SAME = {"nn": "nb", "no": "nb", "fil": "tl", "hbs": "hr"}


@lru_cache(maxsize=64)
def words_of_language(name: str, lang: str) -> frozenset[str]:
    """The words of a list for this language, or for the one whose pack serves it; none where it has none."""
    return frozenset((of_language(_SAME.get(lang, lang), name, "abbreviations") or "").split())


@lru_cache(maxsize=64)
def _months(lang: str, *, short: bool = False) -> frozenset[str]:
    """Names of the months of a language in small letters, as the CLDR has them, or what it shortens them to; none
    where it has no such language."""
    from babel.core import UnknownLocaleError
    from babel.dates import get_month_names

    def names(width: Literal["wide", "abbreviated"]) -> set[str]:
        found = (get_month_names(width, context, lang).values() for context in ("format", "stand-alone"))
        return {str(name).lower().rstrip(".") for group in found for name in group}

    try:
        return frozenset(names("abbreviated") - names("wide") if short else names("wide"))
    except (UnknownLocaleError, ValueError):
        return frozenset()


def is_abbreviated(line: str, end: int, start: int, lang: str) -> bool:
    """True where the full stop before `end` ends no sentence, though the next one would start at `start`."""
    return _is_short(line, end, start, lang) or _is_ordinal(line, end, start, lang) or _is_in_name(line, end, start)


def _is_short(line: str, end: int, start: int, lang: str) -> bool:
    """True after a short word that ends no sentence before what starts here."""
    back = max(0, end - _BACK)
    token = _BEFORE.search(line, back, end)
    if token is None:
        return False
    word, after = token[0].rstrip().rstrip(".").lower(), line[start : start + 1]
    if lang == "ar" and _ARABIC_TITLE.search(line, back, end):
        return True
    if after.isdigit() and (word in words_of_language("before_number", lang) or word in _months(lang, short=True)):
        return True
    if after.islower() and word in words_of_language("before_small", lang):
        return True
    measured = word in _UNITS and _MEASURED.search(line, max(0, back - 2), token.start())
    return word in words_of_language("never_last", lang) and not measured


def _is_ordinal(line: str, end: int, start: int, lang: str) -> bool:
    """True after a number with a full stop that counts: before a month, after an article ("im 20. Jahrhundert")."""
    if lang not in words_of("abbreviations", "ordinals_with_stop"):
        return False
    back = max(0, end - _BACK)
    after = _WORD.match(line, start)
    word = after[0].lower() if after else ""
    if _DAY.search(line, back, end) and (word in _months(lang) or word in _months(lang, short=True)):
        return True
    if _COUNTS.search(line, back, end) and line[start : start + 1].islower():
        return True
    counted = _NUMBER.search(line, back, end)
    return (
        counted is not None
        and counted[1].lower() in words_of_language("before_ordinals", lang)
        and word not in words_of_language("openers", lang)
    )


def _is_in_name(line: str, end: int, start: int) -> bool:
    """True within a name, a number or an address that goes on: "U.S.", "ASP.NET", "3.Arroz", "example.Com"."""
    if _INITIAL.search(line, max(0, end - 3), end) and (start == end or _is_other_capital(line, end)):
        return True
    if end < 2 or line[end - 1] not in ".．":
        return False
    if start - end <= 1 and (_DOUBLED.match(line, max(0, end - 3)) or _is_spelt(line, end)):
        return True
    if start != end:
        return False
    if _IN_NAME.match(line, end - 2) or _IN_NUMBER.match(line, end - 2):
        return True
    return _ADDRESS.search(line, max(0, end - _ADDRESS_BACK), end) is not None


def _is_spelt(line: str, end: int) -> bool:
    """True between two initials that are the names of letters."""
    match = _SPELT.search(line, max(0, end - _SPELT_BACK), end + _SPELT_BACK)  # the second initial is as long
    return match is not None and match.start() < end - 1 < match.start(2)


def _is_other_capital(line: str, end: int) -> bool:
    """True after a capital of another script than Latin."""
    letter = line[max(0, end - 4) : end].rstrip(". ")[-1:]
    return letter.isupper() and not letter.isascii()
