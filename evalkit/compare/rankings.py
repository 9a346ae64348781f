"""Systems of one kind in order, by what the tests show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from evalkit.plugins.protocols import Scorer
from evalkit.records import SEVERITY_WEIGHTS, Kind, Scope
from evalkit.records.comparison import Comparison, Ranking
from evalkit.records.quality import quality
from evalkit.records.result import SystemRecord


def by_kind(systems: Mapping[str, SystemRecord]) -> dict[Kind, list[str]]:
    """Names by kind: only systems of one kind were asked for the same text."""
    found: dict[Kind, list[str]] = {}
    for name, system in systems.items():
        found.setdefault(system.kind, []).append(name)
    return found


def rankings(
    systems: Mapping[str, SystemRecord], scorers: Mapping[str, Scorer], tests: Sequence[Comparison]
) -> Iterator[Ranking]:
    from evalkit.compare.statistics import rank_systems

    groups: dict[tuple[str, Scope], list[Comparison]] = {}
    for c in tests:
        groups.setdefault((c.metric, c.scope), []).append(c)
    for ((metric, scope), group), (kind, names) in product(groups.items(), by_kind(systems).items()):
        values = {
            name: score.value
            for name in names
            for score in systems[name].scores
            if (score.metric, score.scope) == (metric, scope)
        }
        if ranked := rank_systems(values, group, scorers[metric].better):
            yield Ranking(metric, scope, kind, ranked)


def finding_rankings(systems: Mapping[str, SystemRecord], tests: Sequence[Comparison]) -> Iterator[Ranking]:
    """Ranks by penalty, by the number of findings that weigh, and by the errors to expect among all: few heavy findings
    decide a penalty, often by luck."""
    from evalkit.compare.statistics import rank_systems
    from evalkit.compare.statistics.rates import RATES

    for metric, (kind, names) in product(RATES, by_kind(systems).items()):
        group = [c for c in tests if c.metric == metric]
        values = {name: _rates(systems[name])[RATES[metric]] for name in names}
        if ranked := rank_systems(values, group, "lower"):
            yield Ranking(metric, group[0].scope, kind, ranked)


def _rates(system: SystemRecord) -> tuple[float, float, float]:
    """The penalty, the number of findings that weigh and the errors to expect, per 1,000 words."""
    rolled = system.quality
    weighing = sum(rolled.counts[severity] for severity, weight in SEVERITY_WEIGHTS.items() if weight)
    expected = rolled.expected_errors_per_1000_words
    if expected is None:  # a result of an earlier version
        expected = quality(system.standing, rolled.words).expected_errors_per_1000_words or 0.0
    return rolled.penalty_per_1000_words, 1000 * weighing / rolled.words if rolled.words else 0.0, expected
