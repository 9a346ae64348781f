"""The coverage map: which parts of the reference, in order, each system renders."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import label, labels, percent
from evalkit.renderers.charts.base import ACCENT, INK, PALE, RULE, SOFT, Bar, Chart, Marks, Panel, Plot
from evalkit.renderers.page.map import State, mapped, stretches
from evalkit.text.words import count_words

_BINS = 120  # strokes that can still be told apart in the width of the figure
_WORDS: dict[State, str] = {"paired": "rendered in place", "moved": "rendered elsewhere", "omitted": "not rendered"}
# Told apart by height as well as by colour: a full bar, half a bar, a line.
_LOOKS: dict[State, tuple[float, str]] = {"paired": (0.8, ACCENT), "moved": (0.42, PALE), "omitted": (0.08, SOFT)}


def chart(result: Result) -> Chart | None:
    """One row a system, the reference from its beginning to its end by words."""
    systems, reference = mapped(result)
    if not systems or reference is None:
        return None
    marks, drawn = Marks(), []
    short = labels(tuple(s.name for s in systems), 22)
    numbers = {s.name: n for n, s in enumerate(result.systems)}
    names = {s.name: short[s.name] + (" †" if s in facts.untrusted(result) else "") for s in systems}
    ends = list(accumulate(max(1, count_words(segment.text)) for segment in reference.segments))
    for row, system in enumerate(systems):
        trusted = system not in facts.untrusted(result)
        for part in stretches(system, reference, _BINS):
            said = f"{names[system.name]}: {percent(part.start)} to {percent(part.end)} of the reference "
            segment = min(bisect_right(ends, part.start * ends[-1] + 1e-6), len(ends) - 1)
            target = {"system": numbers[system.name], "segment": segment} if trusted else {}
            band, colour = _LOOKS[part.state]
            stroke = RULE if part.state == "omitted" else INK
            says = marks.add(said + _WORDS[part.state], **target)
            drawn.append(Bar(row, 100 * part.start, 100 * part.end, band, colour, stroke, 0.4, says))
    title = f"place in {label(reference.name, 40)}, % of its words"
    plot = Plot(
        tuple(names.values()), 0, 100, (0, 20, 40, 60, 80, 100), tuple(drawn), 620, 26, axis_title=title, grid=False
    )
    untrusted = " †: not trusted." if facts.untrusted(result) else ""
    return Chart(
        "coverage",
        "Which parts of the reference each system renders",
        (Panel("", plot, wide=True),),
        tuple((_WORDS[state], colour) for state, (_, colour) in _LOOKS.items()),
        f"Full bar: rendered in its place; half bar: rendered elsewhere; line: not rendered.{untrusted}",
        tuple(marks.targets),
    )
