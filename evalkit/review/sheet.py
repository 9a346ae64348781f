"""Findings as the rows of a sheet to review, and a reviewed sheet as verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from evalkit.errors import InputError
from evalkit.records.findings import found_and_expected
from evalkit.records.result import Result, place
from evalkit.records.verdict_keys import keys_of
from evalkit.records.verdicts import WORDS, Verdict, Word
from evalkit.review.file import is_key
from evalkit.text.visible import shown

COLUMNS = ("id", "system", "place", "severity", "rule", "found", "expected", "message", "candidate", "reference",
           "source", "verdict", "comment")  # fmt: skip
_KNOWN = {*COLUMNS, "document", "segment", "line", "who"}  # those of a workbook, and one that people fill in, too


class Reviewed(NamedTuple):
    """The verdicts of a sheet, how many of its rows have none, what in it could not be understood, and whether there is
    more of a person's in it: a comment in a row without a verdict, or a column of his own."""

    verdicts: tuple[Verdict, ...]
    open: int
    problems: tuple[str, ...]
    remarked: bool = False


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
                f.message, *(passage.text if passage else "" for passage in passages), judged, f.note,
            )  # fmt: skip


def reviewed(rows: Iterable[tuple[str, Mapping[str, str]]], who: str, where: str) -> Reviewed:
    """The verdicts of rows by column, each with where it stands. Columns are known by their names, in any order.

    A row without a verdict is open, whatever its comment. Raises InputError where no row has the columns.
    """
    found: list[Verdict] = []
    problems: list[str] = []
    unjudged = number = 0
    remarked = False
    for at, row in rows:
        number += 1
        key, said = _cell(row, "id"), _cell(row, "verdict")
        if "id" not in row or "verdict" not in row:
            raise InputError(f"{where}: has no columns `id` and `verdict`; give a file of `evalkit review export`")
        remarked |= any(text.strip() for name, text in row.items() if name not in _KNOWN)
        if not said:
            unjudged += 1
            remarked |= bool(_cell(row, "comment"))
            continue
        word = word_of(said)
        if not is_key(key):
            problems.append(f"{at}: {shown(key)} is no id of a finding")
        elif word is None:
            problems.append(f"{at}: the verdict is {shown(said)}, none of {', '.join(WORDS)}")
        else:
            person = _cell(row, "who") or who
            found.append(Verdict(key, word, _cell(row, "rule"), _cell(row, "found"), _cell(row, "comment"), person))
    if not number:
        raise InputError(f"{where}: holds no finding; give a file of `evalkit review export`")
    return Reviewed(tuple(found), unjudged, tuple(problems), remarked)


def at_one(verdicts: Iterable[Verdict]) -> tuple[tuple[Verdict, ...], tuple[str, ...]]:
    """One verdict for each finding and person, with all comments; and where one person says two things of a finding:
    then it may be two people, of whom one would take the other's place."""
    found: dict[tuple[str, str], Verdict] = {}
    notes: dict[tuple[str, str], dict[str, None]] = {}  # what was said, each once and in its order
    problems = []
    for verdict in verdicts:
        key = (verdict.key, verdict.who)
        known = found.setdefault(key, verdict)
        notes.setdefault(key, {})[verdict.note] = None
        if known.verdict != verdict.verdict:
            person = shown(verdict.who) if verdict.who else "a person without a name"
            problems.append(
                f"{verdict.rule} {shown(verdict.text)} ({verdict.key}) is called {known.verdict} and {verdict.verdict} "
                f"by {person}; correct one, or import each person's sheet by itself with --who NAME"
            )
    joined = (replace(verdict, note="; ".join(filter(None, notes[key]))) for key, verdict in found.items())
    return tuple(joined), tuple(problems)


def word_of(said: str) -> Word | None:
    """The verdict a cell says, None where it says none."""
    small = said.strip().strip(".!").lower()
    return next((word for word in WORDS if word == small), None)


def _cell(row: Mapping[str, str], column: str) -> str:
    return " ".join(row.get(column, "").split())
