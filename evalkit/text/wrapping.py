"""Lines that were broken at a width, and which belong together: hard line ends of every script.

A line that was broken at a width is as long as it can be: the first word of the next would not have fitted. That
holds for German, whose nouns start with a capital, and for scripts without spaces, where only the width tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from evalkit.text.words import has_unspaced, width

_MARKS, _CLOSERS = ".!?…。！？؟।:;；።။។", "\"'”’»)]」』"
ENDS_SENTENCE = re.compile(f"[{re.escape(_MARKS)}][{re.escape(_CLOSERS)}]*$")
_WRAP_WIDTHS = (40, 120)  # columns in which mail and terminals wrap: narrower lines that break off are verse
_COLUMNS = (30, 130)  # columns a text is broken at; beyond them lines are sentences or verse
_CHARACTERS = (20, 60)  # the same of a script without spaces, by character
_TWO = 2  # lines broken in mid-sentence: one may be a heading
_MID = 0.6  # of the lines that end no sentence are full where a text was broken at a width; headings are not
_FULL = 0.2  # of all lines are full at least: in short paragraphs every second one
_OUTLIERS = 0.02  # of the lines may be longer than the width: an address, a row of a table
_FROM = 50  # lines; in a shorter text that share is none
_SLACK = 2  # columns: a mark that may start no line took the last character of an unspaced script with it
_ALONE = 30  # characters of an unspaced script: a heading seldom has so many
_MANY = 0.3  # of the line ends of a paragraph break off where all of it was broken; else only the two lines are joined
_GEORGIAN = ("\u10d0", "\u10ff")
Measure = Callable[[str], int]
# The label of a list item, or of a note, on a line of its own.
LABEL = re.compile(r"[(\[]?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)\]]{1,2}|[•‣⁃▪◦*–—-]")


def ends_sentence(line: str) -> bool:
    """Whether the pattern `ENDS_SENTENCE` fits a line that ends in no white space; most lines tell by one character."""
    last = line[-1:]
    return bool(last) and (last in _MARKS or (last in _CLOSERS and ENDS_SENTENCE.search(line) is not None))


class Wrapping:
    """How the lines of one text were broken. Lines are stripped; empty ones part paragraphs."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._unspaced = sum(map(has_unspaced, lines)) > len(lines) / 4
        # programs count columns or characters, which differ for wide characters and for marks above letters
        found = [self._found(measure) for measure in (width, len)]
        self.share, self._most, self._measure = max(found, key=lambda way: way[0])

    def full(self, number: int, following: int) -> bool:
        """True where the text was broken at a width and the line `following` goes on after this full one."""
        return bool(self.share) and self._fills(number, following, self._most, self._measure)

    def goes_on(self, number: int, following: int) -> bool:
        """True where the line `following` belongs to the block of this one."""
        line, after = self._lines[number], self._lines[following]
        if self.full(number, following):
            return True
        return starts_small(after) and not ENDS_SENTENCE.search(line)

    def _fills(self, number: int, following: int, most: int, measure: Measure) -> bool:
        """True where the first word of the next line had no place on this one."""
        line, after = self._lines[number], self._lines[following]
        if has_unspaced(line[-1]) or has_unspaced(after[0]):
            return measure(line) + measure(after[0]) + _SLACK > most
        word = after.split(None, 1)[0]
        room = measure(line) + 1 + measure(word)
        # between characters of its own script a foreign word may be broken anywhere
        return room > most or (self._unspaced and measure(line) + _SLACK >= most)

    def _found(self, measure: Measure) -> tuple[float, int, Measure]:
        """The share of lines broken in mid-sentence that are full, 0 where the text was not broken; at what width."""
        lengths = [measure(line) for line in self._lines]
        written = sorted(length for length in lengths if length)
        outliers = int(len(written) * _OUTLIERS) if len(written) >= _FROM else 0
        most = written[-1 - outliers] if written else 0
        least, longest = _CHARACTERS if self._unspaced and measure is len else _COLUMNS
        if not least <= most <= longest:
            return 0.0, most, measure
        ends = [k for k in range(len(self._lines) - 1) if self._lines[k] and self._lines[k + 1]]
        mid = [k for k in ends if not ENDS_SENTENCE.search(self._lines[k])]
        broken = [k for k in mid if self._fills(k, k + 1, most, measure)]
        full = sum(self._fills(k, k + 1, most, measure) for k in ends)
        share = len(broken) / max(len(mid), 1)
        if len(broken) >= _TWO and share >= _MID and full >= _FULL * len(written):
            return share, most, measure
        alone = self._unspaced and len(broken) == len(mid) == 1 and len(self._lines[broken[0]]) >= _ALONE
        return float(alone), most, measure


def joined(lines: Sequence[str], wrapping: Wrapping, numbers: Sequence[int]) -> list[list[int]]:
    """The lines of one paragraph, by their numbers, in groups that belong together."""
    if len(numbers) > 1 and not wrapping.share:
        pairs = [(a, b) for a, b in pairwise(numbers) if _breaks_off(lines[a], lines[b], alone=len(numbers) == _TWO)]
        if len(pairs) > _MANY * (len(numbers) - 1):
            return [list(numbers)]
        going = set(pairs)
    else:
        going = set()
    found: list[list[int]] = []
    for number in numbers:
        before = found[-1][-1] if found else None
        if before is not None and (
            LABEL.fullmatch(lines[before])
            or (wrapping.goes_on(before, number) if wrapping.share else (before, number) in going)
        ):
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _breaks_off(line: str, after: str, *, alone: bool) -> bool:
    """True where a line breaks off in mid-sentence at some width and the next goes on in lower case.

    Of two lines `alone`, a heading perhaps, the first may be short, if the second ends no sentence either.
    """
    least = 0 if alone and not ENDS_SENTENCE.search(after) else _WRAP_WIDTHS[0]
    return least <= len(line) <= _WRAP_WIDTHS[1] and not ENDS_SENTENCE.search(line) and starts_small(after)


def starts_small(text: str) -> bool:
    """True where the first letter is small and its script has capitals at the start of sentences (Georgian has not)."""
    return text[:1].islower() and not _GEORGIAN[0] <= text[0] <= _GEORGIAN[1]
