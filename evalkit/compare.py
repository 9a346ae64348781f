"""Differences between systems: paired resampling tests over statistic rows.

Everything is computed in float64 from exact sums, so that neither block size nor machine moves a
number. All methods take the items as independent; sentences of one document are not quite that, so
p-values are a little too small where few documents have many items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, fsum, isfinite
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from evalkit.errors import ConfigError, InputError, nearest
from evalkit.kernels.resampling import CELLS, bootstrap_scores, bootstrap_sums, exchanged, matrix_of, percentiles
from evalkit.model import Scope
from evalkit.protocols import Row, Scorer
from evalkit.result import Comparison

if TYPE_CHECKING:
    from evalkit.kernels.resampling import Matrix

# What the result calls the tests that `test` names.
TESTS = {
    "bootstrap": "paired bootstrap",
    "bootstrap-two-sided": "paired bootstrap (two-sided)",
    "randomisation": "paired approximate randomisation",
}
CORRECTIONS = {"holm": "Holm-adjusted", "bh": "Benjamini-Hochberg-adjusted", "none": "not adjusted"}
# With fewer items resampling has too few distinct outcomes to say anything.
MIN_ITEMS = 10
# Score points below which two scores are the same: rounding of equal sums, never a real difference.
_SAME = 1e-9


class _Plan(NamedTuple):
    """The settings of one call."""

    test: str
    trials: int
    interval_trials: int
    seed: int
    confidence: float
    alpha: float
    correction: str
    block_cells: int
    comparisons: int = 1  # tested together, which the correction charges for

    @property
    def level(self) -> float:
        """What p-values are held against; sacrebleu's bootstrap is in effect one-sided (see compare_systems)."""
        return self.alpha / 2 if self.test == "bootstrap" else self.alpha

    @property
    def can_show(self) -> bool:
        """False where even the smallest p-value these trials can give is above the level once corrected."""
        return self.correction != "holm" or self.comparisons / (self.trials + 1) <= self.level


def trials_for(test: str, comparisons: int, alpha: float) -> int:
    """Trials that leave room for a corrected difference: the field's custom, more for many comparisons."""
    custom = 1_000 if test.startswith("bootstrap") else 10_000
    level = alpha / 2 if test == "bootstrap" else alpha
    return max(custom, ceil(2 * comparisons / level))


Outcome = Literal["better", "worse", "none", "untested"]


class _Tested(NamedTuple):
    """What resampling says about one pair."""

    delta: float
    low: float
    high: float
    p_value: float


def bootstrap_interval(
    rows: Sequence[Row], scorer: Scorer, *, trials: int = 1000, seed: int = 12345, confidence: float = 0.95
) -> tuple[float, float]:
    """Percentile interval of a corpus score, in score points: items are drawn with replacement.

    The draws are sacrebleu's for the same seed and number of trials, and so are the ranks taken.
    No rows raise InputError; a single row gives its score twice.
    """
    _check_numbers(trials, seed, confidence)
    if not rows:
        raise InputError("no statistic rows: there is nothing to draw an interval from")
    matrix = matrix_of(rows)
    scores = [scorer.value(total) for sums in bootstrap_sums(matrix, trials, seed, CELLS) for total in sums.tolist()]
    return percentiles(scores, confidence)


def correct(p_values: Sequence[float], method: str) -> tuple[float, ...]:
    """p-values adjusted for their number, in the order given, at most 1.

    `holm` bounds the chance of any false rejection, `bh` (Benjamini-Hochberg) the expected share of
    false ones among the rejections, `none` returns them as they are. No p-values give an empty tuple.
    """
    if method not in CORRECTIONS:
        raise ConfigError(f"unknown correction {method!r}{nearest(method, CORRECTIONS)} (known: holm, bh, none)")
    if any(not 0 <= p <= 1 for p in p_values):
        raise ConfigError("p-values lie between 0 and 1")
    count = len(p_values)
    adjusted = list(p_values)
    worst = 0.0 if method == "holm" else 1.0
    ranked = sorted(range(count), key=lambda i: p_values[i], reverse=method == "bh")
    if method != "none":
        for step, i in enumerate(ranked):
            if method == "holm":
                worst = min(1.0, max(worst, (count - step) * p_values[i]))
            else:
                worst = min(worst, p_values[i] * count / (count - step))
            adjusted[i] = worst
    return tuple(adjusted)


def compare_systems(
    systems: Mapping[str, Sequence[tuple[str, Row]]],
    scorer: Scorer,
    *,
    metric: str,
    scope: Scope,
    baseline: str = "",
    test: str = "bootstrap",
    trials: int = 1000,
    seed: int = 12345,
    confidence: float = 0.95,
    alpha: float = 0.05,
    correction: str = "holm",
    interval_trials: int = 1000,
    block_cells: int = CELLS,
) -> tuple[Comparison, ...]:
    """Paired comparisons of all systems with `baseline`, or of all pairs (the earlier system is the baseline).

    `systems` gives each system's rows as (key, row); the key names the item of the reference the row
    belongs to. A pair is compared over the items both have, in the baseline's order, and the verdict
    says how many that are. `delta` is system minus baseline in score points over these items, `low`
    and `high` its percentile interval by paired bootstrap (`trials` draws for the bootstrap tests,
    `interval_trials` for randomisation). `p_adjusted` corrects for all comparisons of the call.
    Fewer than ten common items: no interval and no p-value, the verdict says so.

    Tests, all with the draws of sacrebleu 2.6.0 for the same seed, p = (extreme + 1) / (trials + 1):

    - `randomisation`: share of random exchanges of the two systems' rows with at least the observed
      absolute difference. Two-sided; holds its level.
    - `bootstrap`: sacrebleu's definition, absolute differences less their mean, at least the observed
      one. Far from zero that is a one-sided p-value: judged at 0.05 it would reject 10 % of true null
      hypotheses, so verdicts judge it at `alpha` / 2.
    - `bootstrap-two-sided`: differences less their mean, in absolute value. Two-sided.

    Unlike sacrebleu, ties count as extreme (so identical systems get p = 1) and sums are float64.
    """
    _check_numbers(trials, seed, confidence)
    _check_numbers(interval_trials, seed, 1 - alpha)
    if test not in TESTS:
        raise ConfigError(f"unknown test {test!r}{nearest(test, TESTS)} (known: {', '.join(sorted(TESTS))})")
    plan = _Plan(
        test, trials, trials if test != "randomisation" else interval_trials,
        seed, confidence, alpha, correction, block_cells,
    )  # fmt: skip
    tables = {name: _table(name, items) for name, items in systems.items()}
    pairs = _pairs(list(systems), baseline)
    known: dict[tuple[str, ...], tuple[str, ...]] = {}  # equal key lists are kept once
    common = {}
    for first, second in pairs:
        keys = tuple(key for key in tables[first] if key in tables[second])
        common[first, second] = known.setdefault(keys, keys)

    tested: dict[tuple[str, str], _Tested] = {}
    for keys in known:
        if len(keys) >= MIN_ITEMS:
            group = [pair for pair in pairs if common[pair] is keys]
            names = list(dict.fromkeys(name for pair in group for name in pair))
            matrices = {name: matrix_of([tables[name][key] for key in keys]) for name in names}
            tested |= _test(group, matrices, scorer, plan)
    adjusted = dict(zip(tested, correct([t.p_value for t in tested.values()], correction), strict=True))

    plan = plan._replace(comparisons=max(len(tested), 1))
    segments = {name: {key: scorer.segment(row) for key, row in table.items()} for name, table in tables.items()}
    found = []
    for pair, keys in common.items():
        base, mine = ([tables[name][key] for key in keys] for name in pair)
        base_values, my_values = ([segments[name][key] for key in keys] for name in pair)
        wins, ties, losses = _wins(base_values, my_values, scorer.better)
        result, p_adjusted = tested.get(pair), adjusted.get(pair)
        bare = Comparison(
            metric=metric,
            scope=scope,
            baseline=pair[0],
            system=pair[1],
            delta=result.delta if result else _delta(base, mine, scorer),
            low=result.low if result else None,
            high=result.high if result else None,
            p_value=result.p_value if result else None,
            p_adjusted=p_adjusted,
            test=TESTS[test],
            trials=trials,
            seed=seed,
            wins=wins,
            ties=ties,
            losses=losses,
            verdict="",
        )
        over = _over(pair, len(keys), [len(tables[name]) for name in pair])
        bare = replace(bare, outcome=_outcome(bare, plan, scorer.better))
        found.append(replace(bare, verdict=_verdict(bare, plan, over, same=base == mine)))
    return tuple(found)


# --- resampling --------------------------------------------------------------------------------------


def _test(
    pairs: Sequence[tuple[str, str]],
    matrices: Mapping[str, Matrix],
    scorer: Scorer,
    plan: _Plan,
) -> dict[tuple[str, str], _Tested]:
    """Delta, interval and p-value of pairs over the same items; one draw serves all."""
    whole = {name: scorer.value(matrix.sum(axis=0).tolist()) for name, matrix in matrices.items()}
    scores = bootstrap_scores(matrices, scorer, plan.interval_trials, plan.seed, plan.block_cells)
    found = {}
    for first, second in pairs:
        delta = whole[second] - whole[first]
        sampled = [b - a for a, b in zip(scores[first], scores[second], strict=True)]
        extreme: Iterable[float]
        if plan.test == "randomisation":
            extreme = exchanged(matrices[first], matrices[second], scorer, plan.trials, plan.seed, plan.block_cells)
        else:
            extreme = _centred(sampled, plan.test)
        at_least = sum(value >= abs(delta) - _SAME for value in extreme)
        low, high = percentiles(sampled, plan.confidence)
        found[first, second] = _Tested(delta, low, high, (at_least + 1) / (plan.trials + 1))
    return found


def _centred(sampled: Sequence[float], test: str) -> list[float]:
    """Resampled differences as they would scatter without a difference: their mean is taken off, before
    the absolute value (two-sided) or after it (sacrebleu)."""
    values = [abs(value) for value in sampled] if test == "bootstrap" else list(sampled)
    mean = fsum(values) / len(values)
    return [value - mean if test == "bootstrap" else abs(value - mean) for value in values]


# --- around the tests --------------------------------------------------------------------------------


def _check_numbers(trials: int, seed: int, confidence: float) -> None:
    if trials < 1:
        raise ConfigError(f"trials {trials}: give a number from 1")
    if seed < 0:
        raise ConfigError(f"seed {seed}: give a number from 0")
    if not (isfinite(confidence) and 0 < confidence < 1):
        raise ConfigError("confidence and alpha lie between 0 and 1, for example 0.95 and 0.05")


def _table(name: str, items: Sequence[tuple[str, Row]]) -> dict[str, Row]:
    table = dict(items)
    if len(table) != len(items):
        double, _ = Counter(key for key, _ in items).most_common(1)[0]
        raise InputError(f"system {name!r} has two rows for the item {double!r}; add them up before comparing")
    return table


def _pairs(names: Sequence[str], baseline: str) -> list[tuple[str, str]]:
    if not baseline:
        return [(first, second) for i, first in enumerate(names) for second in names[i + 1 :]]
    if baseline not in names:
        raise ConfigError(f"no system {baseline!r} to compare with{nearest(baseline, names)}; have: {', '.join(names)}")
    return [(baseline, name) for name in names if name != baseline]


def _delta(base: Sequence[Row], mine: Sequence[Row], scorer: Scorer) -> float:
    if not mine:
        return 0.0
    return scorer.value([*map(sum, zip(*mine, strict=True))]) - scorer.value([*map(sum, zip(*base, strict=True))])


def _wins(base: Sequence[float], mine: Sequence[float], better: str) -> tuple[int, int, int]:
    """Items on which the system is better than, as good as, worse than the baseline."""
    gains = [a - b if better == "higher" else b - a for a, b in zip(mine, base, strict=True)]
    wins, losses = sum(gain > _SAME for gain in gains), sum(gain < -_SAME for gain in gains)
    return wins, len(gains) - wins - losses, losses


def _over(pair: tuple[str, str], common: int, counts: Sequence[int]) -> str:
    """The items a pair is compared over, and how many each has where that is not all of them."""
    noun = "item" if common == 1 else "items"
    if all(count == common for count in counts):
        return f"{common} {noun}"
    return f"{common} {noun} both have ({pair[0]} has {counts[0]}, {pair[1]} {counts[1]})"


def _outcome(found: Comparison, plan: _Plan, better: str) -> Outcome:
    if found.p_value is None or found.p_adjusted is None:
        return "untested"
    if not plan.can_show and abs(found.delta) > _SAME:
        return "untested"
    if found.p_adjusted > plan.level or abs(found.delta) <= _SAME:
        return "none"
    return "better" if (found.delta > 0) == (better == "higher") else "worse"


def _verdict(found: Comparison, plan: _Plan, over: str, *, same: bool) -> str:
    """One sentence that claims no more than the test shows."""
    if found.p_value is None or found.p_adjusted is None:
        return f"Nothing is claimed about {found.metric}: only {over}, and a paired test needs at least {MIN_ITEMS}."
    names = f"{found.system} and {found.baseline}"
    if same:
        return f"{names} have the same {found.metric} statistics on all of {over}: there is nothing to test."
    if found.outcome == "untested":
        return (
            f"Nothing is claimed about {found.metric}: {plan.trials:,} trials cannot show a difference once "
            f"{plan.comparisons} comparisons are corrected for; "
            f"use {trials_for(plan.test, plan.comparisons, plan.alpha):,}."
        )
    adjusted = "" if plan.correction == "none" else f", {CORRECTIONS[plan.correction]} {found.p_adjusted:.4g}"
    interval = f"{plan.confidence * 100:g} % interval {found.low:+.2f} to {found.high:+.2f}"
    facts = f"{found.test} over {over}, p = {found.p_value:.4g}{adjusted}"
    if found.outcome != "none":
        return (
            f"{found.system} scores {found.outcome} than {found.baseline} by {abs(found.delta):.2f} points of "
            f"{found.metric} ({interval}): {facts}, at most the level {plan.level:g}."
        )
    return (
        f"No difference in {found.metric} between {names} is shown ({found.delta:+.2f} points, {interval}), "
        f"which does not mean they are equal: {facts}, above the level {plan.level:g}."
    )
