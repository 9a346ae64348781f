"""One sentence rendered by many short ones, as plain language does: those that no link took go to it too.

A short sentence ("Hart und dick.") shares too little with a long one to be linked by itself. Where the sentences of one
text are far shorter than the other's, those left over between two links are given, in order, to the long sentences
from the one link to the other, as far as any evidence speaks for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from evalkit.aligners.document.beads import Group
from evalkit.records import Segment
from evalkit.text.arithmetic import running_sum
from evalkit.text.words import count_words

# Mean words of the shorter text's segments, of the longer one's: plain language has 0.3 to 0.5, texts for learners of
# a language 0.7, a report of a speech 0.6.
_FAR_SHORTER = 0.55
_FEWEST = 6  # segments of the shorter text: the mean of fewer says little
_EVIDENCE = 0.1  # probability of a pair from which it is linked; below it precision falls from 0.84 to 0.75
_FLOOR = 0.02  # of a pair that nothing speaks for: any order of such pairs is as good as another
_REACH = 12  # long sentences between two links: more of them tell nothing of the place
Probability = Callable[[int, int], float]


def with_fan_out(
    found: Sequence[Group],
    known: Mapping[tuple[int, int], float],
    candidate: Sequence[Segment],
    reference: Sequence[Segment],
    widest: int,
) -> list[Group]:
    """The groups, and where one side's segments are far shorter its left-over ones in their place among them.

    `known` are the probabilities of pairs; a side of a group holds at most `widest`.
    """
    sizes = [sum(count_words(s.text) for s in side) / max(len(side), 1) for side in (candidate, reference)]
    if not found or min(sizes) > _FAR_SHORTER * max(sizes):
        return list(found)
    if sizes[0] < sizes[1]:
        return _placed(found, lambda i, j: known.get((i, j), 0.0), candidate, reference, widest)
    swapped = [_swapped(group) for group in found]
    return sorted(map(_swapped, _placed(swapped, lambda i, j: known.get((j, i), 0.0), reference, candidate, widest)))


def _swapped(group: Group) -> Group:
    return Group(group.reference, group.candidate, group.confidence, (group.core[1], group.core[0]))


def _placed(
    found: Sequence[Group], likely: Probability, short: Sequence[Segment], long: Sequence[Segment], widest: int
) -> list[Group]:
    """The same where the first side is the one with short segments."""
    if len(short) < _FEWEST:
        return list(found)
    owner = {i: number for number, group in enumerate(found) for i in group.candidate}
    added: dict[int, list[int]] = {}
    for first, last in _left_over(len(short), owner):
        top = found[owner[first - 1]].reference[-1] if first else 0
        end = found[owner[last]].reference[0] if last < len(short) else len(long) - 1
        if not 0 <= end - top <= _REACH:
            continue
        for i, j in zip(range(first, last), _in_order(range(first, last), range(top, end + 1), likely), strict=True):
            if likely(i, j) >= _EVIDENCE and short[i].kind == long[j].kind == "text":
                added.setdefault(j, []).append(i)
    result = []
    for group in found:
        more = [i for j in group.reference for i in added.pop(j, ())]
        if more and len(group.candidate) + len(more) <= widest:
            total = group.confidence * len(group.candidate) * len(group.reference)
            total += running_sum(likely(i, j) for i in more for j in group.reference)
            mine = tuple(sorted((*group.candidate, *more)))
            group = group._replace(candidate=mine, confidence=total / (len(mine) * len(group.reference)))
        result.append(group)
    for j, mine_alone in added.items():
        kept = mine_alone[:widest]
        sure = running_sum(likely(i, j) for i in kept) / len(kept)
        result.append(Group(tuple(kept), (j,), sure, (max(kept, key=lambda i: (likely(i, j), -i)), j)))
    return sorted(result)


def _left_over(count: int, owner: Mapping[int, int]) -> list[tuple[int, int]]:
    """The runs (from, to) of segments that no group holds."""
    runs: list[tuple[int, int]] = []
    for i in range(count):
        if i in owner:
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _in_order(rows: Sequence[int], columns: Sequence[int], likely: Probability) -> list[int]:
    """For each row a column, none before that of the row above it: those that are likeliest together."""
    best = [0.0] * len(columns)
    steps: list[list[int]] = []
    for i in rows:
        before, step, at = list[float](), list[int](), 0
        for k in range(len(columns)):
            at = k if best[k] > best[at] else at
            step.append(at)
            before.append(best[at])
        best = [total + math.log(max(likely(i, j), _FLOOR)) for total, j in zip(before, columns, strict=True)]
        steps.append(step)
    k = max(range(len(columns)), key=lambda place: (best[place], -place))
    found: list[int] = []
    for step in reversed(steps):
        found.append(columns[k])
        k = step[k]
    return found[::-1]
