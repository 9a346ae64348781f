"""Pairs of brackets and quotation marks, and which of them stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.packs import values_of


class Mark(NamedTuple):
    """A bracket or quotation mark without partner; `family` is what it would pair with."""

    at: int
    char: str
    family: str
    opens: bool
    closes: bool
    bracket: bool


_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "【": "】", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_CLOSING = {close: open_ for open_, close in _BRACKETS.items()} | {"）": "（", ")": "("}
_CORNERS = frozenset("「『")  # quotation marks, which may run over several paragraphs
_SAME = {"（": "(", "）": ")"}
_MARKS = re.compile(r"[()\[\]{}（）【】「」『』《》〈〉\"“”„«»״＂〝〞〟‟]")
_LABEL = re.compile(r"(?:^|[\s(（,;:.])(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})$|^\s*\d{1,2}\s$")
_FACE = re.compile(r"[:;=8xX][-'^o]?$|[:;=]\s?$")
_INCH = re.compile(r"\d$")
_FEET = re.compile(r"\d\s?['′’]\s?\d{1,2}$")  # 5'5“: whatever mark follows stands for inches
_FEET_WIDE = 7  # characters
_QUOTES = frozenset('"“”„«»״＂〝〞〟‟')
_OPENS, _CLOSES = frozenset("“„«〝‟"), frozenset("”»〞〟")
# What may stand before an opening mark and behind a closing one, besides blanks.
_BEFORE = frozenset("([{（【「『《〈-–—―/¿¡'‘‚")
_AFTER = frozenset(")]}）】」』》〉-–—―/.,;:!?…，。、；：！？،؛؟۔।॥։።፣፤፧។།'’")


# Brackets left open between the two of a pair: more are no text, and to look through all takes time without end.
_DEEPEST = 100


def unpaired(texts: Sequence[str], lang: str) -> list[tuple[int, Mark]]:
    """The marks without partner in consecutive texts, each with the number of its text, in order.

    Quotation marks are one family, whatever their shape: which one a language takes is a matter of style, and one
    of an even number has its partner.
    """
    brackets: list[tuple[int, Mark]] = []
    quotes: list[tuple[int, Mark]] = []
    loose: list[tuple[int, Mark]] = []
    for index, text in enumerate(texts):
        for m in _MARKS.finditer(text):
            char, at = _SAME.get(m.group(), m.group()), m.start()
            if char in _QUOTES:
                if not _is_letter_or_inch(text, at, quotes):
                    quotes.append((index, _turned(text, at, lang)))
            elif char in _BRACKETS:
                if not (text[at - 1 : at] in (":", ";", "=") and char == "("):
                    brackets.append((index, Mark(at, m.group(), char, True, False, char not in _CORNERS)))
            else:
                _close(brackets, loose, index, m.group(), char, at, text)
    return sorted(loose + brackets + _odd(quotes))


def _close(
    stack: list[tuple[int, Mark]], loose: list[tuple[int, Mark]], index: int, shown: str, char: str, at: int, text: str
) -> None:
    opener = _CLOSING[char]
    for depth in range(len(stack) - 1, max(len(stack) - _DEEPEST, 0) - 1, -1):
        if stack[depth][1].family == opener:
            loose += stack[depth + 1 :]
            del stack[depth:]
            return
    before = text[max(0, at - 8) : at]
    if char == ")" and (_LABEL.search(before) or _FACE.search(before)):
        return
    loose.append((index, Mark(at, shown, opener, False, True, opener not in _CORNERS)))


def _is_letter_or_inch(text: str, at: int, quotes: list[tuple[int, Mark]]) -> bool:
    """True for the mark in a Hebrew abbreviation, and for inches where no quotation is open."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if text[at] in '"״' and "\u05d0" <= before <= "\u05ea" and "\u05d0" <= after <= "\u05ea":
        return True
    if _FEET.search(text, max(0, at - _FEET_WIDE), at):
        return True
    return text[at] == '"' and bool(_INCH.search(before)) and len(quotes) % 2 == 0 and not after.isalnum()


def _turned(text: str, at: int, lang: str) -> Mark:
    """A quotation mark as it is used: what it leans on tells, then its shape in the language, then its usual shape."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    free_before = not before or before.isspace() or before in _BEFORE
    free_after = not after or after.isspace() or after in _AFTER
    if free_before != free_after:
        return Mark(at, text[at], '"', free_before, free_after, False)
    start, end = _usual_marks(lang)
    if text[at] in (start, end) and start != end:
        return Mark(at, text[at], '"', text[at] == start, text[at] == end, False)
    return Mark(at, text[at], '"', text[at] in _OPENS, text[at] in _CLOSES, False)


@lru_cache(maxsize=64)
def _usual_marks(lang: str) -> tuple[str, str]:
    """The opening and the closing mark of a language; none where the CLDR has none."""
    found = values_of("cldr", "quotation_marks").get(lang, " ").split(" ")
    return found[0], found[1]


def _odd(quotes: list[tuple[int, Mark]]) -> list[tuple[int, Mark]]:
    """The one of an odd number of quotation marks that has no partner: a closing mark with none open, else the first
    that stays open."""
    if len(quotes) % 2 == 0:
        return []
    stack: list[tuple[int, Mark]] = []
    for item in quotes:
        mark = item[1]
        if mark.closes and not stack:
            return [item]
        if mark.closes or (stack and not mark.opens):
            stack.pop()
        else:
            stack.append(item)
    return stack[:1] or quotes[-1:]
