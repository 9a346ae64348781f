"""Times of day and of a match, and how the other side may say them: halb sechs, 3分46秒, the 28th minute."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from evalkit.detectors.numbers.figures import Figures
from evalkit.detectors.numbers.pairs import Placed, nearest
from evalkit.language.numbers.lexicon import BY_CHARACTER, fold
from evalkit.language.numbers.quantity import Quantity
from evalkit.language.packs import values_of
from evalkit.text.words import is_unspaced

_HALVES = ("15", "30", "45")  # minutes that have words
_HALF_HOURS: dict[str, str] = values_of("languages", "half_hours")
_MOMENT = re.compile(r"(?<![\d:.,])(?P<m>\d{2,3})[:：][0-5]\d(?![\d:])")
_MINUTES_WIDE = 4  # characters before and behind the minutes or the seconds: 120:
_HALF_DAY = 12  # hours
_NO_MINUTE = 100


def half_said(q: Quantity, text: str, lang: str) -> bool:
    """True where a word for a half or a quarter may say the minutes of a time: halb sechs for 5:30. Of a language whose
    words are not known, where the minutes have such words."""
    clock = [value.partition(":")[2] for kind, value in q.keys if kind == "t"]
    if q.kind != "time" or not clock or clock[0] not in _HALVES:
        return False
    pattern = _half_words(lang)
    return pattern is None or bool(pattern.search(fold(text)))


@lru_cache(maxsize=64)
def _half_words(lang: str) -> re.Pattern[str] | None:
    words = _HALF_HOURS.get(lang)
    begins = "" if lang in BY_CHARACTER or is_unspaced(lang) else r"(?<!\w)"
    return re.compile(rf"{begins}(?:{words})") if words else None


def hour_alone(a: Placed, b: Placed) -> bool:
    """True for an hour beside a time of this hour whose minutes are then lost: 17 h, 5.30pm."""
    hours = {value[:2] for kind, value in b.quantity.keys if kind == "t" and not value.endswith(":00")}
    if b.quantity.kind != "time" or not hours:
        return False
    q = a.quantity
    if q.kind == "time":
        return not hours.isdisjoint(value[:2] for kind, value in q.keys if kind == "t" and value.endswith(":00"))
    said = {int(hour) for hour in hours}
    return q.kind == "number" and q.value is not None and q.value in said | {hour % _HALF_DAY for hour in said}


class Moments:
    """The moments of a match that a side gives to the second, and its numbers."""

    def __init__(self, side: Sequence[Placed]) -> None:
        self.minutes = frozenset(minute for p in side if (minute := _moment(p)) is not None)
        self.numbers = frozenset(p.quantity.value for p in side if p.quantity.kind in ("number", "hint"))


def begun_minute(item: Placed, others: Moments) -> bool:
    """True for a minute of a match, and for the moment that the other side gives to the second: a goal on 27:37 falls
    in the 28th minute."""
    q = item.quantity
    moment = _moment(item)
    if moment is not None:
        return moment + 1 in others.numbers
    return q.kind == "number" and (q.value or 0) - 1 in others.minutes


def is_seconds(item: Placed, figures: Figures) -> bool:
    """True for the seconds of a moment, which nobody says who says the minute alone."""
    alone = _moment(item) is not None and item.passage.text[item.quantity.start - 1 : item.quantity.start] in ":："
    return alone and not figures.beginnings


def _moment(item: Placed) -> int | None:
    """The minutes of a moment such as 27:37, which no clock has; of its seconds as well."""
    text, q = item.passage.text, item.quantity
    around = _MOMENT.search(text, max(0, q.start - _MINUTES_WIDE), q.end + _MINUTES_WIDE)
    if around is None or not (around.start() <= q.start and q.end <= around.end()):
        return None
    minutes = int(around["m"])
    return minutes if minutes > 2 * _HALF_DAY else None


def is_minute(number: Quantity, time: Quantity, figures: Figures) -> bool:
    """True for a figure that no clock has for an hour where its side has the hour of a time as another: 3分46秒."""
    hours = {int(value.partition(":")[0]) % _HALF_DAY for kind, value in time.keys if kind == "t"}
    in_minutes = number.kind == "number" and 2 * _HALF_DAY < (number.value or 0) < _NO_MINUTE
    return in_minutes and not hours.isdisjoint(figures.hours)


def is_told_minute(item: Placed, times: Sequence[Placed], figures: Figures) -> bool:
    """True for the minutes of a time of the other side beside their hour: pukul 5 lewat 30."""
    q = item.quantity
    return any(
        is_minute(q, p.quantity, figures) and value.endswith(f":{int(q.value or 0):02}")
        for p in nearest(item, times)
        if p.quantity.kind == "time"
        for kind, value in p.quantity.keys
        if kind == "t"
    )
