"""Paired tests between systems, under their old name; the code is in `evalkit.statistics`."""

from __future__ import annotations

from evalkit.statistics import CORRECTIONS, MIN_ITEMS, TESTS, bootstrap_interval, compare_systems, correct, trials_for

__all__ = ["CORRECTIONS", "MIN_ITEMS", "TESTS", "bootstrap_interval", "compare_systems", "correct", "trials_for"]
