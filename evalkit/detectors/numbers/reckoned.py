"""What an English source says in measures and times that translators reckon for their readers, in its short forms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from evalkit.detectors.numbers.answers import RATIOS, ROUNDED_BY
from evalkit.detectors.numbers.pairs import Placed, nearest
from evalkit.language.packs import has_list, pattern_of, values_of, words_in_order

_FEET = re.compile(
    r"(?<!\d)\d+"
    r"(?:['′’]|-(?:foot|feet)-|\s?(?:ft|foot|feet)\.?,?\s|['′’] (?=\d+\s?[\"″”“]))\d{1,2}(?:[\"″”“]|\s?in\b)?(?!\d)",
    re.IGNORECASE,
)
_INCHES = re.compile(r"\d[\"″”](?!\w)")
_MARKS = re.compile(r"[\"“”„″]")
_STONE = re.compile(
    r"(?<!\d)\d+(?<!\b1)\s?st(?:\s\d{1,2}\s?lbs?)?\b(?!\.)"  # but not 1st
    r"|(?<!\d)\d+\sstone\b(?!\s[a-z])"  # but not 12 stone steps
)
_NEEDS_NO_SPACE = ("in", "ins")  # 30 in London
_SPEEDS = {"mile": (Decimal("0.447"), Decimal("0.869"))}  # metres a second, knots
_OVEN = Decimal("0.03")  # 350 °F of an oven are said as 180 °C
_LEAST_RECKONED = 13  # smaller ones are parts of a measure, or said in words
_DEGREES = Decimal(3)  # a temperature is rounded to three degrees at most
_QUARTER = 15  # minutes: no time zone is off by less


class Reckoned(NamedTuple):
    """A place of the source; its unit, empty for a time of a time zone."""

    start: int
    end: int
    unit: str


_LONG = 30  # characters within a number: no figure has more, and a run without end would be tried from each of them


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
        rf"\d(?:[\d.,]{{0,{_LONG}}}\d)?(?:\s?(?:[-–]|{between})\s?\d[\d.,]{{0,{_LONG}}})?[\s-]?"
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
    marks = [m.start() for m in _MARKS.finditer(text)]
    for m in _INCHES.finditer(text):
        if not bisect_left(marks, m.end() - 1) % 2:  # no quotation is open that may end here
            yield Reckoned(m.start(), m.end(), "inch")
    units = values_of(lang, "numbers.short_measures")
    for m in short.finditer(text):
        yield Reckoned(m.start(), m.end(), str(units[m["u"]]))


def may_be_reckoned(item: Placed, unit: str, others: Sequence[Placed]) -> bool:
    """True where another side may have a measure of this unit in another one; small numbers are parts of a measure
    (6ft 4in), or said in words, and a time zone has no unit."""
    q = item.quantity
    if not unit or q.value is None or q.value < _LEAST_RECKONED:
        return True
    said = [abs(p.quantity.value) for p in nearest(item, others) if p.quantity.value]
    if unit == "fahrenheit":
        return any(abs((q.value - 32) * 5 / 9 - value) <= max(_DEGREES, value * _OVEN) for value in said)
    ratios = [*RATIOS.get(unit, ()), *_SPEEDS.get(unit, ())]
    return not ratios or any(abs(value / q.value / ratio - 1) <= 2 * ROUNDED_BY for ratio in ratios for value in said)


def minutes(side: list[Placed]) -> frozenset[int]:
    """The minutes of the times of a side, by what they are past a quarter."""
    clock = (value for p in side if p.quantity.kind == "time" for kind, value in p.quantity.keys if kind == "t")
    return frozenset(int(value.partition(":")[2]) % _QUARTER for value in clock)
