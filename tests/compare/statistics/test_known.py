"""Tests of pairs kept between runs: what is kept is what a test gives, and nothing else is believed."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from evalkit.compare.statistics import bootstrap_interval, compare_systems, intervals, known, paired
from evalkit.compare.statistics.rates import RATES, rate_of
from evalkit.kernel.tables import Table
from evalkit.records.comparison import Comparison


class Ratio:
    """A stranger's metric."""

    better = "higher"

    def value(self, row: Any) -> float:
        return 100 * row[0] / row[1] if row[1] else 0.0

    segment = value


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Which pairs were tested; even small tests are kept."""
    monkeypatch.setattr(known, "_WORTH_KEEPING", 1)
    pairs: list[tuple[str, str]] = []
    whole: Callable[..., Any] = paired.assess_pairs

    def watched(some: Any, *rest: Any, **options: Any) -> Any:
        pairs.extend(some)
        return whole(some, *rest, **options)

    monkeypatch.setattr(paired, "assess_pairs", watched)
    return pairs


class Kept(dict[str, bytes]):
    def put(self, key: str, content: bytes) -> None:
        self[key] = content


def rows(name: str) -> list[tuple[str, tuple[float, float]]]:
    draw = random.Random(name)
    often = 0.1 * (1 + ord(name) % 3)
    return [(f"s{i}", (5.0 * (draw.random() < often), float(draw.randint(5, 30)))) for i in range(60)]


def compared(systems: str, memory: Kept | None = None, scorer: Any = None, **options: Any) -> tuple[Comparison, ...]:
    settings = {"metric": "m", "scope": "corpus", "test": "randomisation", "trials": 300, "interval_trials": 50}
    given = {name: rows(name) for name in systems}
    return compare_systems(given, scorer or rate_of("penalty_per_1000_words"), **{**settings, **options}, memory=memory)


def test_a_system_that_comes_is_tested_alone_and_gives_the_same(asked: list[tuple[str, str]]) -> None:
    memory = Kept()
    compared("abc", memory)
    assert len(asked) == 3
    asked.clear()
    assert compared("dabc", memory) == compared("dabc")
    assert set(asked[:3]) == {("d", "a"), ("d", "b"), ("d", "c")}
    assert len(asked) == 3 + 6  # those of the other call
    asked.clear()
    assert compared("cb", memory) == compared("cb")  # another order is another pair
    assert compared("abc", memory) == compared("abc")
    assert len(memory) == 1


@pytest.mark.parametrize(
    "changed",
    [{"trials": 301}, {"seed": 7}, {"alpha": 0.1}, {"test": "bootstrap"}, {"interval_trials": 51}, {"confidence": 0.9}],
)
def test_whatever_a_test_depends_on_is_in_the_key(asked: list[tuple[str, str]], changed: dict[str, Any]) -> None:
    memory = Kept()
    compared("ab", memory)
    asked.clear()
    assert compared("ab", memory, **changed) == compared("ab", **changed)
    assert len(asked) == 2
    asked.clear()
    count = rate_of("findings_per_1000_words")
    assert compared("ab", memory, count) == compared("ab", None, count)
    assert len(asked) == 2


def test_a_strangers_metric_is_not_kept(asked: list[tuple[str, str]]) -> None:
    memory = Kept()
    assert compared("ab", memory, Ratio()) == compared("ab", memory, Ratio())
    assert len(asked) == 2
    assert not memory


@pytest.mark.parametrize(
    "changed",
    [
        {"delta": 1.0}, {"low": float("nan")}, {"low": 9e9}, {"p_value": 0.0}, {"p_value": 1.5}, {"error": -1.0},
        {"superiority": (0.9, 0.1)}, {"superiority": (0.1, float("inf"))},
    ],
)  # fmt: skip
def test_an_entry_that_was_changed_is_not_believed(asked: list[tuple[str, str]], changed: dict[str, Any]) -> None:
    memory = Kept()
    right = compared("ab", memory)
    ((key, content),) = memory.items()
    entry = msgspec.msgpack.decode(content, type=dict[bytes, known.Tested])
    memory[key] = msgspec.msgpack.encode({name: tested._replace(**changed) for name, tested in entry.items()})
    asked.clear()
    assert compared("ab", memory) == right
    assert len(asked) == 1


@pytest.mark.parametrize("content", [b"", b"\x93\x01\x02\x03", b"\x91" * 5000, b"\x81\xc4\x01a\x91\xa1\xff"])
def test_what_is_no_entry_is_made_anew(asked: list[tuple[str, str]], content: bytes) -> None:
    memory = Kept()
    right = compared("ab", memory)
    memory.update(dict.fromkeys(memory, content))
    assert compared("ab", memory) == right
    assert len(asked) == 2


def test_an_entry_is_bounded(asked: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_MOST", 4)
    memory = Kept()
    for systems in ("abc", "def", "ghi"):
        assert compared(systems, memory) == compared(systems)
    ((_, content),) = memory.items()
    assert len(msgspec.msgpack.decode(content)) == 4
    asked.clear()
    compared("ghi", memory)  # the last are there
    assert not asked


@pytest.mark.parametrize("metric", RATES)
def test_rates_of_many_rows_are_those_of_each(metric: str) -> None:
    rate, draw = rate_of(metric), random.Random(1)
    many = [(draw.choice([0.0, 1.0, 25.0, draw.random()]), float(draw.randint(0, 9))) for _ in range(500)]
    assert list(rate.values(Table.of(many))) == [rate.value(row) for row in many]
    assert list(rate.values(Table.of([], 2))) == []


def test_an_interval_is_kept_by_its_rows_and_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_WORTH_KEEPING", 1)
    drawn: list[int] = []
    whole: Callable[..., Any] = intervals.bootstrap_scores

    def watched(*given: Any) -> Any:
        drawn.append(1)
        return whole(*given)

    monkeypatch.setattr(intervals, "bootstrap_scores", watched)
    memory, scorer = Kept(), rate_of("penalty_per_1000_words")
    mine, other = ([row for _, row in rows(name)] for name in "ab")
    documents = [f"d{number // 20}" for number in range(60)]

    def found(kept: Kept | None, of: Any = mine, **options: Any) -> tuple[float, float]:
        return bootstrap_interval(of, options.pop("scorer", scorer), trials=200, memory=kept, **options)

    cases: list[tuple[Any, dict[str, Any]]] = [
        (mine, {}), (other, {}), (mine, {"seed": 2}), (mine, {"confidence": 0.9}), (mine, {"documents": documents}),
        (mine, {"scorer": rate_of("expected_errors_per_1000_words")}),
    ]  # fmt: skip
    for _ in range(2):
        assert [found(memory, of, **dict(how)) for of, how in cases] == [
            found(None, of, **dict(how)) for of, how in cases
        ]
    assert len(memory) == len(cases)
    assert len(drawn) == 3 * len(cases)  # once with the memory, twice without
    for key in memory:
        memory[key] = msgspec.msgpack.encode([2.0, 1.0])  # no interval
    assert found(memory) == found(None)
    found(memory, scorer=Ratio())  # of a stranger's metric nothing is kept
    assert len(memory) == len(cases)
