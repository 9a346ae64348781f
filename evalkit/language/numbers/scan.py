"""Numbers in running text, by value: digits of any script, number words, ordinals, times, dates.

`scan` takes dates out first, then addresses and identifiers (COVID-19, G20, A4), which are no
numbers, then clock times and what is left. Two quantities match where they share a key, so one
that can be read in two ways (10:30 may be in the evening) matches either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from evalkit.language.numbers import dates
from evalkit.language.numbers.chinese import han_numerals, han_value
from evalkit.language.numbers.dates import Day
from evalkit.language.numbers.words import written
from evalkit.language.numbers.words_abroad import written_abroad
from evalkit.language.packs import values_of, words_in_order, words_of

Key = tuple[str, str]


class Quantity(NamedTuple):
    """A number, date, time or identifier in a text.

    `weak` ones (`two`, `first`, `both`) are matched but hardly worth missing; `value` is None where
    there is none to calculate with.
    """

    start: int
    end: int
    kind: str  # number, date, time, decade, identifier, weekday, hint
    keys: frozenset[Key]
    weak: bool = False
    value: Decimal | None = None
    days: tuple[Day, ...] = ()

    def matches(self, other: Quantity) -> bool:
        """True where both can mean the same."""
        if self.days and other.days:
            return any(a.agrees(b) for a in self.days for b in other.days)
        return not self.keys.isdisjoint(other.keys)


def number_key(value: Decimal) -> Key:
    """The key of a value: 2,300 and 2300.0 have the same."""
    plain = value.normalize()
    return ("n", format(plain, "f"))


_POINT_FOR_THOUSANDS = words_of("languages", "point_parts_thousands")
_COMMA_FOR_DECIMALS = words_of("languages", "comma_before_decimals")
_SPACES = "\u00a0\u202f\u2009"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,500}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|\b\d+(?:\.\d+){3,}\b")
_ORDINARY_PREFIX = words_of("en", "numbers.before_digits")
_CURRENCY = "|".join(words_in_order("languages", "currencies"))
_IDENTIFIER = re.compile(
    r"(?<![\w])(?P<stem>[^\W\d_]+(?:[-‐‑][^\W\d_]+)*)(?P<dash>[-‐‑]?)(?P<n>\d+(?:\.\d+)?)(?P<tail>[^\W_]*(?:-\d+)?)"
)
_UNIT = re.compile(f"(?:{'|'.join(words_in_order('languages', 'units'))})", re.IGNORECASE)
_LETTERS_AFTER = re.compile(r"(?<![\w.,])(?P<n>\d+)(?P<tail>[^\W\d_\u3040-\u9fff]+\d*)(?![\w])")
_TIME = re.compile(
    r"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])(?:(?:[:：](?P<m>[0-5]\d)(?:[:：][0-5]\d)?(?![\d:]))(?:\s?(?P<a>[ap])\.?\s?m\b\.?)?"
    r"|[:：] (?P<m4>[0-5]\d)[:：] [0-5]\d(?![\d:])"  # 13: 09: 10, as machine translation spaces it
    r"|(?:\.(?P<m2>[0-5]\d))?\s?(?P<a2>[ap])\.?\s?m\b\.?|\s?h\s(?P<m5>[0-5]\d)(?!\w|[.,]\d)"  # 8 h 30
    r"|(?:\.(?P<m6>[0-5]\d))?\s?(?:h|Uhr|часов|时|時|点|點)(?P<m3>[0-5]\d)?(?![\w]))",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?P<sign>(?<![\w)\]%.-])[-−–](?=\d)|\bminus\s+)?(?P<n>\d{{1,3}}(?:[,.'’{_SPACES}]\d{{2,3}})*[,.]\d{{3}}(?:[.,]\d+)?(?!\d)"
    rf"|\d{{1,3}}(?:[{_SPACES} ]\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
)
_SCALED_TWICE = words_of("en", "numbers.scaled_twice")
_MAGNITUDE: dict[str, int] = values_of("languages", "magnitudes")
_SCALE = re.compile(
    r"[\s\u00a0-]?(?P<w>" + "|".join(sorted(_MAGNITUDE, key=lambda w: (-len(w), w))) + r")(?![A-Za-zÀ-ÿа-я])",
    re.IGNORECASE,
)
_CJK_DIGITS = re.compile(r"(?<![\d,.])(?:\d[\d,.]{0,24}\s?[百千万萬亿億兆만억]{1,2}\s?)+\d*")
_MINUS = re.compile(r"\b(?:minus|negative)\s+$", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")
# "les années 90"
_YEARS = re.compile(r"années\s$")
_GOES_ON = re.compile(r"[/,]\d")
_HAN_ALONE = re.compile("(?<![一二两三四五六七八九十百千万亿])[二两三四五六七八九](?![一二两三四五六七八九十百千万亿])")
_HAN_FRACTION = re.compile("([二三四五六七八九十]{1,3})分之([一二三四五六七八九十]{1,3})")
_FRACTION = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_QUOTES = ("'", "’", '"', "“", "‘")
_SEPARATORS = {"٫": ".", "٬": ",", "，": ",", "．": "."}
_BLANK = "\x00"


def plain_digits(text: str) -> str:
    """Digits of every script as 0-9, Arabic separators as theirs; every character stays one."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else _SEPARATORS.get(c, c) for c in text
    )


def scan(text: str, lang: str = "en") -> list[Quantity]:
    """All quantities of a text in order, none overlapping."""
    plain = plain_digits(text)
    lang = lang.replace("_", "-").partition("-")[0].lower()
    found: list[Quantity] = []
    if any(c.isdigit() for c in plain) or "uary" in plain or lang == "en" or lang in _HAN_FINDERS:
        for span in dates.scan(plain, lang):
            found.append(Quantity(span.start, span.end, "date", _day_keys(span.readings), days=span.readings))
        plain = _without(plain, [(q.start, q.end) for q in found])
        for finder in (_addresses, _identifiers, _times, _chinese, *_HAN_FINDERS.get(lang, ()), _fractions):
            made = list(finder(plain))
            found += [q for q in made if q.keys]
            plain = _without(plain, [(q.start, q.end) for q in made])
        for quantity in _numbers(plain, lang):
            found.append(quantity)
        plain = _without(plain, [(q.start, q.end) for q in found if q.kind == "number"])
    if lang == "en":
        for w in written(plain):
            minus = _MINUS.search(plain, max(0, w.start - 12), w.start)
            start, sign = (minus.start(), -1) if minus else (w.start, 1)
            keys = frozenset(number_key(sign * v) for v in w.values)
            found.append(Quantity(start, w.end, "hint" if w.hint else "number", keys, w.weak, sign * w.values[0]))
        for m in _WEEKDAY.finditer(plain):
            found.append(Quantity(m.start(), m.end(), "weekday", frozenset({("w", m[1])})))
    for start, end, value in written_abroad(plain, lang):
        found.append(Quantity(start, end, "hint", frozenset({number_key(Decimal(value))}), True, Decimal(value)))
    return sorted(found, key=lambda q: (q.start, q.end, q.kind))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return text


def _day_keys(days: tuple[Day, ...]) -> frozenset[Key]:
    """A day or a year alone matches a fuller date's."""
    return frozenset(number_key(Decimal(part)) for d in days for part in (d.year, d.day) if part is not None)


def _addresses(text: str) -> Iterator[Quantity]:
    for m in _ADDRESS.finditer(text):
        yield Quantity(m.start(), m.end(), "address", frozenset())


def _identifiers(text: str) -> Iterator[Quantity]:
    for m in _IDENTIFIER.finditer(text):
        stem = m["stem"]
        if stem.rpartition("-")[2].lower() in _ORDINARY_PREFIX or re.fullmatch(_CURRENCY, stem):
            continue
        if _GOES_ON.match(text, m.end()) and not stem.isascii():
            continue  # 占2/3, 球迷61,561名
        if m["dash"] and stem.islower() and stem not in ("covid",):
            continue  # mid-1990s, under-21
        key = ("i", f"{stem.lower()}-{m['n']}{m['tail'].lower()}")
        yield Quantity(m.start(), m.end(), "identifier", frozenset({key, ("n", m["n"])}), weak=True)
    for m in _LETTERS_AFTER.finditer(text):
        if re.fullmatch(r"h[0-5]\d", m["tail"]):
            continue  # 8h30
        if m["tail"] == "G" or not _UNIT.fullmatch(m["tail"]):
            key = ("i", f"{m['tail'].lower()}-{m['n']}")
            yield Quantity(m.start(), m.end(), "identifier", frozenset({key, ("n", m["n"])}), weak=True)


def _times(text: str) -> Iterator[Quantity]:
    for m in _TIME.finditer(text):
        minute = int(m["m"] or m["m2"] or m["m3"] or m["m4"] or m["m5"] or m["m6"] or 0)
        half = (m["a"] or m["a2"] or "").lower()
        hour = int(m["h"]) % 24
        hours = {hour % 12 + (12 if half == "p" else 0)} if half else {hour, (hour + 12) % 24}
        keys = {("t", f"{h:02}:{minute:02}") for h in hours}
        if minute == 0:
            keys |= {("n", str(h)) for h in (*hours, *(h % 12 or 12 for h in hours))}
        yield Quantity(m.start(), m.end(), "time", frozenset(keys))


def _chinese(text: str) -> Iterator[Quantity]:
    """1亿2000万 as one number."""
    for m in _CJK_DIGITS.finditer(text):
        total = Decimal(0)
        for digits, unit in re.findall(r"(\d[\d,.]*)\s?([百千万萬亿億兆만억]*)", m.group()):
            value = Decimal(digits.replace(",", "").rstrip(".") or "0")
            for char in unit:
                value = value.scaleb(_MAGNITUDE[char])
            total += value
        yield Quantity(m.start(), m.end(), "number", frozenset({number_key(total)}), value=total)


def _han(text: str) -> Iterator[Quantity]:
    """三百二十 and 二〇二〇 as numbers; 三分之二 licenses 2/3, and 三 alone 3."""
    for m in _HAN_FRACTION.finditer(text):
        whole, part = (han_value(c if len(c) > 1 else f"〇{c}") for c in (m[1], m[2]))
        if whole and part:
            keys = frozenset({("f", f"{part}/{whole}"), number_key(part), number_key(whole)})
            yield Quantity(m.start(), m.end(), "hint", keys, weak=True)
            text = _without(text, [m.span()])
    for numeral in han_numerals(text):
        key = frozenset({number_key(numeral.value)})
        yield Quantity(numeral.start, numeral.end, "number", key, weak=numeral.value <= 10, value=numeral.value)
    for m in _HAN_ALONE.finditer(text):
        alone = Decimal(2) if m.group() == "两" else han_value(f"〇{m.group()}")
        if alone is not None:
            yield Quantity(m.start(), m.end(), "hint", frozenset({number_key(alone)}), weak=True, value=alone)


def _fractions(text: str) -> Iterator[Quantity]:
    for m in _FRACTION.finditer(text):
        keys = frozenset({("f", f"{int(m[1])}/{int(m[2])}"), ("n", str(int(m[1]))), ("n", str(int(m[2])))})
        yield Quantity(m.start(), m.end(), "number", keys)


def _numbers(text: str, lang: str) -> Iterator[Quantity]:
    for m in _NUMBER.finditer(text):
        value = _value(m["n"], lang)
        end = m.end()
        scale = _SCALE.match(text, end)
        plain = value
        if scale and not (scale["w"].lower() in ("k", "mil", "mille") and scale["w"] == "K"):
            value, end = value.scaleb(_MAGNITUDE[scale["w"].lower()]), scale.end()
            second = _SCALE.match(text, end)
            if second and second["w"].lower() in _SCALED_TWICE:
                value, end = value.scaleb(_MAGNITUDE[second["w"].lower()]), second.end()
        keys = {number_key(value)}
        kind = "number"
        if m["sign"]:
            value = -value
            keys = (
                {number_key(value), number_key(-value)}
                if m["sign"][0] in "–−-" and not _is_degree(text, end)
                else {number_key(value)}
            )
        tail = text[end : end + 2]
        if tail[:1] == "s" and not tail[1:].isalpha() and plain == plain.to_integral_value():
            kind, end = "decade", end + 1
            if plain % 100 == 0:
                keys.add(number_key(plain / 100 + 1))
            if plain < 100:
                keys |= {number_key(plain + 1900), number_key(plain + 2000)}
            else:
                keys.add(number_key(plain % 100))
        elif (
            plain < 100 and plain % 10 == 0 and (tail == "er" or _YEARS.search(text, max(0, m.start() - 8), m.start()))
        ):
            keys |= {number_key(plain + 1900), number_key(plain + 2000)}
        elif tail in ("st", "nd", "rd", "th"):
            end += 2
        elif len(m["n"]) == 2 and text[m.start() - 1 : m.start()] in _QUOTES and m.start():
            keys |= {number_key(plain + 1900), number_key(plain + 2000)}  # the '92 Consensus
        if (
            m.start("n") > 0
            and text[m.start("n") - 1] in "-–/"
            and len(m["n"]) == 2
            and text[m.start("n") - 2 : m.start("n") - 1].isdigit()
        ):
            century = text[max(0, m.start("n") - 5) : m.start("n") - 3]
            if century.isdigit() and len(century) == 2:
                keys.add(("n", century + m["n"]))  # 2019-20
        yield Quantity(m.start(), end, kind, frozenset(keys), weak=value == 1, value=value)


def _is_degree(text: str, end: int) -> bool:
    return text[end : end + 9].lstrip().startswith(("°", "degree", "℃", "per", "%"))


def _value(digits: str, lang: str) -> Decimal:
    """The value of a figure as the language writes it; a group not of three digits is no thousands group."""
    digits = re.sub(rf"[{_SPACES} '’]", "", digits)
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        last = max(digits.rfind(","), digits.rfind("."))
        return Decimal(re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :])
    mark = "," if commas else "."
    if commas + points == 0:
        return Decimal(digits)
    if commas + points > 1:
        return Decimal(digits.replace(mark, ""))
    head, _, rest = digits.partition(mark)
    thousands = mark == "." if lang in _POINT_FOR_THOUSANDS else mark == "," and lang not in _COMMA_FOR_DECIMALS
    if len(rest) == 3 and thousands and head != "0":
        return Decimal(head + rest)
    return Decimal(f"{head}.{rest}")


_HAN_FINDERS: dict[str, tuple[Callable[[str], Iterator[Quantity]], ...]] = {"zh": (_han,), "ja": (_han,)}
