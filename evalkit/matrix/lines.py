"""Trends drawn: a small chart for each set, a line for each system, intervals as upright strokes.

A line is never drawn across a change of the measure: there it breaks, and a dashed upright says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from msgspec import Struct

from evalkit.matrix.history import Value
from evalkit.text.visible import visible

_WIDTH, _HEIGHT = 460, 220  # two charts beside each other fit a page, one a phone
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 130, 26, 34  # room for the values, the systems' names, the title, the labels
_LINE = 13  # from one name to the next: closer they run into each other
_COLOURS = 8  # that can be told apart; the names stand at the lines' ends besides
_NAME = 16  # characters of a system's name beside its line, all of it in what is said when pointed at
_LABEL = 9  # characters of a label below the axis
_PAD = 0.08  # of the range, above and below it, so that no line runs along the frame


class Track(Struct, frozen=True):
    """A system's values by label, and the labels from which on they are another measure."""

    name: str
    values: Mapping[str, Value]
    changed: frozenset[str]


def chart(title: str, tracks: Sequence[Track], labels: Sequence[str]) -> str:
    """A drawing as SVG whose colours the page's style gives; every word in it is made harmless."""
    known = [value for track in tracks for label in labels if (value := track.values.get(label))]
    ends = [end for v in known for end in (v.value, v.low, v.high) if end is not None]
    scale = _Scale(min(ends), max(ends), len(labels))
    said = f"{title}: {', '.join(track.name for track in tracks)}; labels {', '.join(labels)}"
    parts = [
        f'<svg class="trend" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        f'aria-label="{_text(said)}">',
        f'<text class="title" x="{_LEFT}" y="15">{_text(_short(title, 60))}</text>',
        *_axes(labels, scale),
        *_changes(tracks, labels, scale),
    ]
    for number, track in enumerate(tracks):
        parts += [f'<g class="c{number % _COLOURS}">', *_track(track, labels, scale), "</g>"]
    return "\n".join([*parts, *_names(tracks, labels, scale), "</svg>"])


class _Scale:
    """Where a label and a value stand."""

    def __init__(self, low: float, high: float, labels: int) -> None:
        room = (high - low) * _PAD or 1.0
        self.low, self.high, self._last = low - room, high + room, max(labels - 1, 1)
        self._alone = labels == 1

    def x(self, place: int) -> float:
        width = _WIDTH - _LEFT - _RIGHT
        return _LEFT + (width / 2 if self._alone else 8 + place * (width - 16) / self._last)

    def y(self, value: float) -> float:
        return _TOP + (self.high - value) / (self.high - self.low) * (_HEIGHT - _TOP - _BOTTOM)


def _axes(labels: Sequence[str], scale: _Scale) -> Iterator[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    yield f'<path class="rule" d="M{_LEFT} {_TOP}V{bottom}H{right}"/>'
    for value in (scale.low, (scale.low + scale.high) / 2, scale.high):
        yield f'<text class="tick end" x="{_LEFT - 5}" y="{scale.y(value) + 4:.1f}">{value:.2f}</text>'
    step = -(-len(labels) // 6)  # six names fit below one another's ends
    for place, label in enumerate(labels):
        yield f'<path class="rule" d="M{scale.x(place):.1f} {bottom}v4"/>'
        if (len(labels) - 1 - place) % step == 0:
            shown = _text(_short(label, _LABEL))
            yield f'<text class="tick mid" x="{scale.x(place):.1f}" y="{bottom + 17}">{shown}</text>'


def _changes(tracks: Sequence[Track], labels: Sequence[str], scale: _Scale) -> Iterator[str]:
    """An upright between two labels where a system's values are another measure from the second on."""
    for place, label in enumerate(labels):
        names = ", ".join(track.name for track in tracks if label in track.changed)
        if names:
            x = scale.x(place) - 7
            yield f'<g class="change"><title>{_text(f"{label}: another measure for {names}")}</title>'
            yield f'<path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/><text x="{x:.1f}" y="{_TOP - 1}">†</text></g>'


def _track(track: Track, labels: Sequence[str], scale: _Scale) -> Iterator[str]:
    points = [(place, label, track.values[label]) for place, label in enumerate(labels) if label in track.values]
    for (first, _, one), (second, label, other) in pairwise(points):
        if label not in track.changed:
            d = f"M{scale.x(first):.1f} {scale.y(one.value):.1f}L{scale.x(second):.1f} {scale.y(other.value):.1f}"
            yield f'<path class="{"line" if second == first + 1 else "line gap"}" d="{d}"/>'
    for place, label, value in points:
        x, said = scale.x(place), f"{track.name}, {label}: {value.value:.2f}"
        if value.low is not None and value.high is not None:
            yield f'<path class="bar" d="M{x:.1f} {scale.y(value.low):.1f}V{scale.y(value.high):.1f}"/>'
            said += f" [{value.low:.2f}, {value.high:.2f}]"
        yield f'<circle cx="{x:.1f}" cy="{scale.y(value.value):.1f}" r="3"><title>{_text(said)}</title></circle>'


def _names(tracks: Sequence[Track], labels: Sequence[str], scale: _Scale) -> Iterator[str]:
    """The systems' names beside the last values, moved apart where they would lie over each other; those for which
    there is no room are told when a point is pointed at."""
    ends = []
    for number, track in enumerate(tracks):
        last = [track.values[label].value for label in labels if label in track.values][-1:]
        ends += [(scale.y(value), number, track.name) for value in last]
    lowest = float(_TOP)
    for y, number, name in sorted(ends):
        lowest = max(lowest, y)
        if lowest > _HEIGHT - _LINE:
            return
        shown = f"<title>{_text(name)}</title>{_text(_short(name, _NAME))}"
        yield f'<text class="name c{number % _COLOURS}" x="{_WIDTH - _RIGHT + 6}" y="{lowest + 4:.1f}">{shown}</text>'
        lowest += _LINE


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _text(text: str) -> str:
    return escape(visible(text))
