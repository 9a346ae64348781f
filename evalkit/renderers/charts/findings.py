"""Findings by category, system and severity."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, label, labels, quoted
from evalkit.renderers.charts.base import SEVERITY, Bar, Chart, Mark, Marks, Note, Panel, Plot, round_numbers

_MOST = 12  # rows on one screen; what is not drawn is said


def chart(result: Result) -> Chart | None:
    """A panel for each category with a bar a system; its parts are the severities, the worst first."""
    if not any(s.standing for s in result.systems):
        return None
    marks, panels = Marks(), []
    short = labels(tuple(s.name for s in result.systems), 20)
    names = {s.name: short[s.name] + ("" if facts.rated(result, s) else " †") for s in result.systems}
    categories = sorted({category for s in result.systems for category in s.quality.by_category})
    top = max(sum(counts.values()) for s in result.systems for counts in s.quality.by_category.values())
    for category in categories[:_MOST]:
        total = sum(sum(s.quality.by_category.get(category, {}).values()) for s in result.systems)
        panels.append(Panel(f"{label(category, 30)}: {total:,}", _plot(result, category, names, top, marks)))
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


def _plot(result: Result, category: str, names: Mapping[str, str], top: int, marks: Marks) -> Plot:
    drawn: list[Mark] = []
    for row, system in enumerate(result.systems):
        counts, at = system.quality.by_category.get(category, {}), 0
        total = sum(counts.values())
        for severity in facts.WORST_FIRST:
            if amount := counts.get(severity, 0):
                said = f"{names[system.name]}: {amount:,} {severity} of {total:,} in {label(category, 30)}"
                says = marks.add(said, system=row, category=quoted(category, 60), severity=severity)
                drawn.append(Bar(row, at, at + amount, 0.68, SEVERITY[severity], says=says))
                at += amount
        if total:
            drawn.append(Note(row, f"{total:,}", total))
    return Plot(tuple(names.values()), 0, top * 1.18, round_numbers(0, top * 1.18, 1), tuple(drawn))
