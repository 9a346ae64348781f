"""Numbers as the CLDR words them: said rightly in another language, nothing may be told; changed, it is to be told.

    PYTHONPATH=. python benchmarks/number_wordings.py [LANGUAGES] [--show N]

Dates, times, ranges of days, compact numbers (1.2 million, 12 lakh), decimals, shares, money and measures, as babel
writes them in English and in each of the forty languages of NTREX with most text; in native digits too. A line `told`
counts right wordings of which a finding was made, `missed` the same with another value of which none was.
All of it is development: the rules were made looking at it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from babel import Locale, dates, numbers, units

from benchmarks.source import LARGEST, code_of, family, found

_FRAME = "{} ({})."
_DAYS = date(2019, 3, 4), date(1987, 10, 23), date(2008, 12, 31), date(1945, 5, 8)
_OTHER_DAYS = date(2019, 7, 5), date(1983, 1, 24), date(2003, 8, 30), date(1941, 2, 9)
_TIMES = time(8, 30), time(15, 45), time(0, 15), time(12, 0), time(21, 5)
_OTHER_TIMES = time(9, 40), time(17, 20), time(3, 35), time(19, 10), time(6, 50)
_LARGE = 1_200_000, 35_000_000, 2_500_000_000, 12_000, 350_000
_UNITS = (
    "length-kilometer length-meter length-centimeter mass-kilogram mass-gram mass-ton duration-hour duration-minute "
    "duration-day duration-week duration-month duration-year temperature-celsius area-square-kilometer area-hectare "
    "volume-liter speed-kilometer-per-hour power-megawatt"
)
_MONEY = "EUR USD GBP JPY"


class Wording(NamedTuple):
    """A kind, what the English says, how the other language says it, and how it says another value."""

    kind: str
    english: str
    right: str
    changed: str


def wordings(lang: str) -> Iterator[Wording]:
    """All wordings of a language, in a fixed order."""
    yield from _dates(lang)
    yield from _numbers(lang)
    yield from _measures(lang)


def _dates(lang: str) -> Iterator[Wording]:
    for day, other in zip(_DAYS, _OTHER_DAYS, strict=True):
        for style in ("full", "long", "medium", "short"):
            if style != "short":
                texts = [dates.format_date(d, style, locale=of) for d, of in ((day, "en"), (day, lang), (other, lang))]
                yield Wording(f"date {style}", *texts)
        for skeleton in ("MMMd", "yMMMM", "MMMMd", "yMMMd"):
            texts = [
                dates.format_skeleton(skeleton, d, locale=of) for d, of in ((day, "en"), (day, lang), (other, lang))
            ]
            yield Wording(f"date {skeleton}", *texts)
        later = day.replace(day=min(day.day + 3, 28) if day.day < 25 else 31)
        if later > day:
            moved = other.replace(day=1), other.replace(day=11)
            pairs = (day, later, "en"), (day, later, lang), (*moved, lang)
            texts = [dates.format_interval(a, b, "yMMMd", locale=of) for a, b, of in pairs]
            yield Wording("range of days", *texts)
    for clock, other_clock in zip(_TIMES, _OTHER_TIMES, strict=True):
        for kind, skeleton in (("time", None), ("time 12 h", "hm"), ("time 24 h", "Hm")):
            texts = [_clock(c, skeleton, of) for c, of in ((clock, "en"), (clock, lang), (other_clock, lang))]
            yield Wording(kind, *texts)


def _clock(clock: time, skeleton: str | None, lang: str) -> str:
    if skeleton is None or lang == "en":
        return dates.format_time(clock, "short", locale=lang)
    return dates.format_skeleton(skeleton, datetime.combine(_DAYS[0], clock), locale=lang)


def _numbers(lang: str) -> Iterator[Wording]:
    system = Locale.parse(lang).other_numbering_systems.get("native", "latn")
    styles = [style for style in ("long", "short") if style in Locale.parse(lang).compact_decimal_formats]
    for value in _LARGE:
        for style in styles:
            texts = [
                numbers.format_compact_decimal(v, format_type=style, locale=of, fraction_digits=1)
                for v, of in ((value, "en"), (value, lang), (value * 3, lang))
            ]
            yield Wording(f"compact {style}", *texts)
        texts = [numbers.format_decimal(v, locale=of) for v, of in ((value, "en"), (value, lang), (value * 3, lang))]
        yield Wording("grouped", *texts)
    for value in (12.5, 3456.78, 1234567, 0.75):
        texts = [numbers.format_decimal(v, locale=of) for v, of in ((value, "en"), (value, lang), (value * 7, lang))]
        yield Wording("decimal", *texts)
        if system != "latn":
            native = [numbers.format_decimal(v, locale=lang, numbering_system=system) for v in (value, value * 7)]
            yield Wording("native digits", texts[0], *native)
    for share in (0.25, 0.175, 0.5):
        texts = [
            numbers.format_percent(v, "#,##0.#" + _percent(of), locale=of)
            for v, of in ((share, "en"), (share, lang), (share * 1.6, lang))
        ]
        yield Wording("share", *texts)


def _percent(lang: str) -> str:
    """What the language puts behind a figure for per cent."""
    return str(Locale.parse(lang).percent_formats[None].pattern).lstrip("#,0")


def _measures(lang: str) -> Iterator[Wording]:
    for unit in _UNITS.split():
        for length in ("long", "short"):
            for value in (25, 350):
                texts = [
                    units.format_unit(v, unit, length, locale=of)
                    for v, of in ((value, "en"), (value, lang), (value + 17, lang))
                ]
                yield Wording(f"measure {length}", *texts)
    for code in _MONEY.split():
        for value in (250, 12_500_000):
            for kind in ("standard", "name"):
                texts = [
                    numbers.format_currency(v, code, locale=of, format_type=kind)
                    for v, of in ((value, "en"), (value, lang), (value * 3, lang))
                ]
                yield Wording(f"money {kind}", *texts)


def main() -> None:
    show = int(sys.argv[sys.argv.index("--show") + 1]) if "--show" in sys.argv else 0
    words = [a for a in sys.argv[1:] if not a.startswith("--") and not a.isdigit()]
    wanted = words[0].split(",") if words else sorted({code_of(name) for name in LARGEST})
    by_kind: dict[str, Counter[str]] = {}
    for lang in wanted:
        mine: Counter[str] = Counter()
        for w in wordings(lang):
            told = _told(w.english, w.right, lang)
            missed = w.right != w.changed and not _told(w.english, w.changed, lang)
            for counts in (mine, by_kind.setdefault(w.kind, Counter())):
                counts.update(all=1, told=bool(told), missed=missed)
            if told and mine["told"] <= show:
                print(f"  {lang} told, {w.kind}: {w.english} | {w.right} | {told[0]}")
            if missed and mine["missed"] <= show:
                print(f"  {lang} missed, {w.kind}: {w.english} | {w.changed}")
        print(f"{lang:4} {mine['all']:4} wordings, told {mine['told']:3}, missed {mine['missed']:3}", flush=True)
    for kind, counts in sorted(by_kind.items()):
        print(f"{kind:16} {counts['all']:5} wordings, told {counts['told']:3}, missed {counts['missed']:4}")


def _told(english: str, text: str, lang: str) -> list[str]:
    return [
        f"{f.rule} {f.severity}: {f.message}"
        for f in found([f"({english})."], [f"({text})."], lang)
        if family(f.rule) == "numbers"
    ]


if __name__ == "__main__":
    main()
