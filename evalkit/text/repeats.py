"""What a sheet of an OpenDocument workbook comes to once its repeated rows and columns are written out, counted without
writing them out: a row that is said to stand there a million times takes no room in the file."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat

_MOST_DIGITS = 9  # of a number of repetitions: no sheet has as many rows or columns


class Spread(NamedTuple):
    """The largest sheet's cells, from its first to the last that holds something, and the most characters of one."""

    cells: int
    characters: int


def spread(content: bytes) -> Spread:
    """Counted as far as the XML can be read: what is wrong with it the library tells. No entity is expanded."""
    counter = _Counter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.text
    parser.StartDoctypeDeclHandler = counter.declared
    with suppress(expat.ExpatError, _DeclaredError):
        parser.Parse(content, True)
    return Spread(counter.cells, counter.characters)


class _DeclaredError(Exception):
    """Entities may be declared: read no further."""


class _Counter:
    def __init__(self) -> None:
        self.cells = self.characters = 0
        self._sheet = [0, 0, 0, 0]  # rows so far, the last with something and the last such column, characters
        self._row = [0, 0, 0]  # columns so far, the last with something, characters
        self._rows = self._columns = 1
        self._cell: list[int] | None = None  # characters, and whether it holds something
        self._note = 0

    def declared(self, *_: object) -> None:
        raise _DeclaredError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if kind == "table":
            self._sheet = [0, 0, 0, 0]
        elif kind == "table-row":
            self._row, self._rows = [0, 0, 0], _number(given, "number-rows-repeated")
        elif kind in ("table-cell", "covered-table-cell"):
            self._columns = _number(given, "number-columns-repeated")
            self._cell = [len(given.get("string-value", "")), int("value-type" in given)]
        elif kind == "annotation":
            self._note += 1
        elif kind == "s":  # spaces
            self._add(_number(given, "c"))

    def text(self, characters: str) -> None:
        self._add(len(characters))

    def _add(self, characters: int) -> None:
        if self._cell is not None and not self._note:
            self._cell[0] += characters

    def end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind == "annotation":
            self._note -= 1
        elif kind in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._row[0] += self._columns
            if self._cell[1]:
                self._row[1] = self._row[0]
                self._row[2] += self._cell[0] * self._columns
            self._cell = None
        elif kind == "table-row":
            self._end_of_row()

    def _end_of_row(self) -> None:
        self._sheet[0] += self._rows
        _, last, characters = self._row
        if last:
            self._sheet[1:] = (
                self._sheet[0], max(self._sheet[2], last), self._sheet[3] + characters * self._rows,
            )  # fmt: skip
            self.cells = max(self.cells, self._sheet[1] * self._sheet[2])
            self.characters = max(self.characters, self._sheet[3])


def _number(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1").strip()
    return int(said[:_MOST_DIGITS]) if said.isascii() and said.isdecimal() else 1
