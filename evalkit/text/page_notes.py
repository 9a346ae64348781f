"""Notes of a page in the midst of the text: footnotes between the two parts of a sentence.

A note is text and stays, but the sentence around it is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalkit.text.wrapping import ENDS_SENTENCE, starts_small

# The mark of a note before its text: "[3] See", "¹ See", "* See".
_MARKED = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|[¹²³⁰⁴-⁹]{1,3}|[†‡]{1,3})\s*[^\W\d_]")
# A number or a star ("3 See the annex.") may as well be that of a head or an item: such a note is a sentence.
_NUMBERED = re.compile(r"(?:\d{1,3}[.)]?\s+|\*{1,3}\s*)([^\W\d_])")
# The line above notes.
RULE = re.compile(r"[_—–-]{3,}")


def note_lines(lines: Sequence[str]) -> list[list[int]]:
    """Numbers of the lines (stripped, empty ones among them) of each note, by its looks, and of each rule above one."""
    found: list[list[int]] = []
    for group in _paragraphs(lines):
        if RULE.fullmatch(lines[group[0]]):
            found.append([group[0]])
            group = group[1:]
        if group and _opens(lines, group[0], group[-1]):
            found += _parted(lines, group)
            continue
        found += [[k] for k in group[1:-1] if _stands_within(lines, k)]
    return found


def _paragraphs(lines: Sequence[str]) -> list[list[int]]:
    found: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if line:
            found[-1].append(number)
        elif found[-1]:
            found.append([])
    return [group for group in found if group]


def _opens(lines: Sequence[str], first: int, last: int) -> bool:
    """True where a note starts at the line `first`, if it ends with `last`."""
    if _MARKED.match(lines[first]):
        return True
    numbered = _NUMBERED.match(lines[first])
    return numbered is not None and not starts_small(numbered[1]) and ENDS_SENTENCE.search(lines[last]) is not None


def _parted(lines: Sequence[str], group: Sequence[int]) -> list[list[int]]:
    """Several notes below each other, each by itself."""
    found = [[group[0]]]
    for number in group[1:]:
        if ENDS_SENTENCE.search(lines[number - 1]) and _opens(lines, number, group[-1]):
            found.append([])
        found[-1].append(number)
    return found


def _stands_within(lines: Sequence[str], number: int) -> bool:
    """True where a note of one line stands between two lines of a sentence, without empty lines around it."""
    if ENDS_SENTENCE.search(lines[number - 1]) or not ENDS_SENTENCE.search(lines[number]):
        return False
    return starts_small(lines[number + 1]) and _opens(lines, number, number)
