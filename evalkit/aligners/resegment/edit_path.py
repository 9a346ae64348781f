"""Which words of two long texts are partners on the cheapest edit path, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from evalkit.aligners.resegment.islands import stretches

Array = Any  # numpy is imported inside functions
SAME, KIN, OTHER, GAP = 0, 1, 3, 2  # costs: equal word, same stem, another word, a word on one side only
_STEM = 5  # letters: what is left of a word when its ending varies


def partners(candidate: Sequence[str], reference: Sequence[str]) -> list[tuple[int, int]]:
    """For each candidate word (reference word or -1, cost of the pair); reference words ascend.

    Short texts have the cheapest path there is. Longer ones are cut where both have the same few words in the same
    order (islands.py), and the path between two cuts is the cheapest.
    """
    if not candidate or not reference:
        return [(-1, GAP)] * len(candidate)
    numbers = _Numbers(candidate, reference)
    found: list[tuple[int, int]] = []
    for top, bottom, first, last in stretches(candidate, reference):
        found += _cheapest(numbers.part(top, bottom, first, last), first)
    return found


def _cheapest(numbers: _Numbers, first: int) -> list[tuple[int, int]]:
    """The partners of one stretch, the reference's words counted from `first`.

    Two passes over the table of edit costs: the first keeps one row in every few, the second works
    back through the rows between two kept ones, so memory is about 3 * sqrt(rows) rows.
    """
    import numpy as np

    height, width = len(numbers.mine), len(numbers.theirs)
    if not height or not width:
        return [(-1, GAP)] * height
    step = max(1, int(height**0.5))
    row = GAP * np.arange(width + 1, dtype=np.int32)
    paid = row.copy()
    kept = [row]
    for i in range(height):
        row = _next_row(row, numbers.costs(i), paid)
        if (i + 1) % step == 0:
            kept.append(row)
    found: list[tuple[int, int]] = [(-1, GAP)] * height
    j, bottom = width, height
    for block in range(len(kept) - 1, -1, -1):
        top = block * step
        rows = [kept[block]]
        costs = [numbers.costs(i) for i in range(top, bottom)]
        for cost in costs:
            rows.append(_next_row(rows[-1], cost, paid))
        i = bottom
        while i > top:
            here, above = rows[i - top], rows[i - top - 1]
            if j and here[j] == above[j - 1] + costs[i - top - 1][j - 1]:
                found[i - 1] = (first + j - 1, int(costs[i - top - 1][j - 1]))
                i, j = i - 1, j - 1
            elif here[j] == above[j] + GAP:
                i -= 1
            else:
                j -= 1
        bottom = top
    return found


class _Numbers:
    """Words and stems as numbers, so that one row of costs is one comparison."""

    def __init__(self, candidate: Sequence[str], reference: Sequence[str]) -> None:
        import numpy as np

        known: dict[str, int] = {}

        def numbered(texts: Iterable[str]) -> Array:
            return np.fromiter((known.setdefault(text, len(known)) for text in texts), dtype=np.int32)

        self.mine, self.theirs = numbered(candidate), numbered(reference)
        self.my_stems = numbered("^" + word[:_STEM] for word in candidate)
        self.their_stems = numbered("^" + word[:_STEM] for word in reference)

    def part(self, top: int, bottom: int, first: int, last: int) -> _Numbers:
        """The same of some words of either side."""
        found = copy(self)
        found.mine, found.my_stems = self.mine[top:bottom], self.my_stems[top:bottom]
        found.theirs, found.their_stems = self.theirs[first:last], self.their_stems[first:last]
        return found

    def costs(self, i: int) -> Array:
        import numpy as np

        kin = np.where(self.their_stems == self.my_stems[i], np.int8(KIN), np.int8(OTHER))
        kin[self.theirs == self.mine[i]] = SAME
        return kin


def _next_row(row: Array, costs: Array, paid: Array) -> Array:
    """The edit costs after one more candidate word; `paid` is what steps to the right cost up to each place."""
    import numpy as np

    best = row + np.int32(GAP)
    np.minimum(best[1:], row[:-1] + costs, out=best[1:])
    # a step to the right costs GAP: the running minimum of what is left after paying for the way so far
    best -= paid
    np.minimum.accumulate(best, out=best)
    best += paid
    return best
