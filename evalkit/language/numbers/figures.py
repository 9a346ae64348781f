"""Numbers in digits: what their separators, scales, fractions and endings say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from evalkit.language.numbers.compact import money_scale, scale_after, scale_before
from evalkit.language.numbers.lexicon import fold, lexicon
from evalkit.language.numbers.quantity import Quantity, number_key
from evalkit.language.numbers.sums import is_scale
from evalkit.language.numbers.symbols import decimal_mark, is_parted_both_ways
from evalkit.language.numbers.tokens import TOKEN
from evalkit.language.numbers.units import unit_of, unit_words
from evalkit.language.packs import of_language, pattern_of, values_of, words_of

_SPACES = "\u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?P<sign>(?<![\w)\]%.-])[-−–](?=[.\d])|\bminus\s+)?(?P<n>\d{{1,3}}(?:[,.'’{_SPACES}]\d{{2,3}})*[,.]\d{{3}}(?:[.,]\d+)?(?!\d)"
    rf"|\d{{1,3}}(?:[{_SPACES} '’]\d{{3}})+(?![\d])(?:[.,]\d+)?|(?<![\w.,])\.\d+|(?<=\d[-–]),\d+|\d+(?:[.,]\d+)?)"
)
# Pages 22,24,26: no group has three digits, so no comma parts thousands.
_LIST = re.compile(r"(?<![\w.,/-])\d{1,2}(?:,\d{1,2}){2,99}(?![\d%])(?!,\d|\.\d)")
_DIGITS = re.compile(r"\d+")
_SCALED_TWICE = words_of("en", "numbers.scaled_twice")
_MAGNITUDE: dict[str, int] = values_of("languages", "magnitudes")
_SCALE = re.compile(
    r"[\s\u00a0-]?(?P<w>" + "|".join(sorted(_MAGNITUDE, key=lambda w: (-len(w), w))) + r")(?![A-Za-zÀ-ÿа-я])",
    re.IGNORECASE,
)
# $1.5m, €3bn: one letter is a scale only where a currency stands before the number.
_MONEY: dict[str, int] = values_of("en", "numbers.scales_of_money")
_MONEY_SCALE = re.compile(rf"\s?(?P<w>{'|'.join(_MONEY)})(?![\w])", re.IGNORECASE)
_MONEY_BEFORE = re.compile(r"[$€£¥₹₽₩₺]\s?$|\b(?:USD|EUR|GBP|CHF|AUD|CAD|Rs\.?)\s?$")
_AFTER_CODES = pattern_of("en", "numbers.scales_after_codes")
_LETTERS = {"K": 3, "M": 6, "B": 9}
_LETTER_SCALE = re.compile(r"[KMB](?![\w/])")
_CODE_BETWEEN = re.compile(rf"\s?(?:USD|EUR|GBP|CHF|AUD|CAD|INR|CNY)(?=\s(?:{_AFTER_CODES})\b)")
_YEARS = re.compile(r"années\s$")
_FIRST_YEAR = re.compile(r"(?<!\d)(?P<century>\d\d)\d\d\s?[-–/]\s?$")
# A year in two figures, not a span of years: 19年前 is 19 years ago.
_SHORT_YEAR = re.compile(r"\s?[年년](?![前后後来來间間内內以多级級期])")
_QUOTES = ("'", "’", '"', "“", "‘")
_VULGAR = "".join(chr(c) for c in (*range(0xBC, 0xBF), *range(0x2150, 0x215F)))
_FRACTION = re.compile(
    rf"(?<![\d/.])(?<!\d,)(?P<sign>(?<![\w)])[-−]\s?)?"
    r"(?:(?:(?P<w>\d{1,6})[ \u00a0]{1,2})?(?P<a>\d{1,3})/(?P<b>\d{1,4})(?![\d/]|[.,]\d)"
    rf"|(?:(?P<v>\d{{1,6}})[ \u00a0]?)?(?P<c>[{_VULGAR}]))"
)
_BARS = re.compile(f"[/{_VULGAR}]")
_LABEL_BEFORE = re.compile(
    rf"(?:(?<![A-Za-zÀ-ÿА-я0-9_.])[A-ZÀ-ÞА-Я][\w+#-]{{1,30}}|\b(?:{pattern_of('en', 'numbers.labelled')}))\.?\s$"
)
_SUFFIXES = words_of("en", "ordinal_suffixes")
_LABEL = re.compile(r"\d{1,3}\.\d{1,3}")
_FURTHER_PARTS = re.compile(r"\.\d{1,3}(?!\w|[.,]\d)")  # version 2.0.1
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s)[^\W\u2e80-\uffef]+\s$")
_FOUR = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)")
_HUNDRED, _CENTS = 100, ("fr", "it", "es", "pt")  # cents after a figure are money there, not hundreds
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_CENTURIES = range(1000, 2001, 100)
_LARGEST = 400  # digits of a number that is compared by value


_POWER = re.compile(
    r"(?<![\w.,])(?P<sign>[-−]?)(?P<n>\d{1,15}(?:[.,]\d{1,15})?)(?:[eE](?P<e>[+-]?\d{1,2})|\s?[x×]\s?10\^(?P<x>[+-]?\d{1,2})|\^(?P<p>[+-]{0,2}\d{1,2}))(?![\w.])"
)


def powers(text: str) -> Iterator[Quantity]:
    """1.5e6, 3×10^8, 2^10."""
    if "^" not in text and "e" not in text.lower():
        return
    for m in _POWER.finditer(text):
        value = Decimal(m["n"].replace(",", "."))
        if m["p"]:
            exponent = int(m["p"].lstrip("+-")) * (-1 if m["p"][:1] == "-" else 1)
            if not value and exponent < 0:
                continue
            value = value**exponent
        else:
            value = value.scaleb(int(m["e"] or m["x"]))
        value = -value if m["sign"] else value
        yield Quantity(m.start(), m.end(), "number", frozenset({number_key(value)}), value=value)


def fractions(text: str) -> Iterator[Quantity]:
    """1/2, 1 1/2, ½, 1½ by value; the two numbers of a fraction answer those of the other side as well."""
    if not _BARS.search(text):
        return
    for m in _FRACTION.finditer(text):
        whole = Decimal(m["w"] or m["v"] or 0)
        if m["c"]:
            part = Decimal(str(unicodedata.numeric(m["c"])))
            keys = {number_key(whole + part)}
        else:
            if not int(m["b"]):
                continue
            part = Decimal(int(m["a"])) / int(m["b"])
            keys = {("f", f"{int(m['a'])}/{int(m['b'])}"), ("n", str(int(m["a"]))), ("n", str(int(m["b"])))}
        value = -(whole + part) if m["sign"] else whole + part
        yield Quantity(m.start(), m.end(), "number", frozenset(keys | {number_key(value)}), value=value)


def figures(text: str, lang: str) -> Iterator[Quantity]:
    """The numbers of a text that are left when dates, times and identifiers are out."""
    listed = [] if decimal_mark(lang) == "," else [m.span() for m in _LIST.finditer(text)]
    for start, end in listed:
        for item in _DIGITS.finditer(text, start, end):
            value = Decimal(item.group())
            yield Quantity(*item.span(), "number", frozenset({number_key(value)}), weak=value == 1, value=value)
    done = 0
    for m in _NUMBER.finditer(text):
        if m.start("n") < done:
            continue  # the last part of version 2.0.1
        if any(start <= m.start() < end for start, end in listed):
            continue
        if len(m["n"]) > _LARGEST:
            yield Quantity(m.start(), m.end(), "identifier", frozenset({("i", m["n"])}), weak=True)
            continue
        made = _figure(text, m, lang)
        done = made.end
        yield made


def _figure(text: str, m: re.Match[str], lang: str) -> Quantity:
    plain = value_of(m["n"], lang)
    value, end = _scaled(text, m, plain, lang)
    ahead = scale_before(text, m.start(), lang) if value == plain else None
    value, begin = (value.scaleb(ahead[0]), ahead[1]) if ahead else (value, m.start())
    keys = {number_key(value)}
    kind = "number"
    if m["sign"]:
        value = -value
        both = m["sign"][0] in "–−-" and not _is_degree(text, end)
        keys = {number_key(value), number_key(-value)} if both else {number_key(value)}
    tail = text[end : end + 2]
    whole = plain == plain.to_integral_value()
    if tail[:1] == "s" and not tail[1:].isalpha() and whole:
        kind, end = "decade", end + 1
        keys |= _decade(plain)
    elif plain < 100 and plain % 10 == 0 and (tail == "er" or _YEARS.search(text, max(0, m.start() - 8), m.start())):
        keys |= {number_key(plain + 1900), number_key(plain + 2000)}
    elif plain in _CENTURIES and text.startswith(_decade_endings(lang), end):
        keys |= _decade(plain)
    elif tail in _SUFFIXES:
        end += 2
    elif len(m["n"]) == 2 and text[m.start() - 1 : m.start()] in _QUOTES and m.start():
        keys |= {number_key(plain + 1900), number_key(plain + 2000)}  # the '92 Consensus
    elif len(m["n"]) == 2 and _SHORT_YEAR.match(text, end):
        keys |= {number_key(plain + 1900), number_key(plain + 2000)}  # 到现在19年: till now, in 2019
    keys |= _second_year(text, m)
    if value == plain and (sign := _LETTER_SCALE.match(text, end)):
        keys.add(number_key(value.scaleb(_LETTERS[sign.group()])))  # 350K views may be 350,000, 4K is a screen's
    if _THOUSANDS.fullmatch(m["n"]) and (not lexicon(lang) or is_parted_both_ways(lang)):
        # how people write there is not known, or differs from country to country
        thousands = Decimal(m["n"].replace(",", "").replace(".", ""))
        keys.add(number_key(thousands * value / plain if plain else thousands))
    unit = unit_of(text, m.start(), end, lang)[0] if kind == "number" else ""
    label = m["n"] if not unit and value == plain and _is_label(text, m) else ""
    if label and (more := _FURTHER_PARTS.match(text, end)):
        label, end = label + more.group(), more.end()
    if whole is False and (as_time := _clock(m["n"])):
        keys.add(as_time)
    elif kind == "number" and value == plain and not m["sign"]:
        keys |= _on_the_clock(m["n"])
    return Quantity(begin, end, kind, frozenset(keys), weak=value == 1, value=value, label=label, unit=unit)


def _clock(digits: str) -> tuple[str, str] | None:
    """7.30 may be half past seven."""
    hour, _, minute = digits.partition(".")
    if len(minute) == 2 and len(hour) <= 2 and hour and int(hour) < 24 and int(minute) < 60:
        return ("t", f"{int(hour):02}:{minute}")
    return None


def _on_the_clock(digits: str) -> set[tuple[str, str]]:
    """Four figures may be a time, as soldiers say it: 1430 is 14:30, and 0500, which counts nothing, five."""
    m = _FOUR.fullmatch(digits)
    if m is None:
        return set()
    hour = int(m["h"])
    alone = {number_key(Decimal(hour))} if digits[0] == "0" and m["m"] == "00" and hour else set()
    return {("t", f"{m['h']}:{m['m']}"), *alone}


def _scaled(text: str, m: re.Match[str], value: Decimal, lang: str) -> tuple[Decimal, int]:
    """A number with the scale behind it (1.5 million, 3 mil millones, $2m), and where it ends."""
    end = m.end()
    if _MONEY_BEFORE.search(text, max(0, m.start() - 5), m.start()):
        letter = _MONEY_SCALE.match(text, end)
        if letter:
            return value.scaleb(_MONEY[letter["w"].lower()]), letter.end()
    known = lexicon(lang)
    code = _CODE_BETWEEN.match(text, end)
    end = code.end() if code else end  # 75 USD million
    found = False
    while known is not None and text[end : end + 1] in _BETWEEN:
        token = TOKEN.match(text, end + (text[end : end + 1] in " \u00a0\u202f-"))
        word = known.words.get(fold(token.group())) if token else None
        if (
            token is None
            or word is None
            or word.ordinal
            or not (is_scale(word.value) or word.group)
            or (word.value == _HUNDRED and lang in _CENTS)
        ):
            break
        value, end, found = value * word.value, token.end(), True
    if found:
        return value, end
    if lang != "en" and (of_money := money_scale(text, m.start(), end, lang)) is not None:
        return value.scaleb(of_money[0]), of_money[1]
    if (behind := scale_after(text, end, lang)) is not None:
        return value.scaleb(behind[0]), behind[1]
    scale = _SCALE.match(text, end)
    if scale and scale["w"].lower() in unit_words(lang):
        return value, end  # Turkish and Swedish mil: a mile
    if scale and not scale["w"].isascii() and len(unit_of(text, m.start(), end, lang)[1]) > len(scale["w"]):
        return value, end  # 250千克: the sign of kilogram, no thousand
    if scale and not (scale["w"].lower() in ("k", "mil", "mille") and scale["w"] == "K"):
        value, end = value.scaleb(_MAGNITUDE[scale["w"].lower()]), scale.end()
        second = _SCALE.match(text, end)
        if second and second["w"].lower() in _SCALED_TWICE:
            value, end = value.scaleb(_MAGNITUDE[second["w"].lower()]), second.end()
    return value, end


class _Between:
    """What may stand between a figure and its scale: one blank or hyphen, or the first letter of the scale."""

    def __contains__(self, char: str) -> bool:
        return char in (" ", "\u00a0", "\u202f", "-") or (char != "" and char.isalpha())


_BETWEEN = _Between()


@lru_cache(maxsize=64)
def _decade_endings(lang: str) -> tuple[str, ...]:
    return tuple((of_language(lang, "decade_endings") or "").split())


def _decade(plain: Decimal) -> set[tuple[str, str]]:
    if plain < 100:
        return {number_key(plain + 1900), number_key(plain + 2000)}
    return {number_key(plain % 100), *([number_key(plain / 100 + 1)] if plain % 100 == 0 else [])}


def _second_year(text: str, m: re.Match[str]) -> set[tuple[str, str]]:
    """2019-20 and 2019 – 20 name 2020 as well."""
    if len(m["n"]) != 2 or not m["n"].isdigit():
        return set()
    first = _FIRST_YEAR.search(text, max(0, m.start("n") - 8), m.start("n"))
    return {("n", first["century"] + m["n"])} if first else set()


def _is_degree(text: str, end: int) -> bool:
    return text[end : end + 9].lstrip().startswith(("°", "degree", "℃", "per", "%"))


def _is_label(text: str, m: re.Match[str]) -> bool:
    """True for Python 3.10 and section 2.1: numbers in name only."""
    if not _LABEL.fullmatch(m["n"]) or m["sign"]:
        return False
    before = max(0, m.start() - 34)
    return bool(_LABEL_BEFORE.search(text, before, m.start())) and not _SENTENCE_START.search(text, before, m.start())


def value_of(digits: str, lang: str) -> Decimal:
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
    if len(rest) == 3 and head not in ("0", "") and _parts_thousands(mark, lang):
        return Decimal(head + rest)
    return Decimal(f"{head or 0}.{rest}")


def _parts_thousands(mark: str, lang: str) -> bool:
    """True where a mark before three digits parts thousands. A point does so too where a comma stands before decimals,
    though the language's own mark there may be a space: nobody writes a point before decimals in it."""
    return mark != decimal_mark(lang)
