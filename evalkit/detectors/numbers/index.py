"""The quantities of a document by what they can be matched by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from evalkit.detectors.numbers.held import Known
from evalkit.detectors.numbers.pairs import Placed
from evalkit.language.numbers.quantity import Key, Quantity
from evalkit.records import Unit

_NEAR = 64  # units whose quantities are known by key: who asks for one asks for those beside it


class Index:
    """In which units of a document a quantity stands: by key the numbers of the units, whose quantities `read` gives
    again. Held themselves, those of a long table take more than its text."""

    def __init__(self, units: Sequence[Unit], read: Callable[[int], Iterable[Placed]]) -> None:
        self._units = units
        self._read = read
        self._keyed = lru_cache(maxsize=_NEAR)(lambda number: _by_key(read(number)))
        self._found: dict[Key, int | list[int]] = {}  # most keys have one, which needs no list

    def add(self, number: int) -> None:
        """Takes in the quantities of a unit."""
        for key in {key for item in self._read(number) for key in item.quantity.keys}:
            there = self._found.setdefault(key, number)
            if isinstance(there, list):
                there.append(number)
            elif there != number:
                self._found[key] = [there, number]

    def has(self, item: Placed, is_near: Callable[[Unit, Unit], bool]) -> bool:
        """True where a unit near by has the quantity."""
        dated = item.quantity.kind == "date"  # a count far away tells no day
        return any(
            self._keyed(number)[dated][key].matches(item.quantity)
            for key in sorted(item.quantity.keys)
            for number in self._of(key)
            if is_near(item.unit, self._units[number])
        )

    def _of(self, key: Key) -> Sequence[int]:
        there = self._found.get(key, [])
        return there if isinstance(there, list) else [there]


def _by_key(items: Iterable[Placed]) -> tuple[dict[Key, Known], dict[Key, Known]]:
    """All quantities, and the dates among them."""
    found: dict[Key, list[Quantity]] = {}
    for item in items:
        for key in item.quantity.keys:
            found.setdefault(key, []).append(item.quantity)
    every = {key: Known(there) for key, there in found.items()}
    return every, {key: Known(q for q in there if q.kind == "date") for key, there in found.items()}
