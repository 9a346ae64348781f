"""The figures of a report as SVG: bytes depend on the result alone, legible in black and white."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from weakref import ref

from evalkit.records.result import Result
from evalkit.renderers.charts import coverage, findings, scores, segments
from evalkit.renderers.charts.base import Chart
from evalkit.renderers.charts.svg import chart_svg, panel_svg
from evalkit.renderers.report.blocks import Block, Figure

_CHARTS: dict[str, Callable[[Result], Chart | None]] = {
    "scores": scores.chart,
    "units": segments.distribution,
    "differences": segments.differences,
    "findings": findings.chart,
    "coverage": coverage.chart,
}

_drawn = threading.local()  # the last result's: a run's report, figures and page ask for the same, each for itself


def charts(result: Result) -> dict[str, Chart]:
    """The charts that have something to show, by name."""
    last, known = getattr(_drawn, "last", (None, {}))
    if last is not None and last() is result:
        return dict(known)
    made = {name: make(result) for name, make in _CHARTS.items()}
    found = {name: chart for name, chart in made.items() if chart is not None}
    _drawn.last = (ref(result), found)  # the result itself is not held: a long one must be able to go
    return dict(found)


def names(result: Result) -> tuple[str, ...]:
    """The figures that have something to show."""
    return tuple(charts(result))


def figures(result: Result) -> dict[str, str]:
    """SVG by name, as `figures/NAME.svg` stands beside a report; one that has nothing to show is left out."""
    return {name: chart_svg(chart) for name, chart in charts(result).items()}


def views(result: Result) -> dict[str, dict[str, Any]]:
    """What the page needs of each chart: its panels drawn one by one, its words, and where its marks lead."""
    made: dict[str, dict[str, Any]] = {}
    for name, chart in charts(result).items():
        panels = [
            {"title": panel.title, "wide": panel.wide, "svg": panel_svg(panel, chart.title, chart.panels)}
            for panel in chart.panels
        ]
        made[name] = {"title": chart.title, "note": chart.note, "legend": chart.legend, "panels": panels,
                      "targets": chart.targets}  # fmt: skip
    return made


def with_figures(blocks: list[Block], result: Result) -> list[Block]:
    """The blocks without figures that have nothing to show."""
    drawn = names(result)
    return [block for block in blocks if not isinstance(block, Figure) or block.name in drawn]


def without_figures(blocks: list[Block]) -> list[Block]:
    """The blocks for a place where no figure can be."""
    return [block for block in blocks if not isinstance(block, Figure)]
