"""Where metrics rank systems differently, and the units that cause it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evalkit.compare.columns import Columns
from evalkit.compare.items import anchors, layouts, metric_items
from evalkit.compare.rankings import by_kind
from evalkit.compare.statistics.items import Items
from evalkit.plugins.protocols import Scorer
from evalkit.records import Kind, Scope
from evalkit.records.comparison import Comparison, Disagreement, PullingUnit
from evalkit.records.lazy import Deferred, picked
from evalkit.records.result import SystemRecord, UnitRecord


def disagreements(
    systems: Mapping[str, SystemRecord],
    columns: Mapping[str, Columns],
    scorers: Mapping[str, Scorer],
    tests: Sequence[Comparison],
    scope: Scope,
) -> Sequence[Disagreement]:
    """Pairs of one kind that metrics rank differently in a scope; their units are looked for
    when somebody reads them."""
    from evalkit.compare.statistics.disagreement import conflicting

    if len(scorers) < 2 or len(systems) < 2:
        return ()
    values = {name: {s.metric: s.value for s in system.scores if s.scope == scope} for name, system in systems.items()}
    kinds = {kind: {name: values[name] for name in names} for kind, names in by_kind(systems).items()}
    number = sum(len(conflicting(of_kind, scorers)) for of_kind in kinds.values())
    return Deferred(number, lambda: _disagreeing(systems, columns, scorers, tests, scope, kinds))


def _disagreeing(
    systems: Mapping[str, SystemRecord],
    columns: Mapping[str, Columns],
    scorers: Mapping[str, Scorer],
    tests: Sequence[Comparison],
    scope: Scope,
    kinds: Mapping[Kind, Mapping[str, Mapping[str, float]]],
) -> Iterator[Disagreement]:
    from evalkit.compare.statistics.disagreement import Conflict, conflicts

    columns = {name: columns[name] for name in systems}
    laid = layouts(columns, scope, anchors(list(columns.values())))
    shown = {(c.system, c.baseline, c.metric) for c in tests if c.scope == scope and c.outcome == "better"}
    shown |= {(c.baseline, c.system, c.metric) for c in tests if c.scope == scope and c.outcome == "worse"}

    def items(name: str, metric: str) -> Items:
        return metric_items(columns[name], metric, laid[name])

    def units_of(name: str, key: str) -> list[UnitRecord]:
        place, of = laid[name].keys.index(key), laid[name]
        at = [place] if of.straight else [unit for unit, item in enumerate(of.places) if item == place]
        return list(picked(systems[name].units, at))

    def units(found: Conflict) -> Iterator[PullingUnit]:
        for key, contributions in found.pulls:
            one, two = units_of(found.one, key), units_of(found.two, key)
            segments = dict.fromkeys(
                s for unit in one for passage in (unit.references or ())[:1] for s in passage.segments
            )
            yield PullingUnit(_rendered(one), _rendered(two), tuple(segments), contributions)

    for kind, values in kinds.items():
        for found in conflicts(values, items, scorers):
            yield Disagreement(
                scope, kind, found.one, found.two, found.for_one, found.for_two,
                tuple(m for m in found.for_one if (found.one, found.two, m) in shown),
                tuple(m for m in found.for_two if (found.two, found.one, m) in shown),
                tuple(units(found)),
            )  # fmt: skip


def _rendered(units: Sequence[UnitRecord]) -> str | None:
    """The first unit with a text of the candidate."""
    return next((unit.id for unit in units if unit.candidate), None)
