"""What intervals are drawn from: for each segment the numbers whose sums make a statistic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from evalkit.compare.statistics.items import gathered
from evalkit.compare.statistics.resampling import CELLS, counts, cut, grid_of, times
from evalkit.meta import rows
from evalkit.meta.agreement import PairTable, pairs, right_at
from evalkit.meta.correlations import orders
from evalkit.meta.pairing import Paired

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]


# Cells of what trials have found of all pairs, 64 MB: each block of trials makes the numbers of all pairs anew.
_APART = 4 * CELLS


class Draw(NamedTuple):
    """A row of numbers a segment, and the statistic of their sums: a row of sums a resample."""

    matrix: Array
    of: Callable[[Array], Array]


class Standard(NamedTuple):
    """Both sides with mean 0 and variance 1 over what both have scored, since no statistic here feels the scale; 0
    where one has no score. Segments that no system has from both sides are gone."""

    human: Array
    metric: Array
    both: npt.NDArray[np.bool_]
    human_systems: Array
    metric_systems: Array


def standard(paired: Paired) -> Standard:
    """The scores of a pair as draws need them."""
    import numpy as np

    both = paired.both
    kept = both.any(axis=0)
    sides = []
    for scores, systems in ((paired.human, paired.human_systems), (paired.metric, paired.metric_systems)):
        centre, spread = float(np.mean(scores[both])), float(np.std(scores[both])) or 1.0
        sides.append((np.where(both, (scores - centre) / spread, 0.0)[:, kept], (systems - centre) / spread))
    (human, human_systems), (metric, metric_systems) = sides
    return Standard(human, metric, both[:, kept], human_systems, metric_systems)


def by_system(of: Standard, statistic: Callable[[Array, Array], Array]) -> Draw:
    """System scores move with the means of the segments drawn. What a file gives as a system's score is the centre."""
    import numpy as np

    count = len(of.human)
    matrix = np.concatenate([of.human, of.metric, of.both.astype(np.float64)]).T
    rated = of.both.sum(axis=1)
    means = [side.sum(axis=1) / np.maximum(rated, 1) for side in (of.human, of.metric)]

    def value(sums: Array) -> Array:
        number = sums[:, 2 * count :]
        moved = []
        for place, (mean, whole) in enumerate(zip(means, (of.human_systems, of.metric_systems), strict=True)):
            drawn = sums[:, place * count : (place + 1) * count] / np.maximum(number, 1)
            moved.append(whole + np.where(number > 0, drawn - mean, 0.0))
        return statistic(*moved)

    return Draw(matrix, value)


class PairDraw(NamedTuple):
    """Soft pairwise accuracy: the scores of both sides, a row a segment, 0 where not all systems have one. Its numbers
    are the differences of each pair of systems and their squares, too many to be held at once."""

    human: Array
    metric: Array

    def values(self, trials: int, seed: int, groups: Sequence[int] | None) -> Array:
        """The statistic of every resample of segments, or of the groups that number them: some trials at a time, and of
        these some pairs, since sums are exact whatever is summed at once."""
        import numpy as np

        one, other = pairs(self.human.shape[1])
        step = max(1, CELLS // (4 * max(len(self.human), 1)))
        parts = [slice(start, start + step) for start in range(0, len(one), step)]
        largest = max(float(np.abs(self._numbers(one[part], other[part])).max(initial=1.0)) for part in parts)
        grid = grid_of(largest, len(self.human))
        items = len(self.human) if groups is None else len(set(groups))
        found = []
        for drawn in counts(items, trials, seed, max(1, min(CELLS // items, _APART // len(one)))):
            apart = np.empty((len(drawn), len(one)))
            for part in parts:
                matrix = cut(self._numbers(one[part], other[part]), grid)
                sums = times(drawn, matrix if groups is None else gathered(matrix, groups))
                human, human_squares, metric, metric_squares = np.split(sums, 4, axis=1)
                apart[:, part] = rows.chances_apart((human, human_squares), (metric, metric_squares))
            found.append(1.0 - apart.mean(axis=1))
        return np.concatenate(found)

    def _numbers(self, one: npt.NDArray[np.intp], other: npt.NDArray[np.intp]) -> Array:
        import numpy as np

        human, metric = (side[:, one] - side[:, other] for side in (self.human, self.metric))
        return np.concatenate([human, human**2, metric, metric**2], axis=1)


def by_pairs(of: Standard) -> PairDraw:
    """Soft pairwise accuracy on segments that all systems have."""
    import numpy as np

    whole = of.both.all(axis=0)
    human, metric = (np.ascontiguousarray(np.where(whole, side, 0.0).T) for side in (of.human, of.metric))
    return PairDraw(human, metric)


def of_means(values: Array) -> Draw:
    """The mean of one value a segment, NaN where it has none."""
    import numpy as np

    has = ~np.isnan(values)

    def value(sums: Array) -> Array:
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Array = sums[:, 0] / sums[:, 1]
        return found

    return Draw(np.stack([np.where(has, values, 0.0), has.astype(np.float64)], axis=1), value)


def pearson_draw(of: Standard, groups: list[npt.NDArray[np.bool_]]) -> Draw:
    """Pearson's r over the systems of each group, the mean of groups: all in one, or a group each."""
    import numpy as np

    x, y = of.human, of.metric
    parts = [np.stack([part[mask].sum(axis=0) for part in (of.both, x, y, x * x, y * y, x * y)]) for mask in groups]
    return Draw(np.concatenate(parts).T.astype(np.float64), _mean_of(len(groups), 6, rows.pearson_of))


def kendall_draw(of: Standard, groups: list[npt.NDArray[np.bool_]]) -> Draw:
    """Kendall's tau-b as Pearson's r. Its pairs are counted to the first order: what a segment's pairs add is what it
    adds to the whole, so that nothing is counted anew for a resample."""
    import numpy as np

    parts, wholes = [], []
    for mask in groups:
        chosen = of.both & mask[:, np.newaxis]
        found = orders(of.human[chosen], of.metric[chosen])
        segment = np.nonzero(chosen)[1]
        parts += [np.bincount(segment, number, of.human.shape[1]) for number in found]
        wholes += [int(number.sum()) / 2 for number in found]
    whole = np.array(wholes)
    mean = _mean_of(len(groups), 3, rows.tau_of)
    return Draw(np.stack(parts, axis=1), lambda sums: np.clip(mean(sums - whole), -1.0, 1.0))


def _mean_of(groups: int, width: int, statistic: Callable[..., Array]) -> Callable[[Array], Array]:
    def value(sums: Array) -> Array:
        import numpy as np

        found = [statistic(*sums[:, g * width : (g + 1) * width].T) for g in range(groups)]
        table = np.stack(found)
        has = ~np.isnan(table)
        with np.errstate(invalid="ignore", divide="ignore"):
            means: Array = np.where(has, table, 0.0).sum(axis=0) / has.sum(axis=0)
        return means

    return value


def right_shares(table: PairTable, epsilon: float, segments: int) -> Array:
    """The share of right pairs of each segment at a threshold, NaN where it has no pair."""
    import numpy as np

    right = np.bincount(table.row, right_at(table, epsilon), segments)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares: Array = right / np.bincount(table.row, minlength=segments)
    return shares
