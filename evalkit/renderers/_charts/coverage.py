"""The coverage map: which parts of the reference, in order, each system renders."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from evalkit.records.result import ReferenceRecord, Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._charts.base import ACCENT, INK, PALE, RULE, SOFT, Chart, Marks, Panel, marked, rows_of
from evalkit.renderers._text import label, labels, percent
from evalkit.renderers.page.map import State, mapped, stretches
from evalkit.text.words import count_words

_BINS = 120
_WORDS: dict[State, str] = {"paired": "rendered in place", "moved": "rendered elsewhere", "omitted": "not rendered"}
# Told apart by height as well as by colour: a full bar, half a bar, a line.
_LOOKS: dict[State, tuple[float, str]] = {"paired": (0.8, ACCENT), "moved": (0.42, PALE), "omitted": (0.08, SOFT)}


def chart(result: Result) -> Chart | None:
    """One row a system, the reference from its beginning to its end by words."""
    systems, reference = mapped(result)
    if not systems or reference is None:
        return None
    marks = Marks()
    rows: list[dict[str, Any]] = []
    short = labels(tuple(s.name for s in systems), 22)
    numbers = {s.name: n for n, s in enumerate(result.systems)}
    ends = list(accumulate(max(1, count_words(segment.text)) for segment in reference.segments))
    for system in systems:
        trusted = system not in facts.untrusted(result)
        name = short[system.name] + ("" if trusted else " †")
        for part in stretches(system, reference, _BINS):
            said = f"{name}: {percent(part.start)} to {percent(part.end)} of the reference {_WORDS[part.state]}"
            segment = min(bisect_right(ends, part.start * ends[-1] + 1e-6), len(ends) - 1)
            rows.append({
                "system": name, "from": round(100 * part.start, 2), "to": round(100 * part.end, 2),
                "state": part.state,
                "says": marks.add(said, system=numbers[system.name], segment=segment) if trusted
                else marks.add(said),
            })  # fmt: skip
    order = list(dict.fromkeys(row["system"] for row in rows))
    untrusted = " †: not trusted." if facts.untrusted(result) else ""
    return Chart(
        "coverage",
        "Which parts of the reference each system renders",
        (Panel("", _panel(rows, order, reference), wide=True),),
        tuple((_WORDS[state], colour) for state, (_, colour) in _LOOKS.items()),
        f"Full bar: rendered in its place; half bar: rendered elsewhere; line: not rendered.{untrusted}",
        tuple(marks.targets),
    )


def _panel(rows: list[dict[str, Any]], order: list[str], reference: ReferenceRecord) -> dict[str, Any]:
    x = {"field": "from", "type": "quantitative", "scale": {"domain": [0, 100], "nice": False},
         "title": f"place in {label(reference.name, 40)}, % of its words",
         "axis": {"grid": False, "tickCount": 5}}  # fmt: skip
    layers = []
    for state, (band, colour) in _LOOKS.items():
        mark = {"type": "bar", "height": {"band": band}, "color": colour, "stroke": INK if state != "omitted" else RULE,
                "strokeWidth": 0.4}  # fmt: skip
        layers.append(marked({"transform": [{"filter": f"datum.state == '{state}'"}], "mark": mark,
                              "encoding": {"x": x, "x2": {"field": "to"}}}))  # fmt: skip
    return {
        "data": {"values": rows},
        "width": 620,
        "height": max(1, len(order)) * 26,
        "encoding": {"y": rows_of(order)},
        "layer": layers,
    }
