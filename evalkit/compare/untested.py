"""Differences in metrics that nothing can test: the plug-in that counted their rows is not loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from evalkit.compare.systems import compared_scopes
from evalkit.records.comparison import Comparison
from evalkit.records.config import StatisticsConfig
from evalkit.records.result import Result, SystemRecord


def untested(result: Result, metrics: Sequence[str], settings: StatisticsConfig, seed: int) -> tuple[Comparison, ...]:
    """The differences between the trusted systems of a result: against the baseline, or of every pair."""
    usable = {s.name: s for s in result.systems if s.alignment.trusted and s.scores}
    if len(usable) < 2 or settings.test == "none":
        return ()
    base = settings.baseline
    pairs = [(base, name) for name in usable if name != base] if base in usable else combinations(usable, 2)
    scopes = compared_scopes(usable.values())
    named = [{first: usable[first], second: usable[second]} for first, second in pairs]
    return tuple(c for pair in named for c in differences(pair, metrics, scopes, seed))


def differences(
    pair: Mapping[str, SystemRecord], metrics: Sequence[str], scopes: Sequence[str], seed: int
) -> Iterator[Comparison]:
    """The difference of two systems, the baseline first, in each scope and metric both are scored in; no test."""
    (base, old), (name, new) = pair.items()
    before = {(s.metric, s.scope): s.value for s in old.scores}
    for score in new.scores:
        key = (score.metric, score.scope)
        if score.metric in metrics and score.scope in scopes and key in before:
            yield Comparison(
                metric=score.metric,
                scope=score.scope,
                baseline=base,
                system=name,
                delta=score.value - before[key],
                low=None,
                high=None,
                p_value=None,
                p_adjusted=None,
                test="",
                trials=0,
                seed=seed,
                wins=0,
                ties=0,
                losses=0,
                verdict=f"Nothing is claimed about {score.metric}: the plug-in that scored it is not loaded.",
            )
