"""Scores by system and metric, with their confidence intervals where there are any."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

from evalkit.records import Scope
from evalkit.records.result import Result, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._charts.base import ACCENT, INK, SOFT, WIDTH, Chart, Marks, Panel, height, marked, rows_of
from evalkit.renderers._text import label, labels, number

_MOST = 8


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
            rows = _rows(result, _ranked(result, group, scopes[0]), metric, scopes[0], marks)
            panels.append(Panel(label(title, 44), _panel(rows)))
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


def _rows(result: Result, group: list[SystemRecord], metric: str, scope: Scope, marks: Marks) -> list[dict[str, Any]]:
    rows = []
    short = labels(tuple(s.name for s in result.systems), 26)
    numbers = {s.name: n for n, s in enumerate(result.systems)}
    for system in group:
        found = facts.score(system, metric, scope) if system in facts.trusted(result) else None
        row: dict[str, Any] = {"system": short[system.name], "shown": "no score"}
        if found:
            low, high = (found.low, found.high) if found.low is not None else (None, None)
            between = f", interval {number(low)} to {number(high)}" if low is not None and high is not None else ""
            said = f"{short[system.name]}: {facts.title(result, metric)} {number(found.value)}{between}, scope {scope}"
            row |= {"value": found.value, "low": low, "high": high, "shown": number(found.value)}
            row["says"] = marks.add(said, system=numbers[system.name])
        rows.append(row)
    return rows


def ticks(low: float, high: float) -> list[float]:
    """Two to six round numbers from `low` to `high`: none in the room to the right, where the values are written."""
    power = 10.0 ** floor(log10((high - low) / 2))
    step = next(power * n for n in (5, 2, 1) if power * n <= (high - low) / 2)
    return [round(n * step, 10) for n in range(ceil(low / step), floor(high / step) + 1)]


def _panel(rows: list[dict[str, Any]]) -> dict[str, Any]:
    ends = [row[end] for row in rows for end in ("low", "value", "high") if row.get(end) is not None]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = (high - low) * 0.08 or max(abs(high), 1.0) * 0.1
    domain = [max(0.0, low - room) if low >= 0 else low - room, high + 3.6 * room]
    x = {"type": "quantitative", "title": None, "scale": {"domain": domain, "nice": False, "zero": False},
         "axis": {"values": ticks(domain[0], high + room), "gridOpacity": 0.5}}  # fmt: skip
    dots = {"mark": {"type": "point", "filled": True, "size": 58, "color": INK, "opacity": 1},
            "transform": [{"filter": "isValid(datum.value)"}],
            "encoding": {"x": x | {"field": "value"}}}  # fmt: skip
    spans = {"mark": {"type": "rule", "color": ACCENT, "strokeWidth": 3},
             "transform": [{"filter": "isValid(datum.low)"}],
             "encoding": {"x": x | {"field": "low"}, "x2": {"field": "high"}}}  # fmt: skip
    shade = {"condition": {"test": "isValid(datum.value)", "value": INK}, "value": SOFT}
    text = {"mark": {"type": "text", "align": "right", "color": INK, "fontSize": 11},
            "encoding": {"x": {"value": WIDTH}, "text": {"field": "shown", "type": "nominal"},
                         "color": shade}}  # fmt: skip
    return {
        "data": {"values": rows},
        "width": WIDTH,
        "height": height(len(rows)),
        "encoding": {"y": rows_of([row["system"] for row in rows])},
        "layer": [spans, marked(dots), text],
    }
