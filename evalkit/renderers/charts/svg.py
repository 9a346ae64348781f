"""Charts drawn as SVG: plain shapes and words, no script, no style, no id; the same bytes on every machine."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from evalkit.renderers.charts.base import ACCENT, INK, RULE, SOFT, Bar, Chart, Dot, Line, Mark, Note, Panel, Plot, Said
from evalkit.renderers.charts.base import Tick as TickMark

_SIZE, _SMALL = 12, 11  # of a panel's title; of labels and notes
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # one width everywhere: the drawing leaves room for it
_GAP = 6  # between a label and its row
_AXIS = 22  # room for the ticks and their numbers
_AXIS_TITLE = 16  # pixels: one line of the figure's type
_TITLE = 20  # room for a panel's title
_SPACE = 28  # between panels
_LEGEND = 26  # pixels: one line of keys with the space above
# Widths of the characters from space to ~ in thousandths of the size, as Helvetica and its metric twins have them.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
_OTHER, _WIDE = 667, 1000  # any other letter; one of a script whose letters fill a square


def text_width(text: str, size: int = _SMALL) -> float:
    """How wide a line of text will be, in pixels; of letters beyond ASCII rather too much than too little."""
    return sum(map(_width, text)) * size / 1000


def _width(char: str) -> int:
    if " " <= char <= "~":
        return _WIDTHS[ord(char) - 32]
    if unicodedata.combining(char):
        return 0
    return _WIDE if unicodedata.east_asian_width(char) in "WF" else _OTHER


def panel_svg(panel: Panel, title: str, beside: Sequence[Panel] = ()) -> str:
    """One panel for the page, which adds its title: marks carry their number as `data-mark`; its axis begins where
    those of the panels beside it do."""
    left = _left([panel, *beside])
    width, height = _size(panel.plot, left)
    body = "".join(_plot(panel.plot, left, 0, numbered=True))
    return _whole(width, height, f"{title}: {panel.title}" if panel.title else title, body, role="group")


def chart_svg(chart: Chart) -> str:
    """All panels of a chart with its title and legend, on white; two beside each other where none is wide."""
    left = _left(chart.panels)
    columns = 1 if any(panel.wide for panel in chart.panels) else 2
    parts = [_text(0, 16, chart.title, size=13, bold=True)]
    top, wide = 34.0, text_width(chart.title, 13) * 1.1
    for start in range(0, len(chart.panels), columns):
        row = chart.panels[start : start + columns]
        titled = _TITLE if any(panel.title for panel in row) else 0
        x = 0.0
        for panel in row:
            if panel.title:
                parts.append(_text(x, top + 12, panel.title, size=_SIZE, bold=True))
            parts += _plot(panel.plot, x + left, top + titled)
            x += max(_size(panel.plot, left)[0], text_width(panel.title, _SIZE) * 1.1) + _SPACE
        wide = max(wide, x - _SPACE)
        top += titled + max(_size(panel.plot, left)[1] for panel in row) + _SPACE / 2
    legend, end = _legend(chart.legend, top)
    parts += legend
    width, height = max(wide, end) + 24, top + (_LEGEND if chart.legend else 0) + 12
    ground = f'<rect width="{_n(width)}" height="{_n(height)}" fill="white"/>'
    return _whole(width, height, chart.title, f'{ground}<g transform="translate(12,8)">{"".join(parts)}</g>')


def _whole(width: float, height: float, name: str, body: str, role: str = "img") -> str:
    size = f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}"'
    font = f'font-family="{_FONT}" font-size="{_SMALL}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="{role}" aria-label={_quoted(name)} {font}>{body}</svg>'
    )


def _left(panels: Sequence[Panel]) -> float:
    """Room for the longest label, the same in all panels, so that their axes stand in one line."""
    return max((text_width(row) for panel in panels for row in panel.plot.rows), default=0.0) + _GAP + 2


def _size(plot: Plot, left: float) -> tuple[float, float]:
    below = _AXIS + (_AXIS_TITLE if plot.axis_title else 0)
    return left + plot.width + 12, len(plot.rows) * plot.row_height + below


def _plot(plot: Plot, left: float, top: float, *, numbered: bool = False) -> Iterator[str]:
    """Labels, axis and marks; the left end of the axis at `left`."""
    bottom = top + len(plot.rows) * plot.row_height
    scale = plot.width / ((plot.high - plot.low) or 1.0)

    def x(value: float) -> float:
        return left + (value - plot.low) * scale

    for at in plot.ticks:
        if plot.grid:
            yield f'<line x1="{_n(x(at))}" y1="{_n(top)}" x2="{_n(x(at))}" y2="{_n(bottom)}" stroke="{RULE}"/>'
        yield f'<line x1="{_n(x(at))}" y1="{_n(bottom)}" x2="{_n(x(at))}" y2="{_n(bottom + 4)}" stroke="{SOFT}"/>'
    for at, shown in zip(plot.ticks, _numbers(plot.ticks), strict=True):
        yield _text(x(at), bottom + 15, shown, anchor="middle")
    end = left + plot.width
    yield f'<line x1="{_n(left)}" y1="{_n(bottom)}" x2="{_n(end)}" y2="{_n(bottom)}" stroke="{SOFT}"/>'
    if plot.axis_title:
        yield _text(left + plot.width / 2, bottom + _AXIS + 10, plot.axis_title, anchor="middle", colour=SOFT)
    for number, row in enumerate(plot.rows):
        yield _text(left - _GAP, top + (number + 0.5) * plot.row_height + 4, row, anchor="end")
    if plot.zero:
        line = f'x1="{_n(x(0))}" y1="{_n(top)}" x2="{_n(x(0))}" y2="{_n(bottom)}"'
        yield f'<line {line} stroke="{ACCENT}" stroke-dasharray="4 3"/>'
    for mark in plot.marks:
        middle = top + (mark.row + 0.5) * plot.row_height
        yield _mark(mark, x, middle, plot.row_height, end, numbered=numbered)


def _mark(mark: Mark, x: Callable[[float], float], middle: float, height: int, end: float, *, numbered: bool) -> str:
    match mark:
        case Bar():
            tall = mark.band * height
            box = f'x="{_n(x(mark.start))}" y="{_n(middle - tall / 2)}" width="{_n(x(mark.end) - x(mark.start))}"'
            look = f'fill="{mark.colour}" stroke="{mark.stroke}" stroke-width="{_n(mark.stroke_width)}"'
            return f'<rect {box} height="{_n(tall)}" {look}{_says(mark.says, numbered)}/>'
        case Line():
            ends = f'x1="{_n(x(mark.start))}" y1="{_n(middle)}" x2="{_n(x(mark.end))}" y2="{_n(middle)}"'
            return f'<line {ends} stroke="{mark.colour}" stroke-width="{_n(mark.width)}"/>'
        case Dot():
            return f'<circle cx="{_n(x(mark.at))}" cy="{_n(middle)}" r="4.3" fill="{INK}"{_says(mark.says, numbered)}/>'
        case TickMark():
            ends = f'x1="{_n(x(mark.at))}" y1="{_n(middle - 6.5)}" x2="{_n(x(mark.at))}" y2="{_n(middle + 6.5)}"'
            return f'<line {ends} stroke="{INK}" stroke-width="3"/>'
        case Note():
            if mark.at is None:
                return _text(end, middle + 4, mark.text, anchor="end", colour=mark.colour)
            return _text(x(mark.at) + 4, middle + 4, mark.text, colour=mark.colour)


def _says(said: Said | None, numbered: bool) -> str:
    """The words of a mark for a screen reader, and on the page its number."""
    if said is None:
        return ""
    number = f' data-mark="{said.number}"' if numbered else ""
    return f'{number} role="graphics-symbol" aria-roledescription="mark" aria-label={_quoted(said.text)}'


def _legend(entries: Sequence[tuple[str, str]], top: float) -> tuple[list[str], float]:
    """A row of squares with their words, and where it ends."""
    parts, x = [], 0.0
    for label, colour in entries:
        look = f'fill="{colour}" stroke="{INK}" stroke-width="0.6"'
        parts.append(f'<rect x="{_n(x)}" y="{_n(top + 2)}" width="10" height="10" {look}/>')
        parts.append(_text(x + 15, top + 11, label))
        x += 15 + text_width(label) + 18
    return parts, x


def _text(
    x: float, y: float, text: str, *, anchor: str = "", size: int = _SMALL, bold: bool = False, colour: str = INK
) -> str:
    more = f' text-anchor="{anchor}"' if anchor else ""
    more += f' font-size="{size}"' if size != _SMALL else ""
    more += ' font-weight="bold"' if bold else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" fill="{colour}"{more}>{escape(text)}</text>'


def _numbers(ticks: Sequence[float]) -> list[str]:
    """The numbers of an axis with as many decimals as they need, all the same."""
    places = next((p for p in range(10) if all(round(t, p) == t for t in ticks)), 9)
    return [f"{t:,.{places}f}".replace("-", "−") for t in ticks]


def _n(value: float) -> str:
    """A length in hundredths of a pixel, without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _quoted(text: str) -> str:
    return quoteattr(text, {"\n": " ", "\t": " "})
