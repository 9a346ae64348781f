"""What all charts share: colours, and the records of a chart. A chart is rows of marks along one axis, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Any

from msgspec import Struct

# Every colour a chart may use. The page maps each of them to one of its own for dark mode (charts.css),
# and each scale goes from dark to light, so it is legible without colour too.
INK, SOFT, RULE = "#1b1b1b", "#595959", "#cccccc"
ACCENT, PALE = "#1f4e79", "#a9c3dd"
SEVERITY = {"critical": "#6d0a1e", "major": "#c4511c", "minor": "#efc069", "neutral": "#f6f3ea"}
WIDTH = 210  # of one plot, without its labels: two beside each other fit a page, one fits a phone


class Said(Struct, frozen=True):
    """What a mark says to a reader who points at it; by its number the page knows where it leads."""

    number: int
    text: str


class Bar(Struct, frozen=True):
    """A box from one value to another; `band` is its share of the row's height."""

    row: int
    start: float
    end: float
    band: float
    colour: str
    stroke: str = INK
    stroke_width: float = 0.6
    says: Said | None = None


class Line(Struct, frozen=True):
    """A stroke from one value to another in the middle of the row."""

    row: int
    start: float
    end: float
    colour: str
    width: float


class Dot(Struct, frozen=True):
    """A disc at a value."""

    row: int
    at: float
    says: Said | None = None


class Tick(Struct, frozen=True):
    """A short upright stroke at a value."""

    row: int
    at: float


class Note(Struct, frozen=True):
    """Words in a row: to the right of a value, or at the plot's right edge where `at` is None."""

    row: int
    text: str
    at: float | None = None
    colour: str = INK


Mark = Bar | Line | Dot | Tick | Note


class Plot(Struct, frozen=True):
    """One drawing: a label for each row, marks on a linear axis from `low` to `high`. `zero` draws a line at 0."""

    rows: tuple[str, ...]
    low: float
    high: float
    ticks: tuple[float, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    row_height: int = 18
    axis_title: str = ""
    grid: bool = True
    zero: bool = False


class Panel(Struct, frozen=True):
    """A plot under its title. `wide` panels get the whole width of the page."""

    title: str
    plot: Plot
    wide: bool = False


class Chart(Struct, frozen=True):
    """A chart: panels, and where a mark leads (`targets`, by the number of what it says)."""

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

    def add(self, text: str, **target: Any) -> Said:
        """What a mark says, with the number by which the page knows it."""
        self.targets.append(target)
        return Said(len(self.targets) - 1, text)


_LEAST = 1e-300  # of a range: a tenth of it is a number still


def round_numbers(low: float, high: float, least_step: float = 0.0) -> tuple[float, ...]:
    """Two to six round numbers from `low` to `high`, fewer where `least_step` leaves room for fewer."""
    half = max(((high - low) or abs(high) or 1.0) / 2, _LEAST)
    power = 10.0 ** floor(log10(half))
    # half a power where the logarithm of a little less than a power is rounded up to it
    step = max(next(power * n for n in (5, 2, 1, 0.5) if power * n <= half), least_step)
    return tuple(round(n * step, 10) for n in range(ceil(low / step), floor(high / step) + 1))
