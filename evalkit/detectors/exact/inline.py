"""Inline codes, which XLIFF and TMX keep apart from the text: those of a source row held against its translation's."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Literal, NamedTuple

from evalkit.records import Code, Context, Document, Row, Segment, Unit

# What an element is, whichever of the format's ways to write it a file takes: `<g>` may be `<bpt>` and `<ept>` there.
# Elements around text (`g+`, and `b+` of Android) close with their own name.
_CLOSED_BY = {"bpt": "ept", "bx": "ex", "sc": "ec"}
_CLOSES = frozenset(_CLOSED_BY.values())
_ALONE = frozenset({"x", "ph", "it", "ut"})
_OF_THE_TEXT = frozenset({"mrk+", "mrk-"})  # it says something of the text alone, as all others do (`sm`, `em`)
_FEWEST = 5  # rows: where so many have codes on one side and none on the other, the file keeps them on one side alone

Kind = Literal["opening", "closing", "alone"]
Closings = dict[tuple[str, str], list[int]]  # the places of codes by kind and id


class Told(NamedTuple):
    """A code that the other side of a row has not: where it stands, and what it is called. `instead` is the code of the
    source that the translation has not, where another stands for it."""

    unit: Unit
    segment: Segment
    start: int
    end: int
    side: Literal["candidate", "source"]
    shown: str
    instead: str = ""


class _Pair(NamedTuple):
    unit: Unit
    source: Sequence[Row]
    candidate: Sequence[Row]


def differing(units: Sequence[Unit], context: Context) -> Iterator[Told]:
    """The codes that are missing or added, row by row; none where a side has no rows, or its file keeps no codes."""
    pairs: dict[str, list[_Pair]] = {}
    for unit, source, candidate in _pairs(units, context):
        pairs.setdefault(unit.document, []).append(_Pair(unit, source, candidate))
    for document, found in pairs.items():
        mine, theirs = context.documents[document], context.sources[document]
        # Of two files of one format both keep codes, whether or not the translation has any.
        if _has_codes(mine) or PurePath(mine.path).suffix == PurePath(theirs.path).suffix:
            yield from _of_document(found)


def _of_document(pairs: Sequence[_Pair]) -> Iterator[Told]:
    sides = [tuple(bool(_kept(rows)) for rows in (pair.source, pair.candidate)) for pair in pairs]
    for side in (0, 1):
        one_sided = sum(have[side] for have in sides) >= _FEWEST
        if one_sided and not any(have[1 - side] for have in sides):
            return
    for pair in pairs:
        yield from _of_pair(pair)


def _of_pair(pair: _Pair) -> Iterator[Told]:
    theirs, mine = _kept(pair.source), _kept(pair.candidate)
    both: tuple[tuple[Kind, ...], ...] = (("opening", "alone"), ("closing",))
    for kinds in both:
        found = [told for kind in kinds for told in _of_kind(pair.unit, theirs, mine, kind)]
        yield from found
        if found:
            return  # of a pair that is lost the opening code is enough


def _of_kind(unit: Unit, theirs: Sequence[Code], mine: Sequence[Code], kind: Kind) -> Iterator[Told]:
    missing, added = _beyond(theirs, mine, kind), _beyond(mine, theirs, kind)
    closings = _closings(mine) if added else {}
    for number, now in enumerate(added):
        instead = _shown(missing[number]) if number < len(missing) else ""
        yield from _placed(unit, now, closings, "candidate", instead)
    closings = _closings(theirs) if len(missing) > len(added) else {}
    for was in missing[len(added) :]:
        yield from _placed(unit, was, closings, "source")


def _pairs(units: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, list[Row], list[Row]]]:
    """The rows of each unit on both sides, once; as many on the one side as on the other, none without a text."""
    seen: set[tuple[str, int]] = set()
    for unit in units:
        if not (unit.source and unit.candidate and unit.candidate.text.strip()):
            continue
        theirs = _rows(context.sources.get(unit.document), unit.source.segments)
        mine = _rows(context.documents.get(unit.document), unit.candidate.segments)
        keys = {(unit.document, row.start) for row in mine}
        if mine and len(mine) == len(theirs) and not keys & seen:
            yield unit, theirs, mine
        seen |= keys


def _rows(document: Document | None, segments: Sequence[Segment]) -> list[Row]:
    found = [document.row_at(segment.start) for segment in segments] if document is not None else []
    return list({row.start: row for row in found if row is not None}.values())


def _has_codes(document: Document) -> bool:
    return any(row.codes for row in document.rows or ())


def _kind(code: Code) -> Kind | None:
    if code.kind in _OF_THE_TEXT:
        return None
    if code.kind.endswith("+") or code.kind in _CLOSED_BY:
        return "opening"
    if code.kind.endswith("-") or code.kind in _CLOSES:
        return "closing"
    return "alone" if code.kind in _ALONE else None


def _kept(rows: Sequence[Row]) -> list[Code]:
    return [code for row in rows for code in row.codes if _kind(code)]


def _beyond(some: Sequence[Code], others: Sequence[Code], kind: Kind) -> list[Code]:
    """The codes of a kind that the others have not as often: by id, where all of them have one and it opens or stands
    alone; a closing code may have the id of what it closes, one of its own or none."""
    mine, theirs = ([code for code in side if _kind(code) == kind] for side in (some, others))
    by_id = kind != "closing" and all(code.id for code in (*mine, *theirs))
    left = Counter(code.id if by_id else "" for code in theirs)
    found = []
    for code in mine:
        key = code.id if by_id else ""
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(code)
    return found


def _closings(codes: Sequence[Code]) -> Closings:
    """Where the codes of each kind and id stand, in order: of many codes none has to look through all the others."""
    found: Closings = {}
    for code in sorted(codes, key=lambda code: code.offset):
        found.setdefault((code.kind, code.id), []).append(code.offset)
    return found


def _placed(
    unit: Unit, code: Code, closings: Closings, side: Literal["candidate", "source"], instead: str = ""
) -> Iterator[Told]:
    """The code at its place: what it stands around, else the place alone."""
    passage = unit.source if side == "source" else unit.candidate
    closed_by = f"{code.kind[:-1]}-" if code.kind.endswith("+") else _CLOSED_BY.get(code.kind, "")
    ends = closings.get((closed_by, code.id), [])
    nearest = bisect_left(ends, code.offset)
    until = ends[nearest] if nearest < len(ends) else code.offset
    for segment in passage.segments if passage else ():
        if segment.start <= code.offset <= segment.end:
            start = code.offset - segment.start
            end = max(start, min(until, segment.end) - segment.start)
            yield Told(unit, segment, start, end, side, _shown(code), instead)
            return


def _shown(code: Code) -> str:
    name = code.kind.rstrip("+-")
    identity = f' id="{code.id}"' if code.id else ""
    return f"<{name}{identity}>" if code.kind.endswith("+") else f"<{name}{identity}/>"
