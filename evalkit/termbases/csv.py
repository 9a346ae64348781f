"""The csv format: a table with a header, RFC 4180."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Languages, Termbase
from evalkit.termbases import _tables


@dataclass(frozen=True)
class Csv:
    """A table with a header; the forms of a list stand in one cell, parted by ` | `. Holds everything."""

    kind: ClassVar[str] = "termbase"
    name: ClassVar[str] = "csv"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)

    def read(self, path: str, languages: Languages) -> Termbase:  # noqa: ARG002  one language a file
        """The entries; raises InputError with file and line for every mistake."""
        return _tables.read(path)

    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]:  # noqa: ARG002
        """The columns that are used, one row an entry."""
        return _tables.write(base), ()
