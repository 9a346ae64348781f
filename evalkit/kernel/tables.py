"""Statistic rows of many segments, packed."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from evalkit.plugins.protocols import Row

_BLOCK = 4000  # rows that are unpacked at once: some hundred kilobytes


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


class PackedTable:
    """A table that waits, its rows compressed by blocks: counts of short segments take a twentieth so."""

    __slots__ = ("_blocks", "_length", "_open", "width")

    def __init__(self, table: Table) -> None:
        self.width, self._length = table.width, len(table)
        starts = range(0, self._length, _BLOCK)
        self._blocks = [zlib.compress(table.part(start, start + _BLOCK).data, 1) for start in starts]
        self._open: tuple[int, Table] | None = None  # the block last looked into: who picks rows goes forward

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(Table(zlib.decompress(block), self.width) for block in self._blocks)

    def __getitem__(self, position: int) -> Row:
        number, place = divmod(range(self._length)[position], _BLOCK)
        if self._open is None or self._open[0] != number:
            self._open = number, Table(zlib.decompress(self._blocks[number]), self.width)
        return self._open[1][place]

    def whole(self) -> Table:
        """The table again."""
        data = array("d")
        for block in self._blocks:
            data.frombytes(zlib.decompress(block))
        return Table(data, self.width)
