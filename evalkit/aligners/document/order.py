"""The main order of a text, what moved out of it, and the links in reading order with the gaps."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Callable, Sequence

from evalkit.aligners.document.beads import Group
from evalkit.records import Link, LinkKind, Segment
from evalkit.text.words import count_words

Doubt = Callable[[int], float]

# Of a confidence. The last bits of what it is computed from differ with the instructions a processor has (numpy takes
# the widest); six digits are more than any threshold or report looks at, and the same everywhere.
DIGITS = 6


def ordered_links(
    found: Sequence[Group], candidate: Sequence[Segment], reference: Sequence[Segment], doubts: tuple[Doubt, Doubt]
) -> tuple[Link, ...]:
    """All links: groups by candidate position, omitted segments after what stands before them.

    `doubts` gives, for a candidate and a reference index, the probability that it has no partner.
    """
    blocks = _blocks(found, _in_order(found, candidate, reference))
    links = [
        Link(g.candidate, g.reference, _shape(g) if block is None else "moved", round(g.confidence, DIGITS), block)
        for g, block in zip(found, blocks, strict=True)
    ]
    paired = {i for g in found for i in g.candidate}
    added, omitted = (_rounded(doubt) for doubt in doubts)
    links += [Link((i,), (), "added", added(i)) for i in range(len(candidate)) if i not in paired]
    links.sort(key=lambda link: link.candidate[0])
    return _with_omitted(links, len(reference), omitted)


def _rounded(doubt: Doubt) -> Doubt:
    return lambda index: round(doubt(index), DIGITS)


def _shape(group: Group) -> LinkKind:
    if len(group.candidate) == 1:
        return "1-1" if len(group.reference) == 1 else "1-n"
    return "n-1" if len(group.reference) == 1 else "n-m"


def _in_order(found: Sequence[Group], candidate: Sequence[Segment], reference: Sequence[Segment]) -> set[int]:
    """Groups of the main order: the increasing run of reference places that holds the most words.

    Of two equally heavy runs a checksum of the texts picks one, so that exchanging the sides
    (the same texts, the other way round) picks the same.
    """
    weights = []
    for group in found:
        texts = (candidate[i].text for i in group.candidate), (reference[j].text for j in group.reference)
        left, right = (" ".join(side) for side in texts)
        total = count_words(left) + count_words(right) + 1
        weights.append((total << 48) + zlib.crc32(left.encode()) + zlib.crc32(right.encode()))
    by_row = sorted(range(len(found)), key=lambda k: found[k].core)
    places = sorted({found[k].core[1] for k in by_row})
    # a tree of best runs by last place (Fenwick): (weight, group)
    tree: list[tuple[int, int]] = [(0, -1)] * (len(places) + 1)
    previous: dict[int, int] = {}
    for k in by_row:
        at = bisect_left(places, found[k].core[1])
        best, step = (0, -1), at
        while step > 0:
            best, step = max(best, tree[step]), step & (step - 1)
        previous[k] = best[1]
        mine, step = (best[0] + weights[k], k), at + 1
        while step < len(tree):
            tree[step], step = max(tree[step], mine), step + (step & -step)
    best, step = (0, -1), len(places)
    while step > 0:
        best, step = max(best, tree[step]), step & (step - 1)
    kept, k = set(), best[1]
    while k >= 0:
        kept.add(k)
        k = previous[k]
    return kept


def _blocks(found: Sequence[Group], kept: set[int]) -> list[int | None]:
    """For each group None, or the number of the run that moved together: consecutive on both sides."""
    rank = {k: place for place, k in enumerate(sorted(range(len(found)), key=lambda k: found[k].core[::-1]))}
    blocks: list[int | None] = []
    number = 0
    for k in range(len(found)):
        if k in kept:
            blocks.append(None)
            continue
        together = k > 0 and blocks[-1] is not None and rank[k] == rank[k - 1] + 1
        number += 0 if together else 1
        blocks.append(number)
    return blocks


def _with_omitted(links: list[Link], width: int, doubt: Doubt) -> tuple[Link, ...]:
    """The links with every reference segment no link holds, each after the link of the one before it."""
    after: dict[int, int] = {}
    for place, link in enumerate(links):
        for j in link.reference:
            after[j] = place
    waiting: dict[int, list[Link]] = {}
    place = -1
    for j in range(width):
        if j in after:
            if links[after[j]].kind != "moved":
                place = after[j]
        else:
            waiting.setdefault(place, []).append(Link((), (j,), "omitted", doubt(j)))
    result = list(waiting.get(-1, ()))
    for number, link in enumerate(links):
        result += [link, *waiting.get(number, ())]
    return tuple(result)
