"""Resampling of statistic rows: the same draws for all systems, sums as matrix products.

Draws are those of sacrebleu 2.6.0 for the same seed. All sums are exact, so that no number depends on
the size of a block, on threads or on the machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING

from evalkit.errors import InputError
from evalkit.kernel import batches
from evalkit.kernel.tables import Table
from evalkit.plugins.protocols import Row, Statistic

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]

Pair = tuple[str, str]
# Cells of a block of draws or of their sums, 8 bytes each; no block is larger unless 32 rows of the data are.
CELLS = 1 << 21
_WHOLE = 1 << 24  # whole numbers below are exact in single precision, which takes a third of the time


def bootstrap_scores(
    matrices: Mapping[str, Matrix], scorer: Statistic, trials: int, seed: int, cells: int
) -> dict[str, Matrix]:
    """Scores of every system on the same resamples."""
    import numpy as np

    scores: dict[str, list[Matrix]] = {name: [] for name in matrices}
    width = next(iter(matrices.values())).shape[1]
    for sums in bootstrap_sums(np.hstack(list(matrices.values())), trials, seed, cells):
        for position, found in enumerate(scores.values()):
            found.append(_values(scorer, sums[:, position * width : (position + 1) * width]))
    return {name: np.concatenate(found) for name, found in scores.items()}


def _values(scorer: Statistic, sums: Matrix) -> Matrix:
    """The score of each row of sums."""
    import numpy as np

    if not sums.shape[1]:
        return np.array([scorer.value(row) for row in sums.tolist()])
    return np.asarray(batches.values(scorer, Table(np.ascontiguousarray(sums), sums.shape[1])))


def bootstrap_sums(matrix: Matrix, trials: int, seed: int, cells: int) -> Iterator[Matrix]:
    """Sums of rows drawn with replacement, a block of trials at a time: counts times rows."""
    import numpy as np

    items, width = matrix.shape
    few = _few(matrix, items * float(np.abs(matrix).max(initial=0.0)))
    for drawn in counts(items, trials, seed, max(1, cells // max(items, width))):
        yield times(drawn, few)


def counts(items: int, trials: int, seed: int, step: int) -> Iterator[npt.NDArray[np.intp]]:
    """How often each item is drawn in each trial, `step` trials at a time."""
    if trials <= step:  # metric after metric draws the same
        yield _drawn_last(items, trials, seed)
        return
    import numpy as np

    rng = np.random.default_rng(seed)
    for done in range(0, trials, step):
        yield _draw(rng, items, min(step, trials - done))


@lru_cache(maxsize=1)
def _drawn_last(items: int, trials: int, seed: int) -> npt.NDArray[np.intp]:
    import numpy as np

    return _draw(np.random.default_rng(seed), items, trials)


def _draw(rng: np.random.Generator, items: int, trials: int) -> npt.NDArray[np.intp]:
    import numpy as np

    drawn = rng.choice(items, size=(trials, items), replace=True)
    drawn += np.arange(trials)[:, np.newaxis] * items
    return np.bincount(drawn.ravel(), minlength=trials * items).reshape(trials, items)


def exchanged(
    matrices: Mapping[str, Matrix], pairs: Sequence[Pair], scorer: Statistic, trials: int, seed: int, cells: int
) -> Iterator[tuple[Pair, Matrix]]:
    """Absolute differences of pairs after the rows of random items changed sides, a block of trials at a time.

    One draw serves all pairs: what stays of each system is summed once, what goes is the rest.
    """
    import numpy as np

    names, width = list(matrices), next(iter(matrices.values())).shape[1]
    everything = np.hstack(list(matrices.values()))
    items, totals = len(everything), everything.sum(axis=0)
    few = _few(everything, float(np.abs(everything).sum(axis=0).max(initial=0.0)))
    rng = np.random.default_rng(seed)
    # The generator takes bits by 32 and drops the rest at the end of a call: blocks end on that border.
    border = 32 // gcd(items, 32)
    step = max(1, cells // (max(everything.shape) * border)) * border
    for done in range(0, trials, step):
        sums = times(_sides(rng, min(step, trials - done), items), few)
        stay = {name: sums[:, i * width : (i + 1) * width] for i, name in enumerate(names)}
        go = {name: totals[i * width : (i + 1) * width] - stay[name] for i, name in enumerate(names)}
        for first, second in pairs:
            one, other = stay[first] + go[second], go[first] + stay[second]
            yield (first, second), np.abs(np.subtract(_values(scorer, one), _values(scorer, other)))


def _sides(rng: np.random.Generator, trials: int, items: int) -> npt.NDArray[np.uint8]:
    """What `rng.integers(2, size=(trials, items), dtype=bool)` draws, from as many bits, in a third of the time."""
    import numpy as np

    drawn = rng.integers(1 << 32, size=-(-trials * items // 32), dtype=np.uint32)
    bits = np.unpackbits(drawn.astype("<u4").view(np.uint8), count=trials * items, bitorder="little")
    return bits.reshape(trials, items)


def _few(matrix: Matrix, most: float) -> npt.NDArray[np.floating]:
    """The matrix in single precision where no sum can be wrong in it: of whole numbers, none beyond `most`."""
    import numpy as np

    exact = most < _WHOLE and bool((matrix == np.rint(matrix)).all())
    return matrix.astype(np.float32) if exact else matrix


def times(drawn: npt.NDArray[np.integer], matrix: npt.NDArray[np.floating]) -> Matrix:
    """Counts times rows, in the precision of the rows, which is enough for them."""
    import numpy as np

    return np.asarray(drawn.astype(matrix.dtype) @ matrix, dtype=np.float64)


def matrix_of(rows: Sequence[Row] | Table | Matrix) -> Matrix:
    """Rows as float64, cut to a binary grid so fine that no score feels it, on which all sums are exact.

    Counts are left as they are; only fractions (mean reference lengths) are cut, beyond the 12th digit
    or so. Exact sums do not depend on their order, hence not on blocks, threads or machines.
    """
    import numpy as np

    given = np.asarray(rows.data).reshape(len(rows), rows.width) if isinstance(rows, Table) else rows
    matrix = np.asarray(given, dtype=np.float64)
    if matrix.ndim != 2 or not np.isfinite(matrix).all():
        raise InputError("statistic rows of one metric must be finite numbers and of one length")
    return cut(matrix, grid_of(float(np.abs(matrix).max(initial=1.0)), len(matrix)))


def grid_of(largest: float, items: int) -> float:
    """The distance of two numbers on the grid of so many rows, of which none has a number beyond `largest`."""
    import numpy as np

    return float(np.exp2(np.ceil(np.log2(largest * 2 * items)) - 52))


def cut(matrix: Matrix, grid: float) -> Matrix:
    """The numbers of a matrix, each moved to the next one of the grid."""
    import numpy as np

    found: Matrix = np.round(matrix / grid) * grid
    return found


def percentiles(scores: Matrix | Sequence[float], confidence: float) -> tuple[float, float]:
    """The scores that leave out the same number at both ends."""
    import numpy as np

    ranked = np.sort(np.asarray(scores)).tolist()
    # The addend undoes the rounding of the product: 25 of 1000 at 0.95, not 24.
    outside = min(int(len(ranked) * (1 - confidence) / 2 + 1e-9), (len(ranked) - 1) // 2)
    return ranked[outside], ranked[-1 - outside]


def widened(scores: Matrix, centre: float, factor: float) -> Matrix:
    """Resampled values moved away from their centre: few draws scatter less than what they are drawn from."""
    return centre + factor * (scores - centre)
