"""Roman numerals: Chapter IV, Louis XIV, XXI век."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evalkit.language.numbers.quantity import Quantity, number_key

# Two letters and more, of I, V and X alone: C, D, L and M make words and short forms (CD, MM, XL).
_ROMAN = re.compile(r"(?<![\w.&-])(?=[IVX]{2,8}(?:\b|[eè]))X{0,3}(?:IX|IV|V?I{0,3})(?=(?:e|è|ème|er)?(?![\w&-]|\.\w))")
_VALUES = {"I": 1, "V": 5, "X": 10}
_NO_NUMERALS = frozenset({"XX", "XXX"})  # a chromosome pair, a size, a rating


def romans(text: str) -> Iterator[Quantity]:
    """The Roman numerals of a text; a side without one has it in digits or words, so one alone is never missed."""
    if "I" not in text and "V" not in text and "X" not in text:
        return
    for m in _ROMAN.finditer(text):
        if m.group() and m.group() not in _NO_NUMERALS:
            value = Decimal(roman_value(m.group()))
            yield Quantity(m.start(), m.end(), "roman", frozenset({number_key(value)}), True, value)


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral."""
    values = [_VALUES[c] for c in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
