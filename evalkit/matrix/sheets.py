"""The overview as a workbook: a sheet for each table, numbers as numbers, so that they can be sorted and counted on."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from evalkit.errors import MissingExtraError
from evalkit.matrix.overview import Overview
from evalkit.matrix.shown import Section, Shown, Table
from evalkit.matrix.tables import sections
from evalkit.text.visible import visible

_HEAT = ("", "#fdf3ea", "#fbe4cf", "#f8d2b0", "#f4bd8e", "#efa66b")  # those of the page
_LONGEST_NAME = 31  # characters of a sheet's name that Excel opens
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WIDTH = 18  # columns, in characters: the name of a set, a score with its interval
_LONGEST = 32_000  # a cell holds 32,767 characters


def workbook(overview: Overview) -> bytes:
    """The workbook's bytes, the same for the same overview. Raises MissingExtraError without XlsxWriter."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("XlsxWriter", "office", "overview.xlsx") from None
    import datetime

    made = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": _text(overview.name), "created": datetime.datetime(2000, 1, 1)})
        formats = _Formats(book)
        taken: set[str] = set()
        parts = sections(overview)
        for section in parts:
            if section.table is not None:
                _sheet(book.add_worksheet(_name(section.heading, taken)), section, section.table, formats)
        about = book.add_worksheet(_name("About", taken))
        about.set_column(0, 0, 100)
        said = [line for part in parts if part.table is None for line in (part.heading, *part.sentences, *part.notes)]
        for number, line in enumerate([*said, f"Made by evalkit {overview.evalkit}."]):
            about.write_string(number, 0, _text(line))
    return made.getvalue()


class _Formats:
    """A book's formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book, self._made = book, dict[tuple[bool, bool, int], Any]()

    def of(self, cell: Shown) -> Any:
        key = (cell.strong, cell.soft, cell.shade or 0)
        if key not in self._made:
            look = {"bold": cell.strong, "num_format": "0.00" if cell.value is not None else "General"}
            look |= {"font_color": "#595959"} if cell.soft else {}
            look |= {"bg_color": _HEAT[cell.shade]} if cell.shade else {}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _sheet(sheet: Any, section: Section, table: Table, formats: _Formats) -> None:
    """A table; where values have intervals, these stand in columns of their own to the right of it."""
    bold = formats.of(Shown("", strong=True))
    wide = [column for column in range(len(table.head)) if any(row[column].low is not None for row in table.rows)]
    ends = [f"{table.head[column]}: {end}" for column in wide for end in ("low", "high")]
    for column, head in enumerate((*table.head, *ends)):
        sheet.write_string(0, column, _text(head), bold)
    for number, row in enumerate(table.rows, 1):
        bounds = [Shown("", soft=True, value=end) for column in wide for end in (row[column].low, row[column].high)]
        _row(sheet, number, (*row, *bounds), formats)
    sheet.set_column(0, len(table.head) + len(ends) - 1, _WIDTH)
    sheet.freeze_panes(1, table.texts)
    for number, line in enumerate((*section.sentences, *section.notes), len(table.rows) + 2):
        sheet.write_string(number, 0, _text(line))


def _row(sheet: Any, number: int, row: Sequence[Shown], formats: _Formats) -> None:
    for column, cell in enumerate(row):
        if cell.value is not None:
            sheet.write_number(number, column, cell.value, formats.of(cell))
        elif cell.text:
            sheet.write_string(number, column, _text(cell.text), formats.of(cell))


def _name(heading: str, taken: set[str]) -> str:
    """A sheet's name as Excel takes it, no two the same whatever their case."""
    plain = " ".join(_FORBIDDEN.sub(" ", visible(heading)).split())[:_LONGEST_NAME].strip() or "table"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name


def _text(value: str) -> str:
    return visible(value)[:_LONGEST]
