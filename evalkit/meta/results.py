"""The metrics of a saved result as scores by system and segment."""

from __future__ import annotations

from evalkit.errors import InputError
from evalkit.meta.scores import Key, Scores
from evalkit.records.json import loads
from evalkit.records.result import Result, SystemRecord

# The score of a system is the one of the widest scope there is.
_SCOPES = ("corpus", "document", "aligned")


def read_scores(text: str, path: str) -> list[Scores]:
    """Every metric of a result. Segments are those of the first reference, by number; units of several segments are
    no segment anybody rated and stay out. Metrics of which lower is better are turned round."""
    result = loads(text, path)
    if not result.metrics or not result.systems:
        raise InputError(f"{path}: a result without scores; give one with metrics, as `evalkit score -f json` writes")
    numbers, order = _numbers(result)
    found = []
    for metric, about in result.metrics.items():
        segments = {system.name: _segments(system, metric, numbers) for system in result.systems}
        systems = {system.name: score for system in result.systems if (score := _whole(system, metric)) is not None}
        scores = Scores(metric, segments, systems, order)
        found.append(scores.turned() if about.better == "lower" else scores)
    return found


def _numbers(result: Result) -> tuple[dict[str, Key], tuple[Key, ...]]:
    """Each segment of the first reference, or of the source, by its id in the result: its number from 1."""
    sides = [reference.segments for reference in result.references[:1]]
    segments = sides[0] if sides else (result.source.segments if result.source else ())
    numbers = {segment.id: ("", str(number)) for number, segment in enumerate(segments, 1)}
    return numbers, tuple(numbers.values())


def _segments(system: SystemRecord, metric: str, numbers: dict[str, Key]) -> dict[Key, float]:
    found: dict[Key, float] = {}
    for unit in system.units:
        side = unit.references[0] if unit.references else unit.source
        if side is not None and len(side.segments) == 1 and metric in unit.scores and side.segments[0] in numbers:
            found[numbers[side.segments[0]]] = unit.scores[metric]
    return found


def _whole(system: SystemRecord, metric: str) -> float | None:
    by_scope = {score.scope: score.value for score in system.scores if score.metric == metric}
    return next((by_scope[scope] for scope in _SCOPES if scope in by_scope), None)
