"""Numbers that stand side by side and say one value: one out of three, 3 million and a half, 15 dollars 50, minus 5.

Each keeps its own value; the common one is put to what both may answer.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from evalkit.language.numbers.lexicon import Lexicon, fold, lexicon
from evalkit.language.numbers.quantity import Quantity, number_key
from evalkit.language.numbers.sums import lowest
from evalkit.language.numbers.symbols import locales
from evalkit.language.numbers.units import MONEY, YEARS, spans_of_years, unit_of
from evalkit.language.packs import pattern_of, words_in_order

_WIDEST = 24  # characters between two numbers of one value: `US dollars and`
_CENTS = 100
_MOST_SPANS = 30  # decades or centuries: with more a number says something else
_MOST_WORDS = 3  # of a currency's name that is not known as one, and the word that joins
_TO = "|".join(words_in_order("languages", "range_words"))
_RANGE = re.compile(rf"\s*[-–—~〜]\s*|\s+(?:{_TO})\s+|\s?(?:{pattern_of('languages', 'range_words_unspaced')})\s?")
_MEMBER = re.compile(r"\{[01]\}")
_COMMAS = (",", "、", "،")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_FAR = 12  # characters back to a word for minus
_LEADING = re.compile(
    r"(?P<whole>\d{1,3})(?:[.,](?P<part>\d+))?(?=[^\d.,])"
)  # figures before a word for a power of ten
_LEAST_SCALE = 1000  # of the words that both ends of a range share: 99.4 to 88.5 billion


@lru_cache(maxsize=64)
def _minus(lang: str) -> re.Pattern[str] | None:
    known = lexicon(lang)
    words = sorted(known.minus, key=lambda w: (-len(w), w)) if known else []
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})\s?$", re.IGNORECASE) if words else None


def combined(found: list[Quantity], text: str, lang: str) -> list[Quantity]:
    """The quantities, in order, with the values of those that belong together."""
    known = lexicon(lang)
    found = sorted(found, key=lambda q: (q.start, q.end, q.kind))
    if known is None:
        return found
    minus = _minus(lang)
    for i, q in enumerate(found):
        if minus and lang != "en" and q.value and q.kind in ("number", "hint") and q.value > 0:
            m = minus.search(text[max(0, q.start - _FAR) : q.start].lower())
            if m:
                found[i] = q._replace(keys=q.keys | {number_key(-q.value)})
    found = _with_shared_units([_in_years(q, text, lang) for q in found], text, lang)
    for i in range(len(found) - 1):
        a, b = found[i], found[i + 1]
        if (
            b.start - a.end > _WIDEST
            or a.value is None
            or b.value is None
            or not {a.kind, b.kind} <= {"number", "hint"}
        ):
            continue
        found[i] = a = _in_scale(a, b, text, known)
        value = _together(a, b, text, known, lang)
        if value is not None:
            key = {number_key(value)}
            if a.value is not None and number_key(-a.value) in a.keys:  # minus one over twenty
                key.add(number_key(-value))
            found[i], found[i + 1] = a._replace(keys=a.keys | key), b._replace(keys=b.keys | key)
    return found


def _with_shared_units(found: list[Quantity], text: str, lang: str) -> list[Quantity]:
    """The quantities of ranges and lists with the unit that their last one names: 2 to 4 inches, between 375 and 400
    pounds, 20, 30 and 50 miles."""
    for i in range(len(found) - 2, -1, -1):
        a, b = found[i], found[i + 1]
        if a.unit or not b.unit or not a.kind == b.kind == "number" or b.start - a.end > _WIDEST:
            continue
        between = text[a.end : b.start]
        listed = between.strip() in _joints(lang)
        if _RANGE.fullmatch(between) or (listed and not _is_year(text[a.start : a.end])):
            found[i] = a._replace(unit=b.unit)
    return found


@lru_cache(maxsize=64)
def _joints(lang: str) -> frozenset[str]:
    """What stands between two members of a list, as the CLDR has it for `and` and `or`: a comma, a word."""
    known = locales(lang)[:1]
    patterns = (dict(locale.list_patterns.get(style) or {}) for locale in known for style in ("standard", "or"))
    return frozenset(
        _MEMBER.sub("", str(pattern)).strip()
        for of_style in patterns
        for place, pattern in of_style.items()
        if place in ("2", "middle", "end")
    ).union(_COMMAS) - {""}


def _is_year(written: str) -> bool:
    """True for what is a year by its looks: in 1998 and 20 miles on."""
    return bool(_YEAR.fullmatch(written))


def _in_years(q: Quantity, text: str, lang: str) -> Quantity:
    """A number of decades or centuries says its years too."""
    spans = spans_of_years(lang)
    if spans is None or q.kind not in ("number", "hint") or q.value is None or not 0 < q.value <= _MOST_SPANS:
        return q
    m = spans.match(text, q.end)
    return q._replace(keys=q.keys | {number_key(q.value * YEARS[str(m.lastgroup)])}) if m else q


def _in_scale(a: Quantity, b: Quantity, text: str, known: Lexicon) -> Quantity:
    """The first end of a range, which may share the scale of the second: 99.4 to 88.5 billion, two to three million."""
    between = text[a.end : b.start]
    if a.value is None or b.value is None or not (_RANGE.fullmatch(between) or fold(between.strip()) in known.joins):
        return a
    scale = _scale_of(text[b.start : b.end], b.value, known)
    if scale is None or not 0 < a.value < _LEAST_SCALE:
        return a
    return a._replace(keys=a.keys | {number_key(a.value * scale)})


def _scale_of(written: str, value: Decimal, known: Lexicon) -> Decimal | None:
    """The power of ten that words behind a number's figures or first words say, None where none do."""
    figures = _LEADING.match(written)
    last = known.words.get(fold(written.split()[-1]))
    if figures:
        number = Decimal(f"{figures['whole']}.{figures['part'] or 0}")
        scale = value / number if number else Decimal(0)
    elif last:
        scale = last.value if last.value < value else Decimal(0)
    else:
        scale = Decimal(int(unicodedata.numeric(written[-1:] or "0", 0)))  # 三万
    return scale if scale >= _LEAST_SCALE and Decimal(1).scaleb(scale.adjusted()) == scale else None


def _together(a: Quantity, b: Quantity, text: str, known: Lexicon, lang: str) -> Decimal | None:
    """The value of two numbers side by side, None where they are two."""
    if a.value is None or b.value is None:
        return None
    between = text[a.end : b.start].strip()
    words = " ".join(fold(word) for word in between.split())
    if words in known.over:
        return a.value / b.value if b.value else None
    whole = a.value == a.value.to_integral_value()
    if whole and 0 < b.value < 1 and (not words or words in known.joins):
        scale = lowest(a.value) if a.value >= _CENTS**2 else Decimal(1)
        return a.value + b.value * scale
    written = text[a.start : a.end]
    if (not words or words in known.glue or words in known.joins) and any(c.isalpha() for c in written):
        return (
            a.value + b.value if whole and 0 < b.value < lowest(a.value) and any(c.isdigit() for c in written) else None
        )
    hundredth = whole and 0 < b.value < _CENTS and b.value == b.value.to_integral_value()
    if hundredth and a.unit in MONEY and between and b.unit in ("", a.unit):
        return a.value + b.value / _CENTS if _is_money_alone(a, between, text, known, lang) else None
    return None


def _is_money_alone(a: Quantity, between: str, text: str, known: Lexicon, lang: str) -> bool:
    """True where nothing but the name of its currency (and a word as `and`) stands behind a sum."""
    named = unit_of(text, a.start, a.end, lang)[1]
    rest = fold(between).removeprefix(fold(named)).split()
    return not rest or (len(rest) <= _MOST_WORDS and (rest[-1] in known.joins or rest[-1] in known.glue))
