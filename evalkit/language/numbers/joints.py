"""Figures that lack the blank behind a comma, 1.597,2.176 for 1.597, 2.176: no number as a whole, several in parts."""

from __future__ import annotations

import re
from functools import lru_cache

_RUN = re.compile(r"(?<![\w.,])\d{1,12}(?:[.,]\d{1,12}){2,12}(?![\w]|[.,]\d)")
_DAY, _YEAR = r"\d{1,2}", r"(?:1[5-9]|20|21)\d\d"
_BY_A_YEAR = re.compile(rf"(?<![\w.,/-])(?:{_YEAR},{_DAY}|{_DAY},{_YEAR})(?![\w%]|[.,]\d)")
# How a number is written, by its decimal mark; also in groups of two, as in India (12,34,567).
_WRITTEN = {
    ".": re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"),
    ",": re.compile(r"\d+(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}


def parted(text: str, mark: str, gap: str = "\x00") -> str:
    """A text with `gap` for the commas that join numbers, of the same length. `mark` is the decimal mark of its
    language; a figure with both marks says by itself which of them that is."""
    if "," not in text:
        return text
    cuts = [m.start() + at for m in _RUN.finditer(text) for at in _cuts(m.group(), mark)]
    if mark == ".":
        # 2019,4 and 5,2019: no group of three, and no decimals in such a language.
        cuts += [text.index(",", m.start()) for m in _BY_A_YEAR.finditer(text)]
    for at in cuts:
        text = text[:at] + gap + text[at + 1 :]
    return text


@lru_cache(maxsize=4096)
def _cuts(figure: str, mark: str) -> tuple[int, ...]:
    """The commas at which a figure falls into fewest numbers, all written in one way; none where it is one number in
    any way of writing, or falls in several ways."""
    if any(written.fullmatch(figure) for written in _WRITTEN.values()):
        return ()
    own = (mark,) if "." not in figure else (mark, *(other for other in _WRITTEN if other != mark))
    if own == (".",):
        return ()  # a list of commas alone, or wrong groups
    return next((found for way in own if (found := _fewest(figure, _WRITTEN[way]))), ())


def _fewest(figure: str, written: re.Pattern[str]) -> tuple[int, ...]:
    """The only way to cut a figure into fewest numbers, as the places of its commas."""
    ends = [*(m.start() for m in re.finditer(",", figure)), len(figure)]
    best: dict[int, list[tuple[int, ...]]] = {-1: [()]}  # by where a part ended, the shortest ways there
    for end in ends:
        ways = [
            (*way, end) for start, found in best.items() if written.fullmatch(figure, start + 1, end) for way in found
        ]
        least = min(map(len, ways), default=0)
        if ways:
            best[end] = [way for way in ways if len(way) == least][:2]
    whole = best.get(len(figure), [])
    return tuple(whole[0][:-1]) if len(whole) == 1 else ()
