"""What a user would do without an aligner: best reference per candidate, optimal 1-1, monotone programme.

All take the aligner's own cosines, so the table compares methods and not measures; thresholds are the
best of a few on the fitting data.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from _alignment_data import Case, Edge

from evalkit.aligners.document.vectors import dots, vectors

LEAST = 0.24
Baseline = Callable[[Case], set[Edge]]


def cosines(case: Case) -> np.ndarray:
    """The cosine of every pair."""
    left, right, size = vectors([s.text for s in case.candidate], [s.text for s in case.reference])
    inner = dots(left, right, np.arange(len(left) * len(right)), size)
    lengths = np.outer(left.squares, right.squares)
    return inner.reshape(len(left), len(right)) / np.sqrt(np.maximum(lengths, 1e-12))


def row_best(case: Case) -> set[Edge]:
    """The best reference of each candidate."""
    found = cosines(case)
    return {(i, int(j)) for i, j in enumerate(found.argmax(axis=1)) if found[i, j] >= LEAST}


def both_best(case: Case) -> set[Edge]:
    """The union of the best of each row and the best of each column."""
    found = cosines(case)
    best = (found >= found.max(axis=1, keepdims=True)) | (found >= found.max(axis=0, keepdims=True))
    return {(int(i), int(j)) for i, j in np.argwhere(best & (found >= LEAST))}


def hungarian(case: Case) -> set[Edge]:
    """The 1-1 assignment with the highest sum of cosines (shortest augmenting paths)."""
    found = cosines(case)
    flipped = found.shape[0] > found.shape[1]
    cost = -(found.T if flipped else found)
    height, width = cost.shape
    rows, columns = np.zeros(height + 1), np.zeros(width + 1)
    owner = np.zeros(width + 1, dtype=int)
    for i in range(1, height + 1):
        owner[0], at = i, 0
        least, way, used = np.full(width + 1, np.inf), np.zeros(width + 1, dtype=int), np.zeros(width + 1, dtype=bool)
        while True:
            used[at] = True
            here = owner[at]
            current = cost[here - 1] - rows[here] - columns[1:]
            better = ~used[1:] & (current < least[1:])
            least[1:][better], way[1:][better] = current[better], at
            free = np.where(used[1:], np.inf, least[1:])
            following = int(free.argmin()) + 1
            step = free[following - 1]
            rows[owner[used]] += step
            columns[used] -= step
            least[~used] -= step
            at = following
            if owner[at] == 0:
                break
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    pairs = {(int(owner[j]) - 1, j - 1) for j in range(1, width + 1) if owner[j]}
    pairs = {(j, i) for i, j in pairs} if flipped else pairs
    return {(i, j) for i, j in pairs if found[i, j] >= LEAST}


def monotone(case: Case) -> set[Edge]:
    """The best path of matches, 1-2 and 2-1 links and gaps through the table of cosines."""
    gain = cosines(case) - LEAST
    height, width = gain.shape
    best = np.zeros((height + 1, width + 1))
    move = np.zeros((height + 1, width + 1), dtype=int)
    for i in range(height + 1):
        for j in range(width + 1):
            options = [(0.0, 0)] if not i and not j else []
            if i:
                options.append((best[i - 1, j], 1))
            if j:
                options.append((best[i, j - 1], 2))
            if i and j:
                options.append((best[i - 1, j - 1] + gain[i - 1, j - 1], 3))
            if i and j > 1:
                options.append((best[i - 1, j - 2] + gain[i - 1, j - 1] + gain[i - 1, j - 2], 4))
            if i > 1 and j:
                options.append((best[i - 2, j - 1] + gain[i - 1, j - 1] + gain[i - 2, j - 1], 5))
            best[i, j], move[i, j] = max(options)
    found: set[Edge] = set()
    i, j = height, width
    while i or j:
        step = move[i, j]
        down, right = ((0, 0), (1, 0), (0, 1), (1, 1), (1, 2), (2, 1))[step]
        if down and right:
            found |= {(i - 1 - a, j - 1 - b) for a in range(down) for b in range(right)}
        i, j = i - down, j - right
    return found


BASELINES: dict[str, Baseline] = {
    "row-best": row_best,
    "row- and column-best": both_best,
    "Hungarian 1-1": hungarian,
    "monotone DP": monotone,
}
