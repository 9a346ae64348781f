"""How probable a pair is if both texts run in the same order: forward-backward over a small pair model.

A path through the two texts steps by matches, by extensions of a match (a sentence split or merged)
and by gaps on either side. The posterior of a pair sums over all paths, so a weak pair in its place
between strong ones becomes probable, and a gap on both sides stays possible.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Array = Any  # numpy is imported inside functions
_NEVER = -1e9  # lower than any sum of log probabilities of a text in memory
# A sentence alone is never impossible and never likelier than a pair, whatever was counted
_LEAST_GAP, _MOST_GAP = 0.01, 0.45
_PASSES = 2  # the second pass uses the gap rates the first one found


class Steps(NamedTuple):
    """Log probabilities of a step: match, extension, gap in the candidate, gap in the reference."""

    match: float
    extend: float
    only_candidate: float
    only_reference: float


def posterior(evidence: Array) -> Array:
    """For each cell of `evidence` (log odds of the pair, rows by columns) the probability of the pair.

    The tables of `_pass` hold rows + columns lines of as many cells as there are rows, so the shorter side is the rows:
    memory grows with the table, not with the square of the longer side.
    """
    if evidence.shape[0] > evidence.shape[1]:
        swapped = posterior(evidence.T)
        return swapped.T
    gaps = (0.05, 0.05)
    result = None
    for _ in range(_PASSES):
        steps = _steps(*gaps)
        result = _pass(evidence, steps)
        rows, columns = result.sum(axis=1), result.sum(axis=0)
        gaps = (float((rows < 0.5).mean()), float((columns < 0.5).mean()))
    return result


def _steps(mine: float, theirs: float) -> Steps:
    import math

    mine, theirs = (min(max(gap, _LEAST_GAP), _MOST_GAP) for gap in (mine, theirs))
    extend = 0.04
    match = (1 - extend) * (1 - mine) * (1 - theirs)
    return Steps(math.log(match), math.log(extend), math.log(mine), math.log(theirs))


class States(NamedTuple):
    """Log sums by the last step of a path, kept whole: cell (d, i) is row i of anti-diagonal d, both counted from 1."""

    match: Array
    down: Array
    right: Array


def _pass(evidence: Array, steps: Steps) -> Array:
    """Forward and backward sums along the anti-diagonals, and from them each pair's probability.

    Four tables stand in memory at a time: what is needed of the paths back is three lines.
    """
    import numpy as np

    height, width = evidence.shape
    i, j = np.indices((height, width), dtype=np.int32)
    cells = (i + j + 2).ravel(), (i + 1).ravel()
    del i, j
    emission = _never(height, width)
    emission[cells] = evidence.ravel()
    before, total = _forward(emission, steps, height, width)
    paired = _backward(emission, steps, before, total)
    return np.exp(np.minimum(paired[cells], 0.0)).reshape(height, width)


def _never(height: int, width: int) -> Array:
    """Cells no path has reached; a rim around the table spares every test for its edges."""
    import numpy as np

    return np.full((height + width + 3, height + 2), _NEVER)


def _forward(emission: Array, steps: Steps, height: int, width: int) -> tuple[States, float]:
    """The paths from the start to each cell, by their last step, and all paths to the end."""
    import numpy as np

    add = np.logaddexp
    match, down, right = (_never(height, width) for _ in range(3))
    never = np.full(height + 2, _NEVER)
    # of the last line: paths whose last step was on the candidate's side alone, those with a match or an extension
    # down, these with one to the right as well, and all; and of the line before it all
    mine, matched, linked, last, one_before = (never.copy() for _ in range(5))
    last[0] = 0.0
    for d in range(1, height + width + 1):
        low, high = max(0, d - width), min(height, d) + 1
        here, above = slice(low, high), np.arange(low - 1, high - 1)  # -1 is the last column: never
        e = emission[d, here]
        if d > 1:
            match[d, here] = e + steps.match + one_before[above]
        down[d, here] = e + steps.extend + matched[above]
        right[d, here] = e + steps.extend + add(match[d - 1, here], right[d - 1, here])
        closed = add(linked, mine)
        if d == 1:
            closed[0] = 0.0
        mine = never.copy()
        mine[here] = steps.only_candidate + closed[above]
        theirs = steps.only_reference + last[here]
        matched, linked, one_before, last = never.copy(), never.copy(), last, never.copy()
        matched[here] = add(match[d, here], down[d, here])
        linked[here] = add(matched[here], right[d, here])
        last[here] = add(linked[here], add(mine[here], theirs))
    return States(match, down, right), float(last[height])


def _backward(emission: Array, steps: Steps, before: States, total: float) -> Array:
    """The paths from each cell to the end, by the step that led to the cell, together with the paths `before` it: for
    each cell all paths that pass through it by a match or an extension, as a share of `total` (a logarithm)."""
    import numpy as np

    add = np.logaddexp
    size, height = before.match.shape[0] - 3, before.match.shape[1] - 2
    width = size - height
    paired = before.match  # each line is read for the last time where it is written
    never = np.full(height + 2, _NEVER)
    match, down, right, mine, theirs = (never.copy() for _ in range(5))
    for state in (match, down, right, mine, theirs):
        state[height] = 0.0
    two_on = never
    for d in range(size, -1, -1):
        if d < size:
            low, high = max(0, d - width), min(height, d) + 1
            here, below = slice(low, high), slice(low + 1, high + 1)
            to_match = emission[d + 2, below] + steps.match + two_on[below]
            to_theirs = steps.only_reference + theirs[here]
            to_mine = steps.only_candidate + mine[below]
            to_right = emission[d + 1, here] + steps.extend + right[here]
            to_down = emission[d + 1, below] + steps.extend + down[below]
            two_on = match
            match, down, right, mine, theirs = (never.copy() for _ in range(5))
            theirs[here] = add(to_match, to_theirs)
            mine[here] = add(theirs[here], to_mine)
            right[here] = add(mine[here], to_right)
            down[here] = add(mine[here], to_down)
            match[here] = add(right[here], to_down)
        paired[d] = add(add(before.match[d] + match, before.down[d] + down), before.right[d] + right) - total
    return paired
