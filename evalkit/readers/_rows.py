"""Documents from the rows of a table, whatever file or data set the rows come from."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from textwrap import shorten
from typing import NamedTuple

from msgspec.structs import replace

from evalkit.errors import ConfigError, InputError, nearest
from evalkit.readers._headers import Guess, guessed
from evalkit.readers._several import further, with_references
from evalkit.readers._sides import Cell, Entry, Sheet
from evalkit.records import Bitext, Document, Side
from evalkit.text.columns import ABSENT, value_of
from evalkit.text.visible import shown

ROLES = ("text", "reference", "source", "doc", "id", "lang", "system")
_TARGETS: dict[Side, tuple[str, ...]] = {
    "candidate": ("text",), "reference": ("reference", "text"), "source": ("source", "text")
}  # fmt: skip
_SIDE_OF: dict[str, Side] = {"text": "candidate", "reference": "reference", "source": "source"}


def _unplaced(_column: str, _value: str) -> Sequence[tuple[int, int]]:
    return ()


class TableRow(NamedTuple):
    """One row with the place it came from; `locate` says where the value of a column stands in the file."""

    where: str
    fields: Mapping[str, object]
    locate: Callable[[str, str], Sequence[tuple[int, int]]] = _unplaced


class Columns:
    """Which column plays which role: by the user's word, or by its name."""

    def __init__(self, given: str) -> None:
        """`given` is `text=COL,reference=COL ...`; raises ConfigError for anything else."""
        self.given: dict[str, str] = {}
        for part in filter(None, (p.strip() for p in given.replace(";", ",").split(","))):
            role, equals, column = (word.strip() for word in part.partition("="))
            if not equals or not column or role not in ROLES:
                known = ", ".join(ROLES)
                raise ConfigError(f"columns: {part!r}: write ROLE=COLUMN (roles: {known}){nearest(role, ROLES)}")
            self.given[role] = column

    def of(self, role: str) -> str:
        """The column of a role; of several references the first."""
        return self.every(role)[0]

    def every(self, role: str) -> list[str]:
        """The columns of a role: references may stand in several (`reference=A|B`)."""
        given = self.given.get(role, role)
        return [column.strip() for column in given.split("|")] if role == "reference" else [given]

    def has(self, role: str, fields: Mapping[str, object]) -> bool:
        """Whether a row has the role's column."""
        return value_of(fields, self.of(role)) is not ABSENT


_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_LONGEST_NAME, _MOST_NAMES = 60, 40  # of columns in a message


class _System:
    """The documents of one system while the rows come in."""

    def __init__(self, path: str, lines: array[int] | None) -> None:
        self.sheet = Sheet(path, lines=lines)
        self.langs: dict[str, str] = {}
        self.seen: dict[str, set[str]] = {}
        self.further: dict[str, list[list[Cell]]] = {}
        self.named: dict[str, type] = {}


def texts_from_rows(
    rows: Iterable[TableRow],
    path: str,
    lang: str,
    *,
    sides: bool,
    columns: str = "",
    side: Side = "candidate",
    lines: array[int] | None = None,
) -> tuple[Document, ...] | Bitext:
    """Documents in the order of their first rows; with `sides` the columns `source` and `reference` are sides too.

    A document's text is its rows joined by newlines; its hash is that of this text. Without a column `doc` all rows are
    one document. Other columns are metadata of the rows. `side` is the one the table is given for: a table of
    references may have them in the column `reference` or `text`. Raises InputError for a missing column, a value that
    is no text, a repeated segment id, or no row.
    """
    table = _Table(path, lang, Columns(columns), side, sides=sides, lines=lines)
    for row in rows:
        table.add(row)
    return table.made()


class _Table:
    def __init__(
        self, path: str, lang: str, columns: Columns, side: Side, *, sides: bool, lines: array[int] | None
    ) -> None:
        self.path, self.lang, self.columns, self.side = path, lang, columns, side
        self._with_sides, self._lines = sides, lines
        self._roles: tuple[str, ...] | None = None
        self._target = "text"
        self._guess: Guess | None = None
        self._used: frozenset[str] = frozenset()
        self._systems: dict[str, _System] = {}

    def _start(self, row: TableRow) -> tuple[str, ...]:
        """The roles that are texts, as the first row shows them."""
        if self.side == "candidate" and not self.columns.given and not self.columns.has("text", row.fields):
            self._guess = guessed(row.fields, self.lang)
            if self._guess:
                self.columns.given = dict(self._guess.columns)
        fields, columns = row.fields, self.columns
        self._target = next((r for r in _TARGETS[self.side] if columns.has(r, fields)), _TARGETS[self.side][-1])
        others = [r for r in ("reference", "source") if self._with_sides and r != self._target]
        stated = [r for r in columns.given if self.side == "candidate" and not columns.has(r, fields)]
        for role in (*stated, self._target):
            if not columns.has(role, fields):
                raise _no_column(row, columns, role)
        texts = (self._target, *(r for r in others if columns.has(r, fields)))
        used = (*texts, "text", "doc", "id", "lang", "system")
        self._used = frozenset(column for role in used for column in columns.every(role))
        return texts

    def add(self, row: TableRow) -> None:
        if self._roles is None:
            self._roles = self._start(row)
        name = self._optional(row, "system") if self.side == "candidate" else ""
        system = self._systems.setdefault(name, _System(self.path, self._lines))
        documents = system.sheet.documents
        given = self._value(row, "doc")
        doc = "1" if given is ABSENT or given is None else self._text(row, "doc")
        if doc not in documents:
            system.sheet.start(doc)
            if self._guess and not documents[doc] and len(documents) == 1:
                system.sheet.notes[doc] = [self._guess.note]
            system.langs.setdefault(doc, self._optional(row, "lang") or self.lang)
            system.seen[doc], system.further[doc] = set(), []
            system.named[doc] = type(given)
        if type(given) is not system.named[doc]:
            raise InputError(
                f"{row.where}: the document {shown(doc)} is named by a text here and by a number elsewhere; "
                "write it alike"
            )
        mine = self._optional(row, "id")
        stated = mine != ""
        mine = mine or str(len(documents[doc]) + 1)
        if mine in system.seen[doc]:
            hint = "" if self.side == "candidate" or not self.columns.given.get("system") else " of one system"
            raise InputError(
                f"{row.where}: the id {shown(mine)} occurs twice in document {shown(doc)}{hint}; make it unique"
            )
        system.seen[doc].add(mine)
        system.sheet.ids = system.sheet.ids and stated
        cells = {self._side_of(role): self._cell(row, role) for role in self._roles}
        documents[doc].append(Entry(mine, cells, self._metadata(row)))
        system.further[doc].append(self._further(row) if "reference" in self._roles else [])

    def _side_of(self, role: str) -> Side:
        return "candidate" if role == self._target else _SIDE_OF[role]

    def _value(self, row: TableRow, role: str) -> object:
        value = value_of(row.fields, self.columns.of(role))
        return value if value is not ABSENT or role in ("doc", "id") else None

    def _cell(self, row: TableRow, role: str) -> Cell:
        text = self._text(row, role)
        return Cell(text, row.locate(self.columns.of(role), text) if self._lines is not None else ())

    def _text(self, row: TableRow, role: str) -> str:
        value = value_of(row.fields, self.columns.of(role))
        if value is ABSENT:
            raise _no_column(row, self.columns, role)
        if isinstance(value, int) and not isinstance(value, bool) and role == "doc":
            return str(value)
        if isinstance(value, (list, tuple)) and value and (role == "reference" or len(value) == 1):
            value = value[0]  # the others are further references
        return _text_of(row, self.columns.of(role), value)

    def _further(self, row: TableRow) -> list[Cell]:
        """The references of a row after the first: the rest of a list, and other columns."""
        found: list[Cell] = []
        for number, column in enumerate(self.columns.every("reference")):
            value = value_of(row.fields, column)
            if value is ABSENT:
                raise _no_column(row, self.columns, "reference", column)
            listed = list(value) if isinstance(value, (list, tuple)) else [value]
            for text in listed[number == 0 :]:
                plain = _text_of(row, column, text)
                found.append(Cell(plain, row.locate(column, plain) if self._lines is not None else ()))
        return found

    def _optional(self, row: TableRow, role: str) -> str:
        """A text or whole number of a column that need not be there, empty where there is none."""
        value = self._value(row, role)
        if value is ABSENT or value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise InputError(f"{row.where}: {self.columns.of(role)!r} is {shown(value)}, no text and no whole number")
        return _plain(row, self.columns.of(role), str(value))

    def _metadata(self, row: TableRow) -> dict[str, str]:
        """The plain values of the other columns, as text."""
        return {
            _plain(row, "a column's name", str(name)): _plain(row, str(name), str(value))
            for name, value in row.fields.items()
            if isinstance(value, (str, int, float)) and name not in self._used
        }

    def made(self) -> tuple[Document, ...] | Bitext:
        if not self._systems or self._roles is None:
            raise InputError(f"{self.path}: the table has no rows; there is nothing to evaluate")
        sides = tuple(self._side_of(role) for role in self._roles)
        columns, own = self.columns.every("reference"), self._target == "reference"
        found = [
            (name, with_references(self._bitext(system, sides), further(system.sheet, system.further), columns, own))
            for name, system in self._systems.items()
        ]
        if len(found) == 1:
            only = found[0][1]
            return only if len(sides) > 1 or only.references else only.target
        first, *more = (replace(bitext, name=name) for name, bitext in found)
        return replace(first, more=tuple(more))

    def _bitext(self, system: _System, sides: Sequence[Side]) -> Bitext:
        spoken: dict[Side, str] = {"source": self._guess.source_lang} if self._guess else {}
        made = system.sheet.bitext(sides, "candidate", spoken)
        target, reference = (
            tuple(_in_language(d, system.langs[d.id]) for d in documents) for documents in (made.target, made.reference)
        )
        return Bitext(target, source=made.source, reference=reference)


def _text_of(row: TableRow, column: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"{row.where}: {column!r} is {shown(value)}, not a text")
    return _plain(row, column, value)


def _plain(row: TableRow, column: str, value: str) -> str:
    """The text, if every character of it is one; NUL and lone surrogates are not."""
    if not value.isprintable() and (bad := _NO_CHARACTER.search(value)):
        what = "NUL" if bad.group() == "\0" else "a lone surrogate"
        raise InputError(f"{row.where}: {shown(column)[1:-1]} has {what} at character {bad.start()}; remove it")
    return value


def _in_language(document: Document, lang: str) -> Document:
    return replace(document, lang=lang)


def _no_column(row: TableRow, columns: Columns, role: str, column: str = "") -> InputError:
    known = [shorten(str(name), _LONGEST_NAME) for name in islice(row.fields, _MOST_NAMES)]
    more = ", ..." if len(row.fields) > _MOST_NAMES else ""
    column = column or columns.of(role)
    said = f" ({role} of --columns)" if role in columns.given else ""
    how = "name one that is there" if said else f"say which one it is, for example --columns {role}=COLUMN"
    return InputError(
        f"{row.where}: no column {column!r}{said} (columns: {', '.join(known)}{more}){nearest(column, known)}; {how}; "
        "a table has in every row the same columns"
    )
