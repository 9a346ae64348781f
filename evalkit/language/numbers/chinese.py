"""Numerals in Chinese characters: 三百二十, 一亿二千万, 二〇二〇."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from evalkit.language.packs import values_of, words_in_order

_GROUPS = words_in_order("zh", "numbers.digits")
_DIGITS = {char: number for number, group in enumerate(_GROUPS) for char in group}
_SCALES: dict[str, int] = values_of("zh", "numbers.scales")
_NUMERAL = re.compile("[" + "".join((*_DIGITS, *_SCALES)) + "]{2,20}")
# Words that hold numerals and name no number: very, by all means, just in case, by and large, one by one.
_IDLE = re.compile("|".join(words_in_order("zh", "numbers.idle")))


class HanNumeral(NamedTuple):
    """A numeral with its place and value."""

    start: int
    end: int
    value: Decimal


def han_numerals(text: str) -> Iterator[HanNumeral]:
    """Numerals of two characters or more, in order; one alone (一, 十) says too little."""
    idle = [(m.start(), m.end()) for m in _IDLE.finditer(text)]
    for m in _NUMERAL.finditer(text):
        value = han_value(m.group())
        if value is not None and not any(a < m.end() and m.start() < b for a, b in idle):
            yield HanNumeral(m.start(), m.end(), value)


def han_value(numeral: str) -> Decimal | None:
    """The value of a numeral in Chinese characters; None where it is no well-formed one (三三两两, 千百)."""
    if not any(c in _SCALES for c in numeral):
        year = "两" not in numeral and ("〇" in numeral or (len(numeral) == 4 and numeral[0] in "一二"))
        return Decimal("".join(str(_DIGITS[c]) for c in numeral)) if year else None
    total = section = 0
    digit: int | None = None
    last = 10**9
    for char in numeral:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
            continue
        scale = _SCALES[char]
        if scale >= 10**4:
            section += digit or 0
            if not section:
                return None
            total, section, last = total + section * scale, 0, scale
        else:
            if scale >= last or (not digit and scale != 10):
                return None
            section, last = section + (digit or 1) * scale, scale
        digit = None
    return Decimal(total + section + (digit or 0))
