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
        name, text = document.id, document.text
        found = blocks(document, keep_empty=True)
        kinds = (kind_of(b, document) if b.kind == "heading" else b.kind for b in found)  # others need no second look
        made = zip(found, kinds, strict=True)
        return tuple([Segment(f"{name}:{n}", name, a, b, text[a:b], k, p) for (n, a, b, _, p), k in made])
