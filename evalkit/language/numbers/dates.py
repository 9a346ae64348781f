"""Dates in running text: where they stand, which day they mean, which of them no calendar has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.numbers.declined import declined, prefixes
from evalkit.language.numbers.symbols import decimal_mark, locales
from evalkit.language.packs import of_language, pattern_of, values_of, words_in_order, words_of
from evalkit.text.caseless import Caseless

FULL = words_in_order("en", "months.full")
SHORT: dict[str, int] = values_of("en", "months.short")
_ORDINALS = {word: number for number, word in enumerate(words_in_order("en", "ordinals"), 1)}
_MAY_BE_WORDS, _MAY_BE_NAMES = words_of("en", "months.may_be_words"), words_of("en", "months.may_be_names")


class Day(NamedTuple):
    """A date as far as it is told; None for what is left open."""

    year: int | None
    month: int | None
    day: int | None

    def agrees(self, other: Day) -> bool:
        """True where the two share at least one part and contradict each other in none."""
        pairs = [(a, b) for a, b in zip(self, other, strict=True) if a is not None and b is not None]
        return bool(pairs) and all(a == b for a, b in pairs)


class DateSpan(NamedTuple):
    """A date in a text; several `readings` where the order of day and month is open. `written` is what stands there
    itself, where the other end of a range tells the rest."""

    start: int
    end: int
    readings: tuple[Day, ...]
    written: tuple[Day, ...] = ()


class _Patterns(NamedTuple):
    months: dict[str, int]
    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    month_year: re.Pattern[str]
    month: re.Pattern[str] | None
    year_month: re.Pattern[str]
    some_month: re.Pattern[str] | Caseless


_DIGIT = re.compile(r"\d")
_SHORTEST = 3  # letters of a month that stands alone
_LETTER = r"\w\u0900-\u0dff"  # vowel signs of Indian scripts are no letters for `re`
DAY = r"(?:[12]\d|3[0-9]|0?[1-9])"
# 23.12. as German and Czech write a day without its year: with both points, and where no decimal has a point.
_DAY_MONTH = re.compile(r"(?<![\d.,/-])(?P<a>[0-3]?\d)\.\s?(?P<b>[01]?\d)\.(?!\s?\d|\w)")
SUFFIX = rf"(?:{'|'.join(words_in_order('en', 'ordinal_suffixes'))})"
NO_DAY_BEFORE = pattern_of("en", "days_not_before")
_JOINING = pattern_of("languages", "joining_days")
YEAR = r"(?:1\d{3}|20\d\d|21\d\d)(?![\d%]|[.,:]\d)"
NUMERIC = (
    re.compile(r"(?<![\d./-])(?P<y>\d{4})(?P<s>[-/]|\.\s?)(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d]|[./-]\d)"),
    re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[-/]|\.\s?)(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})(?![\d]|[./-]\d)"),
    re.compile(r"(?:(?P<y>\d{4})\s?[年년]\s?)?(?P<m>\d{1,2})\s?[月월]\s?(?:(?P<d>\d{1,2})\s?[日号일])?"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\s?[年년]"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?[日号일](?![本元])"),
)


@lru_cache(maxsize=32)
def _patterns(lang: str) -> _Patterns:
    """Patterns for one language; English from the table here, other languages' months from CLDR."""
    months = _months(lang)
    names = "|".join(sorted(map(re.escape, months), key=lambda n: (-len(n), n)))
    m = rf"(?P<m>{names})(?!\w)\.?"
    ordinals = "|".join(sorted(_ORDINALS, key=lambda n: (-len(n), n)))
    day = rf"(?:{DAY}(?:{SUFFIX}|\.|er|º|ª)?|(?:{ordinals}))" if lang == "en" else rf"{DAY}(?:\.|er|º|ª|e)?"
    join = rf"(?:\s*[-–—,/&]\s*|\s+(?:{_JOINING})\s+)(?:the\s+)?"
    hyphened = "".join(f"|(?<={prefix}-)" for prefix in prefixes(lang))
    days = rf"(?P<days>(?:(?<![\d.,:/$€£-]){hyphened}){day}(?:{join}{day}){{0,4}})"
    year = rf"(?:(?:\s*,\s*|\s+)(?:of\s+|de\s+|del\s+|năm\s+)?(?P<y>{YEAR}))?"
    flags = re.IGNORECASE
    stop = rf"(?![\d%°]|[.,:]\d|\s*(?:{NO_DAY_BEFORE}))"
    return _Patterns(
        months,
        re.compile(
            rf"\b{days}\s+(?:of\s+|de\s+)?{m}{year}"
            if lang == "en"
            else rf"{days}\s*(?:de\s+|"
            rf"d['’])?{m}{year}",
            flags,
        ),
        re.compile(rf"\b{m}\s+(?:the\s+)?{days}{stop}{year}", flags),
        re.compile(rf"\b{m}\s*,?\s*(?:of\s+|de\s+|del\s+|năm\s+)?(?P<y>{YEAR})", flags),
        _alone(lang, months),
        re.compile(rf"(?<!\d)(?P<y>{YEAR})(?:\.|\sm\.)?\s+{m}\s+{days}", flags),
        Caseless(names) if names.isascii() else re.compile(names, flags),
    )


def _alone(lang: str, months: dict[str, int]) -> re.Pattern[str] | None:
    """A pattern of the months that are dates by themselves: all but those that are words of another kind."""
    other = (of_language(lang, "months_that_are_words") or "").split()
    names = list(FULL) if lang == "en" else [name for name in months if len(name) >= _SHORTEST and name not in other]
    if not names:
        return None
    capital = lang in words_of("languages", "months_with_capitals")
    names = [name.capitalize() for name in names] if capital else names
    listed = "|".join(sorted(map(re.escape, names), key=lambda n: (-len(n), n)))
    exact = capital or lang == "en"
    beside = "" if lang == "en" else r"(?<!\d\s)(?<!\d\.\s)"  # 41 września: a day no month has
    return re.compile(rf"{beside}(?<![{_LETTER}])(?P<m>{listed})(?![{_LETTER}])", 0 if exact else re.IGNORECASE)


def knows_months(lang: str) -> bool:
    """True where the months of a language are known by their names."""
    return bool(_own_months(lang))


def _months(lang: str) -> dict[str, int]:
    return _own_months(lang) or _own_months("en")


@lru_cache(maxsize=64)
def _own_months(lang: str) -> dict[str, int]:
    if lang == "en":
        return {**{name.lower(): n for n, name in enumerate(FULL, 1)}, **{k.lower(): v for k, v in SHORT.items()}}
    from babel.dates import get_month_names

    found: dict[str, int] = {}
    for locale in locales(lang):
        for context in ("format", "stand-alone"):
            for number, name in get_month_names("wide", context, locale).items():
                if not _NO_NAME.fullmatch(str(name)):
                    found.setdefault(_lower(str(name)), int(number))
    return declined(found, lang) if found else {}


_NO_NAME = re.compile(r"M\d\d")  # what the CLDR's root has in the place of names


def _lower(name: str) -> str:
    """In small letters; the capital I with a dot of Turkic languages is an i, not an i and a dot above it."""
    return name.lower().replace("i\u0307", "i")


def scan(text: str, lang: str, tag: str = "") -> list[DateSpan]:
    """All dates of a text, in order, none overlapping; a list of days gives one span per day. `tag` is the language
    with its country, which says whether the day or the month comes first."""
    taken: list[tuple[int, int]] = []  # in order, none overlapping
    found: list[DateSpan] = []
    for start, end, spans in _all(text, lang, tag or lang):
        at = bisect_left(taken, (start, end))
        if (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or taken[at][0] >= end):
            taken.insert(at, (start, end))
            found += (_without_stop(span, text) for span in spans)
    return _of_one_range(sorted(found), text)


# Between the two ends of a range, whose year stands with one of them: January to October 2022, 2022年1月至10月.
_TO = re.compile(
    rf"\s*[-–—~〜]\s*|\s+(?:{'|'.join(words_in_order('languages', 'range_words'))}|{_JOINING})\s+(?:the\s+)?"
    rf"|\s?(?:{pattern_of('languages', 'range_words_unspaced')})\s?",
    re.IGNORECASE,
)


def _of_one_range(spans: list[DateSpan], text: str) -> list[DateSpan]:
    """The dates, each end of a range with the year, and the month, that only the other end tells."""
    for i in range(len(spans) - 1):
        a, b = spans[i], spans[i + 1]
        if len(a.readings) == len(b.readings) == 1 and _TO.fullmatch(text[a.end : b.start]):
            first, last = a.readings[0], b.readings[0]
            if first.month and last.month and (first.year is None) != (last.year is None):
                if first.month > last.month:
                    continue  # from December to March: of two years
                spans[i] = _told_more(a, first._replace(year=first.year or last.year))
                spans[i + 1] = _told_more(b, last._replace(year=last.year or first.year))
            elif first.month and first.day and last.day and last.month is None:
                spans[i + 1] = _told_more(b, last._replace(year=first.year, month=first.month))
    return spans


def _told_more(span: DateSpan, day: Day) -> DateSpan:
    return span._replace(readings=(day,), written=span.readings)


def _without_stop(span: DateSpan, text: str) -> DateSpan:
    """A date without the full stop after its month, which ends the sentence as likely as it shortens a word."""
    return span._replace(end=span.end - 1) if text[span.start : span.end].endswith(".") else span


def _all(text: str, lang: str, tag: str) -> Iterator[tuple[int, int, list[DateSpan]]]:
    digits = bool(_DIGIT.search(text))
    for pattern in NUMERIC if digits else ():
        for m in pattern.finditer(text):
            readings = tuple(_numeric(m, tag))
            if readings:
                yield m.start(), m.end(), [DateSpan(m.start(), m.end(), readings)]
    patterns = _patterns(lang)
    if digits and day_first(lang) and decimal_mark(lang) == ",":
        for m in _DAY_MONTH.finditer(text):
            readings = () if _is_version(m, text) else tuple(_numeric(m, tag))
            if readings:
                yield m.start(), m.end(), [DateSpan(m.start(), m.end(), readings)]
    named = patterns.some_month.search(text) is not None  # of most texts nothing else has to be asked
    for pattern in (patterns.year_month, patterns.day_month, patterns.month_day) if named else ():
        for m in pattern.finditer(text):
            if _is_month(m, text):
                yield m.start(), m.end(), list(_days(m, patterns.months))
    for m in patterns.month_year.finditer(text) if named else ():
        if _is_month(m, text):
            day = Day(int(m["y"]), patterns.months[_lower(m["m"])], None)
            yield m.start(), m.end(), [DateSpan(m.start(), m.end(), (day,))]
    yield from ((span.start, span.end, [span]) for span in months(text, lang))


def months(text: str, lang: str) -> Iterator[DateSpan]:
    """The months a text names without a day: a date as far as it is told."""
    patterns = _patterns(lang)
    for m in patterns.month.finditer(text) if patterns.month is not None else ():
        if lang != "en" or _is_month_alone(m, text):
            yield DateSpan(m.start(), m.end(), (Day(None, patterns.months[_lower(m["m"])], None),))


@lru_cache(maxsize=64)
def day_first(tag: str) -> bool | None:
    """True where the CLDR's short date has the day first, False where a country is named that has the month first
    (en-US); None where both are written, or nothing is known."""
    from babel import Locale, UnknownLocaleError

    if tag == "en":
        return None
    try:
        pattern = str(Locale.parse(tag, sep="-").date_formats["short"].pattern)
    except (UnknownLocaleError, ValueError):
        return None
    if pattern.find("d") < pattern.find("M"):
        return True
    return False if "-" in tag and pattern.startswith("M") else None


def _numeric(m: re.Match[str], tag: str) -> Iterator[Day]:
    parts = m.groupdict()
    year = int(parts["y"]) if parts.get("y") else None
    if parts.get("a"):
        ways = ((int(m["a"]), int(m["b"])), (int(m["b"]), int(m["a"])))
        fits = [Day(year, month, day) for day, month in ways if 1 <= month <= 12 and 1 <= day <= 31]
        first = day_first(tag)
        yield from fits if first is None or len(fits) < 2 else fits[:1] if first else fits[1:]
        return
    only_month = int(parts["m"]) if parts.get("m") else None
    only_day = int(parts["d"]) if parts.get("d") else None
    if only_day is not None and only_day > _LAST_DAY and _MONTH_SIGN.search(m.group()):
        only_day = None  # 5月41日 is a date of May, with a day no month has
    if (only_month is None or 1 <= only_month <= 12) and (only_day is None or 1 <= only_day <= 31):
        yield Day(year, only_month, only_day)


_LAST_DAY = 31  # of any month
_MONTH_SIGN = re.compile("[月월]")
_NAMED = re.compile(r"(?<![\w.])[A-ZÀ-ÞА-Я][\w+#-]{1,30}\s$")
_STOP = re.compile(r"\s*(?:$|[A-ZÀ-ÞА-Я\"'»“”)])")


def _is_version(m: re.Match[str], text: str) -> bool:
    """True for `Python 3.1.` at the end of a sentence, where the point is its full stop."""
    named = _NAMED.search(text, max(0, m.start() - 32), m.start())
    return bool(named) and bool(_STOP.match(text, m.end())) and not bool(named and named.start() == 0)


def _is_month(m: re.Match[str], text: str) -> bool:
    """`may` and `march` are months only with a capital, in capitals or not."""
    return m["m"].lower() not in _MAY_BE_WORDS or m["m"][0].isupper() or text.islower()


_BEFORE_MONTH = re.compile(rf"\b(?:{'|'.join(words_in_order('en', 'months.preceded_by'))})[\s-]+$", re.I)


def _is_month_alone(m: re.Match[str], text: str) -> bool:
    return m["m"] not in _MAY_BE_NAMES or bool(_BEFORE_MONTH.search(text, max(0, m.start() - 12), m.start()))


_ONE_DAY = re.compile(rf"{DAY}|[a-z]+(?:-[a-z]+)?", re.IGNORECASE)


def _days(m: re.Match[str], months: dict[str, int]) -> Iterator[DateSpan]:
    """One span per day of `10 to 12 November`: the first takes the text up to its own end or start."""
    month, year = months[_lower(m["m"])], int(m["y"]) if m["y"] else None
    days = [
        int(d) if d.isdigit() else _ORDINALS[d]
        for d in map(str.lower, _ONE_DAY.findall(m["days"]))
        if d.isdigit() or d in _ORDINALS
    ]
    for day in days:
        yield DateSpan(m.start(), m.end(), (Day(year, month, day),))
