"""How large a difference is, in items won and in standard deviations, and what a test set of this size can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, fsum, sqrt
from typing import TYPE_CHECKING, NamedTuple

from evalkit.compare.statistics.plan import MIN_ITEMS, SAME, Plan
from evalkit.compare.statistics.resampling import bootstrap_sums, percentiles
from evalkit.kernel import batches
from evalkit.kernel.tables import Table
from evalkit.plugins.protocols import Statistic
from evalkit.records.comparison import Effect

if TYPE_CHECKING:
    from evalkit.compare.statistics.resampling import Matrix

Pair = tuple[str, str]
# Blocks of resampled sums held at a time: more pairs are taken in turns, each with the same draws made anew.
_HELD = 4
# More items than this is "not with any test set"; a number would only pretend to be one.
_MOST = 10**9


class Wins(NamedTuple):
    """Items on which the system is better than, as good as, worse than the baseline."""

    wins: int
    ties: int
    losses: int


def segment_scores(rows: Matrix, scorer: Statistic) -> Matrix:
    """The score of every item alone."""
    import numpy as np

    if not rows.shape[1]:
        return np.array([scorer.segment(row) for row in rows.tolist()], dtype=np.float64)
    return np.asarray(batches.segments(scorer, Table(np.ascontiguousarray(rows), rows.shape[1])))


def signs(base: Matrix, mine: Matrix, better: str) -> Matrix:
    """1 where the system is better than the baseline, -1 where it is worse, 0 on a tie."""
    import numpy as np

    gains = mine - base if better == "higher" else base - mine
    signed: Matrix = np.where(gains > SAME, 1.0, np.where(gains < -SAME, -1.0, 0.0))
    return signed


def counted(signed: Matrix) -> Wins:
    wins, losses = int((signed > 0).sum()), int((signed < 0).sum())
    return Wins(wins, len(signed) - wins - losses, losses)


def superiorities(columns: Mapping[Pair, Matrix], members: Matrix, plan: Plan) -> dict[Pair, tuple[float, float]]:
    """Percentile intervals of (wins + ties / 2) / items for pairs, on the draws of the differences.

    `columns` has the signs of each pair added up by what is drawn, `members` the number of items.
    """
    import numpy as np

    found: dict[Pair, tuple[float, float]] = {}
    pairs, at_once = list(columns), max(1, _HELD * plan.block_cells // plan.interval_trials)
    for start in range(0, len(pairs), at_once):
        some = pairs[start : start + at_once]
        stacked = np.column_stack([members, *(columns[pair] for pair in some)])
        sums = np.concatenate(list(bootstrap_sums(stacked, plan.interval_trials, plan.seed, plan.block_cells)))
        for place, pair in enumerate(some, 1):
            found[pair] = percentiles(0.5 + 0.5 * sums[:, place] / sums[:, 0], plan.confidence)
    return found


def standard_error(sampled: Sequence[float]) -> float:
    """Standard deviation of resampled values; 0 for fewer than two."""
    if len(sampled) < 2:
        return 0.0
    mean = fsum(sampled) / len(sampled)
    return sqrt(fsum((value - mean) ** 2 for value in sampled) / (len(sampled) - 1))


def effect_of(
    won: Wins, span: tuple[float, float], delta: tuple[float, float, float], error: float, drawn: int, better: str
) -> Effect:
    """The effect as the result holds it, turned so that more is better for the system.

    `delta` is the difference with its interval; `drawn` the number of items drawn. The standardised
    difference is delta over the standard deviation of one drawn item, error * sqrt(drawn); null where
    there is no scatter.
    """
    share = (won.wins + won.ties / 2) / (won.wins + won.ties + won.losses)
    spread = error * sqrt(drawn)
    if spread <= SAME:
        return Effect(share, *span, None, None, None)
    low, high = (delta[1], delta[2]) if better == "higher" else (-delta[2], -delta[1])
    middle = delta[0] if better == "higher" else -delta[0]
    return Effect(share, *span, middle / spread, low / spread, high / spread)


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
