"""Which words of two long texts are partners on the cheapest edit path, in bounded memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Array = Any  # numpy is imported inside functions
SAME, KIN, OTHER, GAP = 0, 1, 3, 2  # costs: equal word, same stem, another word, a word on one side only
_STEM = 5  # letters: what is left of a word when its ending varies


def partners(candidate: Sequence[str], reference: Sequence[str]) -> list[tuple[int, int]]:
    """For each candidate word (reference word or -1, cost of the pair); reference words ascend.

    Two passes over the table of edit costs: the first keeps one row in every few, the second works
    back through the rows between two kept ones, so memory is about 2 * sqrt(rows) rows.
    """
    import numpy as np

    if not candidate or not reference:
        return [(-1, GAP)] * len(candidate)
    numbers = _Numbers(candidate, reference)
    width = len(reference)
    step = max(1, int(len(candidate) ** 0.5))
    row = GAP * np.arange(width + 1, dtype=np.int64)
    kept = [row]
    for i in range(len(candidate)):
        row = _next_row(row, numbers.costs(i))
        if (i + 1) % step == 0:
            kept.append(row)
    found: list[tuple[int, int]] = [(-1, GAP)] * len(candidate)
    j, bottom = width, len(candidate)
    for block in range(len(kept) - 1, -1, -1):
        top = block * step
        rows = [kept[block]]
        costs = [numbers.costs(i) for i in range(top, bottom)]
        for cost in costs:
            rows.append(_next_row(rows[-1], cost))
        i = bottom
        while i > top:
            here, above = rows[i - top], rows[i - top - 1]
            if j and here[j] == above[j - 1] + costs[i - top - 1][j - 1]:
                found[i - 1] = (j - 1, int(costs[i - top - 1][j - 1]))
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

        def numbered(texts: Sequence[str]) -> Array:
            return np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int64)

        self.mine, self.theirs = numbered(candidate), numbered(reference)
        self.my_stems = numbered(["^" + word[:_STEM] for word in candidate])
        self.their_stems = numbered(["^" + word[:_STEM] for word in reference])

    def costs(self, i: int) -> Array:
        import numpy as np

        kin = np.where(self.their_stems == self.my_stems[i], KIN, OTHER)
        return np.where(self.theirs == self.mine[i], SAME, kin)


def _next_row(row: Array, costs: Array) -> Array:
    """The edit costs after one more candidate word."""
    import numpy as np

    best = row + GAP
    best[1:] = np.minimum(best[1:], row[:-1] + costs)
    # a step to the right costs GAP: the running minimum of what is left after paying for the way so far
    paid = GAP * np.arange(len(row), dtype=np.int64)
    return np.minimum.accumulate(best - paid) + paid
