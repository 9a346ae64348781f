"""The `file` aligner: links from an alignment file that a person has corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Link, LinkKind, Segment
from evalkit.records.links_table import LinkRow, indices, read_links, segment_key
from evalkit.text.files import read_bytes


@dataclass(frozen=True)
class FileAligner:
    """Takes the links from the table `path` (written by `evalkit align -f tsv`); texts must be unchanged."""

    kind: ClassVar[str] = "aligner"
    name: ClassVar[str] = "file"

    path: str = ""

    @property
    def identity(self) -> str:
        """For signatures: the file by the hash of its bytes, not by its path."""
        return f"file({hashlib.sha256(read_bytes(self.path)).hexdigest()[:12]})" if self.path else "file"

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
        """The file's links of this document; raises InputError where file and texts disagree."""
        document = candidate[0].document
        rows = _own([row for row in read_links(self.path) if row.document == document], candidate)
        mine = indices(self.path, rows, candidate, "candidate")
        theirs = indices(self.path, rows, reference, "reference")
        links = []
        for row in rows:
            left = tuple(sorted(mine[key] for key in row.candidate))
            right = tuple(sorted(theirs[key] for key in row.reference))
            if left or right:
                links.append(Link(left, right, _shape(len(left), len(right)), row.confidence))
        return tuple(links)


def _own(rows: list[LinkRow], candidate: Sequence[Segment]) -> list[LinkRow]:
    """Of a document that several systems have, the rows of the system whose segments these are; all where that is
    not plain, so that what does not fit is told."""
    systems = {row.system for row in rows}
    if len(systems) < 2:
        return rows
    known = {segment_key(segment) for segment in candidate}
    for system in sorted(systems):
        own = [row for row in rows if row.system == system]
        if {key for row in own for key in row.candidate} == known:
            return own
    return rows


def _shape(left: int, right: int) -> LinkKind:
    if not left or not right:
        return "omitted" if right else "added"
    if left == 1:
        return "1-1" if right == 1 else "1-n"
    return "n-1" if right == 1 else "n-m"
