"""Scores by system and metric, with their confidence intervals where there are any."""

from __future__ import annotations

from evalkit.records import Scope
from evalkit.records.result import Result, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import label, labels, number
from evalkit.renderers.charts.base import ACCENT, SOFT, Chart, Dot, Line, Mark, Marks, Note, Panel, Plot, round_numbers

_MOST = 8  # panels on one screen; what is not drawn is said


def chart(result: Result) -> Chart | None:
    """A panel for each metric and kind of system: what is not comparable does not stand in one."""
    scopes = facts.scopes(result)
    if not scopes or not any(s.scores for s in facts.trusted(result)):
        return None
    marks, panels = Marks(), []
    groups = facts.kinds(s for s in result.systems if s.scores)
    groups = {kind: group for kind, group in groups.items() if any(s in facts.trusted(result) for s in group)}
    for kind, group in groups.items():
        for metric in facts.metrics(result, scopes[0])[:_MOST]:
            title = facts.headline(result, metric) + (f" ({kind})" if len(groups) > 1 else "")
            plot = _plot(result, _ranked(result, group, scopes[0]), metric, scopes[0], marks)
            panels.append(Panel(label(title, 44), plot))
    low = any(s.low is not None for system in facts.trusted(result) for s in system.scores if s.scope == scopes[0])
    note = "The line through a dot is the confidence interval. " if low else ""
    return Chart(
        "scores",
        f"Scores, scope {scopes[0]} (↑ higher is better, ↓ lower)",
        tuple(panels),
        note=note + "Axes need not begin at zero.",
        targets=tuple(marks.targets),
    )


def _ranked(result: Result, group: list[SystemRecord], scope: Scope) -> list[SystemRecord]:
    """The best by the first metric in front, systems that are not trusted at the end."""
    metric = facts.metrics(result, scope)[0]
    sign = 1 if facts.better(result, metric) == "lower" else -1

    def key(system: SystemRecord) -> tuple[bool, float]:
        found = facts.score(system, metric, scope)
        bad = system in facts.untrusted(result) or found is None
        return bad, sign * found.value if found and not bad else 0.0

    return sorted(group, key=key)


def _plot(result: Result, group: list[SystemRecord], metric: str, scope: Scope, marks: Marks) -> Plot:
    short = labels(tuple(s.name for s in result.systems), 26)
    numbers = {s.name: n for n, s in enumerate(result.systems)}
    found = [facts.score(s, metric, scope) if s in facts.trusted(result) else None for s in group]
    ends = [end for score in found if score for end in (score.low, score.value, score.high) if end is not None]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = (high - low) * 0.08 or max(abs(high), 1.0) * 0.1
    places = facts.places(result, metric)
    drawn: list[Mark] = []
    for row, (system, score) in enumerate(zip(group, found, strict=True)):
        if score is None:
            drawn.append(Note(row, "no score", colour=SOFT))
            continue
        between = ""
        if score.low is not None and score.high is not None:
            drawn.append(Line(row, score.low, score.high, ACCENT, 3))
            between = f", interval {number(score.low, places)} to {number(score.high, places)}"
        title = facts.title(result, metric)
        said = f"{short[system.name]}: {title} {number(score.value, places)}{between}, scope {scope}"
        drawn.append(Dot(row, score.value, marks.add(said, system=numbers[system.name])))
        drawn.append(Note(row, number(score.value, places)))
    left = max(0.0, low - room) if low >= 0 else low - room
    # no number of the axis in the room to the right, where the values are written
    ticks = round_numbers(left, high + room)
    return Plot(tuple(short[s.name] for s in group), left, high + 3.6 * room, ticks, tuple(drawn))
