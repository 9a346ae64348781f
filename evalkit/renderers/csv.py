"""The `csv` renderer: one of the result's tables with commas, for a spreadsheet or a script."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.result import Result
from evalkit.renderers._cells import plain
from evalkit.renderers._chosen import check_table, chosen


@dataclass(frozen=True)
class CsvRenderer:
    """`table` is `findings`, `units`, `documents`, `scores` or `alignment`: of itself what the command was after.

    Full precision, quoted as RFC 4180 has it. A text that a spreadsheet would take for a formula gets an apostrophe in
    front. `excel=yes` puts a byte order mark in front and parts by semicolons, which Excel wants in much of Europe.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "csv"
    suffix: ClassVar[str] = ".csv"

    table: str = ""
    excel: bool = False

    def __post_init__(self) -> None:
        check_table(self.name, self.table)

    def render(self, result: Result) -> str:
        """Head line and rows; line ends and tabs in a text are shown as signs."""
        _, columns = chosen(result, self.table)
        made = io.StringIO()
        writer = csv.writer(made, delimiter=";" if self.excel else ",", lineterminator="\n")
        writer.writerow([plain(name) for name in columns])
        writer.writerows([_cell(value) for value in row] for row in zip(*columns.values(), strict=True))
        return ("\N{ZERO WIDTH NO-BREAK SPACE}" if self.excel else "") + made.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value) if isinstance(value, str) else "" if value is None else repr(value)
