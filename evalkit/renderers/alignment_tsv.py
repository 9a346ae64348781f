"""The `alignment-tsv` renderer: the alignment as a table to correct by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Segment
from evalkit.records.links_table import HEADER, segment_key
from evalkit.records.result import Result, UnitRecord
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
        theirs = {r.name: {segment.id: segment for segment in r.segments} for r in result.references}
        rows = ["\t".join(HEADER)]
        for system in result.systems:
            mine = {segment.id: segment for segment in system.segments}
            rows += ["\t".join([_flat(plain(system.name)), *_cells(unit, mine, theirs)]) for unit in system.units]
        return "\n".join(rows) + "\n"


def _cells(unit: UnitRecord, mine: Mapping[str, Segment], theirs: Mapping[str, Mapping[str, Segment]]) -> list[str]:
    """Document, link, confidence, the segments of both sides, their texts."""
    passage = (unit.references or (None,))[0]
    cells = (
        unit.document,
        unit.link,
        f"{unit.confidence:.4f}",
        _keys([mine[i] for i in unit.candidate.segments] if unit.candidate else ()),
        _keys([theirs[passage.reference][i] for i in passage.segments] if passage else ()),
    )
    texts = (unit.candidate.text if unit.candidate else "", passage.text if passage else "")
    return [*map(_flat, cells), *(plain(_flat(text)) for text in texts)]


def _keys(segments: Sequence[Segment]) -> str:
    return " ".join(segment_key(segment) for segment in segments)


def _flat(text: str) -> str:
    return " ".join(text.split())
