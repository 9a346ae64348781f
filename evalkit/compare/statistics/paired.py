"""Paired tests between systems, over the items both have.

The tests, all with the draws of sacrebleu 2.6.0 for the same seed, p = (extreme + 1) / (trials + 1):

- `randomisation`: share of random exchanges of the two systems' rows with at least the observed
  absolute difference. Two-sided; holds its level.
- `bootstrap`: sacrebleu's definition, absolute differences less their mean, at least the observed
  one. Far from zero that is a one-sided p-value: judged at 0.05 it would reject 10 % of true null
  hypotheses, so verdicts judge it at `alpha` / 2.
- `bootstrap-two-sided`: differences less their mean, in absolute value. Two-sided.

Unlike sacrebleu, ties count as extreme (so identical systems get p = 1) and sums are float64.

The interval of a difference is what the test does not reject: by randomisation the differences no further from
the observed one than the exchanges reach, so that it leaves out 0 where p is at most `alpha`, and only there; by
bootstrap the percentiles of the resampled differences, which are widened as t is wider than the normal. The p-value of
sacrebleu's bootstrap over segments is its own, of differences that are not widened; its level is lower instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from evalkit.compare.statistics import effects
from evalkit.compare.statistics.items import Items, Keys, Pair, chosen, common_keys, gathered, groups_of, items_of
from evalkit.compare.statistics.known import Memory, remembered
from evalkit.compare.statistics.null import Tested, assess_pairs
from evalkit.compare.statistics.plan import MIN_ITEMS, TESTS, Plan, check_numbers, check_test, pairs_of
from evalkit.compare.statistics.resampling import CELLS
from evalkit.compare.statistics.verdicts import Over, correct, outcome_of, verdict_of
from evalkit.plugins.protocols import Row, Statistic
from evalkit.records import Scope
from evalkit.records.comparison import Comparison

if TYPE_CHECKING:
    from evalkit.compare.statistics.resampling import Matrix


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
    confidence: float | None = None,
    alpha: float = 0.05,
    correction: str = "holm",
    interval_trials: int = 1000,
    block_cells: int = CELLS,
    documents: Mapping[str, str] | None = None,
    by_document: bool = False,
    pairs: Mapping[Pair, Mapping[str, Items]] | None = None,
    memory: Memory | None = None,
) -> tuple[Comparison, ...]:
    """Paired comparisons of all systems with `baseline`, or of all pairs (the earlier system is the baseline).

    `systems` gives each system's rows, as Items or as (key, row); the key names the item of the reference the row
    belongs to. A pair is compared over the items both have, in the baseline's order, and the verdict
    says how many that are. `pairs` has the rows of pairs that are cut into items of their own. `documents` names
    every key's document; with `by_document` documents are drawn whole, else items. `delta` is system minus baseline
    in score points over these items, `low` and `high` its interval (of 1 - `alpha` unless `confidence` says
    otherwise). `interval_trials` resamples give the standard error beside a randomisation, `trials` are drawn by the
    bootstraps. `memory` keeps what the tests of a pair gave. `p_adjusted` corrects for all comparisons of the
    call. Fewer than ten common items (or documents): no interval and no p-value, the verdict says so. The module says
    what the tests are.
    """
    confidence = 1 - alpha if confidence is None else confidence
    check_numbers(trials, seed, confidence, alpha)
    check_numbers(interval_trials, seed)
    check_test(test)
    plan = Plan(
        test, trials, trials if test != "randomisation" else interval_trials,
        seed, confidence, alpha, correction, block_cells,
    )  # fmt: skip
    shared = {name: items_of(name, rows) for name, rows in systems.items()}
    named = pairs_of(list(systems), baseline)
    given = {pair: (pairs or {}).get(pair, shared) for pair in named}
    common = {pair: keys for of in _alike(given) for pair, keys in common_keys(given[of[0]], of).items()}
    common = {pair: common[pair] for pair in named}
    tested, bare = _test_all(common, given, scorer, plan, (documents or {}) if by_document else None, memory)
    adjusted = dict(zip(tested, correct([t.decisive for t in tested.values()], correction), strict=True))
    plan = plan._replace(comparisons=max(len(tested), 1))

    records = []
    for pair, keys in common.items():
        known = {documents[key] for key in keys} if documents else set()
        counts = (len(given[pair][pair[0]].keys), len(given[pair][pair[1]].keys))
        over = Over(len(keys), counts, len(known), by_document=by_document, differing=bare[pair].differing)
        record = _untested(pair, metric, scope, bare[pair], over, plan)
        if pair in tested:
            record = _with_test(record, tested[pair], adjusted[pair], bare[pair], over, plan, scorer.better)
        record = replace(record, outcome=outcome_of(record, plan, over, scorer.better))
        shown = getattr(scorer, "title", ""), getattr(scorer, "decimals", 2)
        records.append(replace(record, verdict=verdict_of(record, plan, over, *shown)))
    return tuple(records)


def _alike(given: Mapping[Pair, Mapping[str, Items]]) -> list[list[Pair]]:
    """Pairs whose rows stand in one mapping, together."""
    groups: dict[int, list[Pair]] = {}
    for pair, rows in given.items():
        groups.setdefault(id(rows), []).append(pair)
    return list(groups.values())


class _Bare(NamedTuple):
    """What there is to say of one pair without a test."""

    won: effects.Wins
    delta: float
    error: float  # by jackknife where the items are too few to draw from, else 0
    differing: int  # of what is drawn, how many have not the same statistics


def _test_all(
    common: Mapping[Pair, Keys],
    given: Mapping[Pair, Mapping[str, Items]],
    scorer: Statistic,
    plan: Plan,
    groups: Mapping[str, str] | None,
    memory: Memory | None,
) -> tuple[dict[Pair, Tested], dict[Pair, _Bare]]:
    """All pairs, those over the same items together; `groups` are the documents where they are drawn whole."""
    tested: dict[Pair, Tested] = {}
    bare: dict[Pair, _Bare] = {}
    together: dict[tuple[int, int], list[Pair]] = {}
    for pair, keys in common.items():
        together.setdefault((id(keys), id(given[pair])), []).append(pair)
    for pairs in together.values():
        found, wins = _test_over(common[pairs[0]], pairs, given[pairs[0]], scorer, plan, groups, memory)
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
    memory: Memory | None,
) -> tuple[dict[Pair, Tested], dict[Pair, _Bare]]:
    """Pairs over the same items: the tests where there is enough to draw from, and the rest; one draw serves all."""
    import numpy as np

    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    if not keys:
        return {}, {pair: _Bare(effects.Wins(0, 0, 0), 0.0, 0.0, 0) for pair in pairs}
    rows = {name: chosen(given[name], keys) for name in names}
    alone = {name: effects.segment_scores(matrix, scorer) for name, matrix in rows.items()}
    has = {name: matrix.any(axis=1) for name, matrix in rows.items()}
    signed = {
        pair: effects.signs(alone[pair[0]], alone[pair[1]], scorer.better) * (has[pair[0]] & has[pair[1]])
        for pair in pairs
    }
    members = groups_of(keys, groups)
    drawn = {name: gathered(matrix, members) for name, matrix in rows.items()}
    bare = {}
    for pair in pairs:
        base, mine = rows[pair[0]], rows[pair[1]]
        bare[pair] = _Bare(
            effects.counted(signed[pair]),
            _value(mine, scorer) - _value(base, scorer),
            effects.jackknife_error(base, mine, scorer) if len(keys) < MIN_ITEMS else 0.0,
            int((drawn[pair[0]] != drawn[pair[1]]).any(axis=1).sum()) if (base != mine).any() else 0,
        )
    if max(members) + 1 < MIN_ITEMS:
        return {}, bare
    columns = {pair: gathered(column[:, np.newaxis], members)[:, 0] for pair, column in signed.items()}
    sizes = gathered(np.ones((len(keys), 1)), members)[:, 0]
    deltas = {pair: _value(drawn[pair[1]], scorer) - _value(drawn[pair[0]], scorer) for pair in pairs}

    def test(new: Sequence[Pair]) -> dict[Pair, Tested]:
        needed = {name: drawn[name] for name in names if any(name in pair for pair in new)}
        spans = effects.superiorities({pair: columns[pair] for pair in new}, sizes, plan)
        return assess_pairs(new, needed, scorer, plan, spans, widen=groups is not None)

    looked_at = {pair: (drawn[pair[0]], drawn[pair[1]], columns[pair], sizes) for pair in pairs}
    return remembered(test, looked_at, deltas, (scorer, plan, keys, groups is not None), memory), bare


def _value(matrix: Matrix, scorer: Statistic) -> float:
    return scorer.value(matrix.sum(axis=0).tolist())


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
        level=plan.level_over(over.drawn, by_document=over.by_document),
        correction=plan.correction,
        corrected_for=plan.comparisons,
        needed=effects.needed(bare.delta, bare.error, over.items, plan),
    )


def _with_test(
    record: Comparison, result: Tested, p_adjusted: float, bare: _Bare, over: Over, plan: Plan, better: str
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
        p_one_more=result.one_more,
        error=result.error,
        detectable=effects.detectable(result.error, plan),
        needed=effects.needed(result.delta, result.error, over.drawn, plan),
        effect=effects.effect_of(bare.won, result.superiority, delta, result.error, over.drawn, better),
    )
