"""Tuples made when they are first looked into: what no reader asks for is never made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, cast, overload

T = TypeVar("T")


class Deferred(Sequence[T], Generic[T]):
    """A sequence of known length, equal to the tuple that `make` gives. `make` is called once, for the first item."""

    def __init__(self, length: int, make: Callable[[], tuple[T, ...]]) -> None:
        self._length = length
        self._make: Callable[[], tuple[T, ...]] | None = make
        self._items: tuple[T, ...] = ()

    def whole(self) -> tuple[T, ...]:
        """The items."""
        if self._make is not None:
            self._items, self._make = self._make(), None
        return self._items

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self.whole()[place]

    def __iter__(self) -> Iterator[T]:
        return iter(self.whole())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Deferred):
            return self is other or self.whole() == other.whole()
        return self.whole() == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.whole())

    def __repr__(self) -> str:
        return repr(self.whole())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self.whole(),)


class Joined(Deferred[T]):
    """Deferred sequences one behind the other."""

    def __init__(self, parts: Sequence[Deferred[T]]) -> None:
        self.parts = tuple(parts)
        super().__init__(sum(map(len, parts)), lambda: tuple(item for part in self.parts for item in part))


def joined(parts: Sequence[Sequence[T]]) -> Sequence[T]:
    """The parts one behind the other; not looked into where all are deferred."""
    deferred = [part for part in parts if isinstance(part, Deferred)]
    if len(deferred) < len(parts):
        return tuple(item for part in parts for item in part)
    return deferred[0] if len(parts) == 1 else Joined(deferred)


def deferred_tuple(items: Sequence[T]) -> tuple[T, ...]:
    """What a record takes for a tuple: one, or a deferred one, which is equal to it."""
    return cast("tuple[T, ...]", items)
