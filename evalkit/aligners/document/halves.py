"""The first part of a sentence that was cut in two by a page: it goes where the rest of its sentence goes.

Such a part holds too little to be linked by itself, and left alone it would count as added or omitted.
"""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.aligners.document.beads import Group
from evalkit.records import Segment
from evalkit.text.words import count_words
from evalkit.text.wrapping import ENDS_SENTENCE

_MOST = 12  # words: a line of a page; what is longer can be linked by itself

_APART = 3  # characters: between two segments of one paragraph; more hold a running head or a note


def with_halves(
    found: Sequence[Group], candidate: Sequence[Segment], reference: Sequence[Segment], widest: int
) -> list[Group]:
    """The groups, with the unlinked parts of sentences whose rest is linked; a side holds at most `widest`."""
    more: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})  # what each group gets; few get anything
    sides = [group.candidate for group in found], [group.reference for group in found]
    for held, segments, added in zip(sides, (candidate, reference), more, strict=True):
        owner = {k: number for number, indices in enumerate(held) for k in indices}
        following: dict[int, int] = {}  # of a paragraph, its first segment after this one; a note may stand between
        for k in range(len(segments) - 1, -1, -1):
            rest = following.get(segments[k].paragraph, -1)
            following[segments[k].paragraph] = k
            number = owner.get(rest, -1)
            if k in owner or number < 0 or not _goes_on(segments[k], segments[rest]):
                continue
            if len(held[number]) + len(added.get(number, ())) < widest:
                added.setdefault(number, []).append(k)
                owner[k] = number
    rows, columns = (
        [_sorted(indices, added.get(number)) for number, indices in enumerate(held)]
        for held, added in zip(sides, more, strict=True)
    )
    return sorted(
        group._replace(candidate=mine, reference=theirs)
        for group, mine, theirs in zip(found, rows, columns, strict=True)
    )


def _sorted(indices: tuple[int, ...], more: Sequence[int] | None) -> tuple[int, ...]:
    """The indices of a side in order, those added among them; most have one, and it is as it was."""
    return indices if len(indices) == 1 and not more else tuple(sorted({*indices, *(more or ())}))


def _goes_on(segment: Segment, following: Segment) -> bool:
    """True where the sentence of a segment goes on in the one after it."""
    return (
        segment.paragraph == following.paragraph
        and segment.kind == "text"
        and not ENDS_SENTENCE.search(segment.text)
        and following.start - segment.end > _APART
        and count_words(segment.text) <= _MOST
    )
