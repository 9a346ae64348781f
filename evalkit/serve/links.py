"""The links of a text while a person corrects them: rows of segments, moved, split and joined; a draft is one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeVar

from msgspec import Struct

from evalkit.records import Segment
from evalkit.records.links_table import HEADER, segment_key
from evalkit.records.result import Result, UnitRecord
from evalkit.serve.forms import FormError
from evalkit.text.visible import visible

MOST = 400  # rows that can be worked through on a page; more are a matter of the table `evalkit align` writes
INSTEAD = (
    "Instead, write them with `evalkit align TEXT -r REFERENCE -f tsv -o links.tsv`, correct that table, and give it "
    "to `evalkit score` or `evalkit check` with `--alignment links.tsv`; in evalkit.toml: "
    'align = { name = "file", path = "links.tsv" }.'
)
_DRAFT = re.compile(r"(?:[\d,]*:[\d,]*)(?:;[\d,]*:[\d,]*)*", re.ASCII)
_OLD = "The texts have changed since this page was made. Reload it."


class Row(Struct, frozen=True):
    """The segments of both sides that belong together, by their numbers; one side may be empty."""

    candidate: tuple[int, ...] = ()
    reference: tuple[int, ...] = ()


Rows = tuple[Row, ...]
Item = TypeVar("Item", Segment, UnitRecord)


class Part(Struct, frozen=True):
    """What is worked through on one page: a document of a system, by their places in the result."""

    system: int = 0
    document: str = ""


def parts_of(result: Result) -> list[Part]:
    """The documents of all systems, in their order."""
    return [Part(n, document.id) for n, system in enumerate(result.systems) for document in system.documents]


def why_not(result: Result, part: Part) -> str:
    """Why the links of a document cannot be corrected here; empty where they can."""
    if len(result.references) != 1:
        return f"Links can be corrected here where texts are held against one reference. {INSTEAD}"
    if part not in parts_of(result):
        return "There is no such text."
    system = result.systems[part.system]
    if not system.segments or any(score.scope == "corpus" for score in system.scores):
        return "These texts are paired as their file gives it; there is nothing to correct."
    if len(rows_of(result, part)) > MOST:
        return f"Links can be corrected here in a document of at most {MOST} rows. {INSTEAD}"
    return ""


class Texts(Struct, frozen=True):
    """What a document has: the segments of both sides, and its units."""

    mine: list[Segment]
    theirs: list[Segment]
    units: list[UnitRecord]


def segments_of(result: Result, part: Part) -> tuple[list[Segment], list[Segment]]:
    """The segments of both sides of a document."""
    sides = result.systems[part.system].segments, result.references[0].segments
    mine, theirs = ([segment for segment in side if segment.document == part.document] for side in sides)
    return mine, theirs


def _texts(result: Result, part: Part) -> Texts:
    units = [unit for unit in result.systems[part.system].units if unit.document == part.document]
    return Texts(*segments_of(result, part), units)


def _all_texts(result: Result) -> Iterator[tuple[Part, Texts]]:
    """Every document with what it has: each side is gone through once, not once for each document."""
    theirs = _by_document(result.references[0].segments)
    for number, system in enumerate(result.systems):
        mine, units = _by_document(system.segments), _by_document(system.units)
        for document in system.documents:
            of = document.id
            yield Part(number, of), Texts(mine.get(of, []), theirs.get(of, []), units.get(of, []))


def _by_document(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.document, []).append(item)
    return found


def rows_of(result: Result, part: Part) -> Rows:
    """The rows of a document, in their order."""
    return _rows(_texts(result, part))


def _rows(texts: Texts) -> Rows:
    mine, theirs = ({segment.id: n for n, segment in enumerate(side)} for side in (texts.mine, texts.theirs))
    made = []
    for unit in texts.units:
        left = tuple(mine[i] for i in unit.candidate.segments) if unit.candidate else ()
        right = tuple(theirs[i] for passage in (unit.references or ())[:1] for i in passage.segments)
        made.append(Row(left, right))
    return tuple(made)


def written(rows: Rows) -> str:
    """The rows as a draft: `0,1:0;2:1`."""
    return ";".join(f"{_numbers(row.candidate)}:{_numbers(row.reference)}" for row in rows)


def _numbers(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def read(draft: str, result: Result, part: Part) -> Rows:
    """The rows of a draft; FormError unless it has every segment of the document exactly once."""
    if not _DRAFT.fullmatch(draft):
        raise FormError(_OLD)
    rows = []
    for pair in draft.split(";"):
        left, _, right = pair.partition(":")
        rows.append(Row(_read(left), _read(right)))
    mine = sorted(number for row in rows for number in row.candidate)
    theirs = sorted(number for row in rows for number in row.reference)
    known = segments_of(result, part)
    if mine != list(range(len(known[0]))) or theirs != list(range(len(known[1]))):
        raise FormError(_OLD)
    return tuple(rows)


def _read(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number and len(number) < 8)


def changed(rows: Rows, op: str) -> tuple[Rows, int]:
    """The rows after one step, and the row to look at: `join:3`, `split:3`, `move:c:5:2` (segment 5 to row 2)."""
    found = re.fullmatch(r"(?:(join|split):(\d{1,5})|move:([cr]):(\d{1,7}):(\d{1,5}))", op, re.ASCII)
    if not found:
        raise FormError(_OLD)
    what, at, side, segment, to = found.groups()
    if what == "join":
        return _joined(rows, int(at))
    if what == "split":
        return _split(rows, int(at))
    return _moved(rows, "candidate" if side == "c" else "reference", int(segment), int(to))


def _joined(rows: Rows, at: int) -> tuple[Rows, int]:
    if at + 1 >= len(rows):
        return rows, max(0, len(rows) - 1)
    one, two = rows[at], rows[at + 1]
    row = Row(tuple(sorted(one.candidate + two.candidate)), tuple(sorted(one.reference + two.reference)))
    return (*rows[:at], row, *rows[at + 2 :]), at


def _split(rows: Rows, at: int) -> tuple[Rows, int]:
    """Each segment beside the one at the same place on the other side; where one side is shorter, the rest alone."""
    if at >= len(rows):
        return rows, max(0, len(rows) - 1)
    row = rows[at]
    if len(row.candidate) <= 1 and len(row.reference) <= 1:
        parts = [Row(candidate=row.candidate), Row(reference=row.reference)]
    else:
        parts = [Row((c,) if c is not None else (), (r,) if r is not None else ())
                 for c, r in zip_longest(row.candidate, row.reference)]  # fmt: skip
    return (*rows[:at], *(part for part in parts if part.candidate or part.reference), *rows[at + 1 :]), at


def _moved(rows: Rows, side: str, segment: int, to: int) -> tuple[Rows, int]:
    """A segment in another row; a row that has nothing left goes."""
    made: list[Row] = []
    place = 0
    for number, row in enumerate(rows):
        left, right = set(row.candidate), set(row.reference)
        own = left if side == "candidate" else right
        own.discard(segment)
        if number == min(to, len(rows) - 1):
            own.add(segment)
            place = len(made)
        if left or right:
            made.append(Row(tuple(sorted(left)), tuple(sorted(right))))
    return tuple(made), place


def table(rows: Rows, result: Result, part: Part) -> str:
    """The alignment file of a result, as `--alignment` takes it, with the rows of one document as they are here; those
    that a person has changed are sure."""
    lines = ["\t".join(HEADER)]
    for each, texts in _all_texts(result):
        lines += _lines(rows if each == part else _rows(texts), result, each, texts)
    return "\n".join(lines) + "\n"


def _lines(rows: Rows, result: Result, part: Part, texts: Texts) -> Iterator[str]:
    mine, theirs = texts.mine, texts.theirs
    system = visible(" ".join(result.systems[part.system].name.split()))
    before = dict(zip(_rows(texts), texts.units, strict=True))
    for row in rows:
        sure = f"{before[row].confidence:.4f}" if row in before else "1"
        left = " ".join(segment_key(mine[n]) for n in row.candidate)
        right = " ".join(segment_key(theirs[n]) for n in row.reference)
        yield "\t".join((system, visible(part.document), "", sure, left, right, "", ""))
