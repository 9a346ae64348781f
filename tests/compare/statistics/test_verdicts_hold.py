"""What a verdict says is so: laws over systems drawn at random, for every test and correction."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.compare.statistics import TESTS, compare_systems
from evalkit.compare.statistics.plan import Plan, t_over_normal
from evalkit.records.comparison import Comparison
from tests.compare.statistics.test_paired import Ratio, items

COUNTS = st.lists(st.tuples(*[st.integers(0, 20)] * 3), min_size=10, max_size=40)
OPTIONS = {
    "test": st.sampled_from(sorted(TESTS)),
    "correction": st.sampled_from(["holm", "bh", "none"]),
    "shift": st.integers(0, 6),
}


def compared(values: list[tuple[int, ...]], test: str, correction: str, names: str = "abc") -> tuple[Comparison, ...]:
    systems = {name: items([row["abc".index(name)] for row in values]) for name in names}
    return compare_systems(
        systems,
        Ratio(),
        metric="ratio",
        scope="corpus",
        test=test,
        trials=99,
        interval_trials=99,
        alpha=0.1,
        correction=correction,
    )


def shifted(values: list[tuple[int, ...]], shift: int) -> list[tuple[int, ...]]:
    """One of the systems better throughout, so that some differences are shown."""
    return [(a, min(b + shift, 20), c) for a, b, c in values]


@settings(max_examples=12, deadline=None)
@given(values=COUNTS, **OPTIONS)
def test_interval_and_verdict_agree_or_the_verdict_says_why(values, test, correction, shift) -> None:
    for found in compared(shifted(values, shift), test, correction):
        leaves_out = found.low > 0 or found.high < 0
        shown = found.outcome in ("better", "worse")
        why = ("the interval", "too few for any test", "trials cannot show")
        assert leaves_out == shown or not found.delta or any(words in found.verdict for words in why)


@settings(max_examples=12, deadline=None)
@given(values=COUNTS, **OPTIONS)
def test_a_difference_is_that_of_the_two_numbers_beside_it(values, test, correction, shift) -> None:
    values = shifted(values, shift)
    whole = {name: Ratio().value([sum(row[k] for row in values), 20.0 * len(values)]) for k, name in enumerate("abc")}
    for found in compared(values, test, correction):
        assert found.delta == pytest.approx(whole[found.system] - whole[found.baseline])
        assert found.low <= found.delta <= found.high or test != "randomisation"
        said = re.search(r"by ([\d.]+) points|\(([+-][\d.]+) points", found.verdict)
        if said:
            number = abs(float(said[1] or said[2]))
            assert number == pytest.approx(abs(found.delta), abs=0.00501)


@settings(max_examples=12, deadline=None)
@given(values=COUNTS, **OPTIONS)
def test_a_test_of_two_systems_does_not_depend_on_a_third(values, test, correction, shift) -> None:
    values = shifted(values, shift)
    (alone,) = compared(values, test, "none", "ab")
    among = compared(values, test, correction)[0]
    for field in ("delta", "low", "high", "p_value", "error", "wins", "ties", "losses", "effect", "items", "level"):
        assert getattr(among, field) == getattr(alone, field), field


@settings(max_examples=12, deadline=None)
@given(values=COUNTS, **OPTIONS)
def test_outcome_p_and_words_say_one_thing(values, test, correction, shift) -> None:
    for found in compared(shifted(values, shift), test, correction):
        assert (found.outcome in ("better", "worse")) == ("scores better" in found.verdict or "worse" in found.verdict)
        if found.outcome in ("better", "worse"):
            assert found.p_adjusted <= found.level
            assert (found.outcome == "better") == (found.delta > 0)
        if found.outcome == "none" and found.delta:
            assert found.p_adjusted > found.level or "too few for any test" in found.verdict
            assert "does not mean they are equal" in found.verdict


def test_the_level_of_the_bootstrap_of_sacrebleu_falls_with_the_items() -> None:
    plan = Plan("bootstrap", 1000, 1000, 1, 0.95, 0.05, "holm", 1)
    levels = [plan.level_over(size, by_document=False) for size in (10, 20, 100, 10_000)]
    assert levels == sorted(levels)
    assert levels[0] == pytest.approx(0.0086, abs=0.0001)
    assert levels[-1] == pytest.approx(0.025, abs=0.0001)
    assert plan.level_over(10, by_document=True) == 0.025
    assert plan._replace(test="randomisation").level_over(10, by_document=False) == 0.05
    assert t_over_normal(0.95, 10) == pytest.approx(1.216, abs=0.002)
