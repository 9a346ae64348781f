"""Part of step two: a source and a candidate that has another number of lines; whether it is its source."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from evalkit.records import LINK_KINDS, Alignment, Coverage, Document, DocumentSet, Failure, LinkKind, Segment
from evalkit.run.language_remarks import of_languages
from evalkit.text.words import Lines, count_words, quote

if TYPE_CHECKING:
    from evalkit.language.across_table import Bead

UNPAIRED = "the source of document"  # how the note on a source begins whose lines are not the other side's
Spans = list[tuple[int, int]]
_KIND: dict[tuple[bool, bool], LinkKind] = {
    (False, False): "1-1", (False, True): "1-n", (True, False): "n-1", (True, True): "n-m",
}  # fmt: skip
_TRUSTED = 0.3  # share of the source's sentences that stand surely beside others, under which the two are no pair
_BORNE_OUT = 0.5  # more likely than not

# Standard deviations: 875 pieces of 20 lines of NTREX have 3.5 and more beside their source; of 320 of
# 20 and 50 lines, in ten languages, shuffled or beside another part of the source, 96 % have less than 2. The bound was
# chosen on these texts, so that its shares are development figures.
_FIT = 2.0
# Between what beginnings of 20 and more lines have at least and other lines at most, by `benchmarks/source.py begun`.
LEAST_FIT_OF_BEGUN = 4.0
_NAMED = 10  # lines that a note names: more are no longer read
_SHOWN = 40  # characters of each: to know it again
_FEWEST = 20  # lines with text on both sides
_COMPARED = 4000  # of a longer text the first
_SENTENCE = 30  # characters a line has on average, for lengths of single words say nothing


class Lost(NamedTuple):
    """A line of the source that is left out: its number, the probability of that, and where the candidate's line begins
    that stands for what is before it, -1 where nothing is."""

    number: int
    segment: Segment
    share: float
    behind: int


class SureLines(Struct, frozen=True):
    """Pieces of a candidate, by their places, in order; beside each the segments of the source that stand surely for
    it, none where that is not sure. `lines` and `pieces` count those of both sides that are not empty."""

    spans: Spans
    source: list[tuple[Segment, ...]]
    lines: tuple[int, int]
    pieces: tuple[int, int]
    trusted: bool
    links: dict[str, int]
    coverage: tuple[float, float]  # share of the words of the source and of the candidate in sure groups
    confidence: float
    model: str | None
    lost: tuple[Lost, ...] = ()
    unsure: tuple[Segment, ...] = ()  # of the source: neither surely beside anything nor surely lost
    as_many: bool = False  # lines, but line k is not line k
    begun: bool = False  # a translation of the first lines: line k is line k, and the source goes on

    @property
    def alignment(self) -> Alignment:
        """As a row of the trust gate; what is covered is the source."""
        taken = (
            f"surely paired: {self.coverage[1]:.0%} of the candidate's words and {self.coverage[0]:.0%} of the source's"
        )
        reason = taken if self.trusted else f"this is probably not the source of the candidate ({taken})"
        return Alignment("source", self.links, Coverage(*self.coverage), self.confidence, self.trusted, reason)

    def note(self, source: Document, name: str, *, told: bool) -> Failure:
        """What a reader has to know of the pairing, with the lines of the source that were not checked; `told` where
        those that are lost are findings."""
        document = source.id
        there, here = self.lines
        by = f"figures, names and {self.model}" if self.model else "figures and names"
        said = f"{UNPAIRED} {document!r} has {there} lines, the candidate {here}; they were aligned by lengths, {by}: "
        if self.as_many:
            return Failure("align", "", name, "", self._otherwise(document, by) + self._left(source, told=told))
        if self.begun:
            said = (
                f"{UNPAIRED} {document!r} has {there} lines, the candidate {here}, which fit its first {here}, line by "
                f"line: they were checked as such; the {there - here} others have no translation"
            )
            return Failure("align", "", name, "", said)
        if not self.trusted:
            said += (
                "too few of them surely belong together, so the alignment is not trusted and nothing was "
                "checked against the source; is it the source of this text?"
            )
        else:
            said += (
                f"{sum(map(len, self.source))} of the source's {self.pieces[0]} sentences have a certain "
                "counterpart; only these were checked; to have all checked, give a source with as many "
                f"lines as the candidate{self._left(source, told=told)}"
            )
        return Failure("align", "", name, "", said)

    def _left(self, source: Document, *, told: bool) -> str:
        """The places and first words of the source's lines that were held against nothing."""
        lost = [each.segment for each in self.lost]
        unsure = sorted((*self.unsure, *(() if told else lost)), key=lambda segment: segment.start)
        shown = [f"{_place(source, segment)} {quote(_first_words(segment))}" for segment in unsure[:_NAMED]]
        more = f" and {len(unsure) - _NAMED} more, which evalkit align shows" if len(unsure) > _NAMED else ""
        return f". Not checked of the source: {', '.join(shown)}{more}" if shown else ""

    def _otherwise(self, document: str, by: str) -> str:
        return (
            f"{UNPAIRED} {document!r} has as many lines as the candidate, {self.lines[0]}, but somewhere a line is "
            f"missing, added or split, so the lines do not correspond; they were aligned by lengths, {by}: "
            f"{sum(map(len, self.source))} lines of the source have a certain counterpart; only these were "
            "checked; if the lines do correspond, give --align lines"
        )


def sure_lines(
    source: Sequence[Segment],
    candidate: Sequence[Segment],
    lines: tuple[int, int],
    langs: tuple[str, str],
    model: str | None = None,
    *,
    as_many: bool = False,
) -> SureLines | None:
    """The segments of both sides aligned; None where there are too many or none. `lines` and `langs` are those of the
    source and of the candidate, `model` an embedding model that is asked besides. Of `as_many`
    lines those in their place are believed sooner."""
    from evalkit.language.across import MOST, beads_and_lost

    there, here = ([segment for segment in side if segment.text.strip()] for side in (source, candidate))
    if not there or not here or max(len(there), len(here)) > MOST:
        return None
    texts = [segment.text for segment in there], [segment.text for segment in here]
    every, gaps = beads_and_lost(*texts, *langs, model)
    found = [bead for bead in every if bead.sure or (as_many and _in_place(bead))]
    trusted = sum(len(bead.source) for bead in found) >= _TRUSTED * len(there)
    first = {bead.candidate[0]: bead for bead in found if trusted}
    inside = {n for bead in first.values() for n in bead.candidate}
    spans: Spans = []
    beside: list[tuple[Segment, ...]] = []
    for number, segment in enumerate(here):
        if number in first:
            bead = first[number]
            spans.append((segment.start, here[bead.candidate[-1]].end))
            beside.append(tuple(there[n] for n in bead.source))
        elif number not in inside:
            spans.append((segment.start, segment.end))
            beside.append(())
    groups = [([there[n] for n in b.source], [here[n] for n in b.candidate]) for b in found]
    links: dict[str, int] = dict.fromkeys(LINK_KINDS, 0)
    for theirs, mine in groups:
        links[_KIND[len(mine) > 1, len(theirs) > 1]] += 1
    coverage = _share([a for a, _ in groups], there), _share([b for _, b in groups], here)
    confidence = math.fsum(bead.probability for bead in found) / max(1, len(found))
    pieces = len(there), len(here)
    taken = {n for bead in first.values() for n in bead.source}
    lost = tuple(
        Lost(n + 1, there[n], share, max((here[b.candidate[-1]].start for b in every if b.source[0] < n), default=-1))
        for n, share in gaps.items()
        if trusted and n not in taken
    )
    unsure = tuple(s for n, s in enumerate(there) if trusted and n not in taken and n not in gaps)
    return SureLines(spans, beside, lines, pieces, trusted, links, coverage, confidence, model, lost, unsure, as_many)


def begun(
    source: Sequence[Segment], candidate: Sequence[Segment], langs: tuple[str, str], kind: str
) -> SureLines | None:
    """The lines of a translation that ends before its source does, each beside its own; None where they do not fit."""
    from evalkit.language.across import side_by_side

    first = source[: len(candidate)]
    if kind != "translation" or len(candidate) >= len(source):
        return None
    pairs = [(a, b) for a, b in zip(first, candidate, strict=True) if a.text.strip() and b.text.strip()]
    there, here = ([pair[side].text for pair in pairs[:_COMPARED]] for side in (0, 1))
    if len(pairs) < _FEWEST or sum(map(len, there)) < _SENTENCE * len(there):
        return None
    if side_by_side(there, here, *langs) < LEAST_FIT_OF_BEGUN:
        return None
    spans = [(segment.start, segment.end) for segment in candidate]
    links: dict[str, int] = {kind: len(pairs) if kind == "1-1" else 0 for kind in LINK_KINDS}
    coverage = _share([[a] for a, _ in pairs], source), _share([[b] for _, b in pairs], candidate)
    lines = len(source), len(candidate)
    beside: list[tuple[Segment, ...]] = [(segment,) for segment in first]
    return SureLines(spans, beside, lines, lines, True, links, coverage, 1.0, None, begun=True)


def _in_place(bead: Bead) -> bool:
    """A line beside the line of its number, which two witnesses bear out: its place, and the alignment."""
    return bead.source == bead.candidate and len(bead.source) == 1 and bead.probability >= _BORNE_OUT


def _place(document: Document, segment: Segment) -> str:
    """Line and column in the user's own file."""
    places = document.places
    line, column = places.at(segment.start) if places else Lines(document.text).place(segment.start)
    return f"{line}:{column}"


def _first_words(segment: Segment) -> str:
    text = " ".join(segment.text.split())
    if len(text) <= _SHOWN:
        return text
    return f"{text[:_SHOWN].rpartition(' ')[0] or text[:_SHOWN]} ..."


def _share(groups: Sequence[Sequence[Segment]], side: Sequence[Segment]) -> float:
    """The share of a side's words that stand in the groups."""
    taken = sum(count_words(segment.text) for group in groups for segment in group)
    return taken / max(1, sum(count_words(segment.text) for segment in side))


def source_remarks(source: DocumentSet, candidate: DocumentSet, aligned: Collection[str] = ()) -> Iterator[Failure]:
    """Says where the two sides are one text or seem to be swapped, a reference to be given as source, a side in another
    language, or the lines of one to be no translations of the other's, but for documents that were `aligned`."""
    remarks = list(of_languages(source, candidate))
    mine, theirs = ([document.text for document in side.documents] for side in (candidate, source))
    if not remarks and mine == theirs and any(text.strip() for text in mine):
        said = "the candidate and its source are the same text, word for word: was one file given twice?"
        remarks = [Failure("read", "", candidate.name, "", said)]
    yield from remarks or _of_lines(source, candidate, aligned)


def _texts(document: Document) -> list[str]:
    """The rows, in the order in which they stand beside the other side's, or the lines."""
    if document.rows is None:
        return document.text.splitlines()
    return [document.text[row.start : row.end] for row in document.rows]


def _of_lines(source: DocumentSet, candidate: DocumentSet, aligned: Collection[str]) -> Iterator[Failure]:
    """Texts with as many lines that do not fit each other better than lines some way off do."""
    from evalkit.language.across import side_by_side

    if candidate.kind != "translation":
        return
    for theirs, mine in zip(source.documents, candidate.documents, strict=True):
        lines = [_texts(side) for side in (theirs, mine)]
        if len(lines[0]) != len(lines[1]) or mine.id in aligned:
            continue  # they are aligned, and it is said how many belong together
        pairs = [(a, b) for a, b in zip(*lines, strict=True) if a.strip() and b.strip()]
        there, here = ([pair[side] for pair in pairs[:_COMPARED]] for side in (0, 1))
        if len(pairs) < _FEWEST or sum(map(len, there)) < _SENTENCE * len(there):
            continue
        if side_by_side(there, here, source.lang, candidate.lang) < _FIT:
            said = (
                f"the lines of document {mine.id!r} fit their lines of the source no better than other lines, by "
                "lengths, figures and names: is it the source of this text, line by line?"
            )
            yield Failure("read", "", candidate.name, "", said)
