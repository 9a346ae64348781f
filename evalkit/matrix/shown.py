"""What pages are made of: headings, sentences and tables of cells that know nothing of a format."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from evalkit.matrix.overview import Cell, Row


class Shown(Struct, frozen=True):
    """A cell of a table. `strong`: in the first cluster; `shade` from 0 (the best of its row) to 5; `link` is a page
    beside the overview; `value` is the number that `text` writes out, `low` and `high` its interval."""

    text: str
    strong: bool = False
    shade: int | None = None
    link: str = ""
    soft: bool = False
    value: float | None = None
    low: float | None = None
    high: float | None = None


class Table(Struct, frozen=True):
    """Of the columns the first `texts` hold words, the others numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    texts: int = 1


class Section(Struct, frozen=True):
    """A part of a page. `figures` are drawings of our own making, as SVG, for pages that can show them."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def number(value: float | None, *, strong: bool = False, soft: bool = False) -> Shown:
    """A number with two decimals, a dash where there is none."""
    return Shown("–", soft=True) if value is None else Shown(f"{value:.2f}", strong, soft=soft, value=value)


def count(many: int, noun: str) -> str:
    """How many of what, in words."""
    return f"{many:,} {noun}{'s' * (many != 1)}"


def row_name(row: Row) -> Shown:
    """The name of a row, with the way to its report where there is one."""
    made = any(cell.status in ("scored", "untrusted") for cell in row.cells)
    return Shown(f"{row.id}{' (stale)' if row.stale else ''}", link=f"{row.folder}/report.html" if made else "")


def status(cell: Cell) -> str:
    """Why a cell has no score."""
    return {"untrusted": "not trusted", "scored": "–"}.get(cell.status, cell.status)


def gap(row: Row, metric: str, cell: Cell, better: str) -> float:
    """How far a cell is behind the best of its row, in points; 0 where it has no score."""
    if metric not in cell.scores:
        return 0.0
    known = [other.scores[metric] for other in row.cells if metric in other.scores]
    return (max(known) - cell.scores[metric]) if better != "lower" else cell.scores[metric] - min(known)


def mean_of(rows: Sequence[Row], metric: str, system: str) -> float | None:
    """A system's mean over rows, None where it lacks one of them."""
    found = [row.cell(system).scores.get(metric) for row in rows]
    known = [value for value in found if value is not None]
    return math.fsum(known) / len(known) if known and len(known) == len(found) else None
