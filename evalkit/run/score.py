"""Step three: statistic rows of all units, and the scores of every system as sums of rows."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from evalkit.compare.columns import Place
from evalkit.errors import ConfigError, InputError
from evalkit.kernel import batches
from evalkit.kernel.tables import PackedTable, Table
from evalkit.plugins.protocols import Scorer
from evalkit.records import Failure, Scope, Side
from evalkit.records.config import RunConfig
from evalkit.records.result import Score
from evalkit.run import strangers
from evalkit.run.align import AlignedSystem
from evalkit.run.pairing import Pairing
from evalkit.run.source_lines import UNPAIRED
from evalkit.run.workers import Workers

if TYPE_CHECKING:
    from evalkit.run.cache import Cache
    from evalkit.run.kept import Memory

# Units one task of a worker process measures where the scorer states no `batch`: large enough to be worth sending,
# the same on any number of them.
CHUNK = 2000
NEEDS: tuple[Side, ...] = ("candidate", "reference")  # the sides a scorer looks at that does not say
_INTERVAL_TRIALS = 1000  # sacrebleu's own number for its intervals


class Measured:
    """The rows of a system's units by metric, with the places a comparison asks for (it is its `Columns`); scores of
    single units are found when they are asked for."""

    def __init__(self, system: AlignedSystem, tables: Mapping[str, Table], scorers: Mapping[str, Scorer]) -> None:
        self._system = system
        self.tables: Mapping[str, Table | PackedTable] = tables
        self._scorers = scorers
        self._segments: dict[str, array[float]] = {}

    @property
    def documents(self) -> Sequence[str]:
        return list(self._system.alignments)

    @property
    def places(self) -> Sequence[Place]:
        return self._system.pairing.places

    def rows(self, metric: str) -> Table:
        table = self.tables[metric]
        return table.whole() if isinstance(table, PackedTable) else table

    def pack(self) -> None:
        """Packs the rows, which from now on are looked at one after another; what is asked for again and again is
        found before."""
        for metric in self.tables:
            self.segments(metric)
        self.tables = {metric: PackedTable(self.rows(metric)) for metric in self.tables}

    def by_document(self) -> dict[str, dict[str, float]]:
        """The scores of each document by metric, where there are several."""
        if len(self.documents) < 2:
            return {}
        places: dict[str, list[int]] = {}
        for position, document in enumerate(self._system.pairing.documents):
            places.setdefault(document, []).append(position)
        name, tables = self._system.candidate.name, {metric: self.rows(metric) for metric in self.tables}
        return {
            document: {
                metric: strangers.value(self._scorers[metric], table.chosen(chosen).total(), name)
                for metric, table in tables.items()
            }
            for document, chosen in places.items()
        }

    def segments(self, metric: str) -> array[float]:
        """The score of every unit."""
        if metric not in self._segments:
            self._segments[metric] = batches.segments(self._scorers[metric], self.rows(metric))
        return self._segments[metric]


class Scored(Struct, frozen=True):
    """A system's scores, and what they are made of."""

    scores: tuple[Score, ...]
    measured: Measured
    failures: tuple[Failure, ...] = ()


def check_needs(scorers: Mapping[str, Scorer], *, has_source: bool) -> None:
    """Refuses a metric that looks at a source where there is none; before the work, not after it."""
    for metric, scorer in scorers.items():
        if "source" in needs_of(scorer) and not has_source:
            raise ConfigError(f"the metric {metric!r} needs the source text; give it with -s/--source, or [source]")


def needs_of(scorer: Scorer) -> tuple[Side, ...]:
    """The sides a scorer looks at."""
    return tuple(getattr(scorer, "needs", NEEDS))


def score_systems(
    systems: Sequence[AlignedSystem],
    scorers: Mapping[str, Scorer],
    config: RunConfig,
    workers: Workers,
    jobs: int = 1,
    memory: Memory | None = None,
) -> list[Scored]:
    """Rows and scores of all systems; without a reference only the metrics that need none. `memory` keeps intervals."""
    found: list[Scored] = []
    for has_references, group in groupby(systems, lambda system: bool(system.pairing.reference_counts)):
        mine = list(group)
        chosen = {m: s for m, s in scorers.items() if has_references or "reference" not in needs_of(s)}
        _check_sources(mine, chosen)
        measured = measure(mine, chosen, workers, jobs) if chosen else [None] * len(mine)
        found += [
            _scored(system, tables, scorers, chosen, config, memory)
            for system, tables in zip(mine, measured, strict=True)
        ]
    return found


def _check_sources(systems: Sequence[AlignedSystem], scorers: Mapping[str, Scorer]) -> None:
    """A source that could not be paired is missing for a metric that looks at it: a score of nothing says nothing."""
    asking = [metric for metric, scorer in scorers.items() if "source" in needs_of(scorer)]
    for system in systems if asking else ():
        unpaired = next((f for f in system.failures if f.message.startswith(UNPAIRED)), None)
        if unpaired is not None:
            remedy = "give a source with as many lines as the candidate"
            said = unpaired.message if remedy in unpaired.message else f"{unpaired.message} If it is, {remedy}"
            raise InputError(f"the metric {asking[0]!r} needs the source of every line: {said}")


def measure(
    systems: Sequence[AlignedSystem], scorers: Mapping[str, Scorer], workers: Workers, jobs: int
) -> list[dict[str, Table]]:
    """The rows of every system's units, by metric. All measuring of a run goes through here.

    Systems that stand beside the same lines are measured together, in blocks. Threads share the kernel's work,
    the workers what libraries and plug-ins count.
    """
    found: list[dict[str, Table]] = [{} for _ in systems]
    slow = {metric: scorer for metric, scorer in scorers.items() if batches.engine(scorer) != "kernel"}
    if slow:
        from evalkit.run.cache import open_cache

        cache = open_cache()
        for metric, scorer in slow.items():
            for tables, table in zip(found, _in_chunks(systems, scorer, workers, cache), strict=True):
                tables[metric] = table
    bulk = {metric: scorer for metric, scorer in scorers.items() if batches.engine(scorer) == "kernel"}
    for group in _beside_the_same(systems) if bulk else ():
        tables_of = _in_blocks([systems[i].pairing for i in group], bulk, jobs)
        for place, tables in zip(group, tables_of, strict=True):
            found[place] = {metric: {**found[place], **tables}[metric] for metric in scorers}
    return found


def _in_chunks(systems: Sequence[AlignedSystem], scorer: Scorer, workers: Workers, cache: Cache | None) -> list[Table]:
    """A table a system by a scorer that measures units, as many at a time as it asks for."""
    from evalkit.run.rows_cache import measure_chunks

    sided = [s.sourced() if "source" in needs_of(scorer) else s.units for s in systems]
    size = getattr(scorer, "batch", CHUNK) or max(map(len, sided), default=1) or 1
    reach = getattr(scorer, "reach", 0)
    chunks = [units[i : i + size + reach] for units in sided for i in range(0, len(units), size)]
    hands = workers if _may_be_elsewhere(scorer, workers) else Workers()
    rows = iter(measure_chunks(scorer, chunks, hands, cache))
    return [Table.of(row for _ in range(0, len(units), size) for row in next(rows)[:size]) for units in sided]


def _may_be_elsewhere(scorer: Scorer, workers: Workers) -> bool:
    """A model is loaded once: in this process, or in each of a cluster's if it may be there."""
    alone = getattr(scorer, "in_process", False)
    return not alone or (workers.pool is not None and getattr(scorer, "on_cluster", False))


def _beside_the_same(systems: Sequence[AlignedSystem]) -> list[list[int]]:
    """Positions of systems whose units have the same references."""
    groups: dict[Hashable, list[int]] = {}
    for place, system in enumerate(systems):
        groups.setdefault(system.pairing.beside, []).append(place)
    return list(groups.values())


def _in_blocks(pairings: Sequence[Pairing], scorers: Mapping[str, Scorer], jobs: int) -> list[dict[str, Table]]:
    """Tables of systems beside the same references, measured a block of units at a time."""
    found: list[dict[str, list[Table]]] = [{metric: [] for metric in scorers} for _ in pairings]
    for together in zip(*(pairing.blocks() for pairing in pairings), strict=True):
        texts, references = [block.candidate for block in together], together[0].references
        for metric, scorer in scorers.items():
            for mine, table in zip(found, batches.measure_all(scorer, texts, references, jobs), strict=True):
                mine[metric].append(table)
    return [{metric: _one_table(mine[metric]) for metric in scorers} for mine in found]


def _one_table(tables: list[Table]) -> Table:
    if len(tables) == 1:
        return tables[0]
    data = array("d")
    while tables:  # each goes as soon as it is copied: of a large text there is no second table
        table = tables.pop(0)
        data.frombytes(table.data.cast("B"))
    return Table(data, table.width)


def _scored(
    system: AlignedSystem,
    tables: Mapping[str, Table] | None,
    asked: Mapping[str, Scorer],
    scorers: Mapping[str, Scorer],
    config: RunConfig,
    memory: Memory | None,
) -> Scored:
    """The scores of one system in every scope, by those of the metrics `asked` for that there are texts for."""
    name = system.candidate.name
    failures: list[Failure] = []
    if len(scorers) < len(asked):
        left = "" if not scorers else f" by {', '.join(m for m in asked if m not in scorers)}"
        failures.append(Failure("score", "", name, "", f"no unit has a reference: there is nothing to score{left}"))
    if tables is None:
        return Scored((), Measured(system, {}, {}), tuple(failures))
    failures += _remarks(system, tables, scorers)
    scores: list[Score] = []
    for scope in scopes(system):
        chosen = system.pairing.paired if scope == "aligned" else range(len(system.pairing))
        if not chosen:
            failures.append(Failure("score", "", name, "", f"no paired unit: no score of scope {scope!r}"))
            continue
        for metric, scorer in scorers.items():
            table = tables[metric]
            rows = table if len(chosen) == len(table) else table.chosen(chosen)
            scores.append(_score(metric, scorer, scope, system, rows, chosen, config, memory))
    return Scored(tuple(scores), Measured(system, tables, scorers), tuple(failures))


def _remarks(system: AlignedSystem, tables: Mapping[str, Table], scorers: Mapping[str, Scorer]) -> list[Failure]:
    """What scorers that have `remark` say of single units, for those who read the scores."""
    found: list[Failure] = []
    for metric, scorer in scorers.items():
        said = map(scorer.remark, tables[metric]) if hasattr(scorer, "remark") else ()
        told = [(place, text) for place, text in enumerate(said) if text]
        units = system.units if told else ()
        found += [Failure("score", metric, system.candidate.name, units[k].id, text) for k, text in told]
    return found


def scopes(system: AlignedSystem) -> tuple[Scope, ...]:
    """The scopes a system is scored in; without a reference there are no gaps to leave out or charge."""
    whole = system.scope == "corpus" or not system.pairing.reference_counts
    return ("corpus",) if whole else ("aligned", "document")


def _score(
    name: str,
    scorer: Scorer,
    scope: Scope,
    system: AlignedSystem,
    rows: Table,
    chosen: Sequence[int],
    config: RunConfig,
    memory: Memory | None,
) -> Score:
    signature = strangers.signature(scorer, _reference_count(system.pairing.reference_counts))
    if scope != "corpus":
        gaps = "charged" if scope == "document" else "left-out"
        signature += f"|{system.how}|scope:{scope}|gaps:{gaps}"
    total = rows.total()
    value = strangers.value(scorer, total, system.candidate.name)
    detail: str = scorer.detail(total) if hasattr(scorer, "detail") else ""
    if not config.statistics.confidence:
        return Score(name, scope, value, None, None, signature, detail=detail)
    from evalkit.compare.statistics import bootstrap_interval, drawn_units

    every = system.pairing.documents
    documents = [every[position] for position in chosen]
    drawn = drawn_units(config.statistics.unit, documents)
    low, high = bootstrap_interval(
        rows,
        scorer,
        trials=_INTERVAL_TRIALS,
        seed=config.seed,
        documents=documents if drawn == "documents" else None,
        memory=memory,
    )
    return Score(name, scope, value, low, high, signature, drawn, detail)


def _reference_count(counts: Collection[int]) -> str:
    """The number of references of every unit that has any, `var` where it differs."""
    return "0" if not counts else "var" if len(counts) > 1 else str(*counts)
