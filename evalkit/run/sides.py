"""Part of step two: one side of an evaluation, cut into segments."""

from __future__ import annotations

from functools import cached_property
from itertools import chain

from evalkit.compare.columns import Place
from evalkit.errors import ConfigError
from evalkit.kernel.lines import DocumentLines
from evalkit.plugins.protocols import Segmenter
from evalkit.records import Document, DocumentSet, Segment
from evalkit.records.lazy import Deferred, Records
from evalkit.run import strangers
from evalkit.run.stated import stated_segments
from evalkit.text.words import count_words


class SplitSide:
    """A candidate or reference with the segments of its documents, of a reference once for all systems.

    Where the segmenter keeps the lines, `lines` are those of each document, and no segment is made before somebody
    looks at one; else it is empty.
    """

    def __init__(self, side: DocumentSet, segmenter: Segmenter) -> None:
        self.side = side
        self._segmenter = segmenter
        keeps = getattr(segmenter, "keeps_lines", False)
        self.lines = tuple(map(DocumentLines, side.documents)) if keeps else ()

    @cached_property
    def rows(self) -> tuple[tuple[Segment, ...] | None, ...]:
        """Of a reference the segments that it states itself, by document: what is scored, whatever the segmenter cuts.

        None where it states none, and where its segmenter keeps them anyhow.
        """
        if self.lines or self.side.side != "reference":
            return (None,) * len(self.side.documents)
        return tuple(None if document.rows is None else stated_segments(document) for document in self.side.documents)

    @cached_property
    def sentences(self) -> tuple[tuple[Segment, ...], ...]:
        """What the segmenter cuts each document into, which is what is aligned."""
        return tuple(strangers.segments(self._segmenter, document) for document in self.side.documents)

    def cut(self, document: Document) -> tuple[Segment, ...]:
        """Another document, as its source is, cut by the segmenter of this side."""
        return strangers.segments(self._segmenter, document)

    @cached_property
    def segments(self) -> tuple[tuple[Segment, ...], ...]:
        """The segments of each document, as they are scored."""
        found = tuple(
            sentences if rows is None else rows for rows, sentences in zip(self.rows, self.sentences, strict=True)
        )
        if self.lines and list(map(len, found)) != list(map(len, self.lines)):
            raise ConfigError(
                f"the segmenter {self._segmenter.name!r} says that it keeps the lines (`keeps_lines`), and gives more "
                "or fewer segments than there are lines"
            )
        return found

    def all_segments(self) -> Records[Segment]:
        """The segments of all documents, as a result takes them."""
        if not self.lines:
            return tuple(chain.from_iterable(self.segments))
        return Deferred(sum(map(len, self.lines)), lambda: chain.from_iterable(self.segments))

    @cached_property
    def words(self) -> tuple[int, ...]:
        """Number of words of each document; its lines may have counted them."""
        if not self.lines:
            return tuple(count_words(document.text) for document in self.side.documents)
        return tuple(
            count_words(lines.document.text) if lines.document.left_out else lines.words.total for lines in self.lines
        )

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Of a reference: every line as the place of a unit."""
        name = self.side.name
        return tuple(
            Place((f"{name}/{segment}",), lines.document.id, start, rendered=True)
            for lines in self.lines
            for segment, start in zip(lines.ids(), lines.starts, strict=True)
        )
