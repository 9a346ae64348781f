"""Part of step two: a source whose rows have keys, in the order of the other side's rows, which have keys too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from evalkit.records import Document, DocumentSet, Failure, Passage, Row, Segment, Unit
from evalkit.records.texts import PLURAL_OF
from evalkit.run.align import AlignedSystem
from evalkit.run.read import Inputs
from evalkit.run.source_units import with_units
from evalkit.text.words import quote

_SAME = 0.5  # share of the keys of the shorter side that the other must have too, else they are other keys
_NAMED = 10  # keys that a note names: more are no longer read


class Missing(NamedTuple):
    """A row of the source without a mate: its key, its text, and the place of the candidate it would stand at."""

    key: str
    segment: Segment
    at: int


class Keys(Struct, frozen=True):
    """The inputs with the source's rows in order, and by document the rows that stand on one side alone: of the other
    side the keys."""

    inputs: Inputs
    missing: Mapping[str, Sequence[Missing]] = {}
    added: Mapping[str, Sequence[str]] = {}


def by_keys(inputs: Inputs, candidate: DocumentSet) -> Keys:
    """Puts the source's rows beside those of the first reference, or of the candidate where there is none, by their
    keys. Nothing changes where the keys stand in the same order, where a side has none, or brings its source itself."""
    side = inputs.references[0] if inputs.references else candidate
    if inputs.source is None or (side.side, side.name) in inputs.source_of:
        return Keys(inputs)
    missing: dict[str, list[Missing]] = {}
    added: dict[str, list[str]] = {}
    documents = []
    for source, other in zip(inputs.source.documents, side.documents, strict=True):
        if have_keys(source, other) and _ids(source) != _ids(other):
            mates = _mates(source, other)
            added[other.id] = [row.id for row, mate in zip(other.rows or (), mates, strict=True) if mate is None]
            missing[other.id] = list(_missing(source, other, mates))
            rows = tuple(mate or Row("", 0, 0) for mate in mates)
            source = replace(source, rows=rows)
        documents.append(source)
    return Keys(replace(inputs, source=replace(inputs.source, documents=tuple(documents))), missing, added)


def have_keys(source: Document, other: Document) -> bool:
    """Whether the rows of both have keys, the same in good part. Numbers are keys only where both sides have the same
    ones in another order, for most often rows or cues are counted."""
    if not (source.rows and other.rows and source.ids and other.ids):
        return False
    there, here = _ids(source), _ids(other)
    both = set(there) & set(here)
    if all(key.isdecimal() for key in both):
        return there != here and set(there) == set(here)
    return len(both) >= _SAME * min(len(there), len(here))


def _ids(document: Document) -> list[str]:
    return [row.id for row in document.rows or ()]


def _mates(source: Document, other: Document) -> list[Row | None]:
    """Beside each row the source's of its key; a plural form that the source does not have is one of its `other`."""
    there = {row.id: row for row in source.rows or ()}
    return [there.get(row.id) or there.get(row.metadata.get(PLURAL_OF, "")) for row in other.rows or ()]


def _missing(source: Document, other: Document, mates: Sequence[Row | None]) -> Iterator[Missing]:
    """The source's rows that ought to be translated and are not there, behind the row before them that is."""
    here = {name for row in other.rows or () for name in _names(row)}
    ends = {mate.id: row.end for row, mate in zip(other.rows or (), mates, strict=True) if mate}
    behind = 0
    for number, row in enumerate(source.rows or (), 1):
        text = source.text[row.start : row.end]
        behind = ends.get(row.id, behind)
        if not _stays(row) and any(map(str.isalnum, text)) and here.isdisjoint(_names(row)):
            segment = Segment(f"{source.id}:{number}", source.id, row.start, row.end, text)
            yield Missing(row.id, segment, behind)


def without_fixed(system: AlignedSystem) -> AlignedSystem:
    """The system without a source beside rows that are empty because they are not to be translated: nothing is missing
    there, and none of them is untranslated."""
    documents = {d.id: d for d in system.candidate.documents if any(map(_stays, d.rows or ()))}
    if not documents or not system.sources:
        return system
    fixed = set()
    for unit in system.units:
        if unit.document in documents and unit.candidate is not None and not unit.candidate.text.strip():
            row = documents[unit.document].row_at(unit.candidate.start)
            fixed |= {unit.id} if row is not None and _stays(row) else set()
    return replace(system, sources={u: p for u, p in system.sources.items() if u not in fixed})


def _stays(row: Row) -> bool:
    return row.metadata.get("translate") == "no"


def _names(row: Row) -> tuple[str, ...]:
    """The keys by which a row is there: its own, and that of the plural it is a form of."""
    return (row.id, plural) if (plural := row.metadata.get(PLURAL_OF)) else (row.id,)


def with_missing(system: AlignedSystem, keys: Keys) -> AlignedSystem:
    """The system with what stands on one side alone: without a reference a unit without a text for each row of the
    source, no source beside a row of the other side, and notes that name them."""
    if not keys.missing:
        return system
    sources = {u: p for u, p in system.sources.items() if p.text.strip()}
    found: list[Unit] = []
    for document, group in groupby(system.units, key=lambda unit: unit.document):
        units = list(group)
        for _, segment, at in () if keys.inputs.references else keys.missing.get(document, ()):
            empty = Segment(f"{segment.id}-missing", document, at, at, "")
            units.append(replace(units[0], id=empty.id, candidate=Passage((empty,), "")))
            sources[empty.id] = Passage((segment,), segment.text)
        found += sorted(units, key=lambda unit: unit.candidate.start if unit.candidate else 0)
    told = replace(system, sources=sources, failures=(*system.failures, *_remarks(keys, system.candidate)))
    return told if len(found) == len(system.units) else with_units(told, found)


def _remarks(keys: Keys, candidate: DocumentSet) -> Iterator[Failure]:
    """Names the keys of each side that the other does not have."""
    for document in candidate.documents:
        lost = [each.key for each in keys.missing.get(document.id, ())]
        added = keys.added.get(document.id, ())
        if lost:
            said = f"lacks {_count(lost)} of the source: {_some(lost)}"
            yield Failure("align", "", candidate.name, "", f"document {document.id!r} {said}")
        if added:
            said = f"has {_count(added)} that the source does not have: {_some(added)}"
            yield Failure(
                "align",
                "",
                candidate.name,
                "",
                f"document {document.id!r} {said}; checked without a source",
            )


def _count(keys: Sequence[str]) -> str:
    return f"{len(keys)} {'key' if len(keys) == 1 else 'keys'}"


def _some(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
    return f"{', '.join(map(quote, keys[:_NAMED]))}{more}"
