"""Effect sizes, power, documents and ranks: laws, examples by hand, and what verdicts say of them."""

from __future__ import annotations

import math
import random
from itertools import pairwise, permutations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.compare.statistics import TESTS, bootstrap_interval, compare_systems, drawn_units, rank_systems
from evalkit.compare.statistics.effects import jackknife_error
from evalkit.compare.statistics.items import Items, gathered, groups_of
from evalkit.compare.statistics.plan import t_over_normal
from evalkit.compare.statistics.rates import FindingRate
from evalkit.compare.statistics.verdicts import about
from evalkit.errors import ConfigError
from evalkit.records.comparison import Comparison
from tests.compare.statistics.test_paired import Errors, Ratio, items


def compared(systems, scorer=None, **options):
    given_ = {"metric": "ratio", "scope": "corpus", "trials": 99, "interval_trials": 99, "test": "randomisation"}
    return compare_systems(systems, scorer or Ratio(), **given_ | options)


pairs = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=10, max_size=40)


@pytest.mark.parametrize("test", TESTS)
@settings(max_examples=20, deadline=None)
@given(values=pairs, factor=st.sampled_from([0.5, 2.0, 8.0]))
def test_effects_mirror_and_ignore_the_unit_of_measurement(test, values, factor) -> None:
    a, b = items(x for x, _ in values), items(y for _, y in values)
    (one,), (turned,) = compared({"a": a, "b": b}, test=test), compared({"b": b, "a": a}, test=test)
    assert turned.effect.superiority == pytest.approx(1 - one.effect.superiority)
    assert (turned.error, turned.detectable, turned.needed) == (one.error, one.detectable, one.needed)
    if one.effect.standardised is not None:
        assert turned.effect.standardised == pytest.approx(-one.effect.standardised)
    (down,) = compared({"a": a, "b": b}, Errors(), test=test)
    assert down.effect.superiority == pytest.approx(1 - one.effect.superiority)
    (scaled,) = compared(
        {"a": items((factor * x for x, _ in values)), "b": items((factor * y for _, y in values))}, test=test
    )
    assert scaled.p_value == one.p_value
    assert scaled.delta == pytest.approx(factor * one.delta, abs=1e-9)
    assert (scaled.detectable, scaled.error) == pytest.approx((factor * one.detectable, factor * one.error), abs=1e-9)
    assert scaled.effect.superiority == one.effect.superiority
    if one.effect.standardised is not None:
        assert scaled.effect.standardised == pytest.approx(one.effect.standardised)
        assert scaled.needed == one.needed or abs(scaled.needed - one.needed) <= 1


@settings(max_examples=20, deadline=None)
@given(values=pairs, rng=st.randoms(use_true_random=False))
def test_the_order_of_segments_changes_only_the_draws(values, rng) -> None:
    mixed = list(values)
    rng.shuffle(mixed)
    (one,), (other,) = (compared({"a": items(x for x, _ in v), "b": items(y for _, y in v)}) for v in (values, mixed))
    assert other.delta == pytest.approx(one.delta)
    assert (other.wins, other.ties, other.losses) == (one.wins, one.ties, one.losses)
    assert other.effect.superiority == one.effect.superiority


def test_an_effect_by_hand() -> None:
    """30 wins, 10 ties, 20 losses of 60: better on (30 + 5) / 60."""
    a = items([10] * 60)
    b = items([12] * 30 + [10] * 10 + [9] * 20)
    (found,) = compared({"a": a, "b": b})
    assert (found.wins, found.ties, found.losses) == (30, 10, 20)
    assert found.effect.superiority == 35 / 60
    assert found.effect.superiority_low < 35 / 60 < found.effect.superiority_high
    # A mean of 60 independent differences: its standard error is their standard deviation / sqrt(60).
    scatter = np.std([10.0] * 30 + [0.0] * 10 + [-5.0] * 20)
    assert found.error == pytest.approx(scatter / math.sqrt(60), rel=0.15)
    assert found.effect.standardised == pytest.approx(found.delta / scatter, rel=0.2)
    assert found.detectable == pytest.approx((1.959964 + 0.841621) * found.error, rel=1e-6)
    assert found.needed == math.ceil(60 * (found.detectable / found.delta) ** 2)


def test_without_scatter_nothing_is_standardised() -> None:
    (found,) = compared({"a": items([10] * 20), "b": items([12] * 20)})
    assert (found.error, found.detectable, found.needed) == (0.0, 0.0, None)
    assert (found.effect.superiority, found.effect.standardised) == (1.0, None)
    assert "would be shown" not in found.verdict
    (same,) = compared({"a": items([10] * 20), "b": items([10] * 20)})
    assert (same.p_value, same.needed, same.effect.superiority) == (1.0, None, 0.5)


def test_the_jackknife_of_a_mean_is_its_standard_error() -> None:
    rng = random.Random(3)
    base = np.array([[rng.randint(0, 20), 20.0] for _ in range(9)])
    mine = np.array([[rng.randint(0, 20), 20.0] for _ in range(9)])
    scatter = np.std(100 * (mine[:, 0] - base[:, 0]) / 20, ddof=1) / 3
    assert jackknife_error(base, mine, Ratio()) == pytest.approx(scatter)
    assert jackknife_error(base[:2], mine[:2], Ratio()) == 0.0


@pytest.mark.parametrize(("number", "said"), [(10, "10"), (26, "26"), (101, "110"), (32101, "33,000"), (1, "1")])
def test_planned_numbers_are_round(number, said) -> None:
    assert about(number) == said


# --- documents ------------------------------------------------------------------------------------


def clustered(documents=25, per=4, seed=1):
    rng = random.Random(seed)
    a, b, of = [], [], {}
    for d in range(documents):
        shift = rng.choice([-4, 4])
        for k in range(per):
            value = rng.randint(6, 14)
            key = f"d{d}s{k}"
            a.append((key, (float(value), 20.0)))
            b.append((key, (float(value + shift), 20.0)))
            of[key] = f"d{d}"
    return a, b, of


def test_drawing_documents_is_drawing_their_sums() -> None:
    a, b, of = clustered()
    (found,) = compared({"a": a, "b": b}, documents=of, by_document=True)
    sums = {}
    for name, rows in (("a", a), ("b", b)):
        table: dict[str, tuple[float, float]] = {}
        for key, row in rows:
            old = table.get(of[key], (0.0, 0.0))
            table[of[key]] = (old[0] + row[0], old[1] + row[1])
        sums[name] = list(table.items())
    (expected,) = compared(sums)
    assert (found.p_value, found.low, found.high, found.error) == (
        expected.p_value, expected.low, expected.high, expected.error,
    )  # fmt: skip
    assert (found.resampled, found.items, expected.resampled, expected.items) == ("documents", 25, "segments", 25)
    assert found.wins + found.ties + found.losses == 100
    assert "100 items in 25 documents drawn whole" in found.verdict


def test_documents_that_have_something_in_common_widen_the_interval() -> None:
    a, b, of = clustered()
    (alone,), (whole,) = (compared({"a": a, "b": b}, documents=of, by_document=by) for by in (False, True))
    assert whole.error > 1.5 * alone.error
    assert "their 25 documents ignored, so p may be too small" in alone.verdict


def test_too_few_documents_are_said() -> None:
    a, b, of = clustered(6, 10)
    (refused,) = compared({"a": a, "b": b}, documents=of, by_document=True)
    assert (refused.p_value, refused.outcome) == (None, "untested")
    assert refused.verdict == (
        "Nothing is claimed about ratio: only 60 items in 6 documents drawn whole, and a paired test by document needs "
        "at least 10 documents."
    )
    (alone,) = compared({"a": a, "b": b}, documents=of)
    assert "their 6 documents fewer than the 10 it takes to draw them whole, so p may be too small" in alone.verdict


def test_one_document_is_no_matter() -> None:
    a, b, of = clustered(1, 40)
    (found,) = compared({"a": a, "b": b}, documents=of)
    assert "document" not in found.verdict


@pytest.mark.parametrize(
    ("unit", "number", "drawn"),
    [("auto", 1, "segments"), ("auto", 9, "segments"), ("auto", 10, "documents"), ("segment", 50, "segments"),
     ("document", 2, "documents")],
)  # fmt: skip
def test_what_is_drawn(unit, number, drawn) -> None:
    assert drawn_units(unit, [f"d{n}" for n in range(number)]) == drawn
    with pytest.raises(ConfigError, match="unknown unit"):
        drawn_units("paragraph", [])


def test_intervals_by_document() -> None:
    a, _, of = clustered()
    rows, names = [row for _, row in a], list(of.values())
    sums = gathered(np.array(rows), groups_of(tuple(of), of))
    low, high = bootstrap_interval(sums, Ratio())
    whole = Ratio().value(sums.sum(axis=0).tolist())
    factor = t_over_normal(0.95, 25)
    assert 1.07 < factor < 1.08  # 2.064 (t, 24 degrees of freedom) / 1.960 * sqrt(25 / 24)
    wider = bootstrap_interval(rows, Ratio(), documents=names)
    assert wider == pytest.approx((whole - factor * (whole - low), whole + factor * (high - whole)))
    assert len(sums) == 25


@pytest.mark.parametrize(("freedom", "t"), [(9, 2.262), (14, 2.145), (29, 2.045), (99, 1.984)])
def test_quantiles_of_t_are_those_of_the_tables(freedom, t) -> None:
    n = freedom + 1
    assert t_over_normal(0.95, n) / math.sqrt(n / freedom) * 1.959964 == pytest.approx(t, abs=0.005)


# --- finding rates --------------------------------------------------------------------------------


def test_finding_rates_are_per_1000_words_and_units_count_by_their_findings() -> None:
    rate = FindingRate()
    assert rate.value((5.0, 250.0)) == 20.0
    assert rate.value((5.0, 0.0)) == 0.0
    keys = tuple(f"s{i}" for i in range(40))
    clean = Items(keys, np.array([(0.0, 10.0 + i % 3) for i in range(40)]))
    dirty = Items(keys, np.array([(5.0 * (i % 2), 10.0 + i % 3) for i in range(40)]))
    (found,) = compared({"clean": clean, "dirty": dirty}, rate, metric="penalty_per_1000_words")
    assert (found.outcome, found.wins, found.ties, found.losses) == ("worse", 0, 20, 20)
    assert found.verdict.startswith("dirty scores worse than clean by ")
    assert "points of penalty per 1,000 words" in found.verdict


# --- ranks ----------------------------------------------------------------------------------------


def judged(pairs_):
    """Comparisons from (baseline, system) -> outcome of the system."""
    bare = Comparison("m", "corpus", "", "", 0.0, None, None, 0.5, 0.5, "t", 1, 1, 0, 0, 0, "")
    return [msgspec.structs.replace(bare, baseline=b, system=s, outcome=o) for (b, s), o in pairs_.items()]


def test_ranks_by_hand() -> None:
    """c is shown to be worse than a only: a and b, b and c stand together, a and c do not; d is below all."""
    shown = {("a", "b"): "none", ("a", "c"): "worse", ("b", "c"): "none"}
    shown |= {(name, "d"): "worse" for name in "abc"}
    ranked = rank_systems({"c": 1.0, "d": 0.5, "a": 3.0, "b": 2.0}, judged(shown), "higher")
    assert [(r.system, r.cluster, r.first, r.last) for r in ranked] == [
        ("a", 1, 1, 2), ("b", 1, 1, 3), ("c", 1, 2, 3), ("d", 2, 4, 4),
    ]  # fmt: skip
    assert rank_systems({"a": 3.0, "b": 2.0}, judged({("a", "b"): "untested"}), "higher") == ()
    assert rank_systems({"a": 3.0}, [], "higher") == ()
    assert rank_systems({"a": 3.0, "b": 2.0, "x": 1.0}, judged({("a", "b"): "worse"}), "higher") == ()


names = "abcde"
outcomes = st.lists(st.sampled_from(["better", "worse", "none"]), min_size=10, max_size=10)


@given(outcomes, st.permutations([1.0, 2.0, 2.0, 4.0, 5.0]), st.sampled_from(["higher", "lower"]))
def test_laws_of_ranks(found, values, better) -> None:
    pairs_ = [(names[i], names[j]) for i in range(5) for j in range(i + 1, 5)]
    comparisons = judged(dict(zip(pairs_, found, strict=True)))
    ranked = rank_systems(dict(zip(names, values, strict=True)), comparisons, better)
    shown = {(s, b) for (b, s), o in zip(pairs_, found, strict=True) if o == "better"}
    shown |= {(b, s) for (b, s), o in zip(pairs_, found, strict=True) if o == "worse"}
    assert sorted((r.value for r in ranked), reverse=better == "higher") == [r.value for r in ranked]
    assert ranked[0].cluster == 1
    for place, (above, below) in enumerate(pairwise(ranked), 1):
        apart = all((one.system, two.system) in shown for one in ranked[:place] for two in ranked[place:])
        assert (below.cluster > above.cluster) == apart
    for r in ranked:
        assert 1 <= r.first <= r.last <= 5
        assert r.first == 1 + sum((other, r.system) in shown for other in names)


def test_all_orders_of_the_systems_give_the_same_clusters() -> None:
    systems = {"a": items([18] * 30 + [3] * 5), "b": items([17] * 30 + [4] * 5), "c": items([5] * 35)}
    seen = set()
    for order in permutations(systems):
        found = compared({name: systems[name] for name in order}, trials=999)
        ranked = rank_systems({"a": 3.0, "b": 2.0, "c": 1.0}, found, "higher")
        seen.add(tuple((r.system, r.cluster) for r in ranked))
    assert len(seen) == 1
