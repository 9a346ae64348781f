"""Records that stay packed JSON until they are looked at: those of a long text take a twentieth of the memory so."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import TypeVar, overload

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
            self._packed = [zlib.compress(msgspec.json.encode(block), 1) for block in blocks(super().once())]
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
