"""Small examples counted by hand, and what must hold of any scores."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.meta import rows
from evalkit.meta.agreement import (
    calibrated_accuracy,
    pair_table,
    pairwise_accuracy,
    right_at,
    soft_pairwise_accuracy,
)
from evalkit.meta.correlations import kendall, orders, pearson, ranks, spearman
from evalkit.meta.draws import Draw, PairDraw, standard
from evalkit.meta.exchange import exchanges
from evalkit.meta.exchanged import two
from evalkit.meta.intervals import Drawing, interval
from evalkit.meta.measures import measures
from evalkit.meta.pairing import Paired

pytestmark = pytest.mark.slow

VECTORS = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=2, max_size=25)


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_pearson_by_hand() -> None:
    # Deviations -1, 0, 1 and -1, 1, 0: product 1, lengths sqrt 2.
    assert pearson(array(1, 2, 3), array(1, 3, 2)) == pytest.approx(0.5, abs=1e-15)
    assert pearson(array(1, 2), array(5, 3)) == -1.0
    assert math.isnan(pearson(array(1, 1, 1), array(1, 2, 3)))
    assert math.isnan(pearson(array(1), array(2)))


def test_ranks_and_spearman_by_hand() -> None:
    assert ranks(array(10, 30, 10, 20)).tolist() == [1.5, 4.0, 1.5, 3.0]
    assert spearman(array(1, 2, 3, 4), array(1, 4, 9, 16)) == pytest.approx(1.0)
    assert math.isnan(spearman(array(1, 2), array(3, 3)))


def test_kendall_by_hand() -> None:
    # Pairs: 2 in the same order, 1 in the opposite one.
    assert kendall(array(1, 2, 3), array(1, 3, 2)) == pytest.approx(1 / 3)
    # One of three is tied on one side: (2 - 0) / sqrt(3) / sqrt(2).
    assert kendall(array(1, 2, 3), array(1, 1, 2)) == pytest.approx(2 / math.sqrt(6))
    assert math.isnan(kendall(array(1, 1), array(1, 2)))


@given(VECTORS)
def test_orders_are_those_of_all_pairs(pairs: list[tuple[int, int]]) -> None:
    x, y = (array(*side) for side in zip(*pairs, strict=True))
    signs = np.sign(x[:, None] - x) * np.sign(y[:, None] - y)
    found = orders(x, y)
    assert found.agreement.tolist() == signs.sum(axis=1).tolist()
    assert found.human_differ.tolist() == (x[:, None] != x).sum(axis=1).tolist()
    assert found.metric_differ.tolist() == (y[:, None] != y).sum(axis=1).tolist()


@given(VECTORS)
def test_many_at_once_are_the_same_as_one(pairs: list[tuple[int, int]]) -> None:
    x, y = (array(*side) for side in zip(*pairs, strict=True))
    for many, one in ((rows.pearsons, pearson), (rows.taus, kendall), (rows.spearmans, spearman)):
        got, expected = float(many(x[None], y[None])[0]), one(x, y)
        assert math.isnan(got) == math.isnan(expected)
        assert math.isnan(got) or got == pytest.approx(expected, abs=1e-9)
    assert float(rows.accuracies(x[None], y[None])[0]) == pytest.approx(pairwise_accuracy(x, y))


def test_pairwise_accuracy_by_hand() -> None:
    # ab right, ac wrong (a tie of the metric), bc right.
    assert pairwise_accuracy(array(3, 2, 1), array(5, 1, 0)) == 1.0
    assert pairwise_accuracy(array(3, 2, 1), array(5, 6, 5)) == pytest.approx(1 / 3)
    assert pairwise_accuracy(array(1, 1), array(2, 2)) == 1.0


def test_soft_pairwise_accuracy_of_equal_and_opposite_scores() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(3, 50)) + array(0, 3, 6)[:, None]
    assert soft_pairwise_accuracy(scores, scores) == 1.0
    assert soft_pairwise_accuracy(scores, -scores) == 0.0


def test_soft_pairwise_accuracy_is_near_its_normal_form() -> None:
    rng = np.random.default_rng(1)
    human, metric = rng.normal(size=(2, 4, 300)) + array(0, 0.05, 0.1, 0.3)[:, None]
    paired = Paired(tuple("abcd"), (), human, metric, human.mean(axis=1), metric.mean(axis=1))
    soft = next(m for m in measures(paired) if m.statistic == "soft-pairwise-accuracy")
    assert isinstance(soft.draw, PairDraw)
    everything = soft.draw.values(1, 1, [0] * 300)  # all segments are one group, which every resample draws
    assert float(everything[0]) == pytest.approx(soft.value, abs=0.02)


def test_ties_are_calibrated_by_hand() -> None:
    human = array(1, 1, 2)[:, None]
    table = pair_table(human, array(0.50, 0.51, 0.90)[:, None])
    found = calibrated_accuracy(table)
    # With a threshold of 0.01 the tie is a tie, and the two others stay right.
    assert found.value == 1.0
    assert found.epsilon == pytest.approx(0.01)
    assert right_at(table, 0.0).tolist() == [False, True, True]


@given(
    st.lists(
        st.tuples(*[st.tuples(st.integers(0, 2), st.integers(0, 5))] * 3), min_size=1, max_size=6
    )
)  # fmt: skip
def test_no_threshold_is_better_than_the_calibrated_one(items: list[tuple[tuple[int, int], ...]]) -> None:
    human = np.array([[cell[0] for cell in item] for item in items], dtype=np.float64).T
    metric = np.array([[cell[1] for cell in item] for item in items], dtype=np.float64).T
    table = pair_table(human, metric)
    found = calibrated_accuracy(table)
    means = {e: float(np.mean(right_at(table, e))) for e in [0.0, *table.size.tolist()]}  # 3 pairs in every segment
    assert found.value == pytest.approx(max(means.values()))
    assert means[found.epsilon] == pytest.approx(found.value)


def paired_of(human: np.ndarray, metric: np.ndarray) -> Paired:
    names = tuple(f"s{number}" for number in range(len(human)))
    means = [np.array([np.nanmean(row) for row in side]) for side in (human, metric)]
    keys = tuple(("", str(number)) for number in range(human.shape[1]))
    return Paired(names, keys, human, metric, *means)


def test_every_draw_gives_its_value_where_all_are_drawn_once() -> None:
    rng = np.random.default_rng(2)
    human = rng.integers(0, 5, size=(5, 40)).astype(np.float64)
    human[:, ::4] = np.nan
    human[0, 1] = np.nan
    metric = np.nan_to_num(human) + rng.normal(size=human.shape)
    for measure in measures(paired_of(human, metric)):
        if measure.statistic != "soft-pairwise-accuracy":
            assert isinstance(measure.draw, Draw)
            got = float(measure.draw.of(measure.draw.matrix.sum(axis=0)[None])[0])
            assert got == pytest.approx(measure.value, abs=1e-9), measure.statistic


def test_intervals_cover_as_often_as_they_say() -> None:
    """Pearson over all translations, whose true value is 0.5: of 60 intervals of 90 % some 54 cover it."""
    covered = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        human = rng.normal(size=(3, 60))
        metric = 0.5 * human + math.sqrt(0.75) * rng.normal(size=(3, 60))
        measure = next(m for m in measures(paired_of(human, metric)) if (m.statistic, m.average) == ("pearson", "none"))
        low, high = interval(measure, Drawing(200, seed, 0.1), None)
        assert low is not None
        assert high is not None
        covered += low <= 0.5 <= high
    assert 48 <= covered <= 60


def test_two_equal_metrics_are_never_told_apart() -> None:
    rng = np.random.default_rng(3)
    human = rng.normal(size=(7, 30))
    paired = paired_of(human, human + rng.normal(size=(7, 30)))
    for tested in exchanges(two(paired, paired), Drawing(50, 1, 0.05)):
        assert tested.delta == 0
        assert tested.p_value == 1.0


def test_a_good_metric_is_better_than_noise() -> None:
    rng = np.random.default_rng(4)
    human = rng.normal(size=(8, 60)) + np.arange(8)[:, None] / 2
    good, noise = (paired_of(human, side) for side in (human + rng.normal(size=(8, 60)) / 2, rng.normal(size=(8, 60))))
    for tested in exchanges(two(noise, good), Drawing(200, 1, 0.05)):
        assert tested.delta is not None
        assert tested.p_value is not None
        assert tested.delta > 0
        assert tested.p_value < 0.1, tested  # eight systems are few for a difference of ranks


def test_metrics_as_good_as_each_other_are_rarely_told_apart() -> None:
    """At the level 0.1, of 40 pairs of equally noisy metrics. More than 10 come by chance once in 200 times."""
    shown: dict[tuple[str, str], int] = {}
    for seed in range(40):
        rng = np.random.default_rng(seed)
        human = rng.normal(size=(7, 40)) + np.arange(7)[:, None] / 3
        one, other = (paired_of(human, human + rng.normal(size=(7, 40))) for _ in range(2))
        for tested in exchanges(two(one, other), Drawing(99, seed, 0.1)):
            assert tested.p_value is not None
            kind = (tested.statistic, tested.average or "")
            shown[kind] = shown.get(kind, 0) + (tested.p_value <= 0.1)
    assert max(shown.values()) <= 10, shown


def test_few_systems_are_not_tested() -> None:
    rng = np.random.default_rng(5)
    human = rng.normal(size=(3, 30))
    paired = paired_of(human, human + 1)
    by_system = [t for t in exchanges(two(paired, paired), Drawing(20, 1, 0.05)) if t.level == "system"]
    assert [t.p_value for t in by_system] == [None] * 5
    assert all("6 are needed" in t.reason for t in by_system)


def test_scores_that_are_all_the_same_have_no_value_and_say_why() -> None:
    flat = np.ones((3, 20))
    for measure in measures(paired_of(np.arange(60.0).reshape(3, 20), flat)):
        if measure.statistic in ("pearson", "spearman", "kendall-b"):
            assert math.isnan(measure.value)
            assert "same score" in measure.reason
            assert interval(measure, Drawing(20, 1, 0.05), None) == (None, None)


def test_the_scale_of_a_metric_is_not_felt() -> None:
    rng = np.random.default_rng(6)
    human = rng.normal(size=(4, 30))
    metric = human + rng.normal(size=(4, 30))
    small = standard(paired_of(human, metric * 1e-6))
    assert np.allclose(small.metric, standard(paired_of(human, metric)).metric)


def test_all_pairs_of_a_segment_are_in_the_table() -> None:
    human = np.array([[1.0, np.nan], [2.0, 5.0], [3.0, 5.0]])
    table = pair_table(human, np.zeros((3, 2)))
    assert list(zip(table.row.tolist(), table.human.tolist(), strict=True)) == [(0, -1), (0, -1), (0, -1), (1, 0)]
    assert len(list(itertools.combinations(range(3), 2))) == 3
