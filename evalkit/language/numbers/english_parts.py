"""English fractions and decimals in words: two thirds, twenty-one hundredths, three and a quarter, two point five."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from evalkit.language.numbers.lexicon import Word, lexicon
from evalkit.language.numbers.sums import Stack, is_scale, lowest
from evalkit.language.packs import words_of

ARTICLES = words_of("en", "articles.indefinite")
_ONE, INSIDE = words_of("en", "numbers.one"), words_of("en", "numbers.inside_parts")
_BESIDE = re.compile(r"[ \u00a0]?[-‐‑ \u00a0][ \u00a0]?")
_MOST = 24  # words of one number
_LEAST_PART = 3  # `one second` and `twenty firsts` are no parts of a whole
_LARGE = 10**4  # from here on `and a half` is a part of the last scale: five million and a half
_PERCENT = 100


class Token(NamedTuple):
    """A word in small letters and its place."""

    text: str
    start: int
    end: int


class Part(NamedTuple):
    """A fraction: its readings (the usual one first), where it ends, the word after it."""

    values: tuple[Decimal, ...]
    end: int
    after: int


def parts_of(tokens: Sequence[Token], i: int, text: str) -> Part | None:
    """The fraction or mixed number that starts at a word, None where none does."""
    run = _run(tokens, i, text)
    if not run:
        return None
    names = [token.text for token in tokens[i : i + run]]
    if names[0] in ARTICLES and names[1:] in (["half"], ["quarter"]):
        return None  # of an hour, of a year: there is more than one value
    readings = list(dict.fromkeys(_readings(names)))
    if not readings:
        return None
    at, scale = i + run, Decimal(1)
    known = lexicon("en")
    while known and at < len(tokens) and _BESIDE.fullmatch(text[tokens[at - 1].end : tokens[at].start]):
        word = known.words.get(tokens[at].text)
        if word is None or word.ordinal or not is_scale(word.value):
            break
        scale, at = scale * word.value, at + 1
    if scale != 1:
        return Part(tuple(dict.fromkeys(_scaled(names, scale))), tokens[at - 1].end, at)
    return Part(tuple(readings), tokens[at - 1].end, at)


def decimals(tokens: Sequence[Token], i: int, small: Mapping[str, int]) -> tuple[int, Decimal] | None:
    """(the word after, the value) of `point nought four`; None where no decimals stand."""
    if i >= len(tokens) or tokens[i].text != "point":
        return None
    digits, at = "", i + 1
    while at < len(tokens) and at - i <= _MOST and tokens[at].text in small:
        n = small[tokens[at].text]
        tens = digits[-1:] == "0" and len(digits) > 1 and n < 10 and digits[-2:] != "00"
        digits, at = (digits[:-1] + str(n) if tens else digits + str(n)), at + 1
    return (at, Decimal(f"0.{digits}")) if digits else None


def _run(tokens: Sequence[Token], i: int, text: str) -> int:
    """How many words from here on make up a number that ends in the name of a part; 0 where none does."""
    one = tokens[i].text in _ONE
    for at in range(i, min(len(tokens), i + _MOST)):
        if at > i and not _BESIDE.fullmatch(text[tokens[at - 1].end : tokens[at].start]):
            return 0
        word = tokens[at].text
        if at > i and _part(word, singular=one or tokens[at - 1].text in _ONE):
            return at - i + 1
        known = _word(word)
        if word in INSIDE and (word != "and" or at > i):
            one = one or word != "and"
        elif known is None or known.group or known.ordinal:
            return 0
    return 0


def _word(word: str) -> Word | None:
    known = lexicon("en")
    return known.words.get(word) if known else None


def _part(word: str, *, singular: bool) -> int:
    """What `fifths` divides by, and after `a` and `one` also `fifth`; 0 for other words."""
    known = lexicon("en")
    named = known.parts.get(word, 0) if known else 0
    if named and word.endswith("s"):
        return named
    order = _word(word if singular and not word.endswith("s") else word[:-1] if word.endswith("s") else "")
    if order and order.ordinal:
        return int(order.value)
    return named if singular else 0


def _readings(names: Sequence[str]) -> Iterator[Decimal]:
    """The values of the words of a fraction, by every way to part them into whole, numerator and denominator."""
    ands = [k for k, word in enumerate(names) if word == "and"]
    for k in reversed(ands):
        whole = _value(names[:k])
        if whole is not None:
            scale = lowest(whole) if whole >= _LARGE else Decimal(1)
            for share, _, _ in _shares(names[k + 1 :]):
                yield from (whole + share * scale, whole + share)
    for share, above, below in _shares(names):
        yield from (share, above, below)
        if share * _PERCENT == (share * _PERCENT).to_integral_value():
            yield share * _PERCENT  # three quarters: 75 %
    if (order := _order(names)) is not None:
        yield order  # the one hundred fifth


def _scaled(names: Sequence[str], scale: Decimal) -> Iterator[Decimal]:
    """Three quarters million; one billion and three quarters million."""
    for k in (k for k, word in enumerate(names) if word == "and"):
        whole = _value(names[:k])
        if whole is not None:
            yield from (whole + share * scale for share, _, _ in _shares(names[k + 1 :]))
            yield from ((whole + share) * scale for share, _, _ in _shares(names[k + 1 :]))
    yield from (share * scale for share, _, _ in _shares(names))


def _shares(names: Sequence[str]) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """(value, numerator, denominator) of the words of a fraction, the shortest denominator first."""
    for k in range(len(names) - 1, 0, -1):
        above, below = _value(names[:k]), _denominator(names[k:])
        if above is not None and below is not None and below != 0:
            yield above / below, above, below


def _value(names: Sequence[str]) -> Decimal | None:
    """The value of cardinal words, None where they are no number."""
    stack = Stack()
    for name in names:
        word = _word(name)
        if name == "and":
            continue
        if name in ARTICLES:
            word = Word(Decimal(1))
        if word is None or word.ordinal or not stack.take((word,)):
            return None
    return stack.total if names and names[0] != "and" else None


def _order(names: Sequence[str]) -> Decimal | None:
    last = _word(names[-1])
    before = _value(names[:-1])
    stack = Stack([before] if before else ())
    return stack.total if last and last.ordinal and stack.take((last,)) else None


def _denominator(names: Sequence[str]) -> Decimal | None:
    """What the words of a denominator divide by: fifths, twenty-firsts, hundred thousandths."""
    last = _part(names[-1], singular=True)
    before = [_word(name) for name in names[:-1]]
    if not last or any(word is None or word.ordinal for word in before):
        return None
    stack = Stack()
    for word in (*before, Word(Decimal(last), ordinal=True)):
        if word is None or not stack.take((word,)):
            return None
    small = stack.total < _LEAST_PART and names[-1] not in ("half", "halves")
    return None if small else stack.total
