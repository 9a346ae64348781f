"""Segments far longer than the other side's: a transcript without punctuation beside written sentences.

A link can only take whole segments, so one such segment would leave most of the other side without a partner. The
candidate's are cut where the reference's segments change before anything is linked; the reference's, which every
system shares, stay as they are and take all segments of the candidate that belong to a piece of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evalkit.records import Link, Segment
from evalkit.text.arithmetic import running_sum
from evalkit.text.words import count_words

# The mean length of a side's segments, as a multiple of the other's, from which they are far longer: sentences that a
# translator joins two by two are not.
_FAR_LONGER = 2.5
_LONG = 40  # words: a segment that may be several sentences; below it there is little to cut


def are_far_longer(mine: Sequence[Segment], theirs: Sequence[Segment]) -> bool:
    """True where the segments of the first side are far longer than those of the other, and some are long."""
    if not mine or not theirs:
        return False
    here, there = ([count_words(s.text) for s in side] for side in (mine, theirs))
    return max(here) >= _LONG and sum(here) * len(there) >= _FAR_LONGER * sum(there) * len(here) > 0


def cut_to(mine: Sequence[Segment], theirs: Sequence[Segment]) -> Sequence[Segment]:
    """The segments of the first side, cut where those of the other change."""
    from evalkit.aligners.resegment import Resegmenter  # which itself needs this package

    return [piece for piece in Resegmenter().cut(mine, theirs) if piece.text]


@dataclass(frozen=True)
class Pieces:
    """The pieces of a side, and the segment each one is of."""

    pieces: Sequence[Segment]
    owners: Sequence[int]


def pieces_of(segments: Sequence[Segment], pieces: Sequence[Segment]) -> Pieces:
    """The pieces that hold text, each with the segment it was cut from; both stand in order."""
    held, owners, number = [], [], 0
    for piece in pieces:
        if piece.text:
            while number + 1 < len(segments) and segments[number].end <= piece.start:
                number += 1
            held.append(piece)
            owners.append(number)
    return Pieces(held, owners)


def with_whole(links: Sequence[Link], cut: Pieces) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
    """Links with pieces of the reference as groups with its whole segments: all that belongs to one is one group.

    A link with pieces of two segments goes to the one that it has more text of, so that no piece cut a word too late
    ties two long segments together. Each group has candidate and reference indices and the mean confidence of its
    links.
    """
    groups: dict[int, tuple[set[int], list[float]]] = {}
    for link in links:
        if not (link.candidate and link.reference):
            continue
        held: Counter[int] = Counter()
        for j in link.reference:
            held[cut.owners[j]] += len(cut.pieces[j].text)
        owner = max(sorted(held), key=held.__getitem__)
        group = groups.setdefault(owner, (set(), []))
        group[0].update(link.candidate)
        group[1].append(link.confidence)
    return [(tuple(sorted(mine)), (owner,), running_sum(sure) / len(sure)) for owner, (mine, sure) in groups.items()]
