"""The `documents-tsv` renderer: one row a document, with the scores over all its units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.frames import tables
from evalkit.records.result import Result
from evalkit.renderers._cells import plain, table


@dataclass(frozen=True)
class DocumentsTsvRenderer:
    """System, document, words, whether its alignment is trusted, and a column for each metric.

    Gaps are charged, as in the scope `document`. A name that a spreadsheet would take for a formula gets an apostrophe
    in front.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "documents-tsv"
    suffix: ClassVar[str] = ".tsv"
    claims: ClassVar[bool] = False

    def render(self, result: Result) -> str:
        """Head line and rows; full precision."""
        columns = tables(result)["documents"]
        rows = zip(*columns.values(), strict=True)
        return table([plain(name) for name in columns], ([_cell(value) for value in row] for row in rows))


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value) if isinstance(value, str) else value
