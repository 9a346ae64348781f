"""Full stops that end no sentence: abbreviations and ordinals, by language, and what stands within a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evalkit.language.packs import of_language, words_in_order, words_of

# What stands before a full stop, back to the white space, a mark or the apostrophe of an article ("l'Avv.").
_BEFORE = re.compile(r"[^\s()\[\]\"'“”„‟«»‹›‘’‚¿¡:;,–—]{1,16}\.\s*$")
_NUMBER = re.compile(r"(?:^|\s)([^\s\d]+)\s\d{1,2}\.\s*$")
_DAY = re.compile(r"(?:^|[\s(])\d{1,2}\.\s*$")
_WORD = re.compile(r"[^\W\d_]+")
# One letter of a name ("Діонісіо А. Лінд"); those of Latin letters are the library's.
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\s*$")
_COMPANY = "|".join(word.title() for word in words_in_order("abbreviations", "companies"))
_MAY_END = re.compile(
    rf"(?<![^\W\d_])(?:(?:[A-Z]\.){{2,5}}|(?:{_COMPANY})\.)"
    r"\s+([A-ZÀ-ÞА-Я][^\W\d_A-Z]{0,9})(?![^\W\d_])"
)
_IN_NAME = re.compile(r"\s\.|[A-Z\d]\.[A-Z]{2}")
# Within a number, or the label of an item without a space after it ("3.Arroz"); "1,000.That" is two sentences.
_IN_NUMBER = re.compile(r"\d[.．]\d|(?<![\d.,])\d[.．]\w|(?<=[^\d.,]\d)\d[.．]\w")
# The short form of a plural, of doubled capitals: "EE. UU.", "RR. HH."
_DOUBLED = re.compile(r"(?<![^\W\d_])([A-Z])\1\.\s?([A-Z])\2(?![^\W\d_])")
# Initials in a script without capitals are its letters' names, up to three characters with their vowels: "યુ. એસ."
_SPELT = re.compile(r"(?<![^\s(\"“«‘'])([^\W\d_])[^\s.]{0,2}\.\s?([^\W\d_])[^\s.]{0,2}\.")
_SPELT_BACK = 5  # three characters, the stop and a space
_ADDRESS = re.compile(r"(?:https?://|www\.|\S@)\S*$", re.IGNORECASE)
_ARABIC_TITLE = re.compile(r"(?:^|\s)[أ-ي]\.\s*$")
# As far back as an abbreviation, an ordinal with its article or an address is looked for.
_BACK = 24
_ADDRESS_BACK = 200
# One pack says what several writings of a language need.
_SAME = {"nn": "nb", "no": "nb", "fil": "tl", "hbs": "hr"}


@lru_cache(maxsize=64)
def _words(name: str, lang: str) -> frozenset[str]:
    return frozenset((of_language(_SAME.get(lang, lang), name, "abbreviations") or "").split())


@lru_cache(maxsize=64)
def _months(lang: str) -> frozenset[str]:
    """Names of the months of a language in small letters, as the CLDR has them; none where it has no such language."""
    from babel.core import UnknownLocaleError
    from babel.dates import get_month_names

    try:
        names = [
            name for context in ("format", "stand-alone") for name in get_month_names("wide", context, lang).values()
        ]
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(str(name).lower() for name in names)


def is_abbreviated(line: str, end: int, start: int, lang: str) -> bool:
    """True where the full stop before `end` ends no sentence, though the next one would start at `start`."""
    back = max(0, end - _BACK)
    token = _BEFORE.search(line, back, end)
    if token:
        word = token[0].rstrip().rstrip(".").lower()
        if word in _words("never_last", lang) or (lang == "ar" and _ARABIC_TITLE.search(line, back, end)):
            return True
        if line[start : start + 1].isdigit() and word in _words("before_number", lang):
            return True
        if line[start : start + 1].islower() and word in _words("before_small", lang):
            return True
    return _is_ordinal(line, end, start, lang) or _is_in_name(line, end, start)


def _is_ordinal(line: str, end: int, start: int, lang: str) -> bool:
    """True after a number with a full stop that counts: before a month, after an article ("im 20. Jahrhundert")."""
    if lang not in words_of("abbreviations", "ordinals_with_stop"):
        return False
    back = max(0, end - _BACK)
    if _DAY.search(line, back, end):
        after = _WORD.match(line, start)
        if after and after[0].lower() in _months(lang):
            return True
    counted = _NUMBER.search(line, back, end)
    return counted is not None and counted[1].lower() in _words("before_ordinals", lang)


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
    """True between two initials of a script without capitals."""
    match = _SPELT.search(line, max(0, end - _SPELT_BACK), end + _SPELT_BACK)  # the second initial is as long
    if match is None or not match.start() < end - 1 < match.start(2):
        return False
    return all(not letter.islower() and not letter.isupper() for letter in match.groups())


def _is_other_capital(line: str, end: int) -> bool:
    """True after a capital of another script than Latin."""
    letter = line[max(0, end - 4) : end].rstrip(". ")[-1:]
    return letter.isupper() and not letter.isascii()


def ends_of_initials(line: str, lang: str) -> Iterator[int]:
    """Ends of "U.S.A." and "& Co." before a word that starts a sentence; the library sees none there."""
    openers = _words("openers", lang)
    for match in _MAY_END.finditer(line) if openers else ():
        if match[1].lower() in openers and (len(match[1]) > 1 or lang == "en"):
            yield match.start() + len(match[0][: match.start(1) - match.start()].rstrip())
