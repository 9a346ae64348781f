"""Step five: systems compared in pairs, over items of the reference that both have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from evalkit.compare.columns import Columns, RecordColumns, has_references
from evalkit.compare.compared import Compared
from evalkit.compare.items import FindingItems, anchors, layouts, metric_items
from evalkit.compare.statistics.items import Items
from evalkit.plugins.protocols import Scorer
from evalkit.records import Kind, Scope
from evalkit.records.comparison import Comparison, Disagreement, PullingUnit, Ranking
from evalkit.records.config import StatisticsConfig
from evalkit.records.lazy import Deferred
from evalkit.records.result import SystemRecord, UnitRecord


def compare(
    systems: Sequence[SystemRecord],
    scorers: Mapping[str, Scorer],
    settings: StatisticsConfig,
    seed: int,
    measured: Mapping[str, Columns] | None = None,
    *,
    checked: bool = True,
) -> Compared:
    """Paired tests of all trusted systems, metric by metric, and of their findings where they were `checked`.

    Works on the records of a result, so a saved result can be compared again without its texts. Fewer
    than two systems leave nothing to compare; without a test there are no comparisons and no ranks.
    `measured` are the units by system where the run still has them as columns: their records need not be made.
    """
    columns = {system.name: (measured or {}).get(system.name) or RecordColumns(system) for system in systems}
    usable = [system for system in systems if system.alignment.trusted or not has_references(columns[system.name])]
    if len(usable) < 2:
        return Compared()
    named = {system.name: system for system in usable}
    baseline = settings.baseline if settings.baseline in named else ""
    scored = {name: system for name, system in named.items() if system.scores and has_references(columns[name])}
    tests: tuple[Comparison, ...] = ()
    rates: tuple[Comparison, ...] = ()
    if settings.test != "none":
        tests = _of_metrics(scored, columns, scorers, settings, seed, baseline)
        rates = _of_findings(named, columns, settings, seed, baseline) if checked else ()
    return Compared(
        tests,
        rates,
        (*_rankings(scored, scorers, tests), *_finding_rankings(named, rates)),
        _disagreements(scored, columns, scorers, tests),
    )


def compare_pair(
    label: str,
    base: SystemRecord,
    system: SystemRecord,
    scorers: Mapping[str, Scorer],
    settings: StatisticsConfig,
    seed: int,
) -> tuple[Comparison, ...]:
    """Paired tests of a system against its own baseline, which is called `label`."""
    if not (base.alignment.trusted and system.alignment.trusted and base.scores and system.scores):
        return ()
    pair = {label: base, system.name: system}
    return _of_metrics(pair, _recorded(pair), scorers, settings, seed, label)


def compare_findings(
    label: str, base: SystemRecord, system: SystemRecord, settings: StatisticsConfig, seed: int
) -> tuple[Comparison, ...]:
    """Paired tests of a system's finding rates against its own baseline, by the findings that its own text makes:
    outvoted ones too."""
    pair = {label: base, system.name: system}
    columns = _recorded(pair)
    if any(has_references(columns[name]) and not s.alignment.trusted for name, s in pair.items()):
        return ()
    return _of_findings(pair, columns, settings, seed, label, outvoted=True)


def _recorded(systems: Mapping[str, SystemRecord]) -> dict[str, Columns]:
    return {name: RecordColumns(system) for name, system in systems.items()}


def _of_metrics(
    systems: Mapping[str, SystemRecord],
    columns: Mapping[str, Columns],
    scorers: Mapping[str, Scorer],
    settings: StatisticsConfig,
    seed: int,
    baseline: str,
) -> tuple[Comparison, ...]:
    from evalkit.compare.statistics import compare_systems

    if len(systems) < 2:
        return ()
    columns = {name: columns[name] for name in systems}
    anchored = anchors(list(columns.values()))
    documents = {anchor.key: anchor.document for anchor in anchored.values()}
    options = _options(systems, settings, seed, baseline, documents)
    found: list[Comparison] = []
    for scope in compared_scopes(systems.values()):
        laid = layouts(columns, scope, anchored)
        for metric, scorer in scorers.items():
            rows = {name: metric_items(of, metric, laid[name]) for name, of in columns.items()}
            found += compare_systems(rows, scorer, metric=metric, scope=scope, **options)
    return tuple(found)


def _of_findings(
    systems: Mapping[str, SystemRecord],
    columns: Mapping[str, Columns],
    settings: StatisticsConfig,
    seed: int,
    baseline: str,
    *,
    outvoted: bool = False,
) -> tuple[Comparison, ...]:
    from evalkit.compare.statistics import compare_systems
    from evalkit.compare.statistics.rates import RATES, FindingRate

    everything = list(systems.values())
    items = FindingItems(systems, anchors([columns[name] for name in systems]), outvoted=outvoted)
    options = _options(systems, settings, seed, baseline, items.documents)
    scope: Scope = "corpus" if all(s.scope == "corpus" for system in everything for s in system.scores) else "document"
    return tuple(
        comparison
        for metric, column in RATES.items()
        for comparison in compare_systems(
            {name: items.column(name, column) for name in systems}, FindingRate(), metric=metric, scope=scope, **options
        )
    )


def _options(
    systems: Mapping[str, SystemRecord],
    settings: StatisticsConfig,
    seed: int,
    baseline: str,
    documents: Mapping[str, str],
) -> dict[str, Any]:
    """What all tests of a result have in common."""
    from evalkit.compare.statistics import drawn_units, trials_for

    test = "randomisation" if settings.test == "none" else settings.test
    pairs = len(systems) - 1 if baseline else len(systems) * (len(systems) - 1) // 2
    return {
        "baseline": baseline,
        "test": test,
        "trials": settings.trials or trials_for(test, pairs, settings.alpha),
        "seed": seed,
        "alpha": settings.alpha,
        "correction": settings.correction,
        "documents": documents,
        "by_document": drawn_units(settings.unit, documents.values()) == "documents",
    }


def compared_scopes(systems: Iterable[SystemRecord]) -> tuple[Scope, ...]:
    """The scopes to compare in. A report or summary may leave things out: charging it for gaps says
    nothing of who is better."""
    listed = list(systems)
    charged = all(system.kind == "translation" for system in listed)
    return tuple(dict.fromkeys(s.scope for s in listed[0].scores if charged or s.scope != "document"))


def _kinds(systems: Mapping[str, SystemRecord]) -> dict[Kind, list[str]]:
    """Names by kind: only systems of one kind were asked for the same text."""
    found: dict[Kind, list[str]] = {}
    for name, system in systems.items():
        found.setdefault(system.kind, []).append(name)
    return found


def _rankings(
    systems: Mapping[str, SystemRecord], scorers: Mapping[str, Scorer], tests: Sequence[Comparison]
) -> Iterator[Ranking]:
    from evalkit.compare.statistics import rank_systems

    groups: dict[tuple[str, Scope], list[Comparison]] = {}
    for c in tests:
        groups.setdefault((c.metric, c.scope), []).append(c)
    for ((metric, scope), group), (kind, names) in product(groups.items(), _kinds(systems).items()):
        values = {
            name: score.value
            for name in names
            for score in systems[name].scores
            if (score.metric, score.scope) == (metric, scope)
        }
        if ranked := rank_systems(values, group, scorers[metric].better):
            yield Ranking(metric, scope, kind, ranked)


def _finding_rankings(systems: Mapping[str, SystemRecord], tests: Sequence[Comparison]) -> Iterator[Ranking]:
    """Ranks by penalty; the number of findings is tested, but ranks nobody."""
    from evalkit.compare.statistics import rank_systems

    group = [c for c in tests if c.metric == "penalty_per_1000_words"]
    for kind, names in _kinds(systems).items():
        values = {name: systems[name].quality.penalty_per_1000_words for name in names}
        if ranked := rank_systems(values, group, "lower"):
            yield Ranking("penalty_per_1000_words", group[0].scope, kind, ranked)


def _disagreements(
    systems: Mapping[str, SystemRecord],
    columns: Mapping[str, Columns],
    scorers: Mapping[str, Scorer],
    tests: Sequence[Comparison],
) -> Sequence[Disagreement]:
    """Pairs of one kind that metrics rank differently, in the scope to read first; their units are looked for
    when somebody reads them."""
    from evalkit.compare.statistics.disagreement import conflicting

    if len(scorers) < 2 or len(systems) < 2:
        return ()
    scope = next(iter(systems.values())).scores[0].scope
    values = {name: {s.metric: s.value for s in system.scores if s.scope == scope} for name, system in systems.items()}
    kinds = {kind: {name: values[name] for name in names} for kind, names in _kinds(systems).items()}
    number = sum(len(conflicting(of_kind, scorers)) for of_kind in kinds.values())
    return Deferred(number, lambda: tuple(_disagreeing(systems, columns, scorers, tests, scope, kinds)))


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
        place = laid[name].keys.index(key)
        return [unit for unit, of in zip(systems[name].units, laid[name].places, strict=True) if of == place]

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
