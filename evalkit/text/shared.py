"""What is known of a text, found once for all rules and systems."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from evalkit.text.words import SEGMENT, SHARED

_LONG = 2  # longer texts, such as a whole document of which each word is asked
Known = TypeVar("Known")


def shared(find: Callable[[str], Known]) -> Callable[[str], Known]:
    """The function, which remembers what it found in texts of the length of a segment and in the last longer ones; what
    it gives is not changed."""
    known, of_long = lru_cache(maxsize=SHARED)(find), lru_cache(maxsize=_LONG)(find)

    @wraps(find)
    def answer(text: str) -> Known:
        return known(text) if len(text) <= SEGMENT else of_long(text)

    return answer
