"""The figures of a report as SVG: bytes depend on the result alone, legible in black and white."""

from __future__ import annotations

import re
from typing import Any

from evalkit.renderers import _facts as facts
from evalkit.renderers._blocks import Block, Figure
from evalkit.renderers._map import mapped, stretches
from evalkit.renderers._text import label, labels, number
from evalkit.result import Result

# Bundled with vl-convert, so the drawing does not depend on the fonts of the machine.
_FONT = "Liberation Sans"
_SHADES = {"critical": "#000000", "major": "#6b6b6b", "minor": "#b8b8b8", "neutral": "#ffffff"}
_STATES = {"paired": "#222222", "moved": "#9a9a9a", "omitted": "#ffffff"}
_STATE_NAMES = {"paired": "rendered in place", "moved": "rendered elsewhere", "omitted": "not rendered"}
_MOST_METRICS = 8
_BINS = 120
_WIDTH = 560


def names(result: Result) -> tuple[str, ...]:
    """The figures that have something to show."""
    drawn = {
        "scores": bool(_score_rows(result)),
        "findings": any(system.findings for system in result.systems),
        "coverage": bool(mapped(result)[0]),
    }
    return tuple(name for name, shown in drawn.items() if shown)


def figures(result: Result) -> dict[str, str]:
    """SVG by name (`scores`, `findings`, `coverage`); one that has nothing to show is left out."""
    import vl_convert

    made = {}
    for name in names(result):
        spec = _SPECS[name](result) | {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "background": "white",
            "config": _CONFIG,
        }
        made[name] = _own_ids(vl_convert.vegalite_to_svg(spec), name)
    return made


def with_figures(blocks: list[Block], result: Result) -> list[Block]:
    """The blocks without figures that have nothing to show."""
    drawn = names(result)
    return [block for block in blocks if not isinstance(block, Figure) or block.name in drawn]


def without_figures(blocks: list[Block]) -> list[Block]:
    """The blocks for a place where no figure can be."""
    return [block for block in blocks if not isinstance(block, Figure)]


_CONFIG: dict[str, Any] = {
    "font": _FONT,
    "aria": False,
    "view": {"stroke": "#cccccc"},
    "axis": {"labelLimit": 240, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "grid": False},
    "header": {"labelFontSize": 12, "labelFontWeight": "bold", "title": None},
    "legend": {"labelFontSize": 11, "titleFontSize": 11, "orient": "bottom"},
}


def _own_ids(svg: str, name: str) -> str:
    """Ids that stay unique when several figures stand in one page."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    return re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', svg)


def _labels(result: Result) -> dict[str, str]:
    return labels(tuple(system.name for system in result.systems), 34)


def _score_rows(result: Result) -> list[dict[str, Any]]:
    scopes = facts.scopes(result)
    if not scopes:
        return []
    rows, short, usable = [], _labels(result), facts.trusted(result)
    for metric in facts.metrics(result, scopes[0])[:_MOST_METRICS]:
        for system in result.systems:
            score = facts.score(system, metric, scopes[0]) if system in usable else None
            row: dict[str, Any] = {
                "system": short[system.name], "kind": system.kind, "metric": label(facts.headline(metric), 30),
            }  # fmt: skip
            if score:
                row |= {"value": score.value, "room": score.value * 1.25, "shown": number(score.value)}
            else:
                row |= {"value": 0, "room": 0, "shown": "no score"}
            rows.append(row)
    return rows if any(row["value"] for row in rows) else []


def _scores(result: Result) -> dict[str, Any]:
    """One chart for each kind of system: what is not comparable does not stand in one."""
    rows = _score_rows(result)
    kinds = list(dict.fromkeys(row["kind"] for row in rows if row["value"]))
    title = f"Scores, scope {facts.scopes(result)[0]} (↑ higher is better, ↓ lower)"
    charts = [_bars([r for r in rows if r["kind"] == kind], title if len(kinds) == 1 else f"{title}: {kind}")
              for kind in kinds]  # fmt: skip
    return charts[0] if len(charts) == 1 else {"vconcat": charts}


def _bars(rows: list[dict[str, Any]], title: str) -> dict[str, Any]:
    metrics = list(dict.fromkeys(row["metric"] for row in rows))
    order = list(dict.fromkeys(row["system"] for row in rows))
    bars = {"mark": {"type": "bar", "color": "#8a8a8a", "stroke": "black", "strokeWidth": 0.5}}
    value = {"field": "value", "type": "quantitative", "title": None, "axis": {"tickCount": 4}}
    # An unseen point beyond each bar keeps room for its number.
    room = {"mark": {"type": "point", "opacity": 0}, "encoding": {"x": {"field": "room", "type": "quantitative"}}}
    shown = {
        "mark": {"type": "text", "align": "left", "dx": 3, "fontSize": 10},
        "encoding": {"text": {"field": "shown", "type": "nominal"}},
    }
    return {
        "data": {"values": rows},
        "title": {"text": title, "fontSize": 12},
        "facet": {"field": "metric", "type": "nominal", "sort": metrics},
        "columns": 2,
        "resolve": {"scale": {"x": "independent"}},
        "spec": {
            "width": _WIDTH // 3,
            "height": {"step": 18},
            "encoding": {"y": {"field": "system", "type": "nominal", "sort": order, "title": None}, "x": value},
            "layer": [bars, room, shown],
        },
    }


def _findings(result: Result) -> dict[str, Any]:
    names = _labels(result)
    short = {s.name: names[s.name] + ("" if facts.rated(result, s) else " (not trusted)") for s in result.systems}
    rows: list[dict[str, Any]] = [
        {"system": short[s.name], "category": label(category, 30), "severity": severity, "count": counts[severity],
         "order": order}
        for s in result.systems
        for category, counts in sorted(s.quality.by_category.items())
        for order, severity in enumerate(facts.WORST_FIRST)
        if counts.get(severity)
    ]  # fmt: skip
    return {
        "data": {"values": rows},
        "title": {"text": "Findings by category, system and severity", "fontSize": 12},
        "facet": {"field": "category", "type": "nominal"},
        "columns": 2,
        "spec": {
            "width": _WIDTH // 3,
            "height": {"step": 16},
            "mark": {"type": "bar", "stroke": "black", "strokeWidth": 0.5},
            "encoding": {
                "y": {"field": "system", "type": "nominal", "scale": {"domain": list(short.values())}, "title": None},
                "x": {"aggregate": "sum", "field": "count", "type": "quantitative", "title": None,
                      "axis": {"tickMinStep": 1, "tickCount": 4, "format": "d"}},
                "order": {"field": "order", "type": "quantitative"},
                "color": {"field": "severity", "type": "nominal", "title": None,
                          "scale": {"domain": list(_SHADES), "range": list(_SHADES.values())}},
            },
        },
    }  # fmt: skip


def _coverage(result: Result) -> dict[str, Any]:
    systems, reference = mapped(result)
    assert reference is not None  # noqa: S101
    short = labels(tuple(system.name for system in systems), 34)
    rows = [
        {"system": short[s.name] + ("" if s.alignment.trusted else " (not trusted)"),
         "from": round(100 * part.start, 2), "to": round(100 * part.end, 2), "state": _STATE_NAMES[part.state]}
        for s in systems
        for part in stretches(s, reference, _BINS)
    ]  # fmt: skip
    order = list(dict.fromkeys(row["system"] for row in rows))
    return {
        "data": {"values": rows},
        "title": {"text": "Which parts of the reference each system renders", "fontSize": 12},
        "width": _WIDTH,
        "height": {"step": 24},
        "mark": {"type": "rect", "stroke": "#888888", "strokeWidth": 0},
        "encoding": {
            "y": {"field": "system", "type": "nominal", "sort": order, "title": None, "scale": {"padding": 0.2}},
            "x": {"field": "from", "type": "quantitative", "title": "place in the reference, % of its words",
                  "scale": {"domain": [0, 100], "nice": False}},
            "x2": {"field": "to"},
            "color": {"field": "state", "type": "nominal", "title": None,
                      "scale": {"domain": list(_STATE_NAMES.values()), "range": list(_STATES.values())}},
        },
    }  # fmt: skip


_SPECS = {"scores": _scores, "findings": _findings, "coverage": _coverage}
