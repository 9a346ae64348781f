"""Names in enumerations: which of two lists answers which."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evalkit.detectors.names.mentions import NameUnit

_MARKS = r"[,;，、；]"
_LONGEST = 4  # words of an item; more are a clause
_FEWEST = 3  # marks of a list: "He, she said, and they" has fewer


class Place(NamedTuple):
    """The item of a list: which list of its segment, which item, of how many."""

    segment: str
    first: int
    item: int
    of: int


def place_of(name: NameUnit, lang: str) -> Place | None:
    """The item a name is, or is a part of; None where it stands in no list."""
    marks = _marks(name.segment.text, lang)
    for marked in _lists(name.segment.text, marks):
        first, last = marked[0], marked[-1]
        item = sum(end <= name.start for _, end in marked)
        opening = item == 0 and not name.segment.text[name.end : first[0]].strip() and name.end <= first[0]
        closing = item == len(marked) and len(name.segment.text[last[1] : name.start].split()) < _LONGEST
        if opening or closing or 0 < item < len(marked):
            return Place(name.segment.id, first[0], item, len(marked) + 1)
    return None


def is_same(mine: Place | None, theirs: Place | None) -> bool:
    """True for two names at the same item of lists as long."""
    return mine is not None and theirs is not None and (mine.item, mine.of) == (theirs.item, theirs.of)


def is_apart(mine: Place | None, theirs: Place | None) -> bool:
    """True for two names at different items of lists as long: they are not the same."""
    return mine is not None and theirs is not None and mine.of == theirs.of and mine.item != theirs.item


def is_unsure(mine: Place | None, theirs: Place | None) -> bool:
    """True where lists are of different length, or only one name stands in one: order tells nothing."""
    return (mine is None) != (theirs is None) or (mine is not None and theirs is not None and mine.of != theirs.of)


def _marks(text: str, lang: str) -> list[tuple[int, int]]:
    return [match.span() for match in _separator(lang).finditer(text)]


def _lists(text: str, marks: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Marks with no more than a few words between."""
    found: list[list[tuple[int, int]]] = []
    for mark in marks:
        if found and len(text[found[-1][-1][1] : mark[0]].split()) <= _LONGEST:
            found[-1].append(mark)
        else:
            found.append([mark])
    return [marked for marked in found if len(marked) >= _FEWEST]


@lru_cache(maxsize=16)
def _separator(lang: str) -> re.Pattern[str]:
    """What stands between two items: a mark, the words for and and or as the CLDR has them, or both."""
    joined = "|".join(map(re.escape, _joining(lang)))
    return re.compile(rf"\s*{_MARKS}\s*(?:(?:{joined})\s+)?|\s+(?:{joined})\s+" if joined else rf"\s*{_MARKS}\s*")


def _joining(lang: str) -> list[str]:
    from babel import Locale, UnknownLocaleError

    try:
        patterns = Locale.parse(lang.replace("-", "_")).list_patterns
    except (UnknownLocaleError, ValueError):
        return []
    ends = (patterns[kind]["end"] for kind in ("standard", "or") if kind in patterns)
    words = (re.sub(rf"\{{[01]\}}|{_MARKS}", "", end).strip() for end in ends)
    return sorted({word for word in words if word})
