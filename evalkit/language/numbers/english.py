"""English number words: `two hundred and fifty`, `twentieth`, `nineties`, `three and a half million`, `both`."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.numbers.english_parts import ARTICLES, INSIDE, Token, decimals, parts_of
from evalkit.language.numbers.lexicon import lexicon
from evalkit.language.packs import values_of, words_of

# Words that say a number without naming it: they license it on the other side, nothing more.
_HINTS = {word: [str(value) for value in values] for word, values in values_of("en", "numbers.hints").items()}
_SHARES = {word: Decimal(str(values_of("en", "numbers.hints")[word][0])) for word in ("half", "quarter")}
_OF_A_SCALE = words_of("en", "numbers.of_a_scale")
_WORD = re.compile(r"[A-Za-z]+")
_GLUE = re.compile(r"[ \u00a0]?[-‐‑ \u00a0]|[ \u00a0]and[ \u00a0]")
_WEAK_BELOW = 11  # one to ten are words of style: "two sides" is said in many ways
_HUNDRED = 100
_make = tuple.__new__  # what Token(...) comes to, without a call in between


class Written(NamedTuple):
    """A number in words; `values` are its readings, the first the usual one."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    weak: bool
    hint: bool


class _Words(NamedTuple):
    """The words of the lexicon, by what they do in a number."""

    small: dict[str, int]
    ordinal: dict[str, int]
    scales: dict[str, int]
    ordinal_scales: dict[str, int]
    groups: dict[str, int]
    decades: dict[str, int]


@lru_cache(maxsize=1)
def _words() -> _Words:
    known = lexicon("en")
    if known is None:
        raise LookupError("the number words of English are missing from the installation")
    every = known.words.items()
    small = {w: int(n.value) for w, n in every if not n.ordinal and not n.group and n.value < _HUNDRED}
    return _Words(
        small,
        {w: int(n.value) for w, n in every if n.ordinal and n.value < _HUNDRED},
        {w: int(n.value) for w, n in every if not n.ordinal and not n.group and n.value >= _HUNDRED},
        {w: int(n.value) for w, n in every if n.ordinal and n.value >= _HUNDRED},
        {w: int(n.value) for w, n in every if n.group},
        {f"{w[:-1]}ies": n for w, n in small.items() if n >= 20 and n % 10 == 0},
    )


@lru_cache(maxsize=1)
def _begins() -> frozenset[str]:
    """The words that a number may begin with."""
    known = lexicon("en")
    return frozenset().union(known.words if known else (), *_words(), ARTICLES, INSIDE, _SHARES, _HINTS)


def written(text: str) -> list[Written]:
    """All numbers written in English words, in order."""
    found: list[Written] = []
    known = _words()
    # what is made small at once reads the same only where each letter keeps its place
    low = text.lower() if text.isascii() else text
    tokens = [_make(Token, (m[0].lower(), *m.span())) for m in _WORD.finditer(low)]
    i = 0
    begins = _begins()
    if not any(token[0] in begins for token in tokens):  # most texts
        return found
    while i < len(tokens):
        word, start, end = tokens[i]
        if word not in begins:  # most words
            i += 1
            continue
        part = parts_of(tokens, i, text)
        if part:
            found.append(Written(start, part.end, part.values, part.values[0] < _WEAK_BELOW, False))
            i = part.after
            continue
        if word in known.small or word in known.ordinal or (word in ARTICLES and _starts_scale(tokens, i, text)):
            i, item = _read(tokens, i, text)
            found.append(item)
            continue
        if word in known.decades:
            n = Decimal(known.decades[word])
            found.append(Written(start, end, (n, n + 1900, n + 2000), False, False))
        elif word in _SHARES and (scaled := _share_of_scale(tokens, i, text)):
            i, item = scaled
            found.append(item)
            continue
        elif word in _HINTS:
            found.append(Written(start, end, tuple(map(Decimal, _HINTS[word])), True, True))
        elif word in known.scales:  # the hundred days
            found.append(Written(start, end, (Decimal(known.scales[word]),), True, True))
        elif word in known.ordinal_scales:
            found.append(Written(start, end, (Decimal(known.ordinal_scales[word]),), False, False))
        elif word in known.scales:  # the million yuan car
            found.append(Written(start, end, (Decimal(known.scales[word]),), True, True))
        i += 1
    return found


def numeral(word: str) -> str:
    """The digits of a single English number word (six: "6"), empty for any other word."""
    value = _words().small.get(word.lower())
    return "" if value is None else str(value)


def _share_of_scale(tokens: list[Token], i: int, text: str) -> tuple[int, Written] | None:
    """Half a million, a quarter of a million: the number, and the token after it."""
    at = i + 1
    while at < len(tokens) and at <= i + 2 and tokens[at].text in _OF_A_SCALE:
        at += 1
    if at >= len(tokens) or tokens[at].text not in _words().scales:
        return None
    between = text[tokens[i].end : tokens[at].start].split()
    if any(word not in {*_OF_A_SCALE, "-"} for word in between):
        return None
    value = _SHARES[tokens[i].text] * _words().scales[tokens[at].text]
    return at + 1, Written(tokens[i].start, tokens[at].end, (value,), False, False)


def _starts_scale(tokens: list[Token], i: int, text: str) -> bool:
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is not None and after.text in _words().scales and text[tokens[i].end : after.start] == " "


def _read(tokens: list[Token], i: int, text: str) -> tuple[int, Written]:
    """The longest number that starts at token `i`, and the token after it."""
    known = _words()
    word, start, end = tokens[i]
    ordinal = word in known.ordinal
    total, part = 0, 1 if word in ARTICLES else known.small.get(word, known.ordinal.get(word, 0))
    last, scaled, i = part, False, i + 1
    while i < len(tokens) and not ordinal:
        at = i + 1 if tokens[i].text == "and" and i + 1 < len(tokens) else i
        word = tokens[at].text
        glue = _GLUE.fullmatch(text[end : tokens[at].start])
        if glue is None:
            break
        n = known.small.get(word, known.ordinal.get(word))
        scale = known.scales.get(word) or known.ordinal_scales.get(word) or known.groups.get(word)
        if scale:
            if "and" in glue.group():
                break
            total, part = _multiplied(total, part, scale)
            scaled, last = True, scale
        elif n is not None and ("and" not in glue.group() or scaled) and _may_follow(last, n, scaled):
            part, last = part + n, n
        else:
            break
        ordinal = word in known.ordinal or word in known.ordinal_scales
        end = tokens[at].end
        i = at + 1
    value = Decimal(total + part)
    if not ordinal and (point := decimals(tokens, i, known.small)):
        i, digits = point
        value, end = value + digits, tokens[i - 1].end
        return i, Written(start, end, (value,), False, False)
    return i, Written(start, end, (value,), value < _WEAK_BELOW and not scaled, False)


def _multiplied(total: int, part: int, scale: int) -> tuple[int, int]:
    """(what is complete, what still grows) after a scale: two hundred, five thousand, three lakh crore."""
    if not part:
        return total * scale, 0
    return (total + part * scale, 0) if scale > _HUNDRED else (total, part * scale)


def _may_follow(last: int, n: int, scaled: bool) -> bool:
    """Ones after tens (twenty-five), less than a hundred after a scale (two hundred and fifty)."""
    if 20 <= last <= 90:
        return 0 < n < 10
    return scaled and last >= _HUNDRED and n < last
