"""Hundreds of systems: no test of every pair without end, and no memory of all pairs at once."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

import evalkit
from evalkit.compare.statistics import compare_systems, too_many
from evalkit.compare.statistics.items import Items
from evalkit.plugins import Registry
from evalkit.records.config import parse


def configuration(folder: Path, systems: int, **statistics: object) -> dict[str, object]:
    (folder / "r.txt").write_text("".join(f"The council met in hall {n}.\n" for n in range(12)))
    for number in range(systems):
        lines = (f"The council met in {'room' if n % systems < number else 'hall'} {n}.\n" for n in range(12))
        (folder / f"{number}.txt").write_text("".join(lines))
    sides = [{"path": f"{number}.txt"} for number in range(systems)]
    return {
        "reference": [{"path": "r.txt"}], "candidate": sides, "metrics": ["bleu"], "align": "lines", "detectors": [],
        "statistics": statistics,
    }  # fmt: skip


def test_what_would_take_days_is_not_begun_and_said() -> None:
    assert too_many("randomisation", 60, 0.05) == ""
    assert "79,800 pairs" in too_many("randomisation", 400, 0.05)
    assert "79,800 pairs" in too_many("bootstrap", 400, 0.05)


@pytest.mark.slow
def test_four_hundred_systems_are_scored_and_not_tested_all_with_all(tmp_path: Path) -> None:
    given = configuration(tmp_path, 400)
    result = evalkit.evaluate(parse(given, "test"), folder=tmp_path)
    assert (len(result.systems), result.comparisons) == (400, ())
    assert ["none is tested; name a baseline" in f.message for f in result.failures] == [True]


@pytest.mark.slow
@pytest.mark.parametrize("more", [{"baseline": "3"}, {"trials": 20}])
def test_with_a_baseline_or_a_number_of_trials_they_are(tmp_path: Path, more: dict[str, object]) -> None:
    result = evalkit.evaluate(parse(configuration(tmp_path, 70, **more), "test"), folder=tmp_path)
    assert len(result.comparisons) == (69 if "baseline" in more else 70 * 69 // 2)
    assert result.failures == ()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_pairs_times_the_trials() -> None:
    scorer = Registry().make("scorer", "chrf")
    rng = np.random.default_rng(1)
    width = len(scorer.measure_texts([["a b"]], [["a b"]], 1)[0].total())
    keys = tuple(map(str, range(12)))
    systems = {str(n): Items(keys, rng.integers(1, 9, (12, width)).astype(float)) for n in range(40)}
    options = {"metric": "chrf", "scope": "corpus", "test": "bootstrap", "trials": 1000, "block_cells": 1 << 13}
    tracemalloc.start()
    found = compare_systems(systems, scorer, **options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 780
    assert peak < 780 * 1000 * 8  # one number a pair and trial
