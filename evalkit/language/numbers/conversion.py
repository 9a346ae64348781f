"""Measures said in another unit: 85 miles and 137 kilometres, 50 °F and 10 °C."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from evalkit.language.numbers.quantity import Quantity
from evalkit.language.numbers.units import measures_data

_DATA: dict[str, Any] = measures_data("conversion")
_FACTORS: dict[str, tuple[str, Decimal]] = {
    unit: (dimension, Decimal(factor))
    for dimension, units in _DATA["factors"].items()
    for unit, factor in units.items()
}
_SCALES = ("celsius", "fahrenheit")
_ROUNDED = Decimal("0.08")  # a text says 3 km for 2 miles, 1.5 km for a mile: rounded to half a unit of the first digit
_ROUGHLY = Decimal("1.15")  # thirty yards are said as thirty metres; a mile is no kilometre
_FAR = Decimal("1.3")  # a translator's own reckoning, as a metre for a yard or a short ton for a long one, is nearer
_DEGREES = 2  # as far may a rounded temperature be off, in degrees Celsius


def dimension(quantity: Quantity) -> str:
    """What a measure measures, empty for numbers that are none or have no value."""
    if quantity.value is None:
        return ""
    return "temperature" if quantity.unit in _SCALES else _FACTORS.get(quantity.unit, ("", Decimal(0)))[0]


def apart(one: Quantity, other: Quantity) -> bool:
    """True for two units of which one is no rough equal of the other, as a yard is of a metre."""
    a, b = (_FACTORS.get(q.unit, ("", Decimal(0)))[1] for q in (one, other))
    return not a or not b or max(a, b) / min(a, b) > _ROUGHLY


def converted(one: Quantity, other: Quantity) -> bool:
    """True where two measures in different units say the same, but for rounding."""
    if one.unit == other.unit or not dimension(one) or dimension(one) != dimension(other):
        return False
    if one.value is None or other.value is None:
        return False
    if one.unit in _SCALES:
        return abs(_celsius(one.unit, one.value) - _celsius(other.unit, other.value)) <= _DEGREES
    a, b = (q.value * _FACTORS[q.unit][1] for q in (one, other) if q.value is not None)
    return a != 0 and abs(a - b) <= _ROUNDED * max(abs(a), abs(b))


class Measures:
    """Measures; whether one of them is another in a different unit is asked as `converted` answers, of the nearest of
    each unit alone."""

    def __init__(self, quantities: Iterable[Quantity]) -> None:
        self._held: dict[str, dict[str, list[tuple[Decimal, Quantity]]]] = {}
        for quantity in quantities:
            if measured := dimension(quantity):
                units = self._held.setdefault(measured, {})
                units.setdefault(quantity.unit, []).append((_basic(quantity), quantity))
        for units in self._held.values():
            for measures in units.values():
                measures.sort(key=lambda item: item[0])

    def have(self, quantity: Quantity) -> bool:
        """Whether one of them says the same in a different unit."""
        units = self._held.get(dimension(quantity), {}) if self._held else {}
        for measures in units.values():
            at = bisect_left(measures, _basic(quantity), key=lambda item: item[0])
            if any(converted(quantity, other) for _, other in measures[max(0, at - 1) : at + 1]):
                return True
        return False


def _basic(quantity: Quantity) -> Decimal:
    """A measure's value in one unit for all of its kind."""
    value = quantity.value or Decimal(0)
    return _celsius(quantity.unit, value) if quantity.unit in _SCALES else value * _FACTORS[quantity.unit][1]


def far_from(one: Quantity, other: Quantity) -> bool:
    """True where two measures of a kind in different units are so far apart that no rounding makes them the same."""
    if one.unit == other.unit or not dimension(one) or dimension(one) != dimension(other) or one.unit in _SCALES:
        return False
    a, b = (abs((q.value or 0) * _FACTORS[q.unit][1]) for q in (one, other))
    return max(a, b) > _FAR * min(a, b)


def _celsius(unit: str, value: Decimal) -> Decimal:
    return value if unit == "celsius" else (value - 32) * 5 / 9
