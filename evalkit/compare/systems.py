"""Step five: systems compared in pairs, over items of the reference that both have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from evalkit.compare.columns import Columns, RecordColumns, has_references, stand_alike
from evalkit.compare.compared import Compared
from evalkit.compare.disagreements import disagreements
from evalkit.compare.items import FindingItems, PairLayout, anchors, cut_alike, layouts, metric_items
from evalkit.compare.pairwise import is_pairwise, pair_items, preference_of, shared_keys
from evalkit.compare.rankings import finding_rankings, rankings
from evalkit.compare.statistics.items import Items, Pair
from evalkit.compare.statistics.known import Memory
from evalkit.plugins.protocols import Scorer
from evalkit.records import Failure, Scope
from evalkit.records.comparison import Comparison
from evalkit.records.config import StatisticsConfig
from evalkit.records.result import SystemRecord


def compare(
    systems: Sequence[SystemRecord],
    scorers: Mapping[str, Scorer],
    settings: StatisticsConfig,
    seed: int,
    measured: Mapping[str, Columns] | None = None,
    *,
    checked: bool = True,
    memory: Memory | None = None,
) -> Compared:
    """Paired tests of all trusted systems, metric by metric, and of their findings where they were `checked`.

    Works on the records of a result, so a saved result can be compared again without its texts. Fewer
    than two systems leave nothing to compare; without a test there are no comparisons and no ranks.
    `measured` are the units by system where the run still has them as columns: their records need not be made.
    `memory` keeps what the tests gave.
    """
    columns = {system.name: (measured or {}).get(system.name) or RecordColumns(system) for system in systems}
    usable = [system for system in systems if system.alignment.trusted or not has_references(columns[system.name])]
    if len(usable) < 2:
        return Compared()
    named = {system.name: system for system in usable}
    baseline = settings.baseline if settings.baseline in named else ""
    alike = stand_alike([columns[name] for name in named])
    scored = {
        name: system for name, system in named.items() if system.scores and (alike or has_references(columns[name]))
    }
    tests: tuple[Comparison, ...] = ()
    rates: tuple[Comparison, ...] = ()
    if settings.test != "none" and not not_tested(systems, settings):
        tests = _of_metrics(scored, columns, scorers, settings, seed, baseline, memory)
        rates = _of_findings(named, columns, settings, seed, baseline, memory=memory) if checked else ()
    return Compared(
        tests,
        rates,
        (*rankings(scored, scorers, tests), *finding_rankings(named, rates)),
        disagreements(scored, columns, scorers, tests, compared_scopes(scored.values())[0]) if len(scored) > 1 else (),
    )


def not_tested(systems: Sequence[SystemRecord], settings: StatisticsConfig) -> tuple[Failure, ...]:
    """Says it where systems are too many for a test of every pair."""
    from evalkit.compare.statistics import too_many

    trusted = [system.name for system in systems if system.alignment.trusted]
    if settings.test == "none" or settings.trials or settings.baseline in trusted:
        return ()
    reason = too_many(settings.test, len(systems), settings.alpha)
    return (Failure("compare", "", "", "", reason),) if reason else ()


def compare_pair(
    label: str,
    base: SystemRecord,
    system: SystemRecord,
    scorers: Mapping[str, Scorer],
    settings: StatisticsConfig,
    seed: int,
) -> tuple[Comparison, ...]:
    """Paired tests of a system against its own baseline, which is called `label`."""
    pair = {label: base, system.name: system}
    columns = _recorded(pair)
    trusted = base.alignment.trusted and system.alignment.trusted
    if not ((trusted or stand_alike(list(columns.values()))) and base.scores and system.scores):
        return ()
    return _of_metrics(pair, columns, scorers, settings, seed, label)


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
    memory: Memory | None = None,
) -> tuple[Comparison, ...]:
    from evalkit.compare.statistics import compare_systems, pairs_of

    if len(systems) < 2:
        return ()
    columns = {name: columns[name] for name in systems}
    if not cut_alike(list(columns.values())):
        return tuple(_by_pair(systems, columns, scorers, settings, seed, baseline, memory))
    anchored = anchors(list(columns.values()))
    documents = {anchor.key: anchor.document for anchor in anchored.values()}
    options = _options(systems, settings, seed, baseline, documents, memory)
    found: list[Comparison] = []
    for scope in compared_scopes(systems.values()):
        laid = layouts(columns, scope, anchored)
        for metric, scorer in scorers.items():
            if is_pairwise(scorer):
                named = pairs_of(list(systems), baseline)
                pairs = {pair: pair_items(scorer, pair, systems, laid, shared_keys(pair, laid)) for pair in named}
                found += _preferred(systems, scorer, pairs, metric, scope, options)
                continue
            rows = {name: metric_items(of, metric, laid[name]) for name, of in columns.items()}
            found += compare_systems(rows, scorer, metric=metric, scope=scope, **options)
    return tuple(found)


def _by_pair(
    systems: Mapping[str, SystemRecord],
    columns: Mapping[str, Columns],
    scorers: Mapping[str, Scorer],
    settings: StatisticsConfig,
    seed: int,
    baseline: str,
    memory: Memory | None,
) -> Iterator[Comparison]:
    """Tests of systems that cut the reference differently: every pair over the items of these two."""
    from evalkit.compare.statistics import compare_systems, pairs_of

    for scope in compared_scopes(systems.values()):
        laid = {
            (base, name): PairLayout({base: columns[base], name: columns[name]}, scope)
            for base, name in pairs_of(list(systems), baseline)
        }
        documents: dict[str, str] = {}
        for of_pair in laid.values():
            documents |= of_pair.documents
        options = _options(systems, settings, seed, baseline, documents, memory)
        for metric, scorer in scorers.items():
            if is_pairwise(scorer):
                pairs = {pair: pair_items(scorer, pair, systems, of.laid, of.keys) for pair, of in laid.items()}
                found = _preferred(systems, scorer, pairs, metric, scope, options)
            else:
                pairs = {pair: of_pair.items(metric) for pair, of_pair in laid.items()}
                found = compare_systems(
                    dict.fromkeys(systems, ()), scorer, metric=metric, scope=scope, pairs=pairs, **options
                )
            for comparison in found:
                yield refused(comparison, systems) if scope == "aligned" else comparison


def _preferred(
    systems: Mapping[str, SystemRecord],
    scorer: Scorer,
    pairs: Mapping[Pair, Mapping[str, Items]],
    metric: str,
    scope: Scope,
    options: Mapping[str, Any],
) -> tuple[Comparison, ...]:
    """The tests of a metric that compares two candidates itself."""
    from evalkit.compare.statistics import compare_systems

    nothing = dict.fromkeys(systems, ())
    return compare_systems(nothing, preference_of(scorer), metric=metric, scope=scope, pairs=pairs, **options)


def _of_findings(
    systems: Mapping[str, SystemRecord],
    columns: Mapping[str, Columns],
    settings: StatisticsConfig,
    seed: int,
    baseline: str,
    *,
    outvoted: bool = False,
    memory: Memory | None = None,
) -> tuple[Comparison, ...]:
    from evalkit.compare.statistics import compare_systems, pairs_of
    from evalkit.compare.statistics.rates import RATES, rate_of

    everything = list(systems.values())
    mine = {name: columns[name] for name in systems}
    groups = [tuple(systems)] if cut_alike(list(mine.values())) else pairs_of(list(systems), baseline)
    items = {
        names: FindingItems({n: systems[n] for n in names}, anchors([mine[n] for n in names]), outvoted=outvoted)
        for names in groups
    }
    documents = {key: document for of_group in items.values() for key, document in of_group.documents.items()}
    options = _options(systems, settings, seed, baseline, documents, memory)
    scope: Scope = "corpus" if all(s.scope == "corpus" for system in everything for s in system.scores) else "document"
    found: list[Comparison] = []
    for metric, column in RATES.items():
        rows = {names: {name: of.column(name, column) for name in names} for names, of in items.items()}
        shared = rows.get(tuple(systems), dict.fromkeys(systems, ()))
        pairs = {names: of for names, of in rows.items() if len(names) == 2}
        found += compare_systems(shared, rate_of(metric), metric=metric, scope=scope, pairs=pairs, **options)
    return tuple(found)


def _options(
    systems: Mapping[str, SystemRecord],
    settings: StatisticsConfig,
    seed: int,
    baseline: str,
    documents: Mapping[str, str],
    memory: Memory | None,
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
        "memory": memory,
    }


def compared_scopes(systems: Iterable[SystemRecord]) -> tuple[Scope, ...]:
    """The scopes to compare in, the one to conclude by first. A translation is charged for what it leaves out or
    adds, else leaving out would pay. A report or summary may leave things out: charging it says nothing of who is
    better."""
    listed = list(systems)
    present = dict.fromkeys(s.scope for s in listed[0].scores)
    if all(system.kind == "translation" for system in listed):
        return tuple(sorted(present, key=lambda scope: scope == "aligned"))
    return tuple(scope for scope in present if scope != "document")


# Share of the reference: systems that render so different parts of it are scored on different texts.
_COVERAGE_APART = 0.05


def refused(found: Comparison, systems: Mapping[str, SystemRecord]) -> Comparison:
    """A difference in the scope `aligned` is no verdict where one system renders more of the reference than the other:
    each is scored on what it renders, and who leaves out what is hard scores better."""
    base, mine = (systems[name].alignment.coverage.reference for name in (found.baseline, found.system))
    if abs(base - mine) <= _COVERAGE_APART:
        return found
    verdict = (
        f"Nothing is claimed about {found.metric}: {found.baseline} renders {base:.0%} of the reference, "
        f"{found.system} {mine:.0%}, and each is scored on what it renders (scope aligned); "
        "the scope document charges for what is missing."
    )
    return replace(found, outcome="untested", verdict=verdict)
