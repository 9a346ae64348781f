"""Step five: systems compared in pairs, over items of the reference that both have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.config import StatisticsConfig
from evalkit.model import Scope
from evalkit.protocols import Row
from evalkit.result import Comparison, SystemRecord, UnitRecord
from evalkit.steps.scoring import add_rows

Item = tuple[str, Row]


def compare(
    systems: Sequence[SystemRecord], scorers: Mapping[str, Any], settings: StatisticsConfig, seed: int
) -> tuple[Comparison, ...]:
    """Paired tests of all trusted systems, metric by metric; fewer than two leave nothing to compare.

    Works on the records of a result, so a saved result can be compared again without its texts.
    """
    usable = [system for system in systems if system.alignment.trusted and system.scores]
    if len(usable) < 2 or settings.test == "none":
        return ()
    baseline = settings.baseline if settings.baseline in {system.name for system in usable} else ""
    return _compare({system.name: system for system in usable}, scorers, settings, seed, baseline)


def compare_pair(
    label: str,
    base: SystemRecord,
    system: SystemRecord,
    scorers: Mapping[str, Any],
    settings: StatisticsConfig,
    seed: int,
) -> tuple[Comparison, ...]:
    """Paired tests of a system against its own baseline, which is called `label`."""
    if not (base.alignment.trusted and system.alignment.trusted and base.scores and system.scores):
        return ()
    return _compare({label: base, system.name: system}, scorers, settings, seed, label)


def _compare(
    systems: Mapping[str, SystemRecord],
    scorers: Mapping[str, Any],
    settings: StatisticsConfig,
    seed: int,
    baseline: str,
) -> tuple[Comparison, ...]:
    from evalkit.compare import compare_systems, trials_for

    test = "randomisation" if settings.test == "none" else settings.test
    pairs = len(systems) - 1 if baseline else len(systems) * (len(systems) - 1) // 2
    trials = settings.trials or trials_for(test, pairs, settings.alpha)
    first = next(iter(systems.values()))
    # A report or summary may leave things out: charging it for gaps says nothing of who is better.
    charged = all(system.kind == "translation" for system in systems.values())
    anchors = _anchors(list(systems.values()))
    found: list[Comparison] = []
    for scope in dict.fromkeys(score.scope for score in first.scores if charged or score.scope != "document"):
        for metric, scorer in scorers.items():
            found += compare_systems(
                {name: _items(system, metric, scope, anchors) for name, system in systems.items()},
                scorer,
                metric=metric,
                scope=scope,
                baseline=baseline,
                test=test,
                trials=trials,
                seed=seed,
                alpha=settings.alpha,
                correction=settings.correction,
            )
    return tuple(found)


def _anchors(systems: Sequence[SystemRecord]) -> dict[str, str]:
    """For every reference segment the item it belongs to: segments that any system joins are one item.

    Systems cut the reference into units differently; a paired test needs the same items of all of
    them. Rows add up, so an item's row is the sum of its units' rows.
    """
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for system in systems:
        for unit in system.units:
            keys = _keys(unit)
            for key in keys[1:]:
                first, second = sorted((root(keys[0]), root(key)))
                parent[second] = first
            if keys:
                root(keys[0])
    return {key: root(key) for key in sorted(parent)}


def _items(system: SystemRecord, metric: str, scope: Scope, anchors: Mapping[str, str]) -> list[Item]:
    """Rows by item; units without a reference belong to no item, `aligned` leaves omitted ones out too."""
    collected: dict[str, list[Row]] = {}
    for unit in system.units:
        if unit.references and (scope != "aligned" or unit.candidate):
            collected.setdefault(anchors[_keys(unit)[0]], []).append(unit.rows[metric])
    return [(key, add_rows(rows)) for key, rows in sorted(collected.items())]


def _keys(unit: UnitRecord) -> list[str]:
    """Identities of the reference segments of a unit's first reference."""
    return [f"{passage.reference}/{segment}" for passage in (unit.references or ())[:1] for segment in passage.segments]
