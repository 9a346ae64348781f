"""The quantities of one side, to be asked whether one of the other is among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evalkit.language.numbers.conversion import Measures
from evalkit.language.numbers.days import Days
from evalkit.language.numbers.quantity import Key, Quantity

_FEW = 8  # quantities asked one after another, as quick as any index; a text of numbers alone has thousands
_Said = dict[Key, dict[tuple[str, str], None]]  # by key the labels and units, of which there are few


class Known:
    """Quantities; whether one of them matches another is answered as by `Quantity.matches`, one after another."""

    def __init__(self, quantities: Iterable[Quantity]) -> None:
        every = list(quantities)
        self._few = every if len(every) <= _FEW else []
        more = [] if self._few else every
        self._days = Days(day for quantity in more for day in quantity.days)
        self._dated: _Said = {}
        self._undated: _Said = {}
        for quantity in more:
            said = self._dated if quantity.days else self._undated
            for key in quantity.keys:
                said.setdefault(key, {})[quantity.label, quantity.unit] = None

    def matches(self, quantity: Quantity) -> bool:
        """Whether one of them can mean the same."""
        if self._few:
            return any(quantity.matches(other) for other in self._few)
        if quantity.days:  # two dates are told by their days
            return any(map(self._days.agree, quantity.days)) or _among(self._undated, quantity)
        return _among(self._undated, quantity) or _among(self._dated, quantity)


def _among(said: _Said, quantity: Quantity) -> bool:
    return any(
        not (quantity.label and label and quantity.label != label)
        and not (quantity.unit and unit and quantity.unit != unit)
        for key in quantity.keys
        for label, unit in said.get(key, ())
    )


class Held(Known):
    """As `Known`, and a measure may be said in another unit."""

    def __init__(self, quantities: Iterable[Quantity]) -> None:
        every = list(quantities)
        super().__init__(every)
        self._measures = Measures(every)

    def matches(self, quantity: Quantity) -> bool:
        """Whether one of them can mean the same."""
        return super().matches(quantity) or self._measures.have(quantity)


class Alike:
    """As `Held`, of a quantity's own kind: dates for a date, none of them for a number."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self._dates = Held(q for q in quantities if q.kind == "date")
        self._others = Held(q for q in quantities if q.kind != "date")

    def matches(self, quantity: Quantity) -> bool:
        return (self._dates if quantity.kind == "date" else self._others).matches(quantity)
