"""The figures of a text as their runs of digits, and what is asked of all of them for each of its numbers."""

from __future__ import annotations

import re
from functools import cached_property

from evalkit.language.numbers.joints import parted
from evalkit.language.numbers.scan import plain_digits

Run = tuple[str, ...]
RUN = re.compile(r"\d+")
# Each begins where digits do: tried within a row of them it would read the row's rest again for each.
FIGURES = re.compile(r"\d+(?:[.,'’]\d+)*"), re.compile(r"(?<!\d)\d+(?:[^\w\s]{1,2}\d+)+")  # 4.5; 2-1 and 3:35
# 167, 000; 28. 404. 603; 2. 324.069
SPACED = re.compile(r"(?<!\d)(?<!\d[.,])(?<!\d[.,] )\d+(?:[.,] ?\d+)* ?[.,] \d+(?:[.,] ?\d+)*")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:[.,'’ \u00a0\u202f]|[.,] )\d{3})+(?!\d)")  # 76.000, 76 000, 76, 000
# A number of a telephone or a book, however it is parted.
_DIALLED = re.compile(r"(?<![\w.,])\(?\d{1,7}(?:[ \u00a0./()‐‑–-]{1,3}\d{1,7}){1,7}(?!\d)")
_FEWEST_DIALLED, LOCAL = 8, 7  # digits of such a number, and of its end that stays with another code before it
_HALF_DAY = 12  # hours
DATE_PARTS = 3  # day, month and year, in any order


class Figures(frozenset[Run]):
    """The figures of a text, and what is asked of all of them again and again."""

    @cached_property
    def beginnings(self) -> frozenset[tuple[int, str]]:
        """Of figures of several parts how many, and the first."""
        return frozenset((len(run), run[0]) for run in self if len(run) > 1)

    @cached_property
    def parts(self) -> frozenset[str]:
        """All parts."""
        return frozenset(part for run in self for part in run)

    @cached_property
    def ends(self) -> dict[str, set[int]]:
        """Of long figures of one part the end, and how many digits they have."""
        found: dict[str, set[int]] = {}
        for run in self:
            if len(run) == 1 and len(run[0]) >= LOCAL:
                found.setdefault(run[0][-LOCAL:], set()).add(len(run[0]))
        return found

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The values of all parts."""
        return frozenset(map(int, self.parts))

    @cached_property
    def hours(self) -> frozenset[int]:
        """What of a clock's twelve hours a short figure may be."""
        short = (run[0] for run in self if len(run) == 1 and len(run[0]) <= len(str(_HALF_DAY)))
        return frozenset(int(part) % _HALF_DAY for part in short)


def figures_of(text: str) -> Figures:
    """The figures of a text as their runs of digits: what has the same runs is the same, however it was read."""
    plain = parted(plain_digits(text), ".", " ")
    patterns = (*FIGURES, SPACED)
    found = {tuple(RUN.findall(figure)) for pattern in patterns for figure in pattern.findall(plain)}
    found |= {("".join(RUN.findall(figure)),) for figure in _GROUPED.findall(plain)}
    dialled = ("".join(RUN.findall(m)) for m in _DIALLED.findall(plain))
    found |= {(number,) for number in dialled if len(number) >= _FEWEST_DIALLED}
    return Figures(found | {in_order(run) for run in found if len(run) == DATE_PARTS})


def in_order(run: Run) -> Run:
    """The parts of a date by size: 5/11/648 and 11.05.648 have the same."""
    return tuple(str(number) for number in sorted(map(int, run)))
