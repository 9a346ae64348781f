"""Lines of a page and not of the text: running heads, page numbers and notes that interrupt what they stand in.

Such a line stands alone, and the sentence before it goes on after it. One with a figure is known by that; the others,
and those between two paragraphs, by recurring up to their figures. Where a sentence ends by chance with the page, the
line before is full all the same, and the head looks like one. A heading that recurs ("Article 3") interrupts no
sentence and stays.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Sequence

from evalkit.text.page_notes import RULE, note_lines
from evalkit.text.wrapping import ENDS_SENTENCE, Wrapping, starts_small

_LONGEST = 100  # characters: a running head fits on one line
_FIGURES = re.compile(r"\d+")
# Parts with a mark between them and a figure at one end ("Report - 3", "12 | Annual Report"), or a figure alone
# ("- 3 -"). A heading ("Chapter 3") has no parts.
_PARTS = r"\s[-–—|·•/]\s"
_LOOKS_LIKE_ONE = re.compile(
    rf"(?:\D*{_PARTS}\D*)?[-–—|\s]*\d{{1,4}}[-–—|\s]*|\d{{1,4}}{_PARTS}.*|.*{_PARTS}\D*\d{{1,4}}"
)
_NEAR = 12  # lines from the text before a head of several lines to the text after it
_FEW = 0.3  # of the written lines are such heads at most: three on a page of ten
_TWICE = 2  # times at least what is known by recurring only interrupts a sentence
_MANY = 3  # lines without a figure: two equal ones are a refrain
_INTERRUPT = 0.25  # of the lines that are alike: the others stand between two paragraphs by chance


class Interruptions:
    """What interrupts the text of these lines (stripped, empty ones among them), by their numbers.

    `heads` are running heads, page numbers and rules above notes; `notes` the lines of each note within a sentence.
    """

    def __init__(self, lines: Sequence[str], wrapping: Wrapping) -> None:
        self._lines, self._wrapping = lines, wrapping
        looking = note_lines(lines)
        passed = {number for note in looking for number in note}
        self._before, self._after = _texts_around(lines, passed)
        self.heads = self._heads(passed)
        self._before, self._after = _texts_around(lines, passed.union(self.heads))
        within = [note for note in looking if self.cuts(note[0])]
        self.notes = [note for note in within if not RULE.fullmatch(lines[note[0]])]
        self.heads = sorted([*self.heads, *(note[0] for note in within if RULE.fullmatch(lines[note[0]]))])

    def before(self, number: int) -> int | None:
        """The last line of the text before a line that interrupts it."""
        return None if self._before[number] < 0 else self._before[number]

    def cuts(self, number: int) -> bool:
        """True where the sentence before the line goes on after it."""
        before, after = self._before[number], self._after[number]
        if before < 0 or after < 0 or ENDS_SENTENCE.search(self._lines[before]):
            return False
        return starts_small(self._lines[after]) or self._wrapping.full(before, after)

    def _heads(self, passed: Collection[int]) -> list[int]:
        lines, alike = self._lines, dict[str, list[int]]()
        for number in range(1, len(lines) - 1):
            line = lines[number]
            alone = line and len(line) <= _LONGEST and not lines[number - 1] and not lines[number + 1]
            if alone and number not in passed:
                alike.setdefault(_FIGURES.sub("0", line.casefold()), []).append(number)
        found: list[int] = []
        for numbers in alike.values():
            has_figure = _FIGURES.search(lines[numbers[0]]) is not None
            inside = [number for number in numbers if self.cuts(number) or self._turns(number)]
            if len(inside) >= max(1, _INTERRUPT * len(numbers)) and (has_figure or len(numbers) >= _MANY):
                found += numbers
        return sorted([*found, *self._of_several_lines({*passed, *found})])

    def _of_several_lines(self, passed: set[int]) -> list[int]:
        """Heads of several lines, and those without empty lines around them: by recurring, all of them passed over."""
        if not self._wrapping.share:  # lines that were broken at no width may all recur: one word a line
            return []
        lines, alike = self._lines, dict[str, list[int]]()
        for number in range(1, len(lines) - 1):
            line = lines[number]
            if not line or len(line) > _LONGEST or number in passed or ENDS_SENTENCE.search(line):
                continue
            # a line of a passage that stands in the text several times is full, and a head hardly ever
            if not lines[number + 1] or not self._wrapping.full(number, number + 1):
                alike.setdefault(_FIGURES.sub("0", line.casefold()), []).append(number)
        often = {k: numbers for k, numbers in alike.items() if len(numbers) >= (_TWICE if "0" in k else _MANY)}
        if not often:
            return []
        self._before, self._after = _texts_around(lines, passed.union(*often.values()))
        found: list[int] = []
        for numbers in often.values():
            inside = sum(self._after[k] - self._before[k] <= _NEAR and self.cuts(k) for k in numbers)
            if inside >= max(_TWICE, _INTERRUPT * len(numbers)):
                found += numbers
        return found if len(found) <= _FEW * sum(map(bool, lines)) else []

    def _turns(self, number: int) -> bool:
        """True where a line that looks like a head stands between two that the text was broken at."""
        before, after = self._before[number], self._after[number]
        if before < 0 or after < 0 or not _LOOKS_LIKE_ONE.fullmatch(self._lines[number]):
            return False
        return self._wrapping.full(before, after)


def _texts_around(lines: Sequence[str], passed: Collection[int]) -> tuple[array[int], array[int]]:
    """Of every line the last line with text before it and the first after it, without those to be passed over; -1
    where there is none. In plain arrays: a text may have half a million lines."""
    found: list[array[int]] = []
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        near, last = array("l", [-1]) * len(lines), -1
        for number in order:
            near[number] = last
            if lines[number] and number not in passed:
                last = number
        found.append(near)
    return found[0], found[1]
