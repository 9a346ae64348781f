"""Notes on the units of an XLIFF file, set into its text, all else of which stays as it is; and taken out again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evalkit.text.xml import escaped

_OWNER = "evalkit"
# Comments and CDATA are passed over; elements that say where a note may stand.
_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?P<end>/?)(?P<space>(?:[\w.-]{1,60}:)?)"
    r"(?P<name>trans-unit|unit|alt-trans|source|seg-source|target|notes|originalData|segment|ignorable)\b"
    r"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?(?P<empty>/?)>",
    re.DOTALL,
)
_OURS = re.compile(
    rf"<(?P<space>(?:[\w.-]{{1,60}}:)?)note (?:from=\"{_OWNER}\" annotates|category=\"{_OWNER}\" appliesTo)=\"target\">"
    r"[^<]*</(?P=space)note>"
)
_EMPTY = re.compile(r"<(?P<space>(?:[\w.-]{1,60}:)?)notes></(?P=space)notes>")


class Note(NamedTuple):
    """What is said of the unit that the character `at` of the file stands in."""

    at: int
    text: str


class _Unit(NamedTuple):
    start: int
    end: int
    place: int  # where its notes go
    space: str  # the prefix of its elements
    new: bool  # whether the notes need an element around them
    said: str  # the attributes of a note


def noted(text: str, notes: Iterable[Note]) -> tuple[str, int]:
    """The file with the notes, and how many have no unit to stand in; each note says its words once a unit."""
    units = list(_units(text))
    starts = [unit.start for unit in units]
    told: dict[int, dict[str, None]] = {}
    left = 0
    for note in notes:
        number = bisect_right(starts, note.at) - 1
        if number < 0 or note.at >= units[number].end:
            left += 1
            continue
        told.setdefault(number, {})[note.text] = None
    pieces, last = [], 0
    for number in sorted(told, key=lambda n: units[n].place):
        unit = units[number]
        space = unit.space
        made = "".join(f"<{space}note {unit.said}>{escaped(said)}</{space}note>" for said in told[number])
        pieces += [text[last : unit.place], f"<{space}notes>{made}</{space}notes>" if unit.new else made]
        last = unit.place
    return "".join((*pieces, text[last:])), left


def without_notes(text: str) -> str:
    """The file as it was before `noted`."""
    bare = _OURS.sub("", text)
    return bare if bare == text else _EMPTY.sub("", bare)


def _units(text: str) -> Iterator[_Unit]:
    start = after = notes = first = -1
    aside = False  # inside alternatives, whose texts are not those of the unit
    for tag in _TAG.finditer(text):
        name, ends = tag["name"], bool(tag["end"])
        if name == "alt-trans" and not tag["empty"]:
            aside = not ends
        elif name in ("trans-unit", "unit") and not ends:
            start, after, notes, first = tag.start(), -1, -1, -1
        elif start < 0 or aside or name is None:
            continue
        elif name in ("trans-unit", "unit"):
            unit = _unit(name, tag["space"], (start, tag.end()), after, notes, first)
            if unit is not None:
                yield unit
            start = -1
        elif name in ("source", "seg-source", "target") and (ends or tag["empty"]):
            after = tag.end()
        elif name == "notes" and ends and notes < 0:
            notes = tag.start()
        elif name in ("originalData", "segment", "ignorable") and not ends and first < 0:
            first = tag.start()


def _unit(name: str, space: str, span: tuple[int, int], after: int, notes: int, first: int) -> _Unit | None:
    """A unit with the place of its notes: after its texts; in XLIFF 2 in its `notes`, or new ones before its data."""
    if name == "trans-unit":
        return _Unit(*span, after, space, False, f'from="{_OWNER}" annotates="target"') if after >= 0 else None
    said = f'category="{_OWNER}" appliesTo="target"'
    if notes >= 0 and (first < 0 or notes < first):
        return _Unit(*span, notes, space, False, said)
    return _Unit(*span, first, space, True, said) if first >= 0 else None
