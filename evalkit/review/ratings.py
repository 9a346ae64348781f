"""Ratings of people read: the tables of Google's MQM releases, and Pearmut's annotations."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from evalkit.errors import InputError, all_problems
from evalkit.records.entries import Severity
from evalkit.records.human import MarkedError, Rating
from evalkit.review import pearmut
from evalkit.text import cells
from evalkit.text.files import read_text
from evalkit.text.visible import shown

ENDINGS = (".tsv", ".jsonl", ".json")
# Other names of the columns that are in use.
_ALIASES = {
    "globalsegid": "seg_id", "segment": "seg_id", "seg": "seg_id", "segment_id": "seg_id", "sys": "system",
    "annotator": "rater", "rater_id": "rater",
}  # fmt: skip
_NEEDED = ("system", "seg_id", "rater", "target", "category", "severity")
_SEVERITIES: dict[str, Severity] = {
    "neutral": "neutral", "minor": "minor", "major": "major", "critical": "critical",
}  # fmt: skip
_NONE = ("no-error", "no error")
# What is no fault of the translation, and errors planted to see whether raters look.
_NO_FAULT = ("source issue", "source error", "accuracy/creative reinterpretation", "creative reinterpretation")
_PLANTED = "hotw-test"
_OURS = "evalkit"  # the rater in a table that evalkit has written: no person
_MARK = re.compile(r"</?v>", re.IGNORECASE)


def is_ratings(path: str | Path) -> bool:
    """Whether a file's ending is that of ratings, not of a review sheet."""
    return Path(path).suffix.lower() in ENDINGS


def read(path: str | Path) -> tuple[Rating, ...]:
    """The ratings of a file; raises InputError, for its first problems, where it has none or cannot be understood."""
    text = read_text(path).removeprefix("\ufeff")
    ratings = tuple(_google(text, str(path)) if Path(path).suffix.lower() == ".tsv" else pearmut.read(text, str(path)))
    if not ratings:
        raise InputError(f"{path}: holds no rating by a person")
    return ratings


def _google(text: str, path: str) -> list[Rating]:
    rows = cells.rows(text, delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        table = [(line, [cell.strip() for cell in row]) for line, row in rows if any(cell.strip() for cell in row)]
    except csv.Error as problem:
        raise InputError(f"{path}: not a table ({problem})") from None
    head = [_ALIASES.get(cell.lower(), cell.lower()) for cell in table[0][1]] if table else []
    if "seg_id" not in head:  # a segment may be counted in its document alone
        head = ["seg_id" if column == "docsegid" else column for column in head]
    if missing := [column for column in _NEEDED if column not in head]:
        raise InputError(
            f"{path}: is no table of Google's MQM (it lacks {', '.join(missing)}); give such a table (.tsv), "
            "Pearmut's annotations (.jsonl, .json), or a reviewed sheet (.xlsx, .csv, .xlf)"
        )
    found: dict[tuple[str, str, str], Rating] = {}
    problems: list[str] = []
    for line, row in table[1:]:
        if len(row) != len(head):
            problems.append(f"{path}:{line}: {len(row)} columns, where the header has {len(head)}")
            continue
        named = dict(zip(head, row, strict=True))
        severity = named["severity"].lower()
        if severity == _PLANTED or named["rater"] == _OURS:
            continue
        if severity not in (*_SEVERITIES, *_NONE):
            problems.append(f"{path}:{line}: the severity is {shown(named['severity'])}, none of "
                            f"{', '.join((*_SEVERITIES, _NONE[0]))}")  # fmt: skip
            continue
        _add(found, named, severity)
    if problems:
        raise InputError(all_problems(f"{path}: ratings that cannot be used", problems))
    return list(found.values())


def _add(found: dict[tuple[str, str, str], Rating], row: dict[str, str], severity: str) -> None:
    """The row's error, added to what its rater has said of the segment so far."""
    from msgspec.structs import replace

    segment = f"{row.get('doc', '')}\t{row.get('doc_id', '') or row.get('docsegid', '')}\t{row['seg_id']}"
    candidate, source = _MARK.sub("", row["target"]), _MARK.sub("", row.get("source", ""))
    given = Rating(row["system"], segment, row["rater"], candidate, source=source)
    key = (given.system, given.segment, given.rater)
    known = found.get(key, given)
    errors = () if severity in _NONE or row["category"].lower().startswith((*_NONE, *_NO_FAULT)) else tuple(
        _errors(row, _SEVERITIES[severity])
    )  # fmt: skip
    found[key] = replace(known, errors=(*known.errors, *errors))


def _errors(row: dict[str, str], severity: Severity) -> Iterator[MarkedError]:
    """One error; a segment that is no translation at all has the worst severity, as Google's weights have it."""
    worst = row["category"].lower().startswith("non-translation") and severity == "major"
    for side, text in (("candidate", row["target"]), ("source", row.get("source", ""))):
        begin = text.lower().find("<v>")
        if begin >= 0:
            rest = _MARK.split(text[begin:])
            start = len(_MARK.sub("", text[:begin]))
            end = start + len(rest[1] if len(rest) > 1 else "")
            yield MarkedError(side, start, end, row["category"], "critical" if worst else severity)
            return
    yield MarkedError("candidate", 0, 0, row["category"], "critical" if worst else severity)
