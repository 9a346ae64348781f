"""The lines or rows that an input itself states, and which of them are not those of another side."""

from __future__ import annotations

from evalkit.records import Document, DocumentSet, Segment


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


def texts_apart(side: DocumentSet, other: DocumentSet | None) -> list[str]:
    """The texts of a side by the lines that no text of another side has: a line left as it was shows no language."""
    copied = {line.strip() for document in other.documents for line in document.text.splitlines()} if other else set()
    texts = [document.text for document in side.documents]
    if not copied:
        return texts
    return ["\n".join(line for line in text.splitlines() if line.strip() not in copied) for text in texts]
