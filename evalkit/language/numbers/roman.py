"""Roman numerals: Chapter IV, Louis XIV, XXI век."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from evalkit.language.numbers.quantity import Quantity, number_key

# Two letters and more, of I, V and X alone: C, D, L and M make words and short forms (CD, MM, XL).
_ROMAN = re.compile(r"[IVX]{2,8}(?=(?:e|è|ème|er)?(?![\w&-]|\.\w))")
_WELL_FORMED = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_NOT_AFTER = re.compile(r"[\w.&-]")  # VII of XVII, of a short form, of a part number
_VALUES = {"I": 1, "V": 5, "X": 10}
_ORDINAL = re.compile(r"(?<=[IVX])(?:e|è|ème|er)$")
_LONGEST = 8  # signs: XXXVIII has seven
_NO_NUMERALS = frozenset({"XXX"})  # a size, a rating
_SINGLE = re.compile(r"(?<![\w.])[^\W\d_a-zß-ÿа-я][\w'-]{2,30}\s(?P<n>[IVX])(?![\w'’.&-])")  # World War I


def romans(text: str) -> Iterator[Quantity]:
    """The Roman numerals of a text; a side without one has it in digits or words, so one alone is never missed."""
    for m in _ROMAN.finditer(text):
        alone = not m.start() or not _NOT_AFTER.match(text, m.start() - 1)
        if alone and m.group() not in _NO_NUMERALS and _WELL_FORMED.fullmatch(m.group()):
            value = Decimal(roman_value(m.group()))
            yield Quantity(m.start(), m.end(), "roman", frozenset({number_key(value)}), True, value)
    for m in _SINGLE.finditer(text):
        value = Decimal(_VALUES[m["n"]])
        yield Quantity(m.start("n"), m.end(), "roman", frozenset({number_key(value)}), True, value)


@lru_cache(maxsize=65536)
def is_roman(word: str) -> bool:
    """True for a well-formed Roman numeral of I, V and X, with an ordinal's ending or without (XVIIIe)."""
    signs = _ORDINAL.sub("", word)
    return 0 < len(signs) <= _LONGEST and set(signs) <= set("IVX") and _WELL_FORMED.fullmatch(signs) is not None


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral."""
    values = [_VALUES[c] for c in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
