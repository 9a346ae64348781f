"""Step two: every document of a system segmented and aligned with every reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from evalkit.plugins import shown_spec
from evalkit.plugins.protocols import Aligner, Segmenter
from evalkit.records import LINK_KINDS, Alignment, Coverage, Document, DocumentSet, Failure, Passage, Segment, Unit
from evalkit.run import trust, trust_lines, trust_sets
from evalkit.run.careful import Careful
from evalkit.run.kept import Keeps, cache_for
from evalkit.run.pairing import LinePairing, Pairing, UnitPairing, stands_line_by_line
from evalkit.run.parted import Parted, with_parted
from evalkit.run.sides import SplitSide
from evalkit.run.stated import on_rows
from evalkit.run.trust_ids import assess_ids, without_mate
from evalkit.run.units import AlignedReference, build_units, gap_links
from evalkit.text.layout import interruptions
from evalkit.text.memory import give_back
from evalkit.text.words import count_unspaced, count_words, is_unspaced, quote

# A "sentence" beyond this many words is most likely several without a boundary between them.
LONG_SEGMENT = 100
LONG_SEGMENT_UNSPACED = 300  # characters: as many as LONG_SEGMENT has words, by the usual ratio
_MANY = 10_000  # units: what pairing them took is given back before they are made


class AlignedSystem(Struct, frozen=True):
    """One candidate with its units and, by document id, its alignments.

    `how` is the part of a score's signature that says how the units were made; `sources` are the source's passages
    by unit id, `parted` the units that detectors see as several.
    """

    side: SplitSide
    pairing: Pairing
    alignments: dict[str, Alignment]
    total: Alignment
    scope: str
    how: str
    failures: tuple[Failure, ...] = ()
    sources: Mapping[str, Passage] = {}
    parted: Mapping[str, Parted] = {}

    @property
    def candidate(self) -> DocumentSet:
        """The candidate's documents."""
        return self.side.side

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units, which are made for whoever looks at them first."""
        return self.pairing.units

    def sourced(self) -> tuple[Unit, ...]:
        """The units with the source of each, where the run has one."""
        if not self.sources:
            return self.units
        return tuple(with_parted((replace(u, source=self.sources.get(u.id)) for u in self.units), self.parted))


def align_system(
    candidate: DocumentSet, references: Sequence[SplitSide], segmenter: Segmenter, aligner: Aligner
) -> AlignedSystem:
    """The units of a system, document by document, in the order of the documents."""
    by_line = bool(getattr(aligner, "line_by_line", False))
    cache = None if by_line else cache_for(d.text for d in candidate.documents)
    return align_split(SplitSide(candidate, segmenter), references, segmenter, aligner, cache)


def align_split(
    side: SplitSide, references: Sequence[SplitSide], segmenter: Segmenter, aligner: Aligner, cache: Keeps | None
) -> AlignedSystem:
    """As `align_system`, of a side that is cut already; links are looked for, and kept, in the cache."""
    candidate = side.side
    by_line = bool(getattr(aligner, "line_by_line", False))
    careful = Careful(aligner, candidate.name, cache)
    keeps_lines = getattr(segmenter, "keeps_lines", False)
    # before there are segments and links: looking at all lines once more takes memory too
    interrupted = () if keeps_lines else tuple(_interruptions(candidate))
    if by_line and stands_line_by_line(side, references):
        pairing, assessed = _by_lines(side, tuple(references), aligner)
        lone: tuple[Failure, ...] = ()
    else:
        pairing, assessed, lone = _by_units(side, references, careful, by_line)
    return AlignedSystem(
        side=side,
        pairing=pairing,
        alignments={d.id: a.alignment for d, a in zip(candidate.documents, assessed, strict=True)},
        total=trust.total(assessed) if references else _unaligned(),
        scope="corpus" if by_line else "document",
        how=f"segment:{shown_spec(segmenter)}|align:{getattr(aligner, 'identity', shown_spec(aligner))}",
        failures=(
            *careful.failures,
            *lone,
            *_other_script(candidate),
            *(() if keeps_lines else _long_segments(candidate, pairing.segments)),
            *interrupted,
        ),
    )


def _by_lines(
    side: SplitSide, references: tuple[SplitSide, ...], aligner: Aligner
) -> tuple[Pairing, list[trust.Assessed]]:
    assessed = []
    for mine, theirs in zip(side.lines, references[0].lines, strict=True):
        alignment = trust_lines.assess_lines(mine, theirs, aligner.name)
        assessed.append(trust.Assessed(alignment, mine.words.total, theirs.words.total))

    def make_units() -> tuple[Unit, ...]:
        return tuple(_units(side, side.segments, _links(side.segments, references, aligner)))

    return LinePairing(side, references, make_units), assessed


def _by_units(
    side: SplitSide, references: Sequence[SplitSide], aligner: Careful, by_line: bool
) -> tuple[Pairing, list[trust.Assessed], tuple[Failure, ...]]:
    segments: list[Sequence[Segment]] = list(side.segments)
    if references and aligner.cuts:
        segments = [aligner.cut(mine, theirs) for mine, theirs in zip(segments, references[0].sentences, strict=True)]
    aligned = _links(segments, references, aligner)
    assessed = []
    for mine, found in zip(segments, aligned, strict=True):
        if not found:
            assessed.append(trust.Assessed(_unaligned(), 0, 0))
            continue
        first = found[0]
        if aligner.by_id:
            assessed.append(assess_ids(mine, first.segments, first.links, aligner.name))
            continue
        assessed.append(trust.assess_alignment(mine, first.segments, first.links, aligner.name, line_by_line=by_line))
    told: Iterable[Failure] = _without_mate(side, segments, aligned) if aligner.by_id else ()
    if references and not aligner.by_id and not by_line:
        ids = [document.id for document in side.side.documents]
        theirs = references[0].sentences
        assessed, told = trust_sets.with_better_mates(side.side.name, ids, segments, theirs, assessed)
    number = sum(len(found[0].links if found else mine) for mine, found in zip(segments, aligned, strict=True))
    if number > _MANY:
        give_back()
    pairing = UnitPairing(number, lambda: _units(side, segments, aligned), tuple(chain.from_iterable(segments)))
    return pairing, assessed, tuple(told)


def _without_mate(
    side: SplitSide, segments: Sequence[Sequence[Segment]], aligned: Sequence[Sequence[AlignedReference]]
) -> Iterator[Failure]:
    for mine, found in zip(segments, aligned, strict=True):
        for reference in found if mine else ():
            yield from without_mate(side.side.name, reference.name, mine, reference.segments, reference.links)


def _links(
    segments: Sequence[Sequence[Segment]], references: Sequence[SplitSide], aligner: Aligner | Careful
) -> list[list[AlignedReference]]:
    """Every reference with its links to the candidate, by document."""
    return [[_linked(mine, r, number, aligner) for r in references] for number, mine in enumerate(segments)]


def _linked(mine: Sequence[Segment], reference: SplitSide, number: int, aligner: Aligner | Careful) -> AlignedReference:
    """One document of a reference with its links; those of the rows it states, if it does."""
    name, theirs, sentences = reference.side.name, reference.segments[number], reference.sentences[number]
    if not mine or not sentences:
        return AlignedReference(name, theirs, gap_links(len(mine), len(theirs)))
    links = aligner.align(mine, sentences)
    return AlignedReference(name, theirs, links if theirs is sentences else on_rows(links, sentences, theirs))


def _units(
    side: SplitSide, segments: Sequence[Sequence[Segment]], aligned: Sequence[Sequence[AlignedReference]]
) -> Iterator[Unit]:
    for document, mine, theirs in zip(side.side.documents, segments, aligned, strict=True):
        yield from build_units(document.id, document.lang, mine, theirs)


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


def _interruptions(candidate: DocumentSet) -> Iterator[Failure]:
    """Says which lines were taken for running heads and page numbers, and left out, and which notes part a sentence."""
    heads: list[tuple[str, int, str]] = []
    notes: list[tuple[str, int, str]] = []
    for document in candidate.documents:
        for places, found in zip((heads, notes), interruptions(document), strict=True):
            places += [(document.id, *place) for place in found]
    if heads:
        message = (
            f"{len(heads)} {'line' if len(heads) == 1 else 'lines'} that interrupt the text they stand in were taken "
            f"for running heads or page numbers and left out, {_first(*heads[0])}"
        )
        yield Failure("segment", "", candidate.name, "", message)
    if notes:
        message = (
            f"{len(notes)} {'note' if len(notes) == 1 else 'notes'} in the midst of a sentence were kept as text of "
            f"their own, and the sentence around each is one, {_first(*notes[0])}"
        )
        yield Failure("segment", "", candidate.name, "", message)


def _first(document: str, line: int, text: str) -> str:
    return f"the first in document {document!r}, line {line}: {quote(text)}"


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
