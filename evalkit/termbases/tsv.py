"""The tsv format: a table with a header, cells parted by tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Languages, Termbase
from evalkit.termbases import _tables


@dataclass(frozen=True)
class Tsv:
    """As `csv`, with cells parted by tabs."""

    kind: ClassVar[str] = "termbase"
    name: ClassVar[str] = "tsv"
    suffixes: ClassVar[tuple[str, ...]] = (".tsv",)

    def read(self, path: str, languages: Languages) -> Termbase:  # noqa: ARG002  one language a file
        """The entries; raises InputError with file and line for every mistake."""
        return _tables.read(path)

    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]:  # noqa: ARG002
        """The columns that are used, one row an entry."""
        return _tables.write(base, delimiter="\t"), ()
