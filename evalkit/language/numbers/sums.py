"""Putting number words together: what is added, what multiplies what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from evalkit.language.numbers.lexicon import Word

_TEN = 10  # no unit, no tens
_MULTIPLIES_FROM = 100  # hundred, thousand ...: ten multiplies in Chinese alone


class Stack:
    """The values put together so far, from the largest to the smallest."""

    def __init__(self, values: Sequence[Decimal] = (), *, tens_last: bool = False) -> None:
        self.values = list(values)
        self.tens_last = tens_last  # five and twenty

    @property
    def total(self) -> Decimal:
        return sum(self.values, Decimal(0))

    def copy(self) -> Stack:
        return Stack(self.values, tens_last=self.tens_last)

    def take(self, words: Sequence[Word]) -> bool:
        """Put words in; False, with nothing changed, where they do not go on the number."""
        before = list(self.values)
        for word in words:
            if not (self._multiply(word.value) if word.group else self._put(word.value)):
                self.values = before
                return False
        return True

    def _multiply(self, value: Decimal) -> bool:
        """Three dozen; a dozen."""
        self.values = [(self.total or Decimal(1)) * value]
        return True

    def _put(self, value: Decimal) -> bool:
        values = self.values
        if is_scale(value):
            count = Decimal(0)
            while values and values[-1] < value:
                count += values.pop()
            made = (count or Decimal(1)) * value
            if values and made >= lowest(values[-1]):
                return False
            values.append(made)
            return True
        if self.tens_last and values and values[-1] < _TEN and is_tens(value):
            values[-1] += value
            return True
        if values and (value >= lowest(values[-1]) or value == 0):
            return False
        values.append(value)
        return True


def is_tens(value: Decimal) -> bool:
    """True for 20, 30 ... 90."""
    return _TEN < value < _MULTIPLIES_FROM and value % _TEN == 0


def is_scale(value: Decimal) -> bool:
    """True for 100, 1000 ...: what multiplies the number before it."""
    return value >= _MULTIPLIES_FROM and value.normalize().as_tuple().digits == (1,)


def lowest(value: Decimal) -> Decimal:
    """The place value of the last digit that is not 0: 10 of 250."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if value else Decimal(1)
