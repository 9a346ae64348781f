"""Sums of drawn rows: single precision where it is exact, double where it is not, the same numbers."""

from __future__ import annotations

import numpy as np
import pytest

from evalkit.compare.statistics import resampling


@pytest.mark.parametrize("largest", [1, 300, 1 << 18, 1 << 22, 1 << 30])
@pytest.mark.parametrize("fraction", [0.0, 0.25])
def test_sums_of_drawn_rows_are_exact(largest: int, fraction: float) -> None:
    draw = np.random.default_rng(largest)
    matrix = resampling.matrix_of(draw.integers(0, largest, size=(70, 3), endpoint=True) + fraction)
    counts = np.vstack([*resampling.counts(70, 40, 1, 40), np.full((1, 70), 0), [[70, *[0] * 69]]])
    few = resampling._few(matrix, 70 * float(np.abs(matrix).max()))
    assert (few.dtype == np.float32) == (not fraction and 70 * largest < 1 << 24)
    whole = [
        [sum(int(c) * int(x * 4) for c, x in zip(row, column, strict=True)) / 4 for column in matrix.T]
        for row in counts
    ]
    assert resampling.times(counts, few).tolist() == whole


@pytest.mark.parametrize(("trials", "items"), [(1, 1), (32, 77), (7, 13), (3, 64)])
def test_sides_are_those_that_numpy_draws(trials: int, items: int) -> None:
    mine, theirs = np.random.default_rng(5), np.random.default_rng(5)
    for _ in range(3):  # what a call leaves of its last bits is gone for both
        drawn = theirs.integers(2, size=(trials, items), dtype=np.bool_)
        assert (resampling._sides(mine, trials, items) == drawn).all()
