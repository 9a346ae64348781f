"""What chance alone does to a difference: the distribution a pair's difference is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, fsum
from typing import TYPE_CHECKING, NamedTuple

from evalkit.compare.statistics import effects
from evalkit.compare.statistics.plan import SAME, Plan, t_over_normal
from evalkit.compare.statistics.resampling import bootstrap_scores, exchanged, percentiles, widened
from evalkit.plugins.protocols import Statistic

if TYPE_CHECKING:
    from evalkit.compare.statistics.resampling import Matrix

Pair = tuple[str, str]
_TOGETHER = 32  # pairs with rows of their own that one draw serves: more would fill the memory


class Tested(NamedTuple):
    """What resampling says about one pair. `one_more` is the p-value with a heavy finding more in the system that
    looks better, where that was asked for: what the verdict is held to. All else is of what was seen."""

    delta: float
    low: float
    high: float
    p_value: float
    error: float
    superiority: tuple[float, float]
    one_more: float | None = None

    @property
    def decisive(self) -> float:
        """The p-value that decides."""
        return self.p_value if self.one_more is None else max(self.p_value, self.one_more)


def assess_pairs(
    pairs: Sequence[Pair],
    rows: Mapping[str, Matrix],
    scorer: Statistic,
    plan: Plan,
    spans: Mapping[Pair, tuple[float, float]],
    *,
    widen: bool,
    seen: bool = False,
) -> dict[Pair, Tested]:
    """Delta, interval, p-value and standard error of pairs over the same items; `widen` where these are documents,
    `seen` where nothing else is to be thought of than what was seen."""
    whole = {name: scorer.value(matrix.sum(axis=0).tolist()) for name, matrix in rows.items()}
    deltas = {(first, second): whole[second] - whole[first] for first, second in pairs}
    scores = bootstrap_scores(rows, scorer, plan.interval_trials, plan.seed, plan.block_cells)
    drawn = len(next(iter(rows.values())))
    factor = t_over_normal(plan.confidence, drawn)
    exchanges = _by_exchange(pairs, rows, scorer, plan, deltas) if plan.test == "randomisation" else {}
    found = {}
    for pair in pairs:  # one after another: with many systems all their resamples together fill the memory
        sampled = scores[pair[1]] - scores[pair[0]]
        wide = widened(sampled, deltas[pair], factor)
        p_of = wide if widen or plan.test != "bootstrap" else sampled  # sacrebleu's own p
        p_value, reach = exchanges[pair] if exchanges else _by_resampling(p_of, deltas[pair], plan)
        low, high = _interval(deltas[pair], sampled, wide, reach, plan.confidence)
        tested = Tested(deltas[pair], low, high, p_value, effects.standard_error(sampled.tolist()), spans[pair])
        found[pair] = tested
    return found if seen else found | _with_one_more(found, rows, scorer, plan, widen=widen)


def _interval(
    delta: float, sampled: Matrix, wide: Matrix, reach: float | None, confidence: float
) -> tuple[float, float]:
    """The interval of a difference; it holds the difference and nothing that no resample could give.

    Where a system has no finding at all, every resample says so: the difference is of one sign or nothing, and so is
    the interval, however much it was widened.
    """
    least, most = float(sampled.min()), float(sampled.max())
    if reach is None:
        low, high = percentiles(wide, confidence)
        low, high = max(low, min(least, 0.0)), min(high, max(most, 0.0))
    else:
        low, high = delta - reach, delta + reach
    low = max(low, 0.0) if least >= -SAME else low
    high = min(high, 0.0) if most <= SAME else high
    return min(low, delta), max(high, delta)


class _Chance(NamedTuple):
    """The p-value of a difference, and how far from zero chance brings one at the level (None: not known)."""

    p_value: float
    reach: float | None


def _by_exchange(
    pairs: Sequence[Pair], rows: Mapping[str, Matrix], scorer: Statistic, plan: Plan, deltas: Mapping[Pair, float]
) -> dict[Pair, _Chance]:
    """By random exchanges; of each pair only the most extreme ones are kept, those the interval needs."""
    import numpy as np

    # At most `kept` - 1 exchanges as extreme as the difference leave p at the level; the addend undoes rounding.
    kept = floor((1 - plan.confidence) * (plan.trials + 1) + 1e-9)
    at_least = dict.fromkeys(pairs, 0)
    extreme: dict[Pair, Matrix] = {pair: np.empty(0) for pair in pairs}
    for pair, values in exchanged(rows, pairs, scorer, plan.trials, plan.seed, plan.block_cells):
        at_least[pair] += int(np.count_nonzero(values >= abs(deltas[pair]) - SAME))
        known = np.concatenate([extreme[pair], values])
        extreme[pair] = np.partition(known, len(known) - kept)[len(known) - kept :] if len(known) > kept > 0 else known
    found = {}
    for pair in pairs:
        reach = float(extreme[pair].min()) if kept else None
        if reach is not None and abs(deltas[pair]) - SAME <= reach:
            reach = max(reach, abs(deltas[pair]))  # a tie by rounding counts as extreme
        found[pair] = _Chance((at_least[pair] + 1) / (plan.trials + 1), reach)
    return found


def _by_resampling(sampled: Matrix, delta: float, plan: Plan) -> _Chance:
    """By resampled differences as they would scatter without a difference: their mean is taken off, before the
    absolute value (two-sided) or after it (sacrebleu)."""
    import numpy as np

    values = np.abs(sampled) if plan.test == "bootstrap" else sampled
    centred = values - fsum(values.tolist()) / len(values)
    values = centred if plan.test == "bootstrap" else np.abs(centred)
    return _Chance((int(np.count_nonzero(values >= abs(delta) - SAME)) + 1) / (plan.trials + 1), None)


def _with_one_more(
    found: Mapping[Pair, Tested], rows: Mapping[str, Matrix], scorer: Statistic, plan: Plan, *, widen: bool
) -> dict[Pair, Tested]:
    """The tests that show a difference, with the p-value that one more finding of the heaviest kind in the system that
    looks better would leave. Difference and interval stay those of the findings there are.

    What is rare and heavy is missing from most small test sets: a system with a critical finding in every fiftieth
    segment looks better than one with as much weight in small ones until the first of them is seen.
    """
    unseen = getattr(scorer, "unseen", 0.0)
    if not unseen:
        return {}
    import numpy as np

    level = plan.level_over(len(next(iter(rows.values()))), by_document=widen)
    shown = [pair for pair, tested in found.items() if tested.p_value <= level and abs(tested.delta) > SAME]
    changed: dict[Pair, Tested] = {}
    for start in range(0, len(shown), _TOGETHER):
        more: dict[str, Matrix] = {}
        called: dict[Pair, Pair] = {}
        for number, pair in enumerate(shown[start : start + _TOGETHER]):
            lucky = pair[1] if (found[pair].delta < 0) == (scorer.better == "lower") else pair[0]
            names = (f"{number} {pair[0]}", f"{number} {pair[1]}")
            for name, system in zip(names, pair, strict=True):
                row = [unseen if system == lucky else 0.0, *[0.0] * (rows[system].shape[1] - 1)]
                more[name] = np.vstack([rows[system], [row]])
            called[names] = pair
        spans = {names: found[pair].superiority for names, pair in called.items()}
        harder = assess_pairs(list(called), more, scorer, plan, spans, widen=widen, seen=True)
        changed |= {pair: found[pair]._replace(one_more=harder[names].p_value) for names, pair in called.items()}
    return changed
