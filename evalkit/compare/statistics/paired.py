"""Paired tests between systems, over the items both have.

The tests, all with the draws of sacrebleu 2.6.0 for the same seed, p = (extreme + 1) / (trials + 1):

- `randomisation`: share of random exchanges of the two systems' rows with at least the observed
  absolute difference. Two-sided; holds its level.
- `bootstrap`: sacrebleu's definition, absolute differences less their mean, at least the observed
  one. Far from zero that is a one-sided p-value: judged at 0.05 it would reject 10 % of true null
  hypotheses, so verdicts judge it at `alpha` / 2.
- `bootstrap-two-sided`: differences less their mean, in absolute value. Two-sided.

Unlike sacrebleu, ties count as extreme (so identical systems get p = 1) and sums are float64.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from evalkit.compare.statistics import effects
from evalkit.compare.statistics.items import Items, Keys, Pair, chosen, common_keys, gathered, groups_of, items_of
from evalkit.compare.statistics.plan import MIN_ITEMS, SAME, TESTS, Plan, check_numbers, check_test, pairs_of
from evalkit.compare.statistics.resampling import CELLS, bootstrap_scores, exchanged, percentiles
from evalkit.compare.statistics.verdicts import Over, correct, outcome_of, verdict_of
from evalkit.plugins.protocols import Row, Statistic
from evalkit.records import Scope
from evalkit.records.comparison import Comparison

if TYPE_CHECKING:
    from evalkit.compare.statistics.resampling import Matrix


class _Tested(NamedTuple):
    """What resampling says about one pair."""

    delta: float
    low: float
    high: float
    p_value: float
    error: float
    superiority: tuple[float, float]


def compare_systems(
    systems: Mapping[str, Items | Sequence[tuple[str, Row]]],
    scorer: Statistic,
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
    documents: Mapping[str, str] | None = None,
    by_document: bool = False,
) -> tuple[Comparison, ...]:
    """Paired comparisons of all systems with `baseline`, or of all pairs (the earlier system is the baseline).

    `systems` gives each system's rows, as Items or as (key, row); the key names the item of the reference the row
    belongs to. A pair is compared over the items both have, in the baseline's order, and the verdict
    says how many that are. `documents` names every key's document; with `by_document` documents are
    drawn whole, else items. `delta` is system minus baseline in score points over these items, `low`
    and `high` its percentile interval by paired bootstrap (`trials` draws for the bootstrap tests,
    `interval_trials` for randomisation). `p_adjusted` corrects for all comparisons of the call.
    Fewer than ten common items (or documents): no interval and no p-value, the verdict says so. The
    module says what the tests are.
    """
    check_numbers(trials, seed, confidence, alpha)
    check_numbers(interval_trials, seed)
    check_test(test)
    plan = Plan(
        test, trials, trials if test != "randomisation" else interval_trials,
        seed, confidence, alpha, correction, block_cells,
    )  # fmt: skip
    given = {name: items_of(name, rows) for name, rows in systems.items()}
    common = common_keys(given, pairs_of(list(systems), baseline))
    tested, bare = _test_all(common, given, scorer, plan, (documents or {}) if by_document else None)
    adjusted = dict(zip(tested, correct([t.p_value for t in tested.values()], correction), strict=True))
    plan = plan._replace(comparisons=max(len(tested), 1))

    records = []
    for pair, keys in common.items():
        known = {documents[key] for key in keys} if documents else set()
        counts = (len(given[pair[0]].keys), len(given[pair[1]].keys))
        over = Over(len(keys), counts, len(known), by_document=by_document)
        record = _untested(pair, metric, scope, bare[pair], over, plan)
        if pair in tested:
            record = _with_test(record, tested[pair], adjusted[pair], bare[pair], over, plan, scorer.better)
        record = replace(record, outcome=outcome_of(record, plan, scorer.better))
        records.append(replace(record, verdict=verdict_of(record, plan, over, same=bare[pair].same)))
    return tuple(records)


class _Bare(NamedTuple):
    """What there is to say of one pair without a test."""

    won: effects.Wins
    delta: float
    error: float  # by jackknife where the items are too few to draw from, else 0
    same: bool  # the same statistics on every item


def _test_all(
    common: Mapping[Pair, Keys],
    given: Mapping[str, Items],
    scorer: Statistic,
    plan: Plan,
    groups: Mapping[str, str] | None,
) -> tuple[dict[Pair, _Tested], dict[Pair, _Bare]]:
    """All pairs, those over the same items together; `groups` are the documents where they are drawn whole."""
    tested: dict[Pair, _Tested] = {}
    bare: dict[Pair, _Bare] = {}
    for keys in {id(keys): keys for keys in common.values()}.values():
        pairs = [pair for pair in common if common[pair] is keys]
        found, wins = _test_over(keys, pairs, given, scorer, plan, groups)
        tested |= found
        bare |= wins
    return tested, bare


def _test_over(
    keys: Keys,
    pairs: Sequence[Pair],
    given: Mapping[str, Items],
    scorer: Statistic,
    plan: Plan,
    groups: Mapping[str, str] | None,
) -> tuple[dict[Pair, _Tested], dict[Pair, _Bare]]:
    """Pairs over the same items: the tests where there is enough to draw from, and the rest; one draw serves all."""
    import numpy as np

    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    if not keys:
        return {}, {pair: _Bare(effects.Wins(0, 0, 0), 0.0, 0.0, same=True) for pair in pairs}
    rows = {name: chosen(given[name], keys) for name in names}
    alone = {name: effects.segment_scores(matrix, scorer) for name, matrix in rows.items()}
    signed = {pair: effects.signs(alone[pair[0]], alone[pair[1]], scorer.better) for pair in pairs}
    bare = {}
    for pair in pairs:
        base, mine = rows[pair[0]], rows[pair[1]]
        bare[pair] = _Bare(
            effects.counted(signed[pair]),
            _value(mine, scorer) - _value(base, scorer),
            effects.jackknife_error(base, mine, scorer) if len(keys) < MIN_ITEMS else 0.0,
            bool((base == mine).all()),
        )
    members = groups_of(keys, groups)
    if max(members) + 1 < MIN_ITEMS:
        return {}, bare
    drawn = {name: gathered(matrix, members) for name, matrix in rows.items()}
    columns = {pair: gathered(column[:, np.newaxis], members)[:, 0] for pair, column in signed.items()}
    sizes = gathered(np.ones((len(keys), 1)), members)[:, 0]
    spans = effects.superiorities(columns, sizes, plan)
    return _test(pairs, drawn, scorer, plan, spans), bare


def _value(matrix: Matrix, scorer: Statistic) -> float:
    return scorer.value(matrix.sum(axis=0).tolist())


def _test(
    pairs: Sequence[Pair],
    rows: Mapping[str, Matrix],
    scorer: Statistic,
    plan: Plan,
    spans: Mapping[Pair, tuple[float, float]],
) -> dict[Pair, _Tested]:
    """Delta, interval, p-value and standard error of pairs over the same items."""
    import numpy as np

    whole = {name: _value(matrix, scorer) for name, matrix in rows.items()}
    scores = bootstrap_scores(rows, scorer, plan.interval_trials, plan.seed, plan.block_cells)
    deltas = {(first, second): whole[second] - whole[first] for first, second in pairs}
    sampled = {(first, second): scores[second] - scores[first] for first, second in pairs}
    at_least = dict.fromkeys(pairs, 0)
    extremes: Iterable[tuple[Pair, Matrix]] = ((pair, _centred(sampled[pair], plan.test)) for pair in pairs)
    if plan.test == "randomisation":
        extremes = exchanged(rows, pairs, scorer, plan.trials, plan.seed, plan.block_cells)
    for pair, values in extremes:
        at_least[pair] += int(np.count_nonzero(values >= abs(deltas[pair]) - SAME))
    found = {}
    for pair in pairs:
        low, high = percentiles(sampled[pair], plan.confidence)
        p_value = (at_least[pair] + 1) / (plan.trials + 1)
        error = effects.standard_error(sampled[pair].tolist())
        found[pair] = _Tested(deltas[pair], low, high, p_value, error, spans[pair])
    return found


def _centred(sampled: Matrix, test: str) -> Matrix:
    """Resampled differences as they would scatter without a difference: their mean is taken off, before
    the absolute value (two-sided) or after it (sacrebleu)."""
    import numpy as np

    values = np.abs(sampled) if test == "bootstrap" else sampled
    centred = values - fsum(values.tolist()) / len(values)
    return centred if test == "bootstrap" else np.abs(centred)


def _untested(pair: Pair, metric: str, scope: Scope, bare: _Bare, over: Over, plan: Plan) -> Comparison:
    """The comparison of one pair without a test, and without its outcome and verdict."""
    return Comparison(
        metric=metric,
        scope=scope,
        baseline=pair[0],
        system=pair[1],
        delta=bare.delta,
        low=None,
        high=None,
        p_value=None,
        p_adjusted=None,
        test=TESTS[plan.test],
        trials=plan.trials,
        seed=plan.seed,
        wins=bare.won.wins,
        ties=bare.won.ties,
        losses=bare.won.losses,
        verdict="",
        resampled="documents" if over.by_document else "segments",
        items=over.drawn,
        sides=plan.sides,
        level=plan.level,
        correction=plan.correction,
        corrected_for=plan.comparisons,
        needed=effects.needed(bare.delta, bare.error, over.items, plan),
    )


def _with_test(
    record: Comparison, result: _Tested, p_adjusted: float, bare: _Bare, over: Over, plan: Plan, better: str
) -> Comparison:
    """The comparison with what resampling says of it."""
    delta = (result.delta, result.low, result.high)
    return replace(
        record,
        delta=result.delta,
        low=result.low,
        high=result.high,
        p_value=result.p_value,
        p_adjusted=p_adjusted,
        error=result.error,
        detectable=effects.detectable(result.error, plan),
        needed=effects.needed(result.delta, result.error, over.drawn, plan),
        effect=effects.effect_of(bare.won, result.superiority, delta, result.error, over.drawn, better),
    )
