"""Statistics of two metrics whose scores have changed places at random, many times over.

Each function gives differences, the second metric less the first: first of the scores as they are, then of every trial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from evalkit.compare.statistics.resampling import CELLS, matrix_of
from evalkit.meta import rows
from evalkit.meta.agreement import calibrated_accuracy, pair_table, pairs
from evalkit.meta.draws import right_shares
from evalkit.meta.intervals import Drawing
from evalkit.meta.pairing import Paired
from evalkit.meta.records import Average

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Masks = npt.NDArray[np.bool_]


class Two(NamedTuple):
    """Two metrics on what people and both have scored, on one scale. `cells` says where all three have a score."""

    human: Array
    one: Array
    other: Array
    cells: npt.NDArray[np.bool_]
    human_systems: Array
    systems: tuple[Array, Array]
    raw: tuple[Array, Array]


def two(one: Paired, other: Paired) -> Two:
    """What two pairs of the same systems and the same people have in common."""
    import numpy as np

    cells = one.both & other.both
    kept = cells.any(axis=0)
    cells = cells[:, kept]
    human, first, second = (np.where(cells, side[:, kept], np.nan) for side in (one.human, one.metric, other.metric))
    scaled = [_scaled(side) for side in (first, second)]
    systems = (_scaled(one.metric_systems), _scaled(other.metric_systems))
    return Two(human, scaled[0], scaled[1], cells, one.human_systems, systems, (first, second))


def _scaled(values: Array) -> Array:
    import numpy as np

    known = values[~np.isnan(values)]
    spread = np.std(known) if len(known) else 0.0
    scaled: Array = (values - (np.mean(known) if len(known) else 0.0)) / (spread if spread > 0 else 1.0)
    return scaled


def masks(drawing: Drawing, size: int) -> Iterator[Masks]:
    """Who stays in place: everybody first, then at random, a block of trials at a time."""
    import numpy as np

    yield np.ones((1, size), dtype=np.bool_)
    rng = np.random.default_rng(drawing.seed)
    # The generator takes bits by 32 and drops the rest at the end of a call: blocks of 32 trials end on that border.
    step = max(1, CELLS // (max(size, 1) * 32)) * 32
    for done in range(0, drawing.trials, step):
        yield rng.integers(2, size=(min(step, drawing.trials - done), size), dtype=np.bool_)


def by_system(of: Two, statistic: Callable[[Array, Array], Array], drawing: Drawing) -> Iterator[Array]:
    import numpy as np

    one, other = of.systems
    human = of.human_systems[np.newaxis]
    for stays in masks(drawing, len(one)):
        many = np.broadcast_to(human, stays.shape)
        yield statistic(many, np.where(stays, other, one)) - statistic(many, np.where(stays, one, other))


def soft(of: Two, drawing: Drawing) -> Iterator[Array]:
    """Soft pairwise accuracy with the p-values of the normal distribution, segments that all systems have."""
    import numpy as np

    whole = of.cells.all(axis=0)
    human, one, other = (side[:, whole] for side in (of.human, of.one, of.other))
    first, second = pairs(len(human))
    ahead = human[first] - human[second]
    of_human = (ahead.sum(axis=1)[np.newaxis], (ahead**2).sum(axis=1)[np.newaxis])

    def value(scores: Array) -> Array:
        gram = scores @ scores.transpose(0, 2, 1)
        own = np.diagonal(gram, axis1=1, axis2=2)
        sums = scores.sum(axis=2)
        squares = own[:, first] + own[:, second] - 2 * gram[:, first, second]
        return rows.softs(of_human, (sums[:, first] - sums[:, second], squares))

    for stays in masks(drawing, one.size):
        placed = stays.reshape(len(stays), *one.shape)
        yield value(np.where(placed, other, one)) - value(np.where(placed, one, other))


def pearson(of: Two, drawing: Drawing, average: Average) -> Iterator[Array]:
    """Pearson's r, over all or the mean of groups, from sums of what stays and what goes."""
    import numpy as np

    group, cell = np.nonzero(of.cells.T if average == "item" else of.cells)
    human, one, other = ((side.T if average == "item" else side)[group, cell] for side in (of.human, of.one, of.other))
    human = human - human.mean()
    _, starts = np.unique(group, return_index=True)
    starts = starts if average != "none" else np.array([0])
    count = np.diff(np.append(starts, len(group))).astype(np.float64)

    def value(scores: Array) -> Array:
        sums = [np.add.reduceat(part, starts, axis=1) for part in (scores, scores * scores, scores * human)]
        found = rows.pearson_of(count, x, sums[0], xx, sums[1], sums[2])
        has = ~np.isnan(found)
        with np.errstate(invalid="ignore", divide="ignore"):
            means: Array = np.where(has, found, 0.0).sum(axis=1) / has.sum(axis=1)
        return means

    x, xx = (np.add.reduceat(part, starts) for part in (human, human * human))
    for stays in masks(drawing, len(human)):
        yield value(np.where(stays, other, one)) - value(np.where(stays, one, other))


def kendall_by_item(of: Two, drawing: Drawing) -> Iterator[Array]:
    """The mean of Kendall's tau-b within segments. A pair's sign depends on where the scores of its two are."""
    import numpy as np

    first, second = pairs(len(of.human))
    segment, pair = np.nonzero((of.cells[first] & of.cells[second]).T)
    if not len(segment):
        return iter((np.array([np.nan]),))
    left, right = (first[pair], segment), (second[pair], segment)
    size = of.cells.shape[1]
    spots = [place[0] * size + place[1] for place in (left, right)]
    # By place of the left and of the right score: 0 in the one metric, 1 in the other. Within a metric as they were
    # given, since scaling rounds, and makes or unmakes ties.
    mixed = [(of.raw[0], of.raw[0]), (of.one, of.other), (of.other, of.one), (of.raw[1], of.raw[1])]
    signs = np.stack([np.sign(a[left] - b[right]) for a, b in mixed]).astype(np.int8)
    human = np.sign(of.human[left] - of.human[right]).astype(np.int8)
    _, starts = np.unique(segment, return_index=True)
    human_differ = np.add.reduceat((human != 0).astype(np.int64), starts).astype(np.float64)
    places = np.arange(len(pair))

    def value(left_is: npt.NDArray[np.int8], right_is: npt.NDArray[np.int8]) -> float:
        sign = signs[2 * left_is + right_is, places]
        agreement = np.add.reduceat(sign * human, starts, dtype=np.int64).astype(np.float64)
        differ = np.add.reduceat(sign != 0, starts, dtype=np.int64).astype(np.float64)
        found = rows.tau_of(agreement, human_differ, differ)
        defined = found[~np.isnan(found)]
        return float(np.mean(defined)) if len(defined) else float("nan")

    def values() -> Iterator[Array]:
        for stays in masks(drawing, of.cells.size):
            found = []
            for row in stays:
                a, b = (row[spot].astype(np.int8) for spot in spots)
                found.append(value(a, b) - value(1 - a, 1 - b))
            yield np.array(found)

    return values()


def ties_by_item(of: Two, drawing: Drawing) -> Iterator[Array]:
    """Accuracy with calibrated ties, each metric with its own threshold. Whole segments change places: a threshold has
    no meaning for scores of two metrics mixed, and the pairs of a segment are not independent of each other."""
    import numpy as np

    shares = []
    for scores in of.raw:
        table = pair_table(of.human, scores)
        shares.append(right_shares(table, calibrated_accuracy(table).epsilon, of.cells.shape[1]))
    apart = shares[1] - shares[0]
    apart = apart[~np.isnan(apart)]
    if not len(apart):
        yield np.array([np.nan])
        return
    exact = matrix_of(apart.reshape(-1, 1))
    for stays in masks(drawing, len(exact)):
        yield ((2.0 * stays - 1.0) @ exact)[:, 0] / len(exact)
