"""Statistics of pairs of systems: pairwise accuracy, soft pairwise accuracy, and accuracy with calibrated ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evalkit.text.arithmetic import running_sum

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

# Of soft pairwise accuracy, as the field's tool has them: with them the draw is the same one.
PERMUTATIONS = 1000
PERMUTATION_SEED = 4


def pairs(count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """First and second of all pairs of so many, the first before the second."""
    import numpy as np

    return np.triu_indices(count, 1)


def pairwise_accuracy(human: Array, metric: Array) -> float:
    """Share of system pairs that both sides order alike (Kocmi et al. 2021); equal on both sides is alike."""
    import numpy as np

    one, other = pairs(len(human))
    alike = np.sign(human[one] - human[other]) == np.sign(metric[one] - metric[other])
    return int(alike.sum()) / len(alike)


def soft_pairwise_accuracy(human: Array, metric: Array) -> float:
    """1 less the mean difference of the p-values that people and the metric give each pair (Thompson et al. 2024)."""
    import numpy as np

    return float(1.0 - np.mean(np.abs(_p_values(human) - _p_values(metric))))


def _p_values(scores: Array) -> Array:
    """For each pair of rows the share of sign changes after which the first is as far ahead as it is, or further.

    In single precision, as the field's tool has it, since equal sums are told apart by its rounding; but added one
    segment after the other, so that no library or machine moves a sum.
    """
    import numpy as np

    rng = np.random.default_rng(PERMUTATION_SEED)
    drawn = rng.random(size=(PERMUTATIONS, scores.shape[1]), dtype=np.float32)
    signs = np.rint(drawn) * np.float32(2) - np.float32(1)
    single = np.ascontiguousarray(scores, dtype=np.float32)
    whole = single.sum(axis=1)
    sums = np.zeros((PERMUTATIONS, len(single)), dtype=np.float32)
    for sign, column in zip(signs.T, single.T, strict=True):
        sums += sign[:, np.newaxis] * column
    one, other = pairs(len(single))
    ahead = (sums[:, one] - sums[:, other] >= whole[one] - whole[other]).sum(axis=0)
    shares: Array = ahead / PERMUTATIONS
    return shares


class PairTable(NamedTuple):
    """All pairs of translations of one segment that both sides have scored: segment, sign of the human difference,
    sign and size of the metric's."""

    row: npt.NDArray[np.intp]
    human: npt.NDArray[np.int8]
    metric: npt.NDArray[np.int8]
    size: Array


def pair_table(human: Array, metric: Array) -> PairTable:
    """The pairs of two arrays of systems by segments, by segment and then by system."""
    import numpy as np

    one, other = pairs(len(human))
    apart, by_metric = (np.ascontiguousarray((side[one] - side[other]).T) for side in (human, metric))
    rows, columns = np.nonzero(~(np.isnan(apart) | np.isnan(by_metric)))
    apart, by_metric = apart[rows, columns], by_metric[rows, columns]
    return PairTable(rows, np.sign(apart).astype(np.int8), np.sign(by_metric).astype(np.int8), np.abs(by_metric))


class Calibrated(NamedTuple):
    """Accuracy at the threshold that makes it largest, and the threshold: metric differences up to it are ties."""

    value: float
    epsilon: float


def calibrated_accuracy(table: PairTable) -> Calibrated:
    """Pairwise accuracy within segments with the best threshold for ties, mean of segments (Deutsch et al. 2023).

    Every difference is tried, the smallest first. The mean is carried along from threshold to threshold as the
    field's tool does it, rounding included. NaN without pairs.
    """
    import numpy as np

    if not len(table.row):
        return Calibrated(float("nan"), 0.0)
    _, row, count = np.unique(table.row, return_inverse=True, return_counts=True)
    right = table.human == table.metric
    at_first = np.bincount(row, right)
    sequence = np.argsort(table.size, kind="stable")
    # What making a tie of a pair adds to the right ones of its segment.
    change = ((table.human == 0).astype(np.int64) - right)[sequence]
    of = row[sequence]
    after = _running(change, of, count) + at_first[of]
    steps = np.empty(2 * len(of) + 1)
    steps[0] = running_sum((at_first / count).tolist())
    steps[1::2] = -((after - change) / count[of])
    steps[2::2] = after / count[of]
    means = np.cumsum(steps)[::2] / len(count)
    sizes = np.concatenate([[0.0], table.size[sequence]])
    last = np.append(sizes[1:] != sizes[:-1], True)  # the threshold takes all pairs of its size
    best = int(np.argmax(means[last]))
    return Calibrated(float(means[last][best]), float(sizes[last][best]))


def _running(change: npt.NDArray[np.int64], of: npt.NDArray[np.intp], count: npt.NDArray[np.intp]) -> Array:
    """The sum of changes up to each, within its group."""
    import numpy as np

    within = np.argsort(of, kind="stable")
    sums = np.cumsum(change[within])
    before = np.concatenate([[0], sums[np.cumsum(count)[:-1] - 1]])
    found = np.empty(len(change))
    found[within] = sums - np.repeat(before, count)
    return found


def right_at(table: PairTable, epsilon: float) -> npt.NDArray[np.bool_]:
    """Which pairs are right with ties up to epsilon."""
    import numpy as np

    right: npt.NDArray[np.bool_] = np.where(table.size <= epsilon, table.human == 0, table.human == table.metric)
    return right
