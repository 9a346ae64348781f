"""All patterns of a run together have a bound of time, whatever each of them takes; by a clock of the test's own."""

from __future__ import annotations

import time
from contextlib import nullcontext
from itertools import count
from pathlib import Path

import pytest

import evalkit
from evalkit.errors import ConfigError, InputError
from evalkit.records.config import parse
from evalkit.text.patterns import RUN_SECONDS, TooSlowError, find_all, one_account

SIDES = {"reference": [{"path": "a.txt"}], "candidate": [{"path": "a.txt"}]}


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Each search takes half a second of the processor's time; the list has one entry for each look at the clock."""
    looks: list[float] = []
    ticks = count()

    def clock() -> float:
        looks.append(0.5)
        return next(ticks) * 0.5

    monkeypatch.setattr(time, "thread_time", clock)
    return looks


def searches(looks: list[float]) -> int:
    return len(looks) // 2


def search(*patterns: str, runs_within: bool = False) -> None:
    """A thousand rounds of searches, each of them in a run of its own where that is asked for."""
    for _ in range(1000):
        for pattern in patterns:
            with one_account() if runs_within else nullcontext():
                find_all(pattern, "a council")


def test_slow_searches_end_when_they_have_taken_the_time_of_a_run(slow: list[float]) -> None:
    with one_account(), pytest.raises(TooSlowError, match="most of it the pattern 'b'"):
        search("b", "b", "a")
    assert searches(slow) <= RUN_SECONDS / 0.4


def test_a_run_within_a_run_has_no_time_of_its_own(slow: list[float]) -> None:
    with one_account(), pytest.raises(TooSlowError):
        search("a", runs_within=True)


def test_the_next_run_begins_anew(slow: list[float]) -> None:
    for _ in range(3):
        with one_account():
            for _ in range(100):
                find_all("a", "a council")


def test_ordinary_searches_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr(time, "thread_time", lambda: next(ticks) * 40e-6)
    with one_account():
        for _ in range(5000):
            find_all("a", "a council")


@pytest.mark.parametrize("kind", ["rule", "term", "ignore"])
def test_a_thousand_slow_patterns_end_a_run_with_one_message(tmp_path: Path, slow: list[float], kind: str) -> None:
    (tmp_path / "a.txt").write_text("".join(f"The council  met in room {n} .\n" for n in range(5)))
    numbers = range(1000)
    given = {
        "rule": {"rule": [{"id": f"custom-{n}", "pattern": f"x{n}", "message": "m"} for n in numbers]},
        "ignore": {
            "rule": [{"id": "custom-a", "pattern": "council", "message": "m"}],
            "ignore": [{"reason": "r", "pattern": f"x{n}"} for n in numbers],
        },
        "term": {"terms": [str(tmp_path / "t.yaml")]},
    }
    (tmp_path / "t.yaml").write_text(
        "terms:\n" + "".join(f"  - term: a{n}\n    reject_patterns: [x{n}]\n" for n in numbers)
    )
    with pytest.raises((ConfigError, InputError), match="have taken 60 s of this run together"):
        evalkit.evaluate(parse({**SIDES, **given[kind]}, "test"), folder=tmp_path)
    assert searches(slow) <= RUN_SECONDS / 0.4
