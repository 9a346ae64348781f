"""Records that stay packed JSON until they are looked at: those of a long text take a twentieth of the memory so."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, groupby, islice
from typing import Any, TypeVar, overload

import msgspec

from evalkit.errors import InputError
from evalkit.records.lazy import BLOCK, Deferred, blocks

T = TypeVar("T")
# Records from which on they are packed: a megabyte of prose has half as many, and is read in the least time.
MANY = 20_000
_OPEN = 8  # blocks that are held as records: who looks at one place after another finds them


def decoder(kind: type[T]) -> Callable[[bytes], tuple[T, ...]]:
    """What makes records of a block; it raises InputError where one is not as the result's schema wants it."""
    decode: Callable[[bytes], tuple[T, ...]] = msgspec.json.Decoder(tuple[kind, ...]).decode  # type: ignore[valid-type]

    def decoded(block: bytes) -> tuple[T, ...]:
        try:
            return decode(block)
        except msgspec.ValidationError as error:
            raise no_result("result", error) from None

    return decoded


def no_result(where: str, error: Exception) -> InputError:
    """What is said of something that is no result."""
    return InputError(
        f"{where}: not a result of evalkit ({error}); give a file that `evalkit run` or `-f json` has written"
    )


class Packed(Deferred[T]):
    """As `Deferred`, whose records are made anew each time: they are equal, and never the same object twice."""

    def __init__(
        self, length: int, make: Callable[[], Iterable[T]], kind: type[T], *, same_json: Sequence[T] | None = None
    ) -> None:
        super().__init__(length, make, same_json=same_json)
        self._packed: list[bytes] | None = None
        self._decoder = decoder(kind)
        self._open: dict[int, tuple[T, ...]] = {}  # and no `lru_cache`, which would hold this in a circle

    @classmethod
    def of(cls, items: Iterable[T], kind: type[T]) -> Packed[T]:
        """The items as they come, of which a block at a time is held as records."""
        found: list[bytes] = []
        number = 0
        for block in blocks(items):
            found.append(_packed(block))
            number += len(block)
        return cls.again(found, number, kind)

    @classmethod
    def again(cls, packed: list[bytes], number: int, kind: type[T]) -> Packed[T]:
        """So many records in blocks that were packed before (`packed`)."""
        made = cls(number, tuple, kind)
        made._packed, made._make = packed, None
        return made

    def packed(self) -> list[bytes]:
        """The blocks as they are held."""
        return self._blocks()

    def whole(self) -> tuple[T, ...]:
        return tuple(self.once())

    def once(self) -> Iterator[T]:
        return chain.from_iterable(map(self._decode, self._blocks()))

    def picked(self, places: Sequence[int]) -> Iterator[T]:
        for number, here in groupby(places, lambda place: place // BLOCK):
            block = self._block(number)
            yield from (block[place % BLOCK] for place in here)

    def __iter__(self) -> Iterator[T]:
        return self.once()

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        at = range(len(self))[place]
        if isinstance(at, range):
            return tuple(self[each] for each in at)
        return self._block(at // BLOCK)[at % BLOCK]

    def pack(self) -> None:
        """Makes them now, so that what they are made of can go."""
        self._blocks()

    def _decode(self, block: bytes) -> tuple[T, ...]:
        return self._decoder(zlib.decompress(block))

    def _blocks(self) -> list[bytes]:
        if self._packed is None:
            self._packed = [_packed(block) for block in blocks(super().once())]
            if self._same_json is None:
                self._make = None
        return self._packed

    def _block(self, number: int) -> tuple[T, ...]:
        if number not in self._open:
            found = self._decode(self._blocks()[number])
            while len(self._open) >= _OPEN:
                del self._open[next(iter(self._open))]
            self._open[number] = found
        return self._open[number]


def _packed(block: Sequence[Any]) -> bytes:
    return zlib.compress(msgspec.json.encode(block), 1)


def gathered(items: Iterable[T], kind: type[T], most: int | None = None) -> Sequence[T]:
    """A list of the items, or of more than `most` (MANY) a packed one."""
    coming = iter(items)
    first = list(islice(coming, MANY if most is None else most))
    for following in coming:
        return Packed.of(chain(first, (following,), coming), kind)
    return first


def in_order(items: Iterable[T], key: Callable[[T], Any], kind: type[T]) -> Iterable[T]:
    """The items as `sorted` has them; of more than MANY as many at a time are held as records."""
    coming = iter(items)
    runs: list[Sequence[T]] = []
    while run := sorted(islice(coming, MANY), key=key):
        if len(run) < MANY and not runs:
            return run
        runs.append(Packed.of(run, kind))
        del run
    return merge(*runs, key=key)
