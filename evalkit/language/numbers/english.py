"""English number words: `two hundred and fifty`, `twentieth`, `nineties`, `two thirds`, `both`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from evalkit.language.packs import values_of, words_in_order

_ONES = words_in_order("en", "numbers.ones")
_TENS = words_in_order("en", "numbers.tens")
_ORDINAL_ONES = words_in_order("en", "numbers.ordinal_ones")
_SMALL = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_ORDINAL = {word: n for n, word in enumerate(_ORDINAL_ONES)} | {t[:-1] + "ieth": 10 * n for n, t in enumerate(_TENS, 2)}
_SCALES: dict[str, int] = values_of("en", "numbers.scales")
_ORDINAL_SCALES = {f"{word}th": n for word, n in _SCALES.items()}
_DECADES = {t[:-1] + "ies": 10 * n for n, t in enumerate(_TENS, 2)}
_PARTS: dict[str, int] = values_of("en", "numbers.parts")
# Words that say a number without naming it: they license it on the other side, nothing more.
_HINTS = {word: [str(value) for value in values] for word, values in values_of("en", "numbers.hints").items()}
_SHARES = {word: Decimal(str(values_of("en", "numbers.hints")[word][0])) for word in ("half", "quarter")}
_WORD = re.compile(r"[A-Za-z]+")
_GLUE = re.compile(r"[ \u00a0]?[-‐‑ \u00a0]|[ \u00a0]and[ \u00a0]")
_WEAK_BELOW = 11  # one to ten are words of style: "two sides" is said in many ways


class Written(NamedTuple):
    """A number in words; `values` are its readings, the first the usual one."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    weak: bool
    hint: bool


def written(text: str) -> list[Written]:
    """All numbers written in English words, in order."""
    found: list[Written] = []
    tokens = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
    i = 0
    while i < len(tokens):
        word, start, end = tokens[i]
        if word in _SMALL or word in _ORDINAL or (word in ("a", "an") and _starts_scale(tokens, i, text)):
            i, item = _read(tokens, i, text)
            found.append(item)
            continue
        if word in _DECADES:
            n = Decimal(_DECADES[word])
            found.append(Written(start, end, (n, n + 1900, n + 2000), False, False))
        elif word in _SHARES and (scaled := _share_of_scale(tokens, i, text)):
            i, item = scaled
            found.append(item)
            continue
        elif word in _HINTS:
            found.append(Written(start, end, tuple(map(Decimal, _HINTS[word])), True, True))
        elif word in ("hundredth", "thousandth", "millionth"):
            found.append(Written(start, end, (Decimal(_ORDINAL_SCALES[word]),), False, False))
        i += 1
    return found


def numeral(word: str) -> str:
    """The digits of a single English number word (six: "6"), empty for any other word."""
    value = _SMALL.get(word.lower())
    return "" if value is None else str(value)


def _share_of_scale(tokens: list[tuple[str, int, int]], i: int, text: str) -> tuple[int, Written] | None:
    """Half a million, a quarter of a million: the number, and the token after it."""
    at = i + 1
    while at < len(tokens) and at <= i + 2 and tokens[at][0] in ("of", "a"):
        at += 1
    if at >= len(tokens) or tokens[at][0] not in _SCALES:
        return None
    between = text[tokens[i][2] : tokens[at][1]].split()
    if any(word not in ("of", "a", "-") for word in between):
        return None
    value = _SHARES[tokens[i][0]] * _SCALES[tokens[at][0]]
    return at + 1, Written(tokens[i][1], tokens[at][2], (value,), False, False)


def _starts_scale(tokens: list[tuple[str, int, int]], i: int, text: str) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1][0] in _SCALES and text[tokens[i][2] : tokens[i + 1][1]] == " "


def _read(tokens: list[tuple[str, int, int]], i: int, text: str) -> tuple[int, Written]:
    """The longest number that starts at token `i`, and the token after it."""
    word, start, end = tokens[i]
    ordinal = word in _ORDINAL
    total, part = 0, 1 if word in ("a", "an") else _SMALL.get(word, _ORDINAL.get(word, 0))
    last, scaled, i = part, False, i + 1
    while i < len(tokens) and not ordinal:
        at = i + 1 if tokens[i][0] == "and" and i + 1 < len(tokens) else i
        word = tokens[at][0]
        glue = _GLUE.fullmatch(text[end : tokens[at][1]])
        if glue is None:
            break
        if word in _PARTS and not scaled and part < 10 and glue.group().strip() != "and":
            share = Decimal(part) / _PARTS[word]
            values = (share, Decimal(part), Decimal(_PARTS[word]))
            return at + 1, Written(start, tokens[at][2], values, True, False)
        n = _SMALL.get(word, _ORDINAL.get(word))
        if word in _SCALES or word in _ORDINAL_SCALES:
            scale = _SCALES.get(word) or _ORDINAL_SCALES[word]
            if "and" in glue.group():
                break
            part = part * scale
            if scale > 100:
                total, part = total + part, 0
            scaled, last = True, scale
        elif n is not None and ("and" not in glue.group() or scaled) and _may_follow(last, n, scaled):
            part, last = part + n, n
        else:
            break
        ordinal = word in _ORDINAL or word in _ORDINAL_SCALES
        end = tokens[at][2]
        i = at + 1
    value = total + part
    return i, Written(start, end, (Decimal(value),), value < _WEAK_BELOW and not scaled, False)


def _may_follow(last: int, n: int, scaled: bool) -> bool:
    """Ones after tens (twenty-five), less than a hundred after a scale (two hundred and fifty)."""
    if 20 <= last <= 90:
        return 0 < n < 10
    return scaled and last >= 100 and n < last
