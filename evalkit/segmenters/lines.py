"""The `lines` segmenter: every line (every row of a table) is a segment, empty ones too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Document, Segment
from evalkit.segmenters._datelines import kind_of
from evalkit.text.layout import blocks


@dataclass(frozen=True)
class LineSegmenter:
    r"""One segment per line; only `\n` and `\r\n` end a line, as in the metric tools."""

    kind: ClassVar[str] = "segmenter"
    name: ClassVar[str] = "lines"
    keeps_lines: ClassVar[bool] = True

    def split(self, document: Document) -> tuple[Segment, ...]:
        """The lines in order; an empty document has none, a newline at the very end starts none."""
        return tuple(
            Segment(
                f"{document.id}:{b.id}",
                document.id,
                b.start,
                b.end,
                document.text[b.start : b.end],
                kind_of(b, document),
                b.paragraph,
            )
            for b in blocks(document, keep_empty=True)
        )
