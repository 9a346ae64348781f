"""Finding rates as statistics that add up, so that they can be tested like any metric."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.kernel.tables import Table
from evalkit.records import SEVERITY_WEIGHTS


@dataclass(frozen=True)
class FindingRate:
    """Rows are (weight or number of the findings, words of the candidate); the rate is per 1,000 words.

    One unit alone counts by its findings, not by their rate: a short unit is no worse for being short. `unseen` is
    the weight of a finding so rare that a test set may hold none of it: a test must hold with one more of them in
    the system that looks better.
    """

    better: ClassVar[Literal["higher", "lower"]] = "lower"
    unseen: float = float(SEVERITY_WEIGHTS["critical"])

    def value(self, row: Sequence[float]) -> float:
        """Findings per 1,000 words; 0 without words."""
        return 1000 * row[0] / row[1] if row[1] else 0.0

    def segment(self, row: Sequence[float]) -> float:
        """The findings of one unit."""
        return row[0]

    def values(self, table: Table) -> array[float]:
        """The rates of many rows: the same numbers, without a call for each of some ten thousand resamples."""
        import numpy as np

        found, words = np.asarray(table.data, dtype=np.float64).reshape(len(table), table.width).T
        return array("d", np.divide(1000 * found, words, out=np.zeros(len(words)), where=words != 0).tobytes())


# Metric name -> the column of `compare.items.FindingItems` it counts.
RATES = {"penalty_per_1000_words": 0, "findings_per_1000_words": 1, "expected_errors_per_1000_words": 2}


def rate_of(metric: str) -> FindingRate:
    """The statistic of a rate: a penalty is carried by few heavy findings, a number of findings by all alike."""
    return FindingRate() if metric == "penalty_per_1000_words" else FindingRate(unseen=0.0)
