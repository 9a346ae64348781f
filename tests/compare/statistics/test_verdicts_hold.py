"""What a verdict says is so: laws over systems drawn at random, for every test and correction."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.compare.statistics import TESTS, compare_systems
from evalkit.compare.statistics.plan import Plan, t_over_normal
from evalkit.compare.statistics.rates import FindingRate
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
        assert found.low <= found.delta <= found.high
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


WEIGHTS = st.lists(st.sampled_from([0, 0, 1, 5, 25]), min_size=10, max_size=30)


def of_findings(weights: dict[str, list[int]], test: str, unseen: float) -> Comparison:
    """The rates of two systems, by the weight of the findings in each item."""
    systems = {name: [(f"s{i}", (float(w), 9.0 + i % 7)) for i, w in enumerate(of)] for name, of in weights.items()}
    (found,) = compare_systems(
        systems, FindingRate(unseen=unseen), metric="penalty", scope="document", test=test, trials=199
    )
    return found


@settings(max_examples=25, deadline=None)
@given(weights=WEIGHTS, test=OPTIONS["test"])
def test_no_interval_gives_a_system_without_a_finding_some(weights, test) -> None:
    found = of_findings({"bad": weights, "good": [0] * len(weights)}, test, 25.0)
    assert found.low <= found.delta <= found.high <= 0
    if test != "randomisation":  # by exchange the interval is as wide as the test reaches, on either side
        worst = max(1000 * weight / (9 + i % 7) for i, weight in enumerate(weights))
        assert found.low >= -worst - 1e-6


@settings(max_examples=25, deadline=None)
@given(weights=WEIGHTS, test=OPTIONS["test"])
def test_a_finding_nobody_has_seen_moves_the_verdict_alone(weights, test) -> None:
    systems = {"bad": weights, "good": [int(w == 1) for w in weights]}
    seen, found = of_findings(systems, test, 0.0), of_findings(systems, test, 25.0)
    for field in ("delta", "low", "high", "p_value", "error", "effect", "detectable", "needed"):
        assert getattr(found, field) == getattr(seen, field), field
    assert seen.p_one_more is None
    assert found.p_adjusted == max(found.p_value, found.p_one_more or 0.0)
    if found.outcome != seen.outcome:
        assert found.outcome == "none"
        assert "with one more critical finding in good" in found.verdict


@pytest.mark.parametrize("test", sorted(TESTS))
def test_five_errors_against_none_are_not_p_two_fifths(test) -> None:
    """Once its p was that of a text with a critical finding more, and the interval reached up to +859."""
    weights = [0, 0, 5, 1, 5, 5, 0, 5, 0, 0]
    found = of_findings({"bad": weights, "good": [0] * 10}, test, 25.0)
    assert found.high <= 0
    assert found.p_value < 0.1
    more = of_findings({"bad": [*weights[:-1], 1], "good": [0] * 10}, test, 25.0)
    assert more.p_value == pytest.approx(found.p_value, abs=0.05)
