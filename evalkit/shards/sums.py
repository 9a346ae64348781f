"""What a shard comes to, exactly: sums by system, metric and item, which add up in any order to the same.

An item is a document, or a block of lines. Sums are whole numbers; where a scorer's statistics are not (the mean length
of three references), they are fractions, and a float is made of them once, at the end.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from evalkit.errors import ConfigError
from evalkit.kernel.tables import Table

Number = int | Fraction
Sums = list[list[Number]]
# Floats count whole numbers one by one up to here; what a shard adds up stays far below.
_WHOLE = 2**53


def by_item(table: Table, items: Sequence[int], number: int, metric: str) -> Sums:
    """The rows of a table added up by the number of their item."""
    import numpy as np

    rows = np.frombuffer(bytes(table.data), dtype=np.float64).reshape(-1, table.width)
    if not np.isfinite(rows).all():
        raise ConfigError(f"{metric}: statistics that are not finite numbers cannot be added up")
    if (rows == np.floor(rows)).all() and np.abs(rows).sum() < _WHOLE:
        sums = np.zeros((number, table.width))
        np.add.at(sums, np.asarray(items), rows)
        return [list(row) for row in sums.astype(np.int64).tolist()]
    parts: Sums = [[Fraction(0)] * table.width for _ in range(number)]
    for item, row in zip(items, rows.tolist(), strict=True):
        parts[item] = [total + Fraction(value) for total, value in zip(parts[item], row, strict=True)]
    return parts


def added(left: Sequence[Number], right: Sequence[Number]) -> list[Number]:
    """Two rows of sums as one."""
    return [a + b for a, b in zip(left, right, strict=True)]


def packed(value: Any) -> bytes:
    """A shard's result as bytes, the same for the same content."""
    return json.dumps(value, separators=(",", ":"), default=_fraction).encode()


def unpacked(data: bytes) -> Any:
    """The result of `packed`; fractions are still written as texts."""
    return json.loads(data)


def numbers(row: Sequence[int | str]) -> list[Number]:
    """A row of sums as it came out of `unpacked`."""
    return [Fraction(value) if isinstance(value, str) else value for value in row]


def floats(row: Sequence[Number]) -> tuple[float, ...]:
    """A row of sums as a scorer takes it: each the float nearest to it."""
    return tuple([float(value) for value in row])


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
