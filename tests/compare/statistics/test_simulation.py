"""The tests keep their promises where the truth is known. Small and seeded; the tables in the documentation
come from benchmarks/significance.py, which runs the same functions more often."""

from __future__ import annotations

import pytest

from benchmarks._simulated import METRICS, World, sample
from benchmarks.significance import compared, coverage_by_document, rare, shown
from evalkit.compare.statistics import TESTS

pytestmark = pytest.mark.slow

RUNS = 300  # 5 % of 300 is 15, one standard error 3.8


def rejected(metric: str, test: str, size: int, runs: int = RUNS) -> int:
    return round(sum(shown(compared(World(size, 1, seed=s), metric, test)) for s in range(runs)))


@pytest.mark.parametrize("test", TESTS)
def test_about_five_per_cent_of_true_null_hypotheses_are_rejected(test: str) -> None:
    assert 4 <= rejected("ter", test, 60) <= 27  # three standard errors


def test_finding_rates_under_the_null() -> None:
    """Findings of unequal weight: with one more critical one to reckon with, fewer than 5 % are rejected."""
    assert rejected("penalty", "randomisation", 60) <= 27


def test_a_rare_critical_finding_makes_no_system_better_that_happens_to_show_none() -> None:
    as_seen, one_more = ([float(cell) for cell in cells] for _, *cells in rare(60, (20, 50, 100)))
    assert max(as_seen) > 30
    assert max(one_more) <= 8


def test_intervals_by_document_hold_the_truth_where_documents_are_few() -> None:
    refused, *rows = list(coverage_by_document(60))[:4]
    assert set(refused[1:]) == {"refused"}
    assert all(float(cell) >= 86 for row in rows for cell in row[1:])  # three standard errors below 95


def test_bleu_under_the_null() -> None:
    assert 1 <= rejected("bleu", "randomisation", 40, 100) <= 12


def test_documents_with_something_in_common_must_be_drawn_whole() -> None:
    """With segments drawn as if they were independent, far more than 5 % of true null hypotheses are rejected."""
    worlds = [World(30, 20, by_document=0.3, seed=s) for s in range(200)]
    alone, whole = (
        sum(shown(compared(w, "ter", "randomisation", by_document=by, trials=99)) for w in worlds)
        for by in (False, True)
    )
    assert alone >= 40
    assert 2 <= whole <= 20


def test_a_difference_of_the_detectable_size_is_shown_four_times_in_five() -> None:
    null = [
        compared(World(100, 1, seed=s), "ter", "randomisation", trials=1, interval_trials=200)[0] for s in range(20)
    ]
    reach = sum(c.detectable or 0.0 for c in null) / len(null)
    large = [compared(World(2000, 1, seed=s), "ter", "randomisation", advantages=(0.0, 0.1), trials=1)[0]
             for s in range(10)]  # fmt: skip
    advantage = 0.1 * reach / (sum(abs(c.delta) for c in large) / len(large))
    found = [
        compared(World(100, 1, seed=500 + s), "ter", "randomisation", advantages=(0.0, advantage))[0]
        for s in range(150)
    ]
    assert 0.68 <= shown(found) <= 0.92


def test_intervals_hold_the_truth() -> None:
    found = [compared(World(80, 1, seed=s), "ter", "bootstrap", trials=300)[0] for s in range(200)]
    assert 180 <= sum(c.low <= 0 <= c.high for c in found) <= 199


def test_a_family_of_equal_systems() -> None:
    """Fifteen comparisons: uncorrected many sets claim something, by Holm's correction about 5 % do."""
    claims = {
        correction: sum(
            shown(compared(World(40, 1, seed=s), "ter", "randomisation", advantages=(0.0,) * 6, correction=correction,
                           trials=599)) > 0
            for s in range(20)
        )
        for correction in ("none", "holm")
    }  # fmt: skip
    assert claims["none"] >= 4
    assert claims["holm"] <= 4


@pytest.mark.parametrize("metric", METRICS)
def test_the_made_up_rows_are_rows_of_the_real_scorers(metric: str) -> None:
    (found,) = compared(World(250, 2, seed=1), metric, "randomisation", advantages=(0.0, 1.5))
    assert found.outcome == "better"
    drawn = sample(World(5, 3), metric)
    assert len(set(drawn.documents.values())) == 5
