"""Pearmut's annotations: a JSON object for each task a person has handed in, one a line or in one list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evalkit.errors import InputError
from evalkit.records.entries import Severity
from evalkit.records.human import MarkedError, Rating
from evalkit.text.visible import shown

# What Pearmut counts as one place is a UTF-16 unit; line ends and these tags are none.
_NO_PLACE = re.compile(r"</?(?:br|strong|b|i|p|em|h1|h2|h3)>|\n")
_NUMBERED = re.compile(r"(?:system )*\d+")  # a system's name that is a number has `system ` before it there
_WIDE = 0xFFFF  # characters above take two UTF-16 units
# Tasks that teach or test the person; they say nothing of a system.
_NO_TASK = ("welcome_", "random_", "goodbye_")
_RESET = "__RESET__"  # all that the person has said of the task before is taken back
_SEVERITIES: dict[str, Severity] = {
    "neutral": "neutral", "minor": "minor", "major": "major", "critical": "critical", "undecided": "minor",
}  # fmt: skip


def read(text: str, path: str) -> Iterator[Rating]:
    """The ratings of the annotations; of one task and person what was handed in last."""
    latest: dict[tuple[str, str, str], tuple[int, Mapping[str, Any]]] = {}
    for number, (campaign, entry) in enumerate(_entries(text, path), 1):
        task = (campaign, str(entry.get("user_id", "")), str(entry.get("item_i", "")))
        if entry.get("annotation") == _RESET:
            latest.pop(task, None)
        elif not task[2].startswith(_NO_TASK):
            latest[task] = (number, entry)
    for (_, who, place), (number, entry) in latest.items():
        yield from _ratings(entry, who, place, f"{path}: annotation {number}")


def _entries(text: str, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for campaign, entry in _decoded(text, path):
        if not isinstance(entry, Mapping) or "annotation" not in entry:
            raise InputError(f"{path}: holds something else than annotations of Pearmut (`annotation`, `item`)")
        yield campaign, entry


def _decoded(text: str, path: str) -> list[tuple[str, Any]]:
    """The objects of a file, each with its campaign where that is told: one a line, a list of them, or a list for each
    campaign."""
    try:
        try:
            whole = json.loads(text)
        except json.JSONDecodeError:
            return [("", json.loads(line)) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as problem:  # a number of 5,000 digits is no error of JSON
        raise InputError(f"{path}: is no JSON ({problem}); give the annotations that Pearmut downloads") from None
    if isinstance(whole, Mapping) and "annotation" not in whole:
        return [(name, each) for name, of in whole.items() for each in (of if isinstance(of, list) else [None])]
    return [("", each) for each in (whole if isinstance(whole, list) else [whole])]


def _ratings(entry: Mapping[str, Any], who: str, task: str, where: str) -> Iterator[Rating]:
    said, items = entry.get("annotation"), entry.get("item")
    said, items = ([each] if isinstance(each, Mapping) else each for each in (said, items))
    if not isinstance(said, list) or not isinstance(items, list) or len(said) != len(items):
        raise InputError(f"{where}: its texts (`item`) are not there; download the annotations with a newer Pearmut")
    for place, (item, by_system) in enumerate(zip(items, said, strict=True)):
        if by_system is None:  # an item that the person has passed over
            continue
        targets = item.get("tgt") if isinstance(item, Mapping) else None
        if not isinstance(by_system, Mapping) or not isinstance(targets, Mapping):
            raise InputError(f"{where}: holds something else than annotated translations")
        shown_spans = item.get("error_spans")
        for system, given in by_system.items():
            target = targets.get(system)
            if isinstance(target, str) and isinstance(given, Mapping) and "error_spans" in given:
                proposed = shown_spans.get(system) if isinstance(shown_spans, Mapping) else None
                name = system.removeprefix("system ") if _NUMBERED.fullmatch(system) else system
                yield Rating(
                    name, str(item.get("item_id", f"{task}/{place}")), who, target,
                    tuple(_errors(given.get("error_spans") or (), target, where)), str(item.get("src", "")),
                    None if proposed is None else tuple((e.start, e.end) for e in _errors(proposed, target, where)),
                )  # fmt: skip


def _errors(spans: Any, target: str, where: str) -> Iterator[MarkedError]:
    starts = _starts(target)
    if not isinstance(spans, Sequence) or not all(isinstance(span, Mapping) for span in spans):
        raise InputError(f"{where}: holds something else than marked places (`error_spans`)")
    for span in spans:
        severity = _SEVERITIES.get(str(span.get("severity") or "minor").lower())
        if severity is None:
            raise InputError(f"{where}: the severity is {shown(str(span.get('severity')))}, none of neutral, minor, "
                             "major, critical")  # fmt: skip
        begin, end = span.get("start_i"), span.get("end_i")
        is_place = isinstance(begin, int) and isinstance(end, int) and 0 <= begin <= end < len(starts) - 1
        first, last = (starts[begin], starts[end + 1]) if is_place else (0, 0)  # else: something that is missing
        yield MarkedError("candidate", first, last, str(span.get("category") or "Unspecified"), severity)


def _starts(target: str) -> list[int]:
    """The character at which each of Pearmut's places starts, and at the end the length of the text."""
    free = {at for found in _NO_PLACE.finditer(target) for at in range(*found.span())}
    starts = [
        at for at, char in enumerate(target) if at not in free for _ in range(2 if ord(char) > _WIDE else 1)
    ]  # fmt: skip
    return [*starts, len(target)]
