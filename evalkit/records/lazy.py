"""Tuples made when they are first looked into: what no reader asks for is never made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, overload

T = TypeVar("T")

if TYPE_CHECKING:
    Records: TypeAlias = Sequence[T]
else:
    Records = tuple[T, ...]  # as JSON has them: a result that was read holds tuples
# `Records` are what a record says it holds: a tuple, or a `Deferred` one, which is equal to it.
BLOCK = 1000  # items that are worked on together: many enough to be quick, and few in memory


class Deferred(Sequence[T], Generic[T]):
    """A sequence of known length, equal to the tuple of what `make` gives. Its items are kept once one is looked up.

    `same_json` are records of which JSON has the same: what was read back from JSON has it of those it was made from.
    `pick` makes those at some places, in their order, where that takes less than making all. `written` gives their JSON
    as `records.layout` has it, a block of some at a time, where no items need be made for that; None: they must be.
    """

    def __init__(
        self,
        length: int,
        make: Callable[[], Iterable[T]],
        *,
        same_json: Sequence[T] | None = None,
        pick: Callable[[Sequence[int]], Iterable[T]] | None = None,
        written: Callable[[], Iterator[bytes] | None] | None = None,
    ) -> None:
        self._length = length
        self._make: Callable[[], Iterable[T]] | None = make
        self._items: tuple[T, ...] = ()
        self._same_json = same_json
        self._pick = pick
        self._written = written

    def whole(self) -> tuple[T, ...]:
        """The items."""
        if self._make is not None:
            self._items, self._make = tuple(self._make()), None
        return self._items

    def once(self) -> Iterable[T]:
        """The items for someone who goes through them once: they are not kept."""
        return self._items if self._make is None else self._make()

    def picked(self, places: Sequence[int]) -> Iterable[T]:
        """The items at these places, of which none is kept."""
        if self._make is None or self._pick is None:
            return [self.whole()[place] for place in places]
        return self._pick(places)

    def unkept(self) -> Iterable[T]:
        """The items, or others of which JSON has the same, for someone who writes them: they are not kept."""
        return self.once() if self._make is None or self._same_json is None else unkept(self._same_json)

    def written(self) -> Iterator[bytes] | None:
        """Their JSON, or that of others of which it is the same, where it can be written without making them."""
        if self._written is not None:
            return self._written()
        return written(self._same_json) if self._same_json is not None else None

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


def once(items: Sequence[T]) -> Iterable[T]:
    """The items to go through once: those of a long result are never whole in memory for it."""
    return items.once() if isinstance(items, Deferred) else items


def picked(items: Sequence[T], places: Sequence[int]) -> Iterable[T]:
    """The items at these places, in rising order: of a long result the others need not be made."""
    return items.picked(places) if isinstance(items, Deferred) else [items[place] for place in places]


def unkept(items: Sequence[T]) -> Iterable[T]:
    """The items to be written as JSON and forgotten."""
    return items.unkept() if isinstance(items, Deferred) else items


def written(items: Sequence[T]) -> Iterator[bytes] | None:
    """The JSON of items in blocks, where it can be written without making them; else None."""
    return items.written() if isinstance(items, Deferred) else None


def blocks(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """The items, a thousand at a time."""
    left = iter(items)
    while block := tuple(islice(left, BLOCK)):
        yield block


def made(items: Any) -> Any:
    """A deferred sequence as the tuple it stands for: what an encoder asks for that knows tuples alone."""
    if isinstance(items, Deferred):
        return items.whole()
    raise TypeError(f"{type(items).__name__} is nothing JSON has")
