"""The statistics of many resamples at once: each row of an array is one of them."""

from __future__ import annotations

from math import erfc, sqrt
from typing import TYPE_CHECKING

from evalkit.meta.agreement import pairs

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]


def accuracies(human: Array, metric: Array) -> Array:
    """Pairwise accuracy of each row."""
    import numpy as np

    found: Array = np.mean(_signs(human) == _signs(metric), axis=1)
    return found


def taus(human: Array, metric: Array) -> Array:
    """Kendall's tau-b of each row."""
    one, other = _signs(human), _signs(metric)
    return tau_of((one * other).sum(axis=1), (one != 0).sum(axis=1), (other != 0).sum(axis=1))


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

    above = np.sign(rows[:, :, np.newaxis] - rows[:, np.newaxis, :])
    found: Array = above.sum(axis=2) / 2
    return found


def softs(human: tuple[Array, Array], metric: tuple[Array, Array]) -> Array:
    """Soft pairwise accuracy of each row, of the sums of differences and of their squares."""
    import numpy as np

    apart: Array = np.abs(_chances(*human) - _chances(*metric))
    found: Array = 1.0 - apart.mean(axis=1)
    return found


def _chances(sums: Array, squares: Array) -> Array:
    """The share of sign changes of the differences that make their sum as large as it is, by the normal distribution:
    the sum of many differences with random signs has the variance that their squares add up to."""
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(squares > 0, sums / np.sqrt(np.maximum(squares, 0.0)), -np.inf)
    found: Array = np.asarray(np.frompyfunc(_tail, 1, 1)(z), dtype=np.float64)
    return found


def _tail(z: float) -> float:
    return erfc(z / sqrt(2)) / 2
