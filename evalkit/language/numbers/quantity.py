"""What a number, date, time or identifier of a text says, and when two of them say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from evalkit.language.numbers.dates import Day

Key = tuple[str, str]
_PLACES = 15  # digits of a value that count: two thirds end nowhere


class Quantity(NamedTuple):
    """A number, date, time or identifier in a text.

    `weak` ones (`two`, `first`, `both`) are matched but hardly worth missing; `value` is None where
    there is none to calculate with. `label` is a version or section as written (3.10): against another one
    the writing decides, not the value. `unit` is what it counts, where that is known: a currency, a measure.
    """

    start: int
    end: int
    kind: str  # number, date, time, decade, identifier, weekday, roman, hint
    keys: frozenset[Key]
    weak: bool = False
    value: Decimal | None = None
    days: tuple[Day, ...] = ()
    label: str = ""
    unit: str = ""

    def matches(self, other: Quantity) -> bool:
        """True where both can mean the same."""
        if self.days and other.days:
            return any(a.agrees(b) for a in self.days for b in other.days)
        if self.label and other.label and self.label != other.label:
            return False
        return not self.keys.isdisjoint(other.keys) and not self.counts_otherwise(other)

    def counts_otherwise(self, other: Quantity) -> bool:
        """True where both say what they count and it is not the same: 5 dollars, 5 euros."""
        return bool(self.unit and other.unit and self.unit != other.unit)


def number_key(value: Decimal) -> Key:
    """The key of a value: 2,300 and 2300.0 have the same."""
    if len(value.as_tuple().digits) > _PLACES and value != value.to_integral_value():
        value = round(value, _PLACES - 1 - value.adjusted())
    return ("n", format(value.normalize(), "f"))


def keys_of(*values: Decimal) -> frozenset[Key]:
    """The keys of all readings."""
    return frozenset(number_key(value) for value in values)
