"""What an English source says in measures and times that translators reckon for their readers, in its short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.packs import has_list, pattern_of, values_of, words_in_order

_FEET = re.compile(r"\d+(?:['′]|-(?:foot|feet)-|\s?(?:ft|foot|feet),?\s)\d{1,2}(?:[\"″]|\s?in\b)?(?!\d)", re.IGNORECASE)
_STONE = re.compile(r"\d+(?<!\b1)\s?st(?:\s\d{1,2}\s?lbs?)?\b(?!\.)")  # but not 1st
_NEEDS_NO_SPACE = ("in", "ins")  # 30 in London


class Reckoned(NamedTuple):
    """A place of the source; its unit, empty for a time of a time zone."""

    start: int
    end: int
    unit: str


@lru_cache(maxsize=8)
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Of times with their zone, and of numbers with the short form of a measure."""
    zone = re.compile(
        rf"\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?,?\s?\(?(?:{pattern_of(lang, 'numbers.time_zones')})(?![^\W_])"
    )
    forms = "|".join(
        rf"(?<=\d){form}" if form in _NEEDS_NO_SPACE else re.escape(form)
        for form in values_of(lang, "numbers.short_measures")
    )
    between = "|".join(words_in_order(lang, "numbers.ranges"))
    short = re.compile(
        rf"\d(?:[\d.,]*\d)?(?:\s?(?:[-–]|{between})\s?\d[\d.,]*)?[\s-]?"
        rf"(?:(?:sq|cu)(?:uare|bic)?\s)?(?P<u>{forms})(?![^\W_])(?!\s?(?:C\b|Celsius|centigrade))"
    )
    return zone, short


def reckoned(text: str, lang: str) -> Iterator[Reckoned]:
    """The places; none in a source of another language, whose words for measures are read by name."""
    if not any(map(str.isdigit, text)) or not has_list(lang, "numbers.short_measures"):
        return
    zone, short = _patterns(lang)
    for m in zone.finditer(text):
        yield Reckoned(m.start(), m.end(), "")
    for pattern, unit in ((_FEET, "foot"), (_STONE, "stone")):
        for m in pattern.finditer(text):
            yield Reckoned(m.start(), m.end(), unit)
    units = values_of(lang, "numbers.short_measures")
    for m in short.finditer(text):
        yield Reckoned(m.start(), m.end(), str(units[m["u"]]))
