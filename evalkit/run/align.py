"""Step two: every document of a system segmented and aligned with every reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from evalkit.kernel.lines import LineSegments
from evalkit.plugins import spec_of
from evalkit.plugins.protocols import Aligner, Segmenter
from evalkit.records import LINK_KINDS, Alignment, Coverage, Document, DocumentSet, Failure, Passage, Segment, Unit
from evalkit.records.lazy import joined
from evalkit.run import trust
from evalkit.run.units import AlignedReference, build_units, gap_links
from evalkit.text.words import count_unspaced, count_words, is_unspaced

# A "sentence" beyond this many words is most likely several without a boundary between them.
LONG_SEGMENT = 100
LONG_SEGMENT_UNSPACED = 300


class AlignedSystem(Struct, frozen=True):
    """One candidate with its segments, its units and, by document id, its alignments.

    `how` is the part of a score's signature that says how the units were made; `sources` are the source's passages
    by unit id.
    """

    candidate: DocumentSet
    segments: Sequence[Segment]
    units: Sequence[Unit]
    alignments: dict[str, Alignment]
    total: Alignment
    scope: str
    how: str
    failures: tuple[Failure, ...] = ()
    sources: Mapping[str, Passage] = {}

    def sourced(self) -> Sequence[Unit]:
        """The units with the source of each, where the run has one."""
        if not self.sources:
            return self.units
        return [replace(unit, source=self.sources.get(unit.id)) for unit in self.units]


class SplitSide(Struct, frozen=True):
    """A reference with the segments of each of its documents."""

    side: DocumentSet
    segments: tuple[Sequence[Segment], ...]


def split(side: DocumentSet, segmenter: Segmenter) -> SplitSide:
    """A reference cut into segments, once for all systems."""
    return SplitSide(side, tuple(segmenter.split(document) for document in side.documents))


def align_system(
    candidate: DocumentSet, references: Sequence[SplitSide], segmenter: Segmenter, aligner: Aligner
) -> AlignedSystem:
    """The units of a system, document by document, in the order of the documents."""
    by_line = bool(getattr(aligner, "line_by_line", False))
    segments: list[Sequence[Segment]] = []
    units: list[Sequence[Unit]] = []
    alignments: dict[str, Alignment] = {}
    words: list[tuple[int, int]] = []
    for position, document in enumerate(candidate.documents):
        theirs = [r.segments[position] for r in references]
        mine = segmenter.split(document)
        if theirs and hasattr(aligner, "cut"):  # an aligner that cuts the candidate to the reference's segments
            mine = aligner.cut(mine, theirs[0])
        aligned = [_align(mine, r.side.name, other, aligner) for r, other in zip(references, theirs, strict=True)]
        segments.append(mine)
        units.append(build_units(document.id, document.lang, mine, aligned))
        if aligned:
            first = aligned[0]
            alignments[document.id] = trust.assess_alignment(
                mine, first.segments, first.links, aligner.name, line_by_line=by_line
            )
        else:
            alignments[document.id] = _unaligned()
        if len(candidate.documents) > 1:
            words.append((_words(mine), _words(theirs[0]) if theirs else 0))
    total = trust.total([(a, *n) for a, n in zip(alignments.values(), words or [(0, 0)], strict=True)])
    every = joined(segments)
    return AlignedSystem(
        candidate=candidate,
        segments=every,
        units=joined(units),
        alignments=alignments,
        total=total if references else _unaligned(),
        scope="corpus" if by_line else "document",
        how=f"segment:{spec_of(segmenter)}|align:{getattr(aligner, 'identity', spec_of(aligner))}",
        failures=(
            *_other_script(candidate),
            *(_long_segments(candidate, every) if not getattr(segmenter, "keeps_lines", False) else ()),
        ),
    )


def _align(mine: Sequence[Segment], name: str, theirs: Sequence[Segment], aligner: Aligner) -> AlignedReference:
    if not mine or not theirs:
        return AlignedReference(name, theirs, gap_links(len(mine), len(theirs)))
    return AlignedReference(name, theirs, aligner.align(mine, theirs))


def _words(segments: Sequence[Segment]) -> int:
    if isinstance(segments, LineSegments):
        return segments.words
    return sum(count_words(segment.text) for segment in segments)


def _unaligned() -> Alignment:
    counts: dict[str, int] = dict.fromkeys(LINK_KINDS, 0)
    return Alignment("none", counts, Coverage(0.0, 0.0), 0.0, False, "there is no reference to align with")


def _other_script(candidate: DocumentSet) -> Iterator[Failure]:
    """Says where texts are in a script without spaces and the language stated is not."""
    for document in candidate.documents:
        letters = [char for char in document.text[:2000] if char.isalpha()]
        unspaced = count_unspaced("".join(letters))
        if not is_unspaced(document.lang) and unspaced > len(letters) / 2:
            message = (
                f"document {document.id!r} is written without spaces, and its language is given as {document.lang!r}: "
                "words are counted and joined by that language's rules; state the language, for example --lang zh"
            )
            yield Failure("read", "", candidate.name, "", message)
            return


def _long_segments(candidate: DocumentSet, segments: Sequence[Segment]) -> Iterator[Failure]:
    """Says which segments are probably several sentences run together."""
    texts: dict[str, Document] = {d.id: d for d in candidate.documents}
    for segment in segments:
        number = count_words(segment.text)
        limit = LONG_SEGMENT_UNSPACED if is_unspaced(texts[segment.document].lang) else LONG_SEGMENT
        if number >= limit:
            line = texts[segment.document].text.count("\n", 0, segment.start) + 1
            message = (
                f"document {segment.document!r}, line {line}: a segment of {number} words, probably several "
                "sentences without a boundary; it was kept as one"
            )
            yield Failure("segment", "", candidate.name, "", message)
