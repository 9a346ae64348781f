"""Many dates to be held against one: by what parts of them are told, not one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from evalkit.language.numbers.dates import Day

_Parts = tuple[int, ...]


class Days:
    """Dates; whether one of them agrees with another is asked as `Day.agrees` answers, at a cost that does not depend
    on their number."""

    def __init__(self, days: Iterable[Day]) -> None:
        # Which parts a date tells, some of these, and their values.
        self._known: set[tuple[_Parts, _Parts, tuple[int | None, ...]]] = set()
        for day in set(days):
            told = _told(day)
            self._known.update((told, some, tuple(day[part] for part in some)) for some in _subsets(told))
        self._tellings = sorted({told for told, _, _ in self._known})

    def agree(self, day: Day) -> bool:
        """Whether one of the dates shares a part with this one, and contradicts it in none."""
        mine = _told(day)
        for told in self._tellings:
            both = tuple(part for part in told if part in mine)
            if both and (told, both, tuple(day[part] for part in both)) in self._known:
                return True
        return False


def _told(day: Day) -> _Parts:
    return tuple(part for part, value in enumerate(day) if value is not None)


def _subsets(parts: _Parts) -> Iterator[_Parts]:
    for number in range(1, len(parts) + 1):
        yield from combinations(parts, number)
