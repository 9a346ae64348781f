"""Step three: statistic rows of all units, and the scores of a system as sums of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from evalkit.config import RunConfig
from evalkit.model import Failure, Scope, Unit
from evalkit.protocols import Row
from evalkit.result import Score
from evalkit.steps.aligning import AlignedSystem
from evalkit.steps.units import is_paired

# Units one task measures: large enough to be worth a process, the same on any number of them.
CHUNK = 2000
_INTERVAL_TRIALS = 1000


class Scored(Struct, frozen=True):
    """A system's scores and, by metric, the rows and the segment scores of its units in their order."""

    scores: tuple[Score, ...]
    rows: dict[str, list[Row]]
    segments: dict[str, list[float]]
    failures: tuple[Failure, ...] = ()


def score_system(system: AlignedSystem, scorers: dict[str, Any], config: RunConfig, executor: Any) -> Scored:
    """Rows and scores of one system; without a reference there is nothing to score."""
    if not scorers:
        return Scored((), {}, {})
    if not any(unit.references for unit in system.units):
        message = "no unit has a reference: there is nothing to score"
        failure = Failure("score", "", system.candidate.name, "", message)
        return Scored((), {name: [] for name in scorers}, {name: [] for name in scorers}, (failure,))
    chunks = [system.units[i : i + CHUNK] for i in range(0, len(system.units), CHUNK)]
    tasks = [(scorer, chunk) for scorer in scorers.values() for chunk in chunks]
    measured = executor.map(_measure, tasks)
    rows: dict[str, list[Row]] = {}
    for position, name in enumerate(scorers):
        of_metric = measured[position * len(chunks) : (position + 1) * len(chunks)]
        rows[name] = [row for part in of_metric for row in part]
    scores: list[Score] = []
    failures: list[Failure] = []
    for scope in scopes(system):
        chosen = in_scope(system.units, scope)
        if not chosen:
            failures.append(
                Failure("score", "", system.candidate.name, "", f"no paired unit: no score of scope {scope!r}")
            )
            continue
        for name, scorer in scorers.items():
            scores.append(_score(name, scorer, scope, system, [rows[name][i] for i in chosen], chosen, config))
    segments = {name: [scorer.segment(row) for row in rows[name]] for name, scorer in scorers.items()}
    return Scored(tuple(scores), rows, segments, tuple(failures))


def scopes(system: AlignedSystem) -> tuple[Scope, ...]:
    """The scopes a system is scored in."""
    return ("corpus",) if system.scope == "corpus" else ("aligned", "document")


def in_scope(units: Sequence[Unit], scope: Scope) -> list[int]:
    """Positions of the units a scope counts: `aligned` leaves out the gaps."""
    return [i for i, unit in enumerate(units) if scope != "aligned" or is_paired(unit)]


def add_rows(rows: Sequence[Row]) -> Row:
    """The sum of rows, column by column, from left to right."""
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _measure(task: tuple[Any, Sequence[Unit]]) -> list[Row]:
    scorer, units = task
    measured: list[Row] = scorer.measure(units)
    return measured


def _score(
    name: str,
    scorer: Any,
    scope: Scope,
    system: AlignedSystem,
    rows: list[Row],
    chosen: Sequence[int],
    config: RunConfig,
) -> Score:
    counts = {len(unit.references) for unit in system.units if unit.references}
    signature = scorer.signature(str(counts.pop()) if len(counts) == 1 else "var")
    if scope != "corpus":
        gaps = "charged" if scope == "document" else "left-out"
        signature += f"|{system.how}|scope:{scope}|gaps:{gaps}"
    value = scorer.value(add_rows(rows))
    if not config.statistics.confidence:
        return Score(name, scope, value, None, None, signature)
    from evalkit.statistics import bootstrap_interval, drawn_units

    documents = [system.units[i].document for i in chosen]
    drawn = drawn_units(config.statistics.unit, documents)
    low, high = bootstrap_interval(
        rows,
        scorer,
        trials=_INTERVAL_TRIALS,
        seed=config.seed,
        documents=documents if drawn == "documents" else None,
    )
    return Score(name, scope, value, low, high, signature, drawn)
