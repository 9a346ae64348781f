"""Which parts of a reference, in order, a system renders: the data of the coverage map."""

from __future__ import annotations

from typing import Literal, NamedTuple

from evalkit.records.result import ReferenceRecord, Result, SystemRecord
from evalkit.text.words import count_words

State = Literal["paired", "moved", "omitted"]
SIGNS: dict[State, str] = {"paired": "█", "moved": "▒", "omitted": "·"}


class Stretch(NamedTuple):
    """Consecutive parts of the reference in one state; places from 0 to 1 by words."""

    start: float
    end: float
    state: State


def mapped(result: Result) -> tuple[tuple[SystemRecord, ...], ReferenceRecord | None]:
    """The systems the map can show, and the reference it shows: the first with segments."""
    reference = next((ref for ref in result.references if ref.segments), None)
    gaps = any(unit.link in ("omitted", "added", "moved") for s in result.systems for unit in s.units)
    lines = all(s.scope == "corpus" for system in result.systems for s in system.scores)
    if reference is None or (lines and not gaps):
        return (), reference
    return tuple(s for s in result.systems if s.units), reference


def stretches(system: SystemRecord, reference: ReferenceRecord, bins: int) -> list[Stretch]:
    """The map of one system in at most `bins` equal parts, each in the state of most of its words."""
    states = _states(system, reference.name)
    weights = [max(1, count_words(segment.text)) for segment in reference.segments]
    total = sum(weights)
    tally: list[dict[State, float]] = [dict.fromkeys(SIGNS, 0.0) for _ in range(bins)]
    at = 0
    for segment, weight in zip(reference.segments, weights, strict=True):
        _spread(tally, at * bins / total, (at + weight) * bins / total, states.get(segment.id, "omitted"))
        at += weight
    merged: list[Stretch] = []
    for place, cell in enumerate(tally):
        state = max(SIGNS, key=lambda s, cell=cell: (round(cell[s], 9), s == "omitted"))  # type: ignore[misc]
        if merged and merged[-1].state == state:
            merged[-1] = merged[-1]._replace(end=(place + 1) / bins)
        else:
            merged.append(Stretch(place / bins, (place + 1) / bins, state))
    return merged


def strip(system: SystemRecord, reference: ReferenceRecord, bins: int = 60) -> str:
    """The map of one system as a line of signs."""
    return "".join(
        SIGNS[s.state] * (round(s.end * bins) - round(s.start * bins)) for s in stretches(system, reference, bins)
    )


def _states(system: SystemRecord, reference: str) -> dict[str, State]:
    states: dict[str, State] = {}
    for unit in system.units:
        state: State = "moved" if unit.link == "moved" else "paired" if unit.candidate else "omitted"
        for passage in unit.references or ():
            if passage.reference == reference:
                states.update(dict.fromkeys(passage.segments, state))
    return states


def _spread(tally: list[dict[State, float]], start: float, end: float, state: State) -> None:
    """Adds a segment's share to every bin it touches."""
    for place in range(int(start), min(len(tally), int(end) + 1)):
        tally[place][state] += max(0.0, min(end, place + 1) - max(start, place))
