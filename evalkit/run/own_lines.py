"""The lines or rows that an input itself states."""

from __future__ import annotations

from evalkit.records import Document, Segment


def source_segments(source: Document) -> list[Segment]:
    """The lines or rows of a source document, which are its segments."""
    spans = enumerate(line_spans(source), 1)
    return [Segment(f"{source.id}:{n}", source.id, start, end, source.text[start:end]) for n, (start, end) in spans]


def line_spans(document: Document) -> list[tuple[int, int]]:
    """The rows of a table, else the lines."""
    if document.rows is not None:
        return [(row.start, row.end) for row in document.rows]
    spans, start = [], 0
    for line in document.text.removesuffix("\n").split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans
