"""Findings as the rows of a sheet to review, and a reviewed sheet as verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from evalkit.errors import InputError
from evalkit.records.findings import found_and_expected
from evalkit.records.result import Result, place
from evalkit.records.verdict_keys import keys_of, mark_of
from evalkit.records.verdicts import WORDS, Verdict, Word
from evalkit.review.file import is_key
from evalkit.text.visible import shown

COLUMNS = ("id", "system", "place", "severity", "rule", "found", "expected", "message", "candidate", "reference",
           "source", "stood", "verdict", "comment")  # fmt: skip
_KNOWN = {*COLUMNS, "document", "segment", "line", "who"}  # those of a workbook, and one that people fill in, too


class Reviewed(NamedTuple):
    """The verdicts of a sheet, how many of its rows have none, what in it could not be understood, and whether there is
    more of a person's in it: a comment in a row without a verdict, or a column of his own.

    `stood` are the verdicts that were in it at its export, and `noted` those with a comment that was. `marked`: whether
    the sheet can tell.
    """

    verdicts: tuple[Verdict, ...]
    open: int
    problems: tuple[str, ...]
    remarked: bool = False
    stood: tuple[Verdict, ...] = ()
    noted: tuple[Verdict, ...] = ()
    marked: bool = True


def made(
    given: Sequence[tuple[Verdict, str]], unjudged: int, problems: Sequence[str], *, remarked: bool, marked: bool
) -> Reviewed:
    """The sheet of verdicts, each with the mark of what was in its row at the export."""
    stood = tuple(v for v, mark in given if mark and mark == mark_of(v.verdict, v.note))
    said = tuple((v, mark) for v, mark in given if not mark or mark != mark_of(v.verdict, v.note))
    noted = tuple(v for v, mark in said if v.note and mark.split()[1:] == mark_of("", v.note).split()[1:])
    return Reviewed(tuple(v for v, _ in said), unjudged, tuple(problems), remarked, stood, noted, marked)


def rows_of(result: Result) -> Iterator[tuple[str, ...]]:
    """One row for each finding, those judged wrong too, in the order of the result; texts as they are."""
    for system in result.systems:
        units, keys = {unit.id: unit for unit in system.units}, keys_of(system)
        for f in (*system.findings, *system.judged_wrong):
            unit = units.get(f.unit)
            reference = (unit.references or (None,))[0] if unit else None
            passages = (unit.candidate, reference, unit.source) if unit else (None, None, None)
            judged = f.verdict if f.verdict in WORDS else ""
            yield (
                keys[f.id], system.name, place(f, system, result), f.severity, f.rule, *found_and_expected(f),
                f.message, *(passage.text if passage else "" for passage in passages),
                mark_of(judged, f.note), judged, f.note,
            )  # fmt: skip


def reviewed(rows: Iterable[tuple[str, Mapping[str, str]]], who: str, where: str) -> Reviewed:
    """The verdicts of rows by column, each with where it stands. Columns are known by their names, in any order.

    A row without a verdict is open, whatever its comment. Raises InputError where no row has the columns.
    """
    found: list[tuple[Verdict, str]] = []
    problems: list[str] = []
    unjudged = number = 0
    remarked, marked = False, True
    for at, row in rows:
        number += 1
        key, said, mark = (_cell(row, column) for column in ("id", "verdict", "stood"))
        marked = (
            "stood" in row or "candidate" not in row
        )  # the page's own file has none, and what its reader says alone
        if "id" not in row or "verdict" not in row:
            raise InputError(f"{where}: has no columns `id` and `verdict`; give a file of `evalkit review export`")
        remarked |= any(text.strip() for name, text in row.items() if name not in _KNOWN)
        if not said:
            unjudged += 1
            comment = _cell(row, "comment")
            remarked |= bool(comment) and mark != mark_of("", comment)
            continue
        word = word_of(said)
        if not is_key(key):
            problems.append(f"{at}: {shown(key)} is no id of a finding")
        elif word is None:
            problems.append(f"{at}: the verdict is {shown(said)}, none of {', '.join(WORDS)}")
        else:
            person = _cell(row, "who")  # who names himself says it, whatever stood there
            verdict = Verdict(key, word, _cell(row, "rule"), _cell(row, "found"), _cell(row, "comment"), person or who)
            found.append((verdict, "" if person else mark))
    if not number:
        raise InputError(f"{where}: holds no finding; give a file of `evalkit review export`")
    return made(found, unjudged, problems, remarked=remarked, marked=marked)


def word_of(said: str) -> Word | None:
    """The verdict a cell says, None where it says none."""
    small = said.strip().strip(".!").lower()
    return next((word for word in WORDS if word == small), None)


def _cell(row: Mapping[str, str], column: str) -> str:
    return " ".join(row.get(column, "").split())
