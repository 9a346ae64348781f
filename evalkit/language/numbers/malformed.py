"""Dates that are wrong by themselves: days no calendar has, endings no number takes."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.language.codes import bare
from evalkit.language.numbers.dates import DAY, FULL, NO_DAY_BEFORE, NUMERIC, SHORT, SUFFIX, YEAR, day_first
from evalkit.language.packs import pattern_of, words_in_order


class Malformed(NamedTuple):
    """A date no reader would accept, and why."""

    start: int
    end: int
    reason: str


_DIGIT = re.compile(r"\d")
_M = "|".join([*FULL, *SHORT])
_COMMA_DAY = re.compile(rf"(?<!\w)(?<![Ii]n )(?P<m>{_M})\.?,\s+{DAY}(?=\s*(?:[,;:).]|$)(?!\d)(?!,\d)|,?\s+{YEAR})")
_FOLLOWERS = "|".join(words_in_order("en", "days_followed_by"))
_BARE_DAY = re.compile(
    rf"\b(?:the\s+)?(?:{pattern_of('en', 'times_of_day')})\s+of\s+"
    rf"(?P<d>{DAY})(?=\s*(?:[,;:.)](?!\d)|$)|\s+(?:{_FOLLOWERS})\b)",
    re.IGNORECASE,
)
_ON_BARE_DAY = re.compile(rf"(?:^|[.!?]\s+)(?P<d>On {DAY})(?=,\s+[^\W\d])")
_TEXT_DAY = (
    re.compile(rf"(?<![\d.,:/-])(?P<d>\d{{1,2}})(?P<s>{SUFFIX})?\s+(?:of\s+)?(?P<m>{_M})\b\.?(?:,?\s+(?P<y>{YEAR}))?"),
    re.compile(rf"\b(?P<m>{_M})\.?\s+(?P<d>\d{{1,2}})(?P<s>{SUFFIX})?\b(?![.,:/-]\d|%|\s*(?:{NO_DAY_BEFORE}))(?:,?\s+(?P<y>{YEAR}))?"),
)  # fmt: skip
_MONTH_NUMBER = {**{name: n for n, name in enumerate(FULL, 1)}, **SHORT}


def malformed(text: str, tag: str) -> list[Malformed]:
    """Dates that are wrong by themselves; written-out dates in English only.

    A country in the tag says in which order a date in figures is: 31/12/2024 is none in en-US.
    """
    if not _DIGIT.search(text):
        return []
    lang = bare(tag)
    found = list(_impossible_numbers(text, tag))
    if lang == "en":
        found += [Malformed(m.start(), m.end(), "a comma separates month and day") for m in _COMMA_DAY.finditer(text)]
        found += [Malformed(m.start(), m.end("d"), "a day without its month") for m in _BARE_DAY.finditer(text)]
        found += [Malformed(m.start("d"), m.end("d"), "a day without its month") for m in _ON_BARE_DAY.finditer(text)]
        found += _impossible_words(text)
    kept: list[Malformed] = []
    for item in sorted(found):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _impossible_words(text: str) -> Iterator[Malformed]:
    for pattern in _TEXT_DAY:
        for m in pattern.finditer(text):
            day, month = int(m["d"]), _MONTH_NUMBER[m["m"]]
            if day > 31 and not m["y"]:
                continue
            longest = calendar.monthrange(int(m["y"]), month)[1] if m["y"] else calendar.monthrange(2000, month)[1]
            if day == 0 or day > longest:
                yield Malformed(m.start(), m.end(), f"{m['m']} has no day {day}")
            elif m["s"] and m["s"] != _suffix(day):
                yield Malformed(m.start(), m.end(), f"{day} takes the ending {_suffix(day)!r}")


def _suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _impossible_numbers(text: str, tag: str) -> Iterator[Malformed]:
    for m in NUMERIC[0].finditer(text):
        if not 1500 <= int(m["y"]) <= 2200 or (m["s"][0] == "." and len(m["m"]) + len(m["d"]) < 4):
            continue
        if not _exists(int(m["y"]), int(m["m"]), int(m["d"])):
            yield Malformed(m.start(), m.end(), "no calendar has this day")
    for m in NUMERIC[1].finditer(text):
        a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
        if not 1500 <= year <= 2200:
            continue
        first = day_first(tag) if "-" in tag else None
        if not _exists(year, a, b) and not _exists(year, b, a):
            yield Malformed(m.start(), m.end(), "no calendar has this day")
        elif first is not None and not (_exists(year, b, a) if first else _exists(year, a, b)):
            said = "the day" if first else "the month"
            yield Malformed(m.start(), m.end(), f"{said} comes first in {tag}")


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
