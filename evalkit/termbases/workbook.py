"""The workbook format: a table with a header, as `csv` has it, in the first sheet with a column `term` or `name`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import ConfigError
from evalkit.records import Languages, Termbase
from evalkit.termbases import _tables


@dataclass(frozen=True)
class Workbook:
    """XLSX, XLS and ODS, which are read alone: a list is written as `csv`, which every spreadsheet opens."""

    kind: ClassVar[str] = "termbase"
    name: ClassVar[str] = "workbook"
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx", ".xlsm", ".xls", ".ods")
    only_read: ClassVar[bool] = True

    def read(self, path: str, languages: Languages) -> Termbase:  # noqa: ARG002  one language a file
        """The entries; raises InputError with file and row for every mistake."""
        return _tables.read(path)

    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]:  # noqa: ARG002
        """Raises ConfigError: nothing is written."""
        raise ConfigError("workbooks are only read; write .csv, which every spreadsheet opens")
