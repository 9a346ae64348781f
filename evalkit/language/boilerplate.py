"""Page furniture: lines of a web page that are no part of the text itself.

Each rule is a pattern for a whole line with the reason shown to the user. Rules marked with a depth
count only that near the top or the bottom of a document, where furniture stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.language.packs import pattern_of, words_in_order
from evalkit.records import LeftOut

_DATE = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
_LABELS = "|".join(words_in_order("en", "date_labels"))
_MENU_WORDS = f"{pattern_of('languages', 'page.own_names')}|{pattern_of('en', 'page.menu')}"
_DATED = pattern_of("en", "page.dated")


class _Rule(NamedTuple):
    reason: str
    pattern: re.Pattern[str]
    edge: int  # lines with text from the top or the bottom within which the rule holds


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{pattern})\s*", re.IGNORECASE)


_RULES = (
    _Rule("navigation menu", _line(rf"(?:{_MENU_WORDS})(?:[\s|/·>]+(?:{_MENU_WORDS}))+"), 5),
    _Rule("byline", _line(rf"[^.!?]{{0,60}}\b(?:{_DATED})\b\s*:?\s*(?:{_DATE})[^.!?]{{0,20}}"), 5),
    _Rule("byline", _line(rf"(?:(?:{_LABELS})\s*:?\s+)?(?:{_DATE})\s+\w+(?:\s\w+)?"), 5),
    _Rule("copyright notice", _line(r"(?:copyright\b|©|\(c\)).{0,300}"), 5),
    _Rule("copyright notice", _line(r".{0,200}\ball rights reserved\b.{0,100}"), 5),
    _Rule("site registration number", _line(r"\w?ICP[备证].{0,40}|.{0,4}公网安备.{0,40}"), 5),
)


def find(text: str, document: str) -> tuple[LeftOut, ...]:
    """The lines of a document that are page furniture, in order, each with the rule that says so."""
    lines = [(number, start, line) for number, (start, line) in enumerate(_lines(text), 1) if line.strip()]
    found = []
    for position, (number, start, line) in enumerate(lines):
        edge = min(position, len(lines) - 1 - position)
        for rule in _RULES:
            if edge < rule.edge and len(line) <= 400 and rule.pattern.fullmatch(line):
                found.append(LeftOut(document, number, start, start + len(line), line, rule.reason))
                break
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line.removesuffix("\r")
        start += len(line) + 1


def without(text: str, left_out: tuple[LeftOut, ...]) -> str:
    """The text without the lines left out, and without the blank lines that parted them from it."""
    gone = {item.line for item in left_out}
    kept: list[str] = []
    skipping = True  # blank lines at the top and after a line left out go with it
    for number, (_, line) in enumerate(_lines(text), 1):
        if number in gone:
            skipping = True
        elif line.strip() or not skipping:
            kept.append(line)
            skipping = False
    return "\n".join(kept).rstrip() + "\n"
