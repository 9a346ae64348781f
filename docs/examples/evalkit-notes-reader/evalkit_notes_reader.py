"""A file of both sides with notes, and a rule that looks at a note: a limit of length."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.records import Bitext, Context, Document, Finding, Row, Rule, Unit
from evalkit.records.findings import finding

LIMIT = Rule(
    id="note-max-length",
    category="conventions",
    mqm="design/length",
    severity="major",
    summary="A text is longer than its note allows.",
    example="[Press the button]",
)


@dataclass(frozen=True)
class NotesReader:
    """Reads rows `id | source | target | max=N`; the last field may be empty."""

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "notes"
    suffixes: ClassVar[tuple[str, ...]] = (".notes",)

    def read(self, path: str, lang: str) -> Bitext:
        """One document of each side; the note stands in the rows' metadata."""
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            raise InputError(f"{path}: cannot be read ({problem})") from None
        rows = [[field.strip() for field in line.split("|")] for line in lines]
        wrong = next((number for number, row in enumerate(rows, 1) if len(row) != 4), None)
        if wrong is not None or not rows:
            raise InputError(f"{path}:{wrong or 1}: write `id | source | target | max=N`")
        return Bitext((_document(path, rows, 2, lang),), source=(_document(path, rows, 1, ""),))


def _document(path: str, table: list[list[str]], column: int, lang: str) -> Document:
    rows, start = [], 0
    for row in table:
        note = row[3].removeprefix("max=")
        rows.append(Row(row[0], start, start + len(row[column]), {"max": note} if note else {}))
        start += len(row[column]) + 1
    text = "\n".join(row[column] for row in table)
    return Document("1", path, text, hashlib.sha256(text.encode()).hexdigest(), lang, tuple(rows))


@dataclass(frozen=True)
class NoteMaxLength:
    """Finds texts longer than `max` of their row allows; rows without one may have `usual` characters."""

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "note-max-length"
    rules: ClassVar[tuple[Rule, ...]] = (LIMIT,)

    usual: int = 10_000

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """A finding for every segment over its limit."""
        for unit in units:
            for segment in unit.candidate.segments if unit.candidate else ():
                row = context.documents[segment.document].row_at(segment.start)
                limit = int(row.metadata.get("max", self.usual)) if row else self.usual
                size = len(segment.text)
                if size > limit:
                    message = f"{size} characters where {limit} are allowed"
                    yield finding(LIMIT, self.name, unit, segment, 0, size, message)
