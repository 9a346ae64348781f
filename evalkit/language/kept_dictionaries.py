"""Dictionaries as they were opened before: to open those of eight languages takes a second, to read what was opened
some hundredths of one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, Protocol

import msgspec
from msgspec import Struct


class Memory(Protocol):
    """What keeps bytes by key."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes) -> object: ...


_memory: ContextVar[Memory | None] = ContextVar("dictionaries", default=None)


@contextmanager
def kept_in(memory: Memory | None) -> Iterator[None]:
    """Within, dictionaries that are opened are taken from there, and left there for the next process."""
    token = _memory.set(memory)
    try:
        yield
    finally:
        _memory.reset(token)


class Blocks(Struct, frozen=True, tag=True, array_like=True):
    """A dictionary's records in packed blocks, each with its first key: nothing is unpacked but what a word is looked
    for in."""

    reversed: bool
    firsts: list[bytes]
    packed: list[bytes]


class Index(Struct, frozen=True, tag=True, array_like=True):
    """What simplemma's map of a packed file consists of, to make which it reads every record."""

    data: bytes
    start: int
    reversed: bool
    count: int
    firsts: list[bytes]
    blocks: list[tuple[int, bytes, bytes]]

    @classmethod
    def of(cls, made: Any) -> Index:
        """AttributeError where the map is of another make."""
        return cls(made._data, made._pos, made._rev, made._count, made._firsts, made._blocks)

    def opened(self) -> Any:
        """The map again."""
        from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamMap

        again = StreamMap.__new__(StreamMap)
        again._data, again._pos, again._rev, again._count = self.data, self.start, self.reversed, self.count
        again._firsts, again._blocks = self.firsts, self.blocks
        return again


def remembered(lang: str) -> Blocks | Index | None:
    """A dictionary as it is kept; None where it is not."""
    memory = _memory.get()
    content = memory.get(_name(lang)) if memory is not None else None
    try:
        kept = msgspec.msgpack.decode(content, type=Blocks | Index) if content is not None else None
    except msgspec.MsgspecError:
        return None
    places = kept.packed if isinstance(kept, Blocks) else kept.blocks if kept else ()
    return kept if kept and len(kept.firsts) == len(places) else None


def remember(lang: str, form: Callable[[], Blocks | Index]) -> None:
    """Keeps a dictionary in a form, where that can be made."""
    memory = _memory.get()
    if memory is None:
        return
    with suppress(AttributeError):  # another version of simplemma
        memory.put(_name(lang), msgspec.msgpack.encode(form()))


def _name(lang: str) -> str:
    """What is kept goes by the content of the dictionary's file and by the version of what reads it."""
    import simplemma
    from simplemma.strategies.dictionaries.dictionary_factory import DATA_FOLDER

    content = (DATA_FOLDER / f"{lang}.plzma").read_bytes()
    return hashlib.sha256(f"dictionary 1 {simplemma.__version__}\n".encode() + content).hexdigest()
