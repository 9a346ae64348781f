"""What may be said of the difference between two systems: paired resampling tests over statistic rows.

`paired` compares, `null` has the tests, `plan` their settings, `items` what is drawn (segments or documents),
`effects`, `ranks` and `verdicts` what follows from them. `rates` makes findings a statistic like any other.
Definitions, formulas and sources are in docs/statistics.md. Everything is computed in float64 from
exact sums, so that neither block size nor machine moves a number.
"""

from __future__ import annotations

from evalkit.compare.statistics.intervals import bootstrap_interval
from evalkit.compare.statistics.paired import compare_systems
from evalkit.compare.statistics.plan import MIN_ITEMS, TESTS, drawn_units, pairs_of, too_many, trials_for
from evalkit.compare.statistics.ranks import rank_systems
from evalkit.compare.statistics.verdicts import CORRECTIONS, correct

__all__ = [
    "CORRECTIONS",
    "MIN_ITEMS",
    "TESTS",
    "bootstrap_interval",
    "compare_systems",
    "correct",
    "drawn_units",
    "pairs_of",
    "rank_systems",
    "too_many",
    "trials_for",
]
