"""What describes the work, and goes to whoever does it."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from evalkit.records.config import RunConfig

FileKind = Literal["lines", "jsonl", "tsv", "parquet"]


class Span(Struct, frozen=True):
    """Rows of one file: the `rows` that follow `skip` others from `start` on, which is a byte, or a row group of a
    Parquet file. `row` is the number in the file of the row at `start`, from 0."""

    path: str
    kind: FileKind
    start: int
    skip: int
    rows: int
    row: int
    header: tuple[str, ...] = ()


class Column(Struct, frozen=True):
    """A text of every row: of which source, and its column there (of lines there is one)."""

    source: int
    column: str = ""


class Shard(Struct, frozen=True):
    """So many rows of all sources, from row `first` on (from 0); `spans` has those of each source."""

    number: int
    first: int
    rows: int
    spans: tuple[tuple[Span, ...], ...]


class Work(Struct, frozen=True):
    """One task: a shard, who stands in which column, and how to count.

    `document` is the column that names documents, where there is one; `block` the number of lines that are added up
    where there is none. `checked` are columns that must be the same on every row. `rows_file` is where the rows go.
    """

    shard: Shard
    systems: tuple[Column, ...]
    references: tuple[Column, ...]
    names: tuple[str, ...]
    document: Column | None
    block: int
    checked: tuple[tuple[Column, ...], ...]
    metrics: tuple[Any, ...]
    lang: str
    plugins: tuple[str, ...]
    rows_file: str = ""


class CheckWork(Work, frozen=True, kw_only=True):
    """A task of looking for findings: with the settings, whose lists of terms and names every worker reads in
    `folder`, the names of the references, and the column of the source, where there is one."""

    config: RunConfig
    folder: str
    sides: tuple[str, ...] = ()
    source: Column | None = None


class Failed(Struct, frozen=True):
    """Why a shard could not be counted."""

    message: str
