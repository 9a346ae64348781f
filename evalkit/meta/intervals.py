"""Intervals of statistics: segments, or whole documents, are drawn with replacement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from evalkit.compare.statistics.items import gathered
from evalkit.compare.statistics.plan import MIN_DOCUMENTS, MIN_ITEMS, t_over_normal
from evalkit.compare.statistics.resampling import CELLS, bootstrap_sums, matrix_of, percentiles, widened
from evalkit.meta.draws import Draw, PairDraw
from evalkit.meta.measures import Measure

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]


class Drawing(NamedTuple):
    """How intervals are drawn, and how tests are made."""

    trials: int
    seed: int
    alpha: float


def enough(documents: Sequence[str] | None) -> bool:
    """Whether there are documents enough to draw them whole."""
    return documents is not None and len(set(documents)) >= MIN_DOCUMENTS


def interval(measure: Measure, drawing: Drawing, groups: Sequence[int] | None) -> tuple[float | None, float | None]:
    """The percentiles of resampled values, moved so that their median is the value.

    Resampling adds noise to both sides, so resampled agreement lies below the agreement itself; its scatter is what
    tells how sure the value is. `groups` numbers the document of each segment. None twice where there is no value or
    too little to draw from.
    """
    import numpy as np

    if measure.draw is None or measure.value != measure.value:
        return None, None
    draw = measure.draw
    items = len(set(groups)) if groups is not None else len(draw.human if isinstance(draw, PairDraw) else draw.matrix)
    if items < MIN_ITEMS:
        return None, None
    values = (
        draw.values(drawing.trials, drawing.seed, groups)
        if isinstance(draw, PairDraw)
        else _sums(draw, drawing, groups)
    )
    values = values[~np.isnan(values)]
    if not len(values):
        return None, None
    values = values - np.median(values) + measure.value
    if groups is not None:
        values = widened(values, measure.value, t_over_normal(1 - drawing.alpha, items))
    low, high = percentiles(np.clip(values, measure.least, 1.0), 1 - drawing.alpha)
    return min(low, measure.value), max(high, measure.value)


def _sums(draw: Draw, drawing: Drawing, groups: Sequence[int] | None) -> Array:
    import numpy as np

    matrix = matrix_of(draw.matrix)
    if groups is not None:
        matrix = gathered(matrix, groups)
    return np.concatenate([draw.of(sums) for sums in bootstrap_sums(matrix, drawing.trials, drawing.seed, CELLS)])
