"""Deferred tuples are tuples to whoever looks, and nothing to whoever does not."""

from __future__ import annotations

import pickle

import pytest

from evalkit.records.lazy import Deferred, blocks, made, once, picked, unkept


def counted(*items: int) -> tuple[Deferred[int], list[int]]:
    calls: list[int] = []

    def make() -> tuple[int, ...]:
        calls.append(1)
        return items

    return Deferred(len(items), make), calls


def test_a_deferred_tuple_is_equal_to_the_tuple_and_made_once() -> None:
    deferred, calls = counted(4, 5, 6)
    assert len(deferred) == 3
    assert bool(deferred)
    assert calls == []
    assert deferred == (4, 5, 6) == deferred
    assert deferred != (4, 5)
    assert deferred != [4, 5, 6]
    assert (deferred[0], deferred[-1], deferred[1:], list(deferred), hash(deferred)) == (
        4, 6, (5, 6), [4, 5, 6], hash((4, 5, 6)),
    )  # fmt: skip
    assert repr(deferred) == "(4, 5, 6)"
    assert calls == [1]


def test_a_deferred_tuple_travels_as_a_tuple() -> None:
    assert pickle.loads(pickle.dumps(counted(1, 2)[0])) == (1, 2)
    assert type(pickle.loads(pickle.dumps(counted(1)[0]))) is tuple


def test_an_encoder_gets_the_tuple_and_nothing_else() -> None:
    assert type(made(counted(1, 2)[0])) is tuple
    with pytest.raises(TypeError, match="set is nothing JSON has"):
        made({1})


def test_who_goes_through_once_keeps_nothing() -> None:
    deferred, calls = counted(1, 2)
    assert list(once(deferred)) == [1, 2] == list(unkept(deferred))
    assert calls == [1, 1]
    assert deferred.whole() == (1, 2) == tuple(once(deferred))
    assert calls == [1, 1, 1]
    assert once((3,)) == (3,) == unkept((3,))


def test_who_only_writes_gets_the_records_of_which_json_has_the_same() -> None:
    read: Deferred[int] = Deferred(1, lambda: pytest.fail("was read"), same_json=counted(7)[0])
    assert tuple(unkept(read)) == (7,)


def test_some_items_are_picked_without_the_others() -> None:
    plain, calls = counted(4, 5, 6)
    assert list(picked(plain, [0, 2])) == [4, 6]
    assert calls == [1]
    able = Deferred(3, plain.whole, pick=lambda places: [10 + place for place in places])
    assert list(picked(able, [0, 2])) == [10, 12]
    assert able.whole() == (4, 5, 6)
    assert list(picked(able, [1])) == [5]
    assert picked((7, 8, 9), [0, 2]) == [7, 9]


def test_blocks_hold_all_items_in_their_order() -> None:
    made_of = list(blocks(iter(range(2500))))
    assert [len(block) for block in made_of] == [1000, 1000, 500]
    assert [item for block in made_of for item in block] == list(range(2500))
