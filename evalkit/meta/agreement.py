"""Statistics of pairs of systems: pairwise accuracy, soft pairwise accuracy, and accuracy with calibrated ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evalkit.compare.statistics.resampling import CELLS
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

    alike = 0
    for place in range(len(human) - 1):  # a system with all after it: all pairs at once take memory with the square
        apart, by_metric = (side[place] - side[place + 1 :] for side in (human, metric))
        alike += int((np.sign(apart) == np.sign(by_metric)).sum())
    return alike / (len(human) * (len(human) - 1) // 2)


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
    signs = np.empty((PERMUTATIONS, scores.shape[1]), dtype=np.int8)
    for row in signs:  # drawn one after the other they are the same, in a tenth of the memory
        row[:] = np.rint(rng.random(size=len(row), dtype=np.float32)) * 2 - 1
    single = np.ascontiguousarray(scores, dtype=np.float32)
    whole = single.sum(axis=1)
    sums = np.zeros((PERMUTATIONS, len(single)), dtype=np.float32)
    for sign, column in zip(signs.T, single.T, strict=True):
        sums += sign[:, np.newaxis].astype(np.float32) * column
    one, other = pairs(len(single))
    shares: Array = np.empty(len(one))
    step = max(1, CELLS // PERMUTATIONS)
    for part in (slice(start, start + step) for start in range(0, len(one), step)):
        first, second = one[part], other[part]
        ahead = (sums[:, first] - sums[:, second] >= whole[first] - whole[second]).sum(axis=0)
        shares[part] = ahead / PERMUTATIONS
    return shares


class PairTable(NamedTuple):
    """All pairs of translations of one segment that both sides have scored: segment, sign of the human difference,
    sign and size of the metric's."""

    row: npt.NDArray[np.int32]
    human: npt.NDArray[np.int8]
    metric: npt.NDArray[np.int8]
    size: Array


def pair_table(human: Array, metric: Array) -> PairTable:
    """The pairs of two arrays of systems by segments, by segment and then by system."""
    import numpy as np

    one, other = pairs(len(human))
    parts = []
    step = max(1, CELLS // max(len(one), 1))
    for start in range(0, human.shape[1], step):
        sides = (np.ascontiguousarray(side[:, start : start + step].T) for side in (human, metric))
        apart, by_metric = (side[:, one] - side[:, other] for side in sides)
        both = ~(np.isnan(apart) | np.isnan(by_metric))
        row = np.nonzero(both)[0].astype(np.int32) + np.int32(start)
        apart, by_metric = apart[both], by_metric[both]
        of_human, of_metric = (np.sign(side).astype(np.int8) for side in (apart, by_metric))
        parts.append(PairTable(row, of_human, of_metric, np.abs(by_metric)))
    return PairTable(*(np.concatenate(column) for column in zip(*parts, strict=True))) if parts else _none()


def _none() -> PairTable:
    import numpy as np

    sign = np.zeros(0, dtype=np.int8)
    return PairTable(np.zeros(0, dtype=np.int32), sign, sign, np.zeros(0))


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
    each = np.bincount(table.row)
    number = (np.cumsum(each > 0) - 1).astype(np.int32)  # segments without a pair do not count
    count = each[each > 0]
    right = table.human == table.metric
    at_first = np.bincount(number[table.row], right).astype(np.float64)
    sequence = np.argsort(table.size, kind="stable")
    # What making a tie of a pair adds to the right ones of its segment.
    change = ((table.human == 0).astype(np.int8) - right)[sequence]
    of = number[table.row[sequence]]
    means = _means(change, of, count, at_first)
    sizes = np.concatenate([[0.0], table.size[sequence]])
    last = np.append(sizes[1:] != sizes[:-1], True)  # the threshold takes all pairs of its size
    best = int(np.argmax(means[last]))
    return Calibrated(float(means[last][best]), float(sizes[last][best]))


def _means(
    change: npt.NDArray[np.int8], of: npt.NDArray[np.int32], count: npt.NDArray[np.intp], at_first: Array
) -> Array:
    """The mean of segments' shares of right pairs before the first change and after each, some changes at a time: the
    sum is added to from one to the next, whatever their number."""
    import numpy as np

    found = np.empty(len(of) + 1)
    right, mean = at_first.copy(), running_sum((at_first / count).tolist())
    found[0] = mean
    for start in range(0, len(of), CELLS // 4):
        part = slice(start, start + CELLS // 4)
        added, group = change[part], of[part]
        after = _running(added, group, len(count)) + right[group]
        steps = np.empty(2 * len(group) + 1)
        steps[0] = mean
        steps[1::2] = -((after - added) / count[group])
        steps[2::2] = after / count[group]
        sums = np.cumsum(steps)
        found[part.start + 1 : part.start + 1 + len(group)] = sums[2::2]
        mean = float(sums[-1])
        right += np.bincount(group, added, len(count))
    found /= len(count)
    return found


def _running(change: npt.NDArray[np.int8], of: npt.NDArray[np.int32], groups: int) -> Array:
    """The sum of changes up to each, within its group."""
    import numpy as np

    count = np.bincount(of, minlength=groups)
    within = np.argsort(of, kind="stable")
    sums = np.concatenate([[0], np.cumsum(change[within], dtype=np.int64)])
    found = np.empty(len(change))
    found[within] = sums[1:] - np.repeat(sums[np.cumsum(count) - count], count)
    return found


def right_at(table: PairTable, epsilon: float) -> npt.NDArray[np.bool_]:
    """Which pairs are right with ties up to epsilon."""
    import numpy as np

    right: npt.NDArray[np.bool_] = np.where(table.size <= epsilon, table.human == 0, table.human == table.metric)
    return right
