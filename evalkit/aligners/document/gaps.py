"""The hard paraphrase between two good links: nothing says it is right, but nothing else is left.

Where two texts run in the same order and hardly a segment of either is left over, a gap that is open
on both sides between the same two links, with lengths that fit, becomes a weak link. Where segments were
dropped or moved, nothing is filled: there an open gap says that something is missing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from evalkit.aligners.document.beads import Group

CONFIDENCE = 0.45  # below one half: nothing but the place speaks for such a pair
_LINKED = 0.8  # of the segments of each side, at least
_LEFT_OVER = 0.03  # of the segments of both sides, at most, once the gaps are filled
_WIDEST = 4  # segments on one side of a gap
_APART = math.log(3)  # log of the ratio of lengths, at most
_SLACK = 5  # characters: the length of a short segment tells little


def with_gaps(
    found: Sequence[Group],
    lengths: tuple[Sequence[int], Sequence[int]],
    sentences: tuple[Sequence[bool], Sequence[bool]],
) -> list[Group]:
    """The groups, and in nearly complete texts a weak one for each gap.

    `lengths` are the characters of all segments of both sides; `sentences` says which are running text.
    """
    sizes = len(lengths[0]), len(lengths[1])
    linked = sum(len(group.candidate) for group in found), sum(len(group.reference) for group in found)
    if any(part < _LINKED * size for part, size in zip(linked, sizes, strict=True)):
        return list(found)
    before, after = Group((-1,), (-1,), 1.0, (-1, -1)), Group((sizes[0],), (sizes[1],), 1.0, sizes)
    gaps = []
    for one, other in pairwise([before, *sorted(found), after]):
        rows = tuple(range(one.candidate[-1] + 1, other.candidate[0]))
        columns = tuple(range(one.reference[-1] + 1, other.reference[0]))
        if one.candidate[-1] >= other.candidate[0] or one.reference[-1] >= other.reference[0]:
            return list(found)  # the texts are not in the same order
        text = all(sentences[0][i] for i in rows) and all(sentences[1][j] for j in columns)
        if text and 0 < len(rows) <= _WIDEST and 0 < len(columns) <= _WIDEST and _fit(rows, columns, lengths):
            gaps.append(Group(rows, columns, CONFIDENCE, (rows[0], columns[0])))
    filled = sum(len(gap.candidate) + len(gap.reference) for gap in gaps)
    if sum(sizes) - sum(linked) - filled > _LEFT_OVER * sum(sizes):
        return list(found)
    return sorted([*found, *gaps])


def _fit(rows: Sequence[int], columns: Sequence[int], lengths: tuple[Sequence[int], Sequence[int]]) -> bool:
    mine, theirs = sum(lengths[0][i] for i in rows), sum(lengths[1][j] for j in columns)
    return abs(math.log((mine + _SLACK) / (theirs + _SLACK))) < _APART
