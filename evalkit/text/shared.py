"""What is known of a text, found once for all rules and systems."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache, wraps
from threading import Lock
from typing import Any, TypeVar

from evalkit.text.words import SEGMENT, SHARED

# Of longer texts, such as a whole document of which each word is asked, all functions have one account: what a single
# one knows of a megabyte may take some tens.
_LONG = 4_000_000  # characters in all, a text once for each function that knows something of it
# Of texts however long: of hostile lines eight in turn were asked for again and again, and a text forgotten between two
# of its words would be read anew for each.
_LEAST = 12
Known = TypeVar("Known")


def shared(find: Callable[[str], Known], size: int = SHARED) -> Callable[[str], Known]:
    """The function, which remembers what it found in texts of the length of a segment and, with all such functions, in
    the last longer ones; what it gives is not changed."""
    known = forgettable(find, size)

    @wraps(find)
    def answer(text: str) -> Known:
        return known(text) if len(text) <= SEGMENT else _OF_LONG.ask(find, text)

    return answer


def forgettable(find: Callable[..., Known], size: int = SHARED) -> _lru_cache_wrapper[Known]:
    """The function, which remembers what it found until `forget_shared`."""
    known = lru_cache(maxsize=size)(find)
    _OF_SHORT.append(known)
    return known


def forget_shared() -> None:
    """Forgets all that any such function remembers."""
    for known in _OF_SHORT:
        known.cache_clear()
    _OF_LONG.clear()


class _Account:
    """What any function found in the last longer texts, as many as their length in all allows."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Callable[[str], Any], str], Any] = OrderedDict()
        self._length = 0
        self._lock = Lock()

    def clear(self) -> None:
        """Forgets all."""
        with self._lock:
            self._known.clear()
            self._length = 0

    def ask(self, find: Callable[[str], Known], text: str) -> Known:
        """What the function finds, as it is remembered where it is."""
        key = find, text
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                remembered: Known = self._known[key]
                return remembered
        found = find(text)
        with self._lock:
            if key not in self._known:
                self._known[key] = found
                self._length += len(text)
            while self._length > _LONG and len(self._known) > _LEAST:
                self._length -= len(self._known.popitem(last=False)[0][1])
        return found


_OF_SHORT: list[_lru_cache_wrapper[Any]] = []
_OF_LONG = _Account()
