"""The `lines` aligner: line k belongs to line k, as in the metric tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.records import Link, Segment


@dataclass(frozen=True)
class LineAligner:
    """Pairs segments by their number and refuses unequal counts; nothing is guessed, nothing padded."""

    kind: ClassVar[str] = "aligner"
    name: ClassVar[str] = "lines"
    segmenter: ClassVar[str] = "lines"
    line_by_line: ClassVar[bool] = True

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
        """All links 1-1 with confidence 1. Raises InputError where the counts differ."""
        if len(candidate) != len(reference):
            where = f"document {candidate[0].document!r}: " if candidate else ""
            raise InputError(
                f"{where}the candidate has {len(candidate)} lines and the reference {len(reference)}; "
                "for texts that are not line by line the same use `--align document`"
            )
        return tuple(Link((k,), (k,), "1-1", 1.0) for k in range(len(candidate)))
