"""What was read in the texts of references: every system is held against the same ones, so that a system that comes to
others in a later run need not have them read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from types import GenericAlias
from typing import Any, TypeVar

import msgspec

from evalkit.text.shared import forgettable
from evalkit.text.words import SEGMENT

Found = TypeVar("Found", bound=tuple[Any, ...])
Whole = TypeVar("Whole")
_Rows = dict[tuple[str, str], Any]  # by text and language, or by a hash of all texts and what else was asked
_kinds: dict[str, Any] = {}  # of each function the type of its rows: text, language, and what it gives
_of_all: set[str] = set()  # functions of all texts together
_SETS = 16  # of texts: where systems are cut differently each has some of the references, and its own set of them


class Readings:
    """What each function found in some texts, as an earlier run kept it or as it is asked for now."""

    def __init__(self, texts: Iterable[str], content: bytes | None) -> None:
        self.texts = frozenset(text for text in texts if len(text) <= SEGMENT)
        self._rows = {name: dict(rows) for name, rows in _decoded(content).items()} if content else {}
        self._grown = False

    def ask(self, name: str, find: Callable[[str, str], Found], text: str, lang: str) -> Found:
        """What a function finds in a text."""
        rows = self._rows.setdefault(name, {})
        if (text, lang) not in rows:
            rows[text, lang] = find(text, lang)
            self._grown = True
        found: Found = rows[text, lang]
        return found

    def ask_all(self, name: str, find: Callable[[], Whole], key: tuple[str, str]) -> Whole:
        """What a function finds in all of the texts."""
        rows = self._rows.setdefault(name, {})
        if key in rows:
            known: Whole = rows[key]
            return known
        found = find()
        if len(rows) < _SETS:
            rows[key] = found
            self._grown = True
        return found

    def grown(self) -> bytes | None:
        """All that was found, to be kept; None where nothing is new."""
        if not self._grown:
            return None
        return msgspec.msgpack.encode(
            [(name, [(*of, found) for of, found in rows.items()]) for name, rows in self._rows.items()]
        )


_now: ContextVar[Readings | None] = ContextVar("readings", default=None)


@contextmanager
def within(readings: Readings | None) -> Iterator[None]:
    """Within, what is read in their texts is taken from there and left there."""
    token = _now.set(readings)
    try:
        yield
    finally:
        _now.reset(token)


def lasting(kind: Any) -> Callable[[Callable[[str, str], Found]], Callable[[str, str], Found]]:
    """Makes a function of a text (of a segment's length) and a language one that remembers what it found, in references
    also for later runs. `kind` is the type of what it gives: a tuple of what has `start` and `end` in the text."""

    def decorate(find: Callable[[str, str], Found]) -> Callable[[str, str], Found]:
        name, known = f"{find.__module__}.{find.__qualname__}", forgettable(find)
        _kinds[name] = GenericAlias(list, GenericAlias(tuple, (str, str, kind)))

        @wraps(find)
        def answer(text: str, lang: str) -> Found:
            readings = _now.get()
            if readings is None or text not in readings.texts:
                return known(text, lang)
            return readings.ask(name, known, text, lang)

        return answer

    return decorate


def lasting_of_all(kind: Any) -> Callable[[Callable[[tuple[str, ...], str], Whole]], Callable[..., Whole]]:
    """The same for a function of all references together, and of a word that says what is asked of them."""

    def decorate(find: Callable[[tuple[str, ...], str], Whole]) -> Callable[..., Whole]:
        name, known = f"{find.__module__}.{find.__qualname__}", lru_cache(maxsize=8)(find)
        _kinds[name] = GenericAlias(list, GenericAlias(tuple, (str, str, kind)))
        _of_all.add(name)

        @wraps(find)
        def answer(texts: tuple[str, ...], what: str = "") -> Whole:
            readings = _now.get()
            if readings is None:
                return known(texts, what)
            return readings.ask_all(name, lambda: known(texts, what), (_hash(texts), what))

        return answer

    return decorate


@lru_cache(maxsize=2)
def _hash(texts: tuple[str, ...]) -> str:
    made = hashlib.sha256(" ".join(map(str, map(len, texts))).encode())
    made.update("".join(texts).encode("utf-8", "surrogatepass"))
    return made.hexdigest()


@lru_cache(maxsize=1)  # of several systems one after another
def _decoded(content: bytes) -> dict[str, _Rows]:
    """What is kept, by function; of a function whose rows cannot be what it gives nothing: they may be changed."""
    try:
        packed = msgspec.msgpack.decode(content, type=list[tuple[str, msgspec.Raw]])
        kept: dict[str, list[tuple[str, str, Any]]] = {
            name: msgspec.msgpack.decode(rows, type=_kinds[name]) for name, rows in packed if name in _kinds
        }
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return {
        name: {(text, lang): found for text, lang, found in rows}
        for name, rows in kept.items()
        if name in _of_all or all(0 <= item.start <= item.end <= len(text) for text, _, found in rows for item in found)
    }
