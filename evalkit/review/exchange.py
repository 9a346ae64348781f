"""Review sheets as files: workbooks, CSV and XLIFF, written and read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records import json as jsonio
from evalkit.records.human import Rating
from evalkit.records.result import Result
from evalkit.records.verdict_keys import keys_of, of_all
from evalkit.review import xliff
from evalkit.review.human import human_of, verdicts_of
from evalkit.review.sheet import COLUMNS, Reviewed, reviewed, rows_of
from evalkit.review.taking import at_one, undecided
from evalkit.text.guarded import guarded, unguarded
from evalkit.text.saved_table import read_saved
from evalkit.text.visible import shown, visible

FORMATS = (".xlsx", ".csv", ".xlf")


def ending_of(path: str | Path) -> str:
    """The format that a file's ending names; ConfigError for any other."""
    ending = Path(path).suffix.lower()
    ending = ".xlf" if ending == ".xliff" else ending
    if ending not in FORMATS:
        raise ConfigError(f"{path}: a review is a file that ends in {', '.join(FORMATS)}")
    return ending


def exported(result: Result, ending: str) -> bytes:
    """The findings of a result to review, as the bytes of a file with one of `FORMATS` as its ending."""
    if ending == ".xlsx":
        renderer: Any = Registry().make("renderer", "xlsx")
        return bytes(renderer.render_file(jsonio.seen(result)))
    if ending == ".xlf":
        return xliff.written(result).encode("utf-8")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(visible(cell)) for cell in row] for row in rows_of(result))
    return text.getvalue().encode("utf-8-sig")


def imported(path: str | Path, who: str = "") -> Reviewed:
    """The verdicts of a reviewed file; `who` is the reviewer where the file does not name one."""
    sheet = xliff.read(path, who) if ending_of(path) == ".xlf" else reviewed(_rows(path), who, str(path))
    verdicts, problems = at_one(sheet.verdicts)
    noted = {(verdict.key, verdict.who, verdict.note) for verdict in sheet.noted}
    sheet = sheet._replace(noted=tuple(v for v in verdicts if (v.key, v.who, v.note) in noted))
    return sheet._replace(verdicts=verdicts, problems=(*sheet.problems, *(f"{path}: {each}" for each in problems)))


def of_ratings(result: Result, ratings: Sequence[Rating], path: str, *, wrong: bool = False) -> Reviewed:
    """What ratings say of the findings of a result; InputError where they are of other texts.

    `wrong`: a finding that stands at no place a person has marked is wrong; else it stays open.
    """
    rated = human_of(result.systems, ratings, (path,)).systems
    if not any(system.ratings for system in rated):
        there = ", ".join(shown(system.name) for system in result.systems)
        named = ", ".join(shown(name) for name in sorted({rating.system for rating in ratings})[:5])
        why = "none of the rated texts" if rated else f"none of the systems {named}"
        raise InputError(f"{path}: the result has {why} (it has {there}); were its lines cut or joined otherwise?")
    found = undecided(verdicts_of(result, ratings, "wrong" if wrong else "open"))
    judged = {of_all(verdict.key) for verdict in found}
    keys = (key for system in result.systems for key in keys_of(system).values())
    return Reviewed(found, sum(key not in judged for key in keys), ())


def _rows(path: str | Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    table = read_saved(str(path), ("id", "verdict"))
    head = table[0][1] if table else []
    for line, row in table[1:]:
        if any(row):
            yield f"{path}:{line}", dict(zip(head, map(unguarded, row), strict=False))
