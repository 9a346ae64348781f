"""The quantities of one side, to be asked whether one of the other is among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evalkit.language.numbers.conversion import converted, dimension
from evalkit.language.numbers.days import Days
from evalkit.language.numbers.quantity import Key, Quantity


class Held:
    """The quantities of a side by what they can be matched by: a text of numbers alone has thousands."""

    def __init__(self, quantities: Iterable[Quantity]) -> None:
        self._by_key: dict[Key, list[Quantity]] = {}
        self._measures: dict[str, list[Quantity]] = {}
        every = list(quantities)
        self._days = Days(day for quantity in every for day in quantity.days)
        for quantity in every:
            if measured := dimension(quantity):
                self._measures.setdefault(measured, []).append(quantity)
            for key in quantity.keys:
                self._by_key.setdefault(key, []).append(quantity)

    def matches(self, quantity: Quantity) -> bool:
        """Whether one of them can mean the same."""
        if any(map(self._days.agree, quantity.days)):
            return True
        if any(converted(quantity, other) for other in self._measures.get(dimension(quantity), ())):
            return True
        return any(
            not (quantity.days and other.days) and quantity.matches(other)  # two dates are told by their days
            for key in quantity.keys
            for other in self._by_key.get(key, ())
        )


class Alike:
    """As `Held`, of a quantity's own kind: dates for a date, none of them for a number."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self._dates = Held(q for q in quantities if q.kind == "date")
        self._others = Held(q for q in quantities if q.kind != "date")

    def matches(self, quantity: Quantity) -> bool:
        return (self._dates if quantity.kind == "date" else self._others).matches(quantity)
