"""The small part of a split sentence: too short to be like anything, but its neighbour lacks its length.

A segment without a partner joins the link of the segment before or after it where the link's own side
is too short for the other side, so that the lengths fit better with it. A sentence that was really
added stands beside links whose lengths fit already, and stays alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from evalkit.aligners._groups import Group

_WEIGHT = 3.0  # log odds for each unit of log length ratio that is mended
_LEAST_ODDS = 1.5
_PASSES = 4  # a part may have several segments


def with_parts(
    found: Sequence[Group],
    probability: Mapping[tuple[int, int], float],
    lengths: tuple[Sequence[int], Sequence[int]],
    widest: int,
) -> list[Group]:
    """The groups with every part that fits; `lengths` are the characters of each segment of both sides."""
    groups = list(found)
    for _ in range(_PASSES):
        offers = sorted(
            (offer for side in (0, 1) for offer in _offers(groups, side, probability, lengths, widest)),
            key=lambda offer: (-offer[0], offer[1:]),
        )
        taken: set[int] = set()
        joined: set[tuple[int, int]] = set()
        for chance, side, index, number in offers:
            if number in taken or (side, index) in joined:
                continue
            groups[number] = _joined(groups[number], side, index, chance)
            taken.add(number)
            joined.add((side, index))
        if not taken:
            break
    return sorted(groups)


def _offers(
    groups: Sequence[Group],
    side: int,
    probability: Mapping[tuple[int, int], float],
    lengths: tuple[Sequence[int], Sequence[int]],
    widest: int,
) -> list[tuple[float, int, int, int]]:
    """(probability, side, segment, group) of segments without a link that would mend a neighbouring link."""
    sides = [(group.candidate, group.reference) for group in groups]
    owner = {index: number for number, pair in enumerate(sides) for index in pair[side]}
    offers = []
    for index in range(len(lengths[side])):
        for beside in (index - 1, index + 1):
            number = owner.get(beside, -1)
            if index in owner or number < 0 or len(sides[number][side]) >= widest:
                continue
            members, partners = sides[number][side], sides[number][1 - side]
            mine = sum(lengths[side][k] for k in members)
            other = sum(lengths[1 - side][k] for k in partners)
            mended = _apart(mine, other) - _apart(mine + lengths[side][index], other)
            if mended <= 0:
                continue
            pairs = ((index, k) if side == 0 else (k, index) for k in partners)
            likely = min(max(probability.get(pair, 0.0) for pair in pairs), 0.99)
            odds = max(likely, 0.01) / (1 - likely) * math.exp(_WEIGHT * mended)
            if odds >= _LEAST_ODDS:
                offers.append((odds / (1 + odds), side, index, number))
    return offers


def _apart(mine: int, other: int) -> float:
    return abs(math.log((mine + 1) / (other + 1)))


def _joined(group: Group, side: int, index: int, chance: float) -> Group:
    sides = [group.candidate, group.reference]
    share = len(sides[side]) / (len(sides[side]) + 1)
    sides[side] = tuple(sorted((*sides[side], index)))
    return Group(sides[0], sides[1], group.confidence * share + chance * (1 - share), group.core)
