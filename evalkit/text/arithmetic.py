"""Sums of floats that are the same on every Python."""

from __future__ import annotations

from collections.abc import Iterable


def running_sum(values: Iterable[float]) -> float:
    """The sum from left to right, each step rounded; 0 of nothing.

    The built-in `sum` does so up to Python 3.11 and carries a correction along from 3.12 on: the last bits of a
    confidence would depend on the interpreter. Whole numbers may be added by `sum`: they are exact either way.
    """
    total = 0.0
    for value in values:
        total += value
    return total
