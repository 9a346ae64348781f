"""Numbers in words of Chinese, Japanese and Korean texts: 스물한, にせんごひゃく, 半分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from evalkit.language.numbers.myriads import MYRIAD, Numeral, data_of
from evalkit.language.packs import pattern_of

_HIRAGANA = re.compile("[ぁ-ゖー]{4,40}")  # four at least: にし and せん are words
_FIRST_SCALE = 10  # below stand digits


def numbers_in_words(text: str, lang: str) -> Iterator[Numeral]:
    """The numbers in words of a text, each kind in order."""
    if lang == "ko":
        yield from _native(text)
        return
    if lang == "ja":
        yield from _hiragana(text)
    for m in _halves().finditer(text):
        half = Decimal("0.5")
        yield Numeral(m.start(), m.end(), (half, Decimal(50)), False)


@lru_cache(maxsize=1)
def _halves() -> re.Pattern[str]:
    return re.compile("|".join(str(data_of("written")["halves"]).split()))


@lru_cache(maxsize=1)
def _native_pattern() -> re.Pattern[str]:
    tens, ones = ("|".join(data_of("native")[name]) for name in ("tens", "ones"))
    end = rf"(?=\s|{pattern_of('ko', 'counters')}|$)"
    return re.compile(rf"(?<![가-힣])(?:(?P<t>{tens})(?: (?=(?:{ones}){end}))?)?(?P<o>{ones})?{end}")


def _native(text: str) -> Iterator[Numeral]:
    """Numerals of Korean words: 스물한, 열 다섯, 다섯."""
    data = data_of("native")
    for m in _native_pattern().finditer(text):
        if m.group():
            value = data["tens"].get(m["t"], 0) + data["ones"].get(m["o"], 0)
            yield Numeral(m.start(), m.end(), (Decimal(value),), bool(m["t"] and m["o"]))


def _hiragana(text: str) -> Iterator[Numeral]:
    """A run of hiragana that is one number from end to end, with a scale in it: other runs are words."""
    for m in _HIRAGANA.finditer(text):
        value = hiragana_value(m.group())
        if value is not None:
            yield Numeral(m.start(), m.end(), (value,), True)


def hiragana_value(run: str) -> Decimal | None:
    """The value of a number in hiragana, None where the run is anything else, or one digit or scale alone."""
    words = data_of("hiragana")
    total, group, pending, parts, scaled = 0, 0, 0, 0, False
    while run:
        word = next((w for w in _longest_first() if run.startswith(w)), None)
        if word is None:
            return None
        value, run, parts = int(words[word]), run[len(word) :], parts + 1
        if value < _FIRST_SCALE:
            if pending:
                return None
            pending = value
        elif value < MYRIAD:
            if group and value >= _lowest(group):
                return None
            group, pending, scaled = group + (pending or 1) * value, 0, True
        else:
            if not group + pending or (total and value >= _lowest(total)):
                return None
            total, group, pending, scaled = total + (group + pending) * value, 0, 0, True
    return Decimal(total + group + pending) if scaled and parts > 1 else None


def _lowest(value: int) -> int:
    """The place value of the last digit that is not 0."""
    zeros = len(str(value)) - len(str(value).rstrip("0"))
    return int(f"1{'0' * zeros}")


@lru_cache(maxsize=1)
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted((w for w in data_of("hiragana") if w != "reason"), key=lambda w: (-len(w), w)))
