"""Findings by category, system and severity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._charts.base import INK, SEVERITY, WIDTH, Chart, Marks, Panel, height, marked, rows_of
from evalkit.renderers._text import count, label, labels, quoted

_MOST = 12
Row = dict[str, Any]


def chart(result: Result) -> Chart | None:
    """A panel for each category with a bar a system; its parts are the severities, the worst first."""
    if not any(s.findings for s in result.systems):
        return None
    marks, panels = Marks(), []
    short = labels(tuple(s.name for s in result.systems), 20)
    names = {s.name: short[s.name] + ("" if facts.rated(result, s) else " †") for s in result.systems}
    categories = sorted({category for s in result.systems for category in s.quality.by_category})
    top = max(sum(counts.values()) for s in result.systems for counts in s.quality.by_category.values())
    for category in categories[:_MOST]:
        rows = _rows(result, category, names, marks)
        total = sum(row["to"] - row["from"] for row in rows)
        panels.append(Panel(f"{label(category, 30)}: {total:,}", _panel(rows, list(names.values()), top)))
    more = f" {count(len(categories) - _MOST, 'more category', 'more categories')} not drawn." * (
        len(categories) > _MOST
    )
    untrusted = " †: not trusted, only rules that need no reference ran." if facts.untrusted(result) else ""
    return Chart(
        "findings",
        "Findings by category, system and severity",
        tuple(panels),
        tuple(SEVERITY.items()),
        f"All panels have one scale.{untrusted}{more}",
        tuple(marks.targets),
    )


def _rows(result: Result, category: str, names: Mapping[str, str], marks: Marks) -> list[Row]:
    rows = []
    for n, system in enumerate(result.systems):
        counts, at = system.quality.by_category.get(category, {}), 0
        total = sum(counts.values())
        for severity in facts.WORST_FIRST:
            if amount := counts.get(severity, 0):
                said = f"{names[system.name]}: {amount:,} {severity} of {total:,} in {label(category, 30)}"
                rows.append({
                    "system": names[system.name], "from": at, "to": at + amount, "colour": SEVERITY[severity],
                    "says": marks.add(said, system=n, category=quoted(category, 60), severity=severity),
                    "shown": f"{total:,}" if at + amount == total else "",
                })  # fmt: skip
                at += amount
    return rows


def _panel(rows: list[Row], order: list[str], top: int) -> dict[str, Any]:
    x = {"field": "from", "type": "quantitative", "title": None, "scale": {"domain": [0, top * 1.18], "nice": False},
         "axis": {"tickCount": 4, "format": "d", "tickMinStep": 1, "gridOpacity": 0.5}}  # fmt: skip
    bars = {"mark": {"type": "bar", "height": {"band": 0.68}, "stroke": INK, "strokeWidth": 0.6},
            "encoding": {"x": x, "x2": {"field": "to"},
                         "color": {"field": "colour", "type": "nominal", "scale": None}}}  # fmt: skip
    text = {"mark": {"type": "text", "align": "left", "dx": 4, "color": INK, "fontSize": 11},
            "encoding": {"x": x | {"field": "to"}, "text": {"field": "shown", "type": "nominal"}}}  # fmt: skip
    return {
        "data": {"values": rows},
        "width": WIDTH,
        "height": height(len(order)),
        "encoding": {"y": rows_of(order)},
        "layer": [marked(bars), text],
    }
