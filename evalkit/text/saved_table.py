"""Tables as people save them: text with commas, semicolons or tabs, or a workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from pathlib import Path

from evalkit.errors import InputError
from evalkit.text import cells
from evalkit.text.files import read_text
from evalkit.text.workbook import ENDINGS, read_sheets

Rows = list[tuple[int, list[str]]]  # the line each row begins at, from 1, and its cells


def read_saved(path: str, wanted: Collection[str]) -> Rows:
    """The rows of a table, the header first; of a workbook those of the visible sheet that has most of the
    columns wanted. Raises InputError for what is no table."""
    if Path(path).suffix.lower() in ENDINGS:
        return _of_workbook(path, wanted)
    text = read_text(path)
    made: Rows = []
    line = 1
    try:
        for ends, row in cells.rows(text, strict=True, delimiter=delimiter_of(text)):
            made.append((line, [cell.strip() for cell in row]))
            line = ends + 1
    except csv.Error as problem:
        raise InputError(f"{path}:{line}: not a valid table: {problem}; check the quotation marks") from None
    return made


def _of_workbook(path: str, wanted: Collection[str]) -> Rows:
    best: Rows = []
    most = 0
    for _name, rows in read_sheets(path, "")[0]:
        made = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, 1) if any(row)]
        there = len(set(wanted).intersection(made[0][1])) if made else 0
        if there > most:
            best, most = made, there
    if not best:
        raise InputError(f"{path}: no sheet has in its first row any of the columns: {', '.join(wanted)}")
    return best


def delimiter_of(text: str) -> str:
    """What parts the cells of the first line: a comma, or the semicolon or tab that spreadsheets write."""
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return max(",;\t", key=lambda sign: (first.count(sign), sign == ","))
