"""A packed table has the same rows."""

from __future__ import annotations

import pytest

from evalkit.kernel.tables import PackedTable, Table


@pytest.mark.parametrize("number", [0, 1, 3999, 4000, 9001])
def test_a_packed_table_has_the_same_rows(number: int) -> None:
    table = Table.of(((float(n), n / 7, -0.0) for n in range(number)), width=3)
    packed = PackedTable(table)
    assert (len(packed), packed.width, packed.whole()) == (number, 3, table)
    assert list(packed) == list(table)
    places = sorted({0, number // 2, number - 1} & set(range(number)))
    assert [packed[place] for place in (*places, -1)[: len(places)]] == [table[place] for place in places]
    with pytest.raises(IndexError):
        packed[number]


def test_counts_take_a_tenth_of_the_memory() -> None:
    table = Table.of(((float(n % 7), 6.0, 0.0, 1.0) for n in range(9000)), width=4)
    assert sum(map(len, PackedTable(table)._blocks)) < table.data.nbytes / 10
