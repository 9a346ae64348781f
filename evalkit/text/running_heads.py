"""Lines of a page and not of the text: running heads and page numbers that interrupt what they stand in.

Such a line stands alone, and the sentence before it goes on after it. One with a figure is known by that; the others,
and those between two paragraphs, by recurring up to their figures. Where a sentence ends by chance with the page, the
line before is full all the same, and the head looks like one. A heading that recurs ("Article 3") interrupts no
sentence and stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalkit.text.wrapping import ENDS_SENTENCE, Wrapping, starts_small

_LONGEST = 100  # characters: a running head fits on one line
_FIGURES = re.compile(r"\d+")
# Parts with a mark between them and a figure at one end ("Report - 3", "12 | Annual Report"), or a figure alone
# ("- 3 -"). A heading ("Chapter 3") has no parts.
_PARTS = r"\s[-–—|·•/]\s"
_LOOKS_LIKE_ONE = re.compile(
    rf"(?:\D*{_PARTS}\D*)?[-–—|\s]*\d{{1,4}}[-–—|\s]*|\d{{1,4}}{_PARTS}.*|.*{_PARTS}\D*\d{{1,4}}"
)
# The mark of a note before its text: a note interrupts too, but it is text.
_NOTE = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|[¹²³⁰⁴-⁹]{1,3}|[*†‡]{1,3})\s*[^\W\d_]")
_MANY = 3  # lines without a figure: two equal ones are a refrain
_INTERRUPT = 0.25  # of the lines that are alike: the others stand between two paragraphs by chance


def running_heads(lines: Sequence[str], wrapping: Wrapping) -> list[int]:
    """Numbers of the lines (stripped, empty ones among them) that are running heads or page numbers."""
    alike: dict[str, list[int]] = {}
    for number in range(1, len(lines) - 1):
        line = lines[number]
        if line and len(line) <= _LONGEST and not _NOTE.match(line) and not lines[number - 1] and not lines[number + 1]:
            alike.setdefault(_FIGURES.sub("0", line.casefold()), []).append(number)
    found: list[int] = []
    for numbers in alike.values():
        has_figure = _FIGURES.search(lines[numbers[0]]) is not None
        inside = [
            number for number in numbers if interrupts(lines, number, wrapping) or _turns(lines, number, wrapping)
        ]
        if len(inside) >= max(1, _INTERRUPT * len(numbers)) and (has_figure or len(numbers) >= _MANY):
            found += numbers
    return sorted(found)


def interrupts(lines: Sequence[str], number: int, wrapping: Wrapping) -> bool:
    """True where the sentence before the line goes on after it."""
    before, after = _around(lines, number)
    if before is None or after is None or ENDS_SENTENCE.search(lines[before]):
        return False
    return starts_small(lines[after]) or wrapping.full(before, after)


def _turns(lines: Sequence[str], number: int, wrapping: Wrapping) -> bool:
    """True where a line that looks like a head stands between two that the text was broken at."""
    before, after = _around(lines, number)
    if before is None or after is None or not _LOOKS_LIKE_ONE.fullmatch(lines[number]):
        return False
    return wrapping.full(before, after)


def _around(lines: Sequence[str], number: int) -> tuple[int | None, int | None]:
    """The lines with text before and after one."""
    before = next((k for k in range(number - 1, -1, -1) if lines[k]), None)
    return before, next((k for k in range(number + 1, len(lines)) if lines[k]), None)
