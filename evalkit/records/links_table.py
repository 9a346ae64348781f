"""The alignment file: links as a table that a person can correct and any command takes back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from evalkit.errors import InputError, all_problems
from evalkit.records import Segment

HEADER = ("system", "document", "link", "confidence", "candidate", "reference", "candidate_text", "reference_text")
_NEEDED = ("document", "candidate", "reference")


class LinkRow(Struct, frozen=True):
    """One row: keys of the segments of both sides, and the confidence, 1 where the cell is empty."""

    line: int
    system: str
    document: str
    candidate: tuple[str, ...]
    reference: tuple[str, ...]
    confidence: float


def segment_key(segment: Segment) -> str:
    """The segment's id with a hash of its text; ids hold no `#` of their own after the last one."""
    return keyed(segment.id, segment.text)


def keyed(identity: str, text: str) -> str:
    """The key of a segment by its id and text."""
    return f"{identity.replace(' ', '%20')}#{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def read_links(path: str | Path) -> list[LinkRow]:
    """The rows of an alignment file: with tabs, or as a spreadsheet has saved it (CSV, XLSX, ODS).

    Every problem of the file is reported at once, with its line.
    """
    from evalkit.text.saved_table import read_saved  # not for those who only write one

    table = read_saved(str(path), HEADER)
    header = table[0][1] if table else []
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise InputError(f"{path}:1: no column {missing[0]!r}; an alignment file starts with: {' '.join(HEADER)}")
    rows, problems = [], []
    for number, row in table[1:]:
        if not any(row):
            continue
        cells = dict(zip(header, row, strict=False))
        confidence = cells.get("confidence", "") or "1"
        try:
            value = float(confidence.replace(",", "."))
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            problems.append(f"{path}:{number}: the confidence {confidence!r} is no number from 0 to 1")
            continue
        rows.append(
            LinkRow(
                number,
                cells.get("system", ""),
                cells.get("document", ""),
                tuple(cells.get("candidate", "").split()),
                tuple(cells.get("reference", "").split()),
                value,
            )
        )
    if problems:
        raise InputError(all_problems(f"{path} is not a valid alignment file", problems))
    return rows


def indices(path: str, rows: Sequence[LinkRow], segments: Sequence[Segment], side: str) -> dict[str, int]:
    """Positions of the segments by key; refuses changed texts, segments named twice and segments missing."""
    known = {segment_key(s): i for i, s in enumerate(segments)}
    by_id = {key.rpartition("#")[0]: key for key in known}
    seen: dict[str, int] = {}
    problems = []
    for row in rows:
        for key in row.candidate if side == "candidate" else row.reference:
            identity = key.rpartition("#")[0]
            if key not in known and identity in by_id:
                problems.append(
                    f"{path}:{row.line}: the text of {side} segment {identity} has changed since; align again"
                )
            elif key not in known:
                problems.append(f"{path}:{row.line}: {side} has no segment {key}")
            elif key in seen:
                problems.append(f"{path}:{row.line}: {side} segment {identity} stands already in line {seen[key]}")
            seen.setdefault(key, row.line)
    absent = [key.rpartition("#")[0] for key in known if key not in seen]
    if absent and not problems:
        problems.append(
            f"{path}: {side} segment {absent[0]} is in no row ({len(absent)} in all); give it a row of its own"
        )
    if problems:
        raise InputError(all_problems(f"{path} does not fit the texts", problems[:20]))
    return known
