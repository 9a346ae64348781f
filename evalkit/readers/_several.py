"""Several references of a table's rows: of several columns, or lists in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from evalkit.readers._sides import NOTHING, Cell, Sheet
from evalkit.records import Bitext, Document

References = tuple[tuple[str, tuple[Document, ...]], ...]


def further(sheet: Sheet, cells: Mapping[str, Sequence[Sequence[Cell]]]) -> list[tuple[Document, ...]]:
    """The documents of the second reference and those after it; `cells` are those of each row, by document. A row that
    has fewer than others has an empty text there, which counts as none."""
    number = max((len(row) for rows in cells.values() for row in rows), default=0)
    made = []
    for k in range(number):
        mine = Sheet(sheet.path, lines=sheet.lines)
        mine.ids = sheet.ids
        for name, entries in sheet.documents.items():
            texts = [row[k] if k < len(row) else NOTHING for row in cells[name]]
            pairs = zip(entries, texts, strict=True)
            mine.documents[name] = [entry._replace(cells={"candidate": text}) for entry, text in pairs]
        made.append(mine.bitext(("candidate",), "candidate", {}).target)
    return made


def with_references(bitext: Bitext, more: Sequence[tuple[Document, ...]], names: Sequence[str], own: bool) -> Bitext:
    """The bitext with all its references, named after their columns or numbered; `own`: the first is its target."""
    if not more:
        return bitext
    every = (bitext.target if own else bitext.reference, *more)
    called = names if len(names) == len(every) else [f"reference-{k}" for k in range(1, len(every) + 1)]
    languages = {document.id: document.lang for document in every[0]}
    named = (tuple(replace(d, lang=languages[d.id]) for d in documents) for documents in every)
    return replace(bitext, references=tuple(zip(called, named, strict=True)))
