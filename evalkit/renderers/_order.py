"""Systems in the order of rank, and the groups in which they cannot be told apart."""

from __future__ import annotations

from evalkit.records import Scope
from evalkit.records.result import Result, SystemRecord
from evalkit.renderers import _facts as facts

_LEAST = 3  # systems: of two the verdict says which is better


def by_rank(result: Result, scope: Scope | None = None) -> list[SystemRecord]:
    """The systems by the first metric of a scope, the best of each kind first; then those without a score of it, then
    those that are not trusted, each in the order they came."""
    scope = scope or next(iter(facts.scopes(result)), None)
    metric = next((m for m in facts.metrics(result, scope) if facts.better(result, m)), "") if scope else ""
    order = {kind: place for place, kind in enumerate(facts.kinds(result.systems))}
    bad = facts.untrusted(result)

    def key(system: SystemRecord) -> tuple[bool, int, bool, float]:
        found = facts.score(system, metric, scope) if scope and metric else None
        sign = -1 if facts.better(result, metric) == "higher" else 1
        return system in bad, order[system.kind], found is None, sign * found.value if found else 0.0

    return sorted(result.systems, key=key)


def groups(result: Result, scope: Scope) -> dict[str, int]:
    """The group of each system by the first metric of a scope, 1 the best; empty where nothing is ranked that way."""
    metric = next(iter(facts.metrics(result, scope)), "")
    found: dict[str, int] = {}
    for ranking in result.rankings:
        if (ranking.metric, ranking.scope) == (metric, scope) and len(ranking.systems) >= _LEAST:
            found |= {ranked.system: ranked.cluster for ranked in ranking.systems}
    return found
