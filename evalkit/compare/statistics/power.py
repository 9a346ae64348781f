"""What a test set of this size can show, and how large one would have to be."""

from __future__ import annotations

from math import ceil, fsum, sqrt
from typing import TYPE_CHECKING

from evalkit.compare.statistics.plan import MIN_ITEMS, SAME, Plan
from evalkit.plugins.protocols import Statistic

if TYPE_CHECKING:
    from evalkit.compare.statistics.resampling import Matrix

# More items than this is "not with any test set"; a number would only pretend to be one.
_MOST = 10**9


def detectable(error: float, plan: Plan) -> float:
    """The smallest true difference that a test at level alpha shows with the chance POWER, in score points.

    (z(1 - alpha/2) + z(POWER)) * standard error of the difference, before any correction for many tests.
    """
    return plan.reach * error


def needed(delta: float, error: float, drawn: int, plan: Plan) -> int | None:
    """Items like these that would show a true difference as large as `delta` with the chance POWER.

    The standard error falls with the square root of the number of items. Null where there is no
    difference, or no scatter to reckon with; at least MIN_ITEMS.
    """
    if abs(delta) <= SAME or error <= SAME:
        return None
    return max(MIN_ITEMS, min(_MOST, ceil(drawn * (detectable(error, plan) / abs(delta)) ** 2)))


def jackknife_error(base: Matrix, mine: Matrix, scorer: Statistic) -> float:
    """Standard error of the difference of two scores by leaving out each item once; 0 for fewer than three items.

    For a handful of items, where resampling has nothing to draw from. A rough figure, by nature.
    """
    count = len(base)
    if count < 3:
        return 0.0
    without = [
        scorer.value(b) - scorer.value(a)
        for a, b in zip((base.sum(axis=0) - base).tolist(), (mine.sum(axis=0) - mine).tolist(), strict=True)
    ]
    mean = fsum(without) / count
    return sqrt((count - 1) / count * fsum((each - mean) ** 2 for each in without))
