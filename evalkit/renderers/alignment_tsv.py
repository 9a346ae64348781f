"""The `alignment-tsv` renderer: the alignment as a table to correct by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Segment
from evalkit.records.lazy import Records, blocks, once
from evalkit.records.links_table import HEADER, keyed, segment_key
from evalkit.records.result import PassageRecord, ReferencePassageRecord, Result, UnitRecord
from evalkit.renderers._cells import plain


@dataclass(frozen=True)
class AlignmentTsvRenderer:
    """One row a unit, for a spreadsheet; `--alignment FILE` takes the corrected file back.

    Segments stand as `id#hash`: move, join or part them as you like. The hash holds the text, so a
    text that has changed since is noticed. The text columns are for reading only.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "alignment-tsv"
    suffix: ClassVar[str] = ".tsv"
    claims: ClassVar[bool] = False

    def render(self, result: Result) -> str:
        """The table with its header, the units of every system in order."""
        theirs = {r.name: _Keys(r.segments, [s.units for s in result.systems], r.name) for r in result.references}
        pieces = ["\t".join(HEADER)]
        for system in result.systems:
            mine = _Keys(system.segments, [system.units])
            rows = ("\t".join([_flat(plain(system.name)), *_cells(u, mine, theirs)]) for u in once(system.units))
            pieces += map("\n".join, blocks(rows))
        return "\n".join(pieces) + "\n"


class _Keys:
    """The keys of the segments of one side, of which only those are held that share a unit with another: the text of
    one alone is the unit's, and a text in short lines has hardly any other."""

    def __init__(self, segments: Records[Segment], units: Sequence[Records[UnitRecord]], reference: str = "") -> None:
        passages = (passage for each in units for unit in once(each) for passage in _sides(unit, reference))
        shared = {i for passage in passages if len(passage.segments) > 1 for i in passage.segments}
        self._keys = {s.id: segment_key(s) for s in once(segments) if s.id in shared} if shared else {}

    def of(self, passage: PassageRecord | ReferencePassageRecord) -> str:
        """The keys of a passage's segments."""
        if len(passage.segments) == 1:
            return keyed(passage.segments[0], passage.text)
        return " ".join(self._keys[i] for i in passage.segments)


def _sides(unit: UnitRecord, reference: str) -> Iterator[PassageRecord | ReferencePassageRecord]:
    """The unit's passages of a reference, or of the candidate where none is named."""
    if reference:
        yield from (passage for passage in unit.references or () if passage.reference == reference)
    elif unit.candidate:
        yield unit.candidate


def _cells(unit: UnitRecord, mine: _Keys, theirs: Mapping[str, _Keys]) -> list[str]:
    """Document, link, confidence, the segments of both sides, their texts."""
    passage = (unit.references or (None,))[0]
    cells = (
        unit.document,
        unit.link,
        f"{unit.confidence:.4f}",
        mine.of(unit.candidate) if unit.candidate else "",
        theirs[passage.reference].of(passage) if passage else "",
    )
    texts = (unit.candidate.text if unit.candidate else "", passage.text if passage else "")
    return [*map(_flat, cells), *(plain(_flat(text)) for text in texts)]


def _flat(text: str) -> str:
    return " ".join(text.split())
