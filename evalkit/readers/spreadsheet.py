"""The `spreadsheet` reader: XLSX, XLS and ODS, as a table or cell by cell."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.readers._headers import guessed
from evalkit.readers._rows import Columns, TableRow, texts_from_rows
from evalkit.readers._sides import Cell, Entry, Sheet
from evalkit.records import Bitext, Document, Side
from evalkit.text.workbook import read_sheets

_WIDE = 1 << 16  # code points that a sheet's row is given: a cell holds 32,767 at most


@dataclass(frozen=True)
class SpreadsheetReader:
    """Reads the first visible sheet that has a header with the columns, as the table reader does.

    `sheet` names another; `columns` as for tables. A bilingual sheet without a column `text` is known by its headings;
    other workbooks are read cell by cell: every text is a row, every sheet a document, its id the cell (`B3`). Values
    are those last computed; hidden sheets are left out and said. The line of a finding is the sheet's row, its column
    the place in the cell.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "spreadsheet"
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
    needs: ClassVar[tuple[str, ...]] = ("python_calamine",)
    extra: ClassVar[str] = "office"
    holds: ClassVar[tuple[str, ...]] = ("xl/workbook.xml", "xl/workbook.bin")

    sheet: str = ""
    columns: str = ""
    sides: bool = True

    def read(self, path: str, lang: str) -> tuple[Document, ...] | Bitext:
        """The documents; raises InputError for what is no workbook or has no such sheet or column."""
        return self.read_for(path, lang, "candidate")

    def read_for(self, path: str, lang: str, side: Side) -> tuple[Document, ...] | Bitext:
        """As `read`, of a table given for a side."""
        sheets, hidden = read_sheets(path, self.sheet)
        columns = Columns(self.columns)
        roles = ("reference", "text") if side == "reference" else ("source", "text") if side == "source" else ("text",)
        for _name, rows in sheets:
            header = next((row for row in rows if any(row)), ())
            named = self.columns or any(columns.of(role) in header for role in roles)
            if named or (side == "candidate" and guessed([name.strip() for name in header], lang)):
                return texts_from_rows(
                    _records(path, rows), path, lang, sides=self.sides, columns=self.columns, side=side,
                    lines=array("q", range(0, (len(rows) + 1) * _WIDE, _WIDE)),
                )  # fmt: skip
        return _cells(path, sheets, hidden, lang)


def _records(path: str, rows: Sequence[Sequence[str]]) -> Iterator[TableRow]:
    """The rows under the header, each named as a spreadsheet does."""
    first = next((k for k, row in enumerate(rows) if any(row)), 0)
    header = rows[first] if rows else []
    names = [name.strip() for name in header]
    twice = sorted(name for name, number in Counter(names).items() if name and number > 1)
    if twice:
        raise InputError(f"{path}, row {first + 1}: the column {twice[0]!r} stands twice; rename or remove one")
    for number, row in enumerate(rows[first + 1 :], first + 2):
        if any(cell.strip() for cell in row):
            fields = {name: value for name, value in zip(names, row, strict=False) if name}
            yield TableRow(f"{path}, row {number}", fields, partial(_place, number))


def _place(number: int, _column: str, _value: str) -> tuple[tuple[int, int]]:
    return ((0, (number - 1) * _WIDE),)


def _cells(
    path: str, sheets: Sequence[tuple[str, list[list[str]]]], hidden: Sequence[str], lang: str
) -> tuple[Document, ...]:
    """Every cell that holds letters as a row of its sheet."""
    height = max((len(rows) for _, rows in sheets), default=0)
    made = Sheet(path, lines=array("q", range(0, (height + 1) * _WIDE, _WIDE)))
    for name, rows in sheets:
        document = made.start("1" if len(sheets) == 1 else name)
        made.documents[document] = [
            Entry(f"{_letters(column)}{row}", {"candidate": Cell(text, ((0, (row - 1) * _WIDE),))})
            for row, values in enumerate(rows, 1)
            for column, text in enumerate(values)
            if any(char.isalpha() for char in text)
        ]
        made.notes[document] = ["was read cell by cell, for no column is called `text`: --columns text=COLUMN"]
    if hidden:
        first = next(iter(made.notes.values()), [])
        first.append(f"has hidden sheets that were left out ({', '.join(hidden)})")
    if not any(made.documents.values()):
        more = f"; its hidden sheets ({', '.join(hidden)}) were left out: spreadsheet(sheet=...)" if hidden else ""
        raise InputError(f"{path}: no cell holds text; there is nothing to evaluate{more}")
    return made.bitext(("candidate",), "candidate", {"candidate": lang}).target


def _letters(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
