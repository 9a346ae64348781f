"""Pairs of brackets and quotation marks, and which of them stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from evalkit.language.packs import words_of


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
_SAME = {"（": "(", "）": ")"}
_MARKS = re.compile(r"[()\[\]{}（）【】「」『』《》〈〉\"“”„«»]")
_LABEL = re.compile(r"(?:^|[\s(（,;:.])(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})$")
_FACE = re.compile(r"[:;=8xX][-'^o]?$|[:;=]\s?$")
_INCH = re.compile(r"\d$")
# Languages that close with the mark others open with, or use one mark on both sides.
_TURNED = words_of("languages", "turned_quotes")


def unpaired(texts: Sequence[str], lang: str) -> list[tuple[int, Mark]]:
    """The marks without partner in consecutive texts, each with the number of its text, in order."""
    brackets: list[tuple[int, Mark]] = []
    quotes: list[tuple[int, Mark]] = []
    loose: list[tuple[int, Mark]] = []
    for index, text in enumerate(texts):
        for m in _MARKS.finditer(text):
            char, at = _SAME.get(m.group(), m.group()), m.start()
            if char in '"“”„«»':
                _quote(quotes, loose, index, m.group(), at, text, lang)
            elif char in _BRACKETS:
                if not (text[at - 1 : at] in (":", ";", "=") and char == "("):
                    brackets.append((index, Mark(at, m.group(), char, True, False, True)))
            else:
                _close(brackets, loose, index, m.group(), char, at, text)
    return sorted(loose + brackets + quotes)


def _close(
    stack: list[tuple[int, Mark]], loose: list[tuple[int, Mark]], index: int, shown: str, char: str, at: int, text: str
) -> None:
    opener = _CLOSING[char]
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][1].family == opener:
            loose += stack[depth + 1 :]
            del stack[depth:]
            return
    before = text[max(0, at - 8) : at]
    if char == ")" and (_LABEL.search(before) or _FACE.search(before)):
        return
    loose.append((index, Mark(at, shown, opener, False, True, True)))


def _quote(
    stack: list[tuple[int, Mark]], loose: list[tuple[int, Mark]], index: int, char: str, at: int, text: str, lang: str
) -> None:
    """Double quotation marks of any shape pair with each other: mixed shapes are a matter of style."""
    family = "«" if char in "«»" else '"'
    if char == '"' and _INCH.search(text[max(0, at - 1) : at]) and not any(m.family == family for _, m in stack):
        after = text[at + 1 : at + 2]
        if not after or not after.isalnum():
            return
    either = char == '"' or lang in _TURNED
    opens, closes = char in "“„«", char in "”»"
    open_now = [i for i, (_, m) in enumerate(stack) if m.family == family]
    if either:
        if open_now:
            del stack[open_now[-1]]
        else:
            stack.append((index, Mark(at, char, family, opens, closes, False)))
    elif opens:
        stack.append((index, Mark(at, char, family, True, False, False)))
    elif open_now:
        del stack[open_now[-1]]
    else:
        loose.append((index, Mark(at, char, family, False, True, False)))
