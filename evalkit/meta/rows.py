"""The statistics of many resamples at once: each row of an array is one of them."""

from __future__ import annotations

from collections.abc import Iterator
from math import erfc, sqrt
from typing import TYPE_CHECKING

from evalkit.compare.statistics.resampling import CELLS
from evalkit.meta.agreement import pairs

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]


def accuracies(human: Array, metric: Array) -> Array:
    """Pairwise accuracy of each row."""
    import numpy as np

    found: Array = np.empty(len(metric))
    for part in _parts(metric, _pairs_in(metric)):
        found[part] = np.mean(_signs(human[part]) == _signs(metric[part]), axis=1)
    return found


def _pairs_in(rows: Array) -> int:
    systems: int = rows.shape[1]
    return systems * (systems - 1) // 2


def _parts(rows: Array, width: int) -> Iterator[slice]:
    """Some rows at a time, so that few enough cells of so many a row are held at once. Each row is its own statistic,
    so no value depends on how many go together."""
    step = max(1, CELLS // max(width, 1))
    return (slice(start, start + step) for start in range(0, len(rows), step))


def taus(human: Array, metric: Array) -> Array:
    """Kendall's tau-b of each row."""
    import numpy as np

    counts = np.empty((3, len(metric)))
    for part in _parts(metric, _pairs_in(metric)):
        one, other = _signs(human[part]), _signs(metric[part])
        counts[:, part] = (one * other).sum(axis=1), (one != 0).sum(axis=1), (other != 0).sum(axis=1)
    return tau_of(*counts)


def tau_of(agreement: Array, human_differ: Array, metric_differ: Array) -> Array:
    """Tau-b of counts; NaN where it is not defined."""
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = agreement / np.sqrt(np.maximum(human_differ, 0.0)) / np.sqrt(np.maximum(metric_differ, 0.0))
    found[~np.isfinite(found)] = np.nan
    return found


def _signs(rows: Array) -> Array:
    import numpy as np

    one, other = pairs(rows.shape[1])
    found: Array = np.sign(rows[:, one] - rows[:, other])
    return found


def pearsons(human: Array, metric: Array) -> Array:
    """Pearson's r of each row."""
    import numpy as np

    count = np.full(len(metric), float(metric.shape[1]))
    x, y, xx, yy, xy = (part.sum(axis=1) for part in (human, metric, human**2, metric**2, human * metric))
    return pearson_of(count, x, y, xx, yy, xy)


# Below this share of the mean square a variance is what rounding has left of 0.
_NOTHING = 1e-12


def pearson_of(count: Array, x: Array, y: Array, xx: Array, yy: Array, xy: Array) -> Array:
    """Pearson's r of sums; NaN where it is not defined."""
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        spread_x, spread_y = xx - x * x / count, yy - y * y / count
        found: Array = (xy - x * y / count) / np.sqrt(np.maximum(spread_x, 0.0) * np.maximum(spread_y, 0.0))
        found[~((spread_x > _NOTHING * xx) & (spread_y > _NOTHING * yy))] = np.nan
    return np.clip(found, -1.0, 1.0)


def spearmans(human: Array, metric: Array) -> Array:
    """Spearman's rho of each row."""
    return pearsons(_ranks(human), _ranks(metric))


def _ranks(rows: Array) -> Array:
    import numpy as np

    found: Array = np.empty(rows.shape)
    for part in _parts(rows, rows.shape[1] ** 2):
        above = np.sign(rows[part, :, np.newaxis] - rows[part, np.newaxis, :])
        found[part] = above.sum(axis=2) / 2
    return found


def softs(human: tuple[Array, Array], metric: tuple[Array, Array]) -> Array:
    """Soft pairwise accuracy of each row, of the sums of differences and of their squares."""
    found: Array = 1.0 - chances_apart(human, metric).mean(axis=1)
    return found


def chances_apart(human: tuple[Array, Array], metric: tuple[Array, Array]) -> Array:
    """How far apart people and a metric are on each pair: 1 less its mean is soft pairwise accuracy."""
    import numpy as np

    found: Array = np.abs(_chances(*human) - _chances(*metric))
    return found


def _chances(sums: Array, squares: Array) -> Array:
    """The share of sign changes of the differences that make their sum as large as it is, by the normal distribution:
    the sum of many differences with random signs has the variance that their squares add up to."""
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(squares > 0, sums / np.sqrt(np.maximum(squares, 0.0)), -np.inf)
    found: Array = np.empty(z.shape)
    for row, of in zip(found, z, strict=True):  # as Python's numbers they take four times the room
        row[:] = np.frompyfunc(_tail, 1, 1)(of)
    return found


def _tail(z: float) -> float:
    return erfc(z / sqrt(2)) / 2
