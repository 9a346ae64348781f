"""What all charts share: the colours, the record of a chart, and its drawing by vl-convert."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

# Every colour a chart may use. The page maps each of them to one of its own for dark mode (charts.css),
# and each scale goes from dark to light, so it is legible without colour too.
INK, SOFT, RULE, BAND = "#1b1b1b", "#595959", "#cccccc", "#eeeeec"
ACCENT, PALE = "#1f4e79", "#a9c3dd"
SEVERITY = {"critical": "#6d0a1e", "major": "#c4511c", "minor": "#efc069", "neutral": "#f6f3ea"}
# Bundled with vl-convert, so the drawing does not depend on the fonts of the machine.
_FONT = "Liberation Sans"
WIDTH = 210  # of one panel, without its labels: two beside each other fit a page, one fits a phone
_STEP = 18  # height of one system


@dataclass(frozen=True)
class Panel:
    """One drawing of a chart. `wide` panels get the whole width of the page."""

    title: str
    spec: dict[str, Any]
    wide: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart: panels, and where a mark leads (`targets`, by the number in its description)."""

    name: str
    title: str
    panels: tuple[Panel, ...]
    legend: tuple[tuple[str, str], ...] = ()  # label, colour
    note: str = ""
    targets: tuple[dict[str, Any], ...] = ()


@dataclass
class Marks:
    """Collects what the marks of a chart say and where they lead."""

    targets: list[dict[str, Any]] = field(default_factory=list)

    def add(self, text: str, **target: Any) -> str:
        """The description of a mark: its number, by which the page knows it, and its words."""
        self.targets.append(target)
        return f"@{len(self.targets) - 1}@{text}"


def height(systems: int) -> int:
    """The height of a panel with a row for each system."""
    return max(1, systems) * _STEP


def rows_of(order: list[str], *, labels: bool = True) -> dict[str, Any]:
    """The y axis: one row a system, in this order."""
    axis: dict[str, Any] = {"ticks": False, "domain": False, "labelPadding": 6}
    return {"field": "system", "type": "nominal", "sort": None, "title": None, "scale": {"domain": order},
            "axis": axis if labels else None}  # fmt: skip


def draw(panel: Panel) -> str:
    """One panel as SVG."""
    return _svg(panel.spec)


def draw_whole(chart: Chart) -> str:
    """All panels of a chart as one SVG with its title and legend."""
    parts: list[dict[str, Any]] = [_titled(panel) for panel in chart.panels]
    columns = 1 if any(panel.wide for panel in chart.panels) else 2
    body = parts[0] if len(parts) == 1 else {"concat": parts, "columns": columns, "spacing": 24}
    if chart.legend:
        body = {"vconcat": [body, _legend(chart.legend)], "spacing": 12}
    title = {"text": chart.title, "anchor": "start", "fontSize": 13, "offset": 12}
    if len(parts) == 1 and not chart.legend:
        body = {"vconcat": [body]}
    return _plain(_svg(body | {"title": title}))


def _titled(panel: Panel) -> dict[str, Any]:
    if not panel.title:
        return panel.spec
    return panel.spec | {"title": {"text": panel.title, "fontSize": 12, "anchor": "start", "frame": "group"}}


def _legend(entries: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """A legend as a row of squares: the same one whatever the panels hold."""
    rows = [{"at": 130 * n, "label": label, "colour": colour} for n, (label, colour) in enumerate(entries)]
    x = {"field": "at", "type": "quantitative", "axis": None, "scale": {"domain": [0, 520]}}
    square = {"type": "square", "filled": True, "size": 110, "stroke": INK, "strokeWidth": 0.6, "opacity": 1}
    return {
        "data": {"values": rows},
        "width": 520,
        "height": 14,
        "view": {"stroke": None},
        "encoding": {"x": x},
        "layer": [
            {"mark": square, "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}}},
            {"mark": {"type": "text", "align": "left", "dx": 9, "color": INK, "fontSize": 11},
             "encoding": {"text": {"field": "label", "type": "nominal"}}},
        ],
    }  # fmt: skip


def _svg(spec: dict[str, Any]) -> str:
    import vl_convert

    whole = spec | {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "config": _CONFIG,
    }
    return _numbered(vl_convert.vegalite_to_svg(whole))


def _numbered(svg: str) -> str:
    """The number of a mark as an attribute of its own, out of its words."""
    return re.sub(r'aria-label="@(\d+)@', r'data-mark="\1" aria-label="', svg)


def _plain(svg: str) -> str:
    """Without the numbers, which only the page can follow."""
    return re.sub(r' data-mark="\d+"', "", svg)


def own_ids(svg: str, prefix: str) -> str:
    """Ids that stay unique when several drawings stand in one page."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    return re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', svg)


def marked(spec: dict[str, Any], field_name: str = "says") -> dict[str, Any]:
    """A layer whose marks say what they show."""
    encoding = spec.get("encoding", {}) | {"description": {"field": field_name, "type": "nominal"}}
    return spec | {"mark": spec["mark"] | {"aria": True}, "encoding": encoding}


_CONFIG: dict[str, Any] = {
    "font": _FONT,
    "mark": {"aria": False},
    "view": {"stroke": None},
    "title": {"color": INK, "fontWeight": "bold"},
    "axis": {"aria": False, "labelLimit": 130, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal",
             "labelColor": INK, "titleColor": SOFT, "gridColor": RULE, "domainColor": SOFT, "tickColor": SOFT},
}  # fmt: skip
