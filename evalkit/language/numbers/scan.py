"""Numbers in running text, by value: digits of any script, number words, ordinals, times, dates.

`scan` takes dates out first, then addresses and identifiers (COVID-19, G20, A4), which are no
numbers, then clock times and what is left. Two quantities match where they share a key, so one
that can be read in two ways (10:30 may be in the evening) matches either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from evalkit.language.codes import with_region
from evalkit.language.kept_readings import lasting
from evalkit.language.numbers import dates, myriads
from evalkit.language.numbers.codes import addresses, groups, identifiers
from evalkit.language.numbers.combine import combined
from evalkit.language.numbers.dates import Day
from evalkit.language.numbers.english import written
from evalkit.language.numbers.figures import figures, fractions, powers
from evalkit.language.numbers.joints import parted
from evalkit.language.numbers.lexicon import lexicon
from evalkit.language.numbers.myriad_words import numbers_in_words
from evalkit.language.numbers.quantity import Key, Quantity, keys_of, number_key
from evalkit.language.numbers.roman import romans
from evalkit.language.numbers.spelled import spelled
from evalkit.language.numbers.symbols import decimal_mark
from evalkit.language.numbers.units import percent_words, unit_of
from evalkit.language.numbers.weekdays import weekdays
from evalkit.language.packs import of_language, pattern_of
from evalkit.text.words import SEGMENT

__all__ = ["plain_digits", "scan"]

_TIME = re.compile(
    r"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])(?:(?:[:：](?P<m>[0-5]\d)(?:[:：][0-5]\d)?(?![\d:]))(?:\s?(?P<a>[ap])\.?\s?m\b\.?)?"
    r"|[:：] (?P<m4>[0-5]\d)[:：] [0-5]\d(?![\d:])"  # 13: 09: 10, as machine translation spaces it
    r"|(?:\.(?P<m2>[0-5]\d))?\s?(?P<a2>[ap])\.?\s?m\b\.?|\s?h(?:\s|:\s?)(?P<m5>[0-5]\d)(?!\w|[.,]\d)"  # 8 h 30, 2h:30
    r"|\s?[时時点點시]\s?(?P<m7>[0-5]?\d)\s?[分분]"  # 3点15分
    r"|\s?[时時点點시]\s?(?P<half>[半반])"  # 3点半
    r"|\s(?:Uhr|giờ|часов|часа|час)\s(?P<m8>[0-5]?\d)(?!\w|[.,]\d)"  # 7 giờ 30
    r"|(?:\.(?P<m6>[0-5]\d))?\s?(?:h|Uhr|часов|时|時|点|點|시)(?P<m3>[0-5]\d)?(?![\w]))",
    re.IGNORECASE,
)
_MINUTES = ("m", "m2", "m3", "m4", "m5", "m6", "m7", "m8")
_MINUS = re.compile(rf"\b(?:{pattern_of('en', 'numbers.minus')})\s+$", re.IGNORECASE)
# Shan digits stand for a tone mark in Burmese that is written for the font Zawgyi.
_SEPARATORS = {"٫": ".", "٬": ",", "⁄": "/", **{chr(c): "\u1037" for c in range(0x1090, 0x109A)}}
_WIDE = {"，": ",", "．": "."}  # between full-width digits only: elsewhere they end a clause
_OTHER_DIGITS = re.compile(r"[^\D0-9]|[٫٬，．⁄]|(?<=\d)،(?=\d)")
_ARABIC_COMMA = re.compile(r"(?<=\d)،(?=\d{3}(?!\d))")  # 250،000
_DIGIT = re.compile(r"\d")
_BLANK = "\x00"
_MYRIADS = ("zh", "ja", "ko")
_NO_SPACES = ("zh", "ja")  # number words are the numerals there
_MYRIAD = re.compile("[万萬亿億兆만억조百千백천十]")
_MARKUP = re.compile(r"&#x?[0-9A-Fa-f]{1,6};|</?[A-Za-z][^<>]{0,500}>")
_DAY_AND_NIGHT = keys_of(Decimal(24), Decimal(7)) | {("f", "24/7")}
_NEVER = 10**30  # no number in words is sure where only small ones are known: a piece of a large one is no number
_HINTED_BELOW = 13  # small numbers in words are said in many ways; larger ones are numbers like those in digits


def plain_digits(text: str) -> str:
    """Digits of every script as 0-9, Arabic separators as theirs; every character stays one."""
    if text.isascii() or not _OTHER_DIGITS.search(text):
        return text
    found = [_SEPARATORS.get(c) or (str(unicodedata.decimal(c)) if c.isdecimal() else c) for c in text]
    for wide, plain in _WIDE.items():
        if wide in text:
            found = [
                plain if c == wide and "０" <= text[i + 1 : i + 2] <= "９" else f
                for i, (c, f) in enumerate(zip(text, found, strict=True))
            ]
    return _ARABIC_COMMA.sub(",", "".join(found))


def scan(text: str, lang: str = "en") -> list[Quantity]:
    """All quantities of a text in order, none overlapping; a country in the tag says in which order dates are."""
    return list(_shared(text, lang)) if len(text) <= SEGMENT else _scan(text, lang)


@lasting(tuple[Quantity, ...])
def _shared(text: str, lang: str) -> tuple[Quantity, ...]:
    """A reference is read once for all systems."""
    return tuple(_scan(text, lang))


def _scan(text: str, lang: str) -> list[Quantity]:
    plain, tag = _without_markup(plain_digits(text)), with_region(lang)
    lang = lang.replace("_", "-").partition("-")[0].lower()
    found: list[Quantity] = []
    digits = bool(_DIGIT.search(plain))
    plain = parted(plain, decimal_mark(lang)) if digits and "," in plain else plain
    if digits or lang == "en" or lang in _MYRIADS or "uary" in plain:
        for span in dates.scan(plain, lang, tag):
            found.append(_date(span))
    else:
        found += map(_date, dates.months(plain, lang))
    plain = _without(plain, [(q.start, q.end) for q in found])
    plain = _take(found, weekdays(plain, lang), plain)  # before the words: segunda-feira is a day, segunda the second
    for finder in (addresses, groups, powers, identifiers, _times) if digits else ():
        plain = _take(found, finder(plain), plain)
    if lang in _MYRIADS or (digits and _MYRIAD.search(plain)):
        plain = _take(found, _myriads(plain, lang if lang in _MYRIADS else _script_of(plain)), plain)
    if digits or not plain.isascii():
        plain = _take(found, fractions(plain), plain)
        plain = _take(found, figures(plain, lang), plain)
    plain = _take(found, romans(plain), plain)
    if lang not in _NO_SPACES:
        plain = _take(found, _words(plain, lang), plain)
    found += weekdays(plain, lang, short=True)
    found += _around_the_clock(plain, lang)
    return combined(found, text, lang)


def _without_markup(text: str) -> str:
    """A text without its tags and character references, whose figures say nothing: <seg id="15">, &#39;."""
    if "&#" not in text and "<" not in text:
        return text
    return _MARKUP.sub(lambda m: _BLANK * len(m.group()), text)


def _take(found: list[Quantity], made: Iterable[Quantity], plain: str) -> str:
    """Put quantities to those found; the text without them."""
    items = list(made)
    if not items:
        return plain
    found += [q for q in items if q.keys]
    return _without(plain, [(q.start, q.end) for q in items])


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks in place of the spans, which may lie in one another: put together once for all of them."""
    kept, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            kept += [text[at:start], _BLANK * (end - max(at, start))]
            at = end
    return "".join(kept) + text[at:]


def _script_of(text: str) -> str:
    return "ko" if any("가" <= c <= "힣" for c in text) else "zh"


def _date(span: dates.DateSpan) -> Quantity:
    return Quantity(span.start, span.end, "date", _day_keys(span.written or span.readings), days=span.readings)


def _day_keys(days: tuple[Day, ...]) -> frozenset[Key]:
    """A day or a year alone matches a fuller date's."""
    return frozenset(number_key(Decimal(part)) for d in days for part in (d.year, d.day) if part is not None)


def _times(text: str) -> Iterator[Quantity]:
    for m in _TIME.finditer(text):
        minute = 30 if m["half"] else int(next((m[name] for name in _MINUTES if m[name]), 0))
        half = (m["a"] or m["a2"] or "").lower()
        hour = int(m["h"]) % 24
        hours = {hour % 12 + (12 if half == "p" else 0)} if half else {hour, (hour + 12) % 24}
        keys = {("t", f"{h:02}:{minute:02}") for h in hours}
        if minute == 0:
            # as it is written too: 24 h may be a day's length
            keys |= {("n", str(h)) for h in (int(m["h"]), *hours, *(h % 12 or 12 for h in hours))}
        yield Quantity(m.start(), m.end(), "time", frozenset(keys))


@lru_cache(maxsize=64)
def _whole_day(lang: str) -> re.Pattern[str] | None:
    said = of_language(lang, "numbers.around_the_clock")
    return re.compile(said, re.IGNORECASE) if said else None


def _around_the_clock(text: str, lang: str) -> Iterator[Quantity]:
    """Day and night: 24 hours of them, or 24/7."""
    pattern = _whole_day(lang)
    for m in pattern.finditer(text) if pattern else ():
        yield Quantity(m.start(), m.end(), "hint", _DAY_AND_NIGHT, weak=True, value=Decimal(24))


def _myriads(text: str, lang: str) -> Iterator[Quantity]:
    """1亿2000万 and 三百二十 as numbers; 三分之二 licenses 2/3, and 三 alone 3."""
    taken = []
    for f in myriads.fractions(text, lang):
        share = f.before + f.part / f.whole
        keys = keys_of(share, f.part, f.whole, share * 100) | {("f", f"{f.part}/{f.whole}")}
        taken.append((f.start, f.end))
        if f.whole == 100 and not f.before:
            yield Quantity(f.start, f.end, "number", keys_of(f.part, share), value=f.part, unit="%")
        else:
            yield Quantity(f.start, f.end, "hint", keys, weak=True, value=share)
    text = _without(text, taken)
    found = list(myriads.numerals(text, lang))
    words = numbers_in_words(_without(text, [(n.start, n.end) for n in found]), lang)
    for n in (*found, *words):
        value = n.values[0]
        unit = unit_of(text, n.start, n.end, lang)[0]
        kind = "number" if n.sure else "hint"
        yield Quantity(n.start, n.end, kind, keys_of(*n.values), not n.sure or abs(value) <= 10, value, unit=unit)


def _words(text: str, lang: str) -> Iterator[Quantity]:
    """Numbers in words; small ones in other languages than English only answer what the other side has."""
    if lang == "en":
        for w in written(text):
            minus = _MINUS.search(text, max(0, w.start - 12), w.start)
            start, sign = (minus.start(), -1) if minus else (w.start, 1)
            unit = "" if w.weak or w.hint else unit_of(text, start, w.end, lang)[0]
            keys = keys_of(*(sign * v for v in w.values))
            yield Quantity(start, w.end, "hint" if w.hint else "number", keys, w.weak, sign * w.values[0], unit=unit)
        return
    percent = percent_words(lang)
    plain = _without(text, [m.span() for m in percent.finditer(text)]) if percent else text
    known = lexicon(lang)
    least = _HINTED_BELOW if known and not known.partial else _NEVER
    for s in spelled(plain, lang):
        sure = s.value >= least and len(s.values) == 1 and (s.parts > 1 or s.value % 10 != 0)
        unit = unit_of(text, s.start, s.end, lang)[0] if sure else ""
        yield Quantity(s.start, s.end, "number" if sure else "hint", keys_of(*s.values), not sure, s.value, unit=unit)
