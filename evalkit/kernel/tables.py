"""Statistic rows of many segments, packed."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evalkit.plugins.protocols import Row


class Table:
    """Rows of one system, one behind the other as doubles: `data` holds them, `width` numbers each.

    `data` may be anything that lays doubles side by side: an array, bytes, a matrix of numpy's. It is not
    copied. `bytes(table.data)` keeps a table, `Table(those bytes, width)` gives it back.
    """

    __slots__ = ("data", "width")

    def __init__(self, data: Any, width: int) -> None:
        view = memoryview(data)
        self.data = view if view.format == "d" and view.ndim == 1 else view.cast("B").cast("d")
        self.width = width
        if width < 1 or len(self.data) % width:
            raise ValueError(f"{len(self.data)} numbers make no rows of {width}")

    @classmethod
    def of(cls, rows: Iterable[Sequence[float]], width: int = 1) -> Table:
        """Rows of one length in a table; `width` is that of a table without rows."""
        data = array("d")
        for row in rows:
            width = len(row)
            data.extend(row)
        return cls(data, width)

    def __len__(self) -> int:
        return len(self.data) // self.width

    def __getitem__(self, position: int) -> Row:
        size = len(self)
        if not -size <= position < size:
            raise IndexError(position)
        start = position % size * self.width
        return tuple(self.data[start : start + self.width])

    def __iter__(self) -> Iterator[Row]:
        return struct.iter_unpack(f"{self.width}d", self.data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.width == other.width and self.data == other.data

    __hash__ = None  # type: ignore[assignment] # a table is as large as a text: compared, never a key

    def __reduce__(self) -> tuple[type[Table], tuple[bytes, int]]:
        return Table, (bytes(self.data), self.width)

    def part(self, start: int, end: int) -> Table:
        """Rows `start` to `end` (exclusive), not copied."""
        return Table(self.data[start * self.width : end * self.width], self.width)

    def chosen(self, positions: Iterable[int]) -> Table:
        """The rows at these positions, copied."""
        width, data = self.width, array("d")
        for position in positions:
            data.extend(self.data[position * width : (position + 1) * width])
        return Table(data, width)

    def total(self) -> Row:
        """The sum of the rows, each column from the first row to the last; zeros where there is none."""
        from evalkit.kernel import native

        kernel = native.load()
        if kernel:
            return tuple(kernel.total(self))
        sums = [0.0] * self.width
        for row in self:
            for column, number in enumerate(row):
                sums[column] += number
        return tuple(sums)
