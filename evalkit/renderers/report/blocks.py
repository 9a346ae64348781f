"""A report as plain blocks. What a report says is decided once; Markdown and HTML only write it down.

All text in blocks is raw: the writers escape it, so no author of a section can forget to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evalkit.renderers._text import label, shorten

Style = Literal["", "strong", "code", "mark"]


@dataclass(frozen=True)
class Piece:
    """A run of text. `id` names its place, `target` is the id it leads to, `title` a hint. No data in ids."""

    text: str
    style: Style = ""
    title: str = ""
    id: str = ""
    target: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `cut`: it speaks of a list cut short, and is untrue where a reader can see all of it."""

    line: Line
    cut: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[Line, ...]


@dataclass(frozen=True)
class Cell:
    """A table cell; `span` counts the columns it takes."""

    line: Line
    span: int = 1


@dataclass(frozen=True)
class Table:
    """A table; `numeric` says which columns hold numbers and are set flush right."""

    head: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    pair: bool = False  # two texts side by side


@dataclass(frozen=True)
class Figure:
    name: str
    caption: str


Block = Heading | Paragraph | Bullets | Table | Figure


def line(*parts: str | Piece) -> Line:
    """A line from texts and pieces."""
    return tuple(Piece(part) if isinstance(part, str) else part for part in parts)


def text(*parts: str | Piece) -> Paragraph:
    """A paragraph from texts and pieces."""
    return Paragraph(line(*parts))


def cell(*parts: str | Piece, span: int = 1) -> Cell:
    """A table cell from texts and pieces."""
    return Cell(line(*parts), span)


def name(of: str) -> Piece:
    """The name of a system, reference or rule, cut in the middle where it is very long."""
    return Piece(label(of, 80), "code")


def setting(of: str) -> Piece:
    """A signature or setting, whole unless no reader could want it."""
    return Piece(shorten(of, 4000), "code")
