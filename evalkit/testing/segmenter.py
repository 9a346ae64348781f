"""What holds for every segmenter: segments in order, at their places, nothing that counts left out."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.plugins.protocols import Segmenter
from evalkit.records import Document, Row
from evalkit.testing.units import BAD, GOOD


def check_segmenter(segmenter: Segmenter, *, texts: Sequence[str] = (), lang: str = "en") -> None:
    """Spans are the document's, in order, none over another, ids unique, and all that is left out is white space."""
    samples = ("\n".join(GOOD) + "\n", "\n\n".join(BAD), "One line", " \n", "", "a\r\nb\r\n", *texts)
    for text in samples:
        _check(segmenter, Document("d", "d", text, "", lang))
    rows = (Row("x", 0, 3), Row("y", 4, 8))
    _check(segmenter, Document("d", "d", "One.Two."[:3] + "\n" + "Two.", "", lang, rows))


def _check(segmenter: Segmenter, document: Document) -> None:
    segments = list(segmenter.split(document))
    assert list(segmenter.split(document)) == segments, "the same document has other segments the second time"
    assert len({s.id for s in segments}) == len(segments), "two segments have one id"
    end = 0
    for segment in segments:
        assert segment.document == document.id, f"{segment.id}: of the document {segment.document!r}"
        assert segment.start >= end, f"{segment.id} begins at {segment.start}, before {end}, where the last one ends"
        there = document.text[segment.start : segment.end]
        assert segment.text == there, f"{segment.id}: says {segment.text!r} where the document has {there!r}"
        between = document.text[end : segment.start]
        assert not between.strip(), f"{between!r} stands in no segment"
        end = segment.end
    assert not document.text[end:].strip(), f"{document.text[end:]!r} stands in no segment"
