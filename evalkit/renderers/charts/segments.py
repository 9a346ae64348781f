"""Scores of single units: how they are spread, and how they differ from those of one system."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import Any

from evalkit.records.result import Result, SystemRecord, UnitRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import label, labels, number
from evalkit.renderers.charts.base import (
    INK,
    PALE,
    SOFT,
    Bar,
    Chart,
    Line,
    Mark,
    Marks,
    Panel,
    Plot,
    Tick,
    round_numbers,
)

_MOST = 4  # metrics
LEAST = 10  # units a spread is drawn of
_SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)  # whiskers, box and median of the summary
_READ = "Thin line: the middle 90% of the units; thick: the middle half; tick: the median."
Spread = tuple[float, ...]


def spread(values: Sequence[float]) -> Spread:
    """The 5th, 25th, 50th, 75th and 95th percentile, between neighbours by straight line."""
    ordered = sorted(values)
    made = []
    for share in _SHARES:
        at = share * (len(ordered) - 1)
        low = int(at)
        high = min(low + 1, len(ordered) - 1)
        made.append(ordered[low] + (ordered[high] - ordered[low]) * (at - low))
    return tuple(made)


def distribution(result: Result) -> Chart | None:
    """How the unit scores of each trusted system are spread."""
    drawn = {s.name: s for s in facts.trusted(result)}
    panels, marks = [], Marks()
    metrics = _metrics(result, drawn.values())
    scores = {name: _scores(system, metrics) for name, system in drawn.items()}
    for metric in metrics:
        rows = []
        for system in drawn.values():
            values = scores[system.name][metric]
            if len(values) >= LEAST:
                rows.append((system, spread(values), f"{len(values):,} units"))
        if rows:
            head = label(facts.headline(result, metric), 30)
            panels.append(Panel(head, _plot(result, rows, facts.title(result, metric), marks)))
    title = "How the scores of single units are spread"
    return Chart("units", title, tuple(panels), note=_READ, targets=tuple(marks.targets)) if panels else None


def differences(result: Result) -> Chart | None:
    """How the unit scores of each system differ from those of one: the baseline, else the best by the first metric."""
    base = against(result)
    if base is None:
        return None
    mine = {_key(u): u.scores for u in _paired(base)}
    panels, marks = [], Marks()
    others = [system for system in facts.kinds(facts.trusted(result))[base.kind] if system is not base]
    beside = [[(u.scores, mine[key]) for u in _paired(s) if (key := _key(u)) in mine] for s in others]
    for metric in _metrics(result, facts.trusted(result)):
        rows = []
        for system, pairs in zip(others, beside, strict=True):
            values = [here[metric] - there[metric] for here, there in pairs if metric in here and metric in there]
            if len(values) >= LEAST:
                better = sum((v > 0) if facts.better(result, metric) == "higher" else (v < 0) for v in values)
                rows.append((system, spread(values), f"better in {better:,} of {len(values):,} units"))
        if rows:
            title = label(facts.headline(result, metric), 30)
            panels.append(Panel(title, _plot(result, rows, facts.title(result, metric), marks, zero=True)))
    title = f"Unit scores less those of {label(base.name, 40)}, unit by unit"
    note = f"{_READ} Right of zero: a higher number than {label(base.name, 40)}."
    return Chart("differences", title, tuple(panels), note=note, targets=tuple(marks.targets)) if panels else None


def against(result: Result) -> SystemRecord | None:
    """The system the others are compared with: the configured baseline, else the best by the first metric."""
    usable, scopes = facts.trusted(result), facts.scopes(result)
    if len(usable) < 2 or not scopes:
        return None
    wanted = result.config.get("statistics")
    named = wanted.get("baseline") if isinstance(wanted, dict) else ""
    if chosen := next((s for s in usable if s.name == named), None):
        return chosen
    metric = facts.metrics(result, scopes[0])[0]
    sign = 1 if facts.better(result, metric) == "lower" else -1
    scored = [(sign * found.value, s) for s in usable if (found := facts.score(s, metric, scopes[0]))]
    return min(scored, key=lambda entry: entry[0])[1] if scored else None


def _metrics(result: Result, systems: Any) -> list[str]:
    known = {metric: None for s in systems for u in s.units[:50] for metric in u.scores}
    return [metric for metric in known if facts.better(result, metric)][:_MOST]


def _paired(system: SystemRecord) -> Iterator[UnitRecord]:
    """One after another: those of a long text are never all records at once."""
    return (unit for unit in system.units if unit.candidate and unit.references)


def _scores(system: SystemRecord, metrics: Sequence[str]) -> dict[str, array[float]]:
    """The scores of the paired units by metric, in one pass over the units."""
    found = {metric: array("d") for metric in metrics}
    for unit in _paired(system):
        for metric, values in found.items():
            if metric in unit.scores:
                values.append(unit.scores[metric])
    return found


def _key(unit: UnitRecord) -> tuple[Any, ...]:
    """What a unit renders: units of two systems are compared where it is the same."""
    return tuple((passage.reference, passage.segments) for passage in unit.references or ())


def _plot(
    result: Result, rows: list[tuple[SystemRecord, Spread, str]], metric: str, marks: Marks, *, zero: bool = False
) -> Plot:
    short = labels(tuple(s.name for s in result.systems), 26)
    numbers = {s.name: n for n, s in enumerate(result.systems)}
    drawn: list[Mark] = []
    for row, (system, (least, low, middle, high, most), said) in enumerate(rows):
        says = (
            f"{short[system.name]}: {metric} of single units, median {number(middle)}, middle half "
            f"{number(low)} to {number(high)}, middle 90% {number(least)} to {number(most)}; {said}"
        )
        box = Bar(row, low, high, 0.55, PALE, INK, 0.5, marks.add(says, system=numbers[system.name]))
        drawn += [Line(row, least, most, SOFT, 1.5), box, Tick(row, middle)]
    ends = [end for _, spread, _ in rows for end in (spread[0], spread[-1])] + [0.0] * zero
    ticks = round_numbers(min(ends), max(ends))
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    low, high = step * floor(min(ends) / step), step * ceil(max(ends) / step)
    high = high if high > low else low + step
    ticks = tuple(round(low + n * step, 10) for n in range(round((high - low) / step) + 1))
    names = tuple(short[system.name] for system, _, _ in rows)
    return Plot(names, low, high, ticks, tuple(drawn), zero=zero)
