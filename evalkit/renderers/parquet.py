"""The `parquet` renderer: one of the result's tables for programs, its texts as they are."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.frames import arrow_table
from evalkit.records.result import Result
from evalkit.renderers._chosen import check_table, chosen


@dataclass(frozen=True)
class ParquetRenderer:
    """`table` is `findings`, `units`, `documents`, `scores` or `alignment`: of itself what the command was after."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "parquet"
    suffix: ClassVar[str] = ".parquet"

    table: str = ""

    def __post_init__(self) -> None:
        check_table(self.name, self.table)

    def render(self, result: Result) -> str:
        """The file's bytes as base64, for whoever can pass on text alone; `render_file` gives them as they are."""
        return base64.b64encode(self.render_file(result)).decode("ascii") + "\n"

    def render_file(self, result: Result) -> bytes:
        """The file's bytes; raises MissingExtraError where pyarrow is not installed."""
        _, columns = chosen(result, self.table)
        table = arrow_table(columns)
        import pyarrow.parquet as pq

        made = io.BytesIO()
        pq.write_table(table, made, compression="zstd")
        return made.getvalue()
