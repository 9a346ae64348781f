"""What `evalkit meta` holds at once, counted in bytes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from evalkit.errors import InputError
from evalkit.meta import agreement, draws, rows
from evalkit.meta.evaluate import Settings, evaluate
from evalkit.meta.pairing import Paired
from evalkit.meta.scores import Scores


def peak(work: Callable[[], object]) -> int:
    """The most bytes that were held at once."""
    work()  # what is loaded or remembered on the way is not counted
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def scores(*shape: int) -> np.ndarray:
    return np.random.default_rng(1).normal(size=shape)


@pytest.mark.parametrize("statistic", [rows.accuracies, rows.taus, rows.spearmans])
def test_resamples_of_systems_are_looked_at_some_at_a_time(
    statistic: Callable[[np.ndarray, np.ndarray], np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = ((scores(trials, 40), scores(trials, 40)[::-1]) for trials in (50, 400))
    whole = statistic(*many)
    monkeypatch.setattr(rows, "CELLS", 20_000)
    slope = (peak(lambda: statistic(*many)) - peak(lambda: statistic(*few))) / 350
    assert slope < 40 * 8 * 4  # bytes a trial: some numbers a system, none of its 780 pairs
    assert statistic(*many).tolist() == whole.tolist()


def test_the_interval_of_soft_accuracy_does_not_hold_pairs_by_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(systems: int) -> draws.PairDraw:
        human, metric = scores(2, systems, 60)
        means = human.mean(axis=1), metric.mean(axis=1)
        return draws.by_pairs(draws.standard(Paired((), (), human, metric, *means)))

    few, many = draw(10), draw(40)
    whole = many.values(40, 1, None)
    monkeypatch.setattr(draws, "CELLS", 10_000)
    monkeypatch.setattr(draws, "_APART", 10_000)
    slope = (peak(lambda: many.values(40, 1, None)) - peak(lambda: few.values(40, 1, None))) / (780 - 45)
    assert slope < 400  # bytes a pair; its numbers of 60 segments alone would be 1,920
    assert many.values(40, 1, None).tolist() == whole.tolist()


def test_ties_are_calibrated_some_pairs_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    human, metric = np.round(scores(12, 200), 1), scores(12, 200)[::-1]
    human[3, ::7] = np.nan
    whole = agreement.calibrated_accuracy(agreement.pair_table(human, metric))
    monkeypatch.setattr(agreement, "CELLS", 1_000)
    assert agreement.calibrated_accuracy(agreement.pair_table(human, metric)) == whole
    used = peak(lambda: agreement.calibrated_accuracy(agreement.pair_table(human, metric)))
    assert used < 80 * 66 * 200  # bytes of 66 pairs in 200 segments


def test_more_systems_than_can_be_held_against_each_other_are_refused() -> None:
    names = [f"s{number}" for number in range(2001)]
    human, metric = (Scores(side, {}, dict.fromkeys(names, 1.0)) for side in ("human", "BLEU"))
    with pytest.raises(InputError, match=r"human has 2,001 systems in common with BLEU, 2,001,000 pairs; give at most"):
        evaluate([metric], [human], Settings())
