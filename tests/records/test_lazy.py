"""Deferred tuples are tuples to whoever looks, and nothing to whoever does not."""

from __future__ import annotations

import pickle

import pytest

from evalkit.records.lazy import Deferred, made


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
