"""Whether a result holds together: what its schema cannot say, and what readers of it rely on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from evalkit.records.result import Result, SystemRecord
from evalkit.text.visible import shown

_MOST_DECIMALS = 12  # more than any score has that means something


def problem(result: Result) -> str:
    """The first thing in a result that contradicts another, in words; empty where there is none.

    A result that evalkit wrote has none; one edited by hand may.
    """
    return next(_problems(result), "")


def _problems(result: Result) -> Iterator[str]:
    for what, names in (
        ("systems", [system.name for system in result.systems]),
        ("references", [reference.name for reference in result.references]),
    ):
        if twice := _twice(names):
            yield f"two {what} are called {shown(twice)}; a result has each name once"
    for name, metric in result.metrics.items():
        if not 0 <= metric.decimals <= _MOST_DECIMALS:
            yield f"the metric {shown(name)} is shown with {metric.decimals} decimals, not 0 to {_MOST_DECIMALS}"
    for key in ("detectors", "metrics"):
        specs = result.config.get(key)
        if specs is not None and not (isinstance(specs, list) and all(isinstance(s, (str, dict)) for s in specs)):
            yield f"`config.{key}` is {shown(specs)}, no list of plug-ins"
    references = {r.name: {segment.id for segment in r.segments} for r in result.references}
    sides = [(r.name, r.segments) for r in result.references] + [(s.name, s.segments) for s in result.systems]
    for name, segments in sides:
        for segment in segments:
            if segment.end - segment.start != len(segment.text):
                yield f"{shown(name)}: the segment {shown(segment.id)} is not as long as its text"
    for system in result.systems:
        yield from _of_system(system, result, references)


def _of_system(system: SystemRecord, result: Result, references: Mapping[str, set[str]]) -> Iterator[str]:
    where = f"the system {shown(system.name)}"
    for score in system.scores:
        if score.metric not in result.metrics:
            yield f"{where} has a score of {shown(score.metric)}, which is not among `metrics`"
    if twice := _twice(unit.id for unit in system.units):
        yield f"{where} has two units {shown(twice)}"
    yield from wrong_findings(system)
    segments = {segment.id for segment in system.segments}
    for unit in system.units:
        if unit.candidate and not segments.issuperset(unit.candidate.segments):
            yield f"{where}, unit {shown(unit.id)}: a segment of it is not among the system's"
        for passage in unit.references or ():
            if passage.reference not in references:
                yield f"{where}, unit {shown(unit.id)}: there is no reference {shown(passage.reference)}"
            elif not references[passage.reference].issuperset(passage.segments):
                yield f"{where}, unit {shown(unit.id)}: a segment of it is not in {shown(passage.reference)}"
        for metric in unit.scores:
            if metric not in result.metrics:
                yield f"{where}, unit {shown(unit.id)}: {shown(metric)} is not among `metrics`"


def wrong_findings(system: SystemRecord) -> Iterator[str]:
    """The findings of a system that say what no finding can."""
    for finding in chain(system.findings, system.judged_wrong):
        if not (0 <= finding.confidence <= 1 and 0 <= finding.start <= finding.end):
            where = f"the system {shown(system.name)}"
            yield f"{where}: the finding {shown(finding.id)} has no possible place or confidence"


def _twice(names: Iterable[str]) -> str:
    return next((name for name, number in Counter(names).items() if number > 1), "")
