"""What is known of a text, found once for all rules and systems."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Generic, TypeVar

from evalkit.text.words import SEGMENT, SHARED

# Of longer texts, such as a whole document of which each word is asked: what is known of a megabyte may take some tens,
# and of a unit there are three sides or more.
_LONG = 500_000  # characters in all
_LEAST = 2  # texts, however long they are
Known = TypeVar("Known")


def shared(find: Callable[[str], Known], size: int = SHARED) -> Callable[[str], Known]:
    """The function, which remembers what it found in texts of the length of a segment and in the last longer ones; what
    it gives is not changed."""
    known, of_long = lru_cache(maxsize=size)(find), _Longer(find)

    @wraps(find)
    def answer(text: str) -> Known:
        return known(text) if len(text) <= SEGMENT else of_long(text)

    return answer


class _Longer(Generic[Known]):
    """Remembers what was found in the last texts, as many as their length in all allows."""

    def __init__(self, find: Callable[[str], Known]) -> None:
        self._find = find
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._length = 0
        self._lock = Lock()

    def __call__(self, text: str) -> Known:
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return self._known[text]
        found = self._find(text)
        with self._lock:
            if text not in self._known:
                self._known[text] = found
                self._length += len(text)
            while self._length > _LONG and len(self._known) > _LEAST:
                self._length -= len(self._known.popitem(last=False)[0])
        return found
