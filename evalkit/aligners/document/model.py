"""From rows of evidence to probabilities: logistic regressions and, at the end, a small network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from evalkit.aligners.document.vectors import Array


class Unit(NamedTuple):
    """One tanh unit: its bias, the weight of its output, the weights of its inputs."""

    bias: float
    out: float
    weights: tuple[float, ...]


class Network(NamedTuple):
    """Means and scales of the evidence, the linear part, the tanh units."""

    bias: float
    means: tuple[float, ...]
    scales: tuple[float, ...]
    direct: tuple[float, ...]
    units: tuple[Unit, ...]


class Coefficients(NamedTuple):
    """The weights of a pair's own evidence, of it with its context, and the network that has the last word."""

    own: tuple[float, ...]
    context: tuple[float, ...]
    network: Network


_CHUNK = 1 << 15  # pairs looked at together


class Made:
    """A column that is made of others where it is looked at, part by part: of a long text each column that stands in
    memory takes megabytes."""

    def __init__(self, make: Callable[..., Array], *columns: Column) -> None:
        self._make, self._columns = make, columns

    def __len__(self) -> int:
        return len(self._columns[0])

    def __getitem__(self, part: slice) -> Array:
        return self._make(*(column[part] for column in self._columns))


Column = Array | Made


def product(column: Column, factor: Column | float) -> Made:
    """A column that is two others multiplied, or one by a number."""
    if isinstance(factor, float):
        return Made(lambda values: values * factor, column)
    return Made(lambda values, factors: values * factors, column, factor)


def taken(values: Array, places: Array) -> Made:
    """The column of the values at these places."""
    return Made(lambda part: values[part], places)


def in_memory(columns: Sequence[Column]) -> list[Column]:
    """The columns as they are of long texts, as plain arrays of short ones, which are quicker."""
    short = len(columns[0]) <= _CHUNK
    return [column[:] for column in columns] if short else list(columns)


def constant(value: float, count: int) -> Array:
    """A column of one number, which takes the memory of one."""
    import numpy as np

    return np.broadcast_to(np.float64(value), count)


def stacked(columns: Iterable[Column]) -> Array:
    """The columns side by side, one row a pair."""
    import numpy as np

    return np.stack([column[:] for column in columns], axis=1)


def in_chunks(judge: Callable[[Array], Array], *columns: Sequence[Column]) -> Array:
    """What `judge` says of rows of evidence, given as columns; never all rows stand in memory beside the columns."""
    import numpy as np

    every = [column for group in columns for column in group]
    count = len(every[0])
    found = np.empty(count)
    for first in range(0, count, _CHUNK):
        part = slice(first, first + _CHUNK)
        found[part] = judge(np.stack([column[part] for column in every], axis=1))
    return found


def logistic(evidence: Array, coefficients: Sequence[float]) -> Array:
    """Probabilities from rows of evidence; the sum runs in a fixed order."""
    import numpy as np

    total = np.zeros(len(evidence))
    for column, weight in enumerate(coefficients):
        total = total + evidence[:, column] * weight
    return 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))


def with_odds(evidence: Array, probability: Array) -> Array:
    """The evidence and, as a last column, the log odds of the logistic regression."""
    import numpy as np

    return np.concatenate([evidence, log_odds(probability)[:, None]], axis=1)


def log_odds(probability: Array) -> Array:
    """The logarithm of how much likelier a pair is than not."""
    import numpy as np

    odds: Array = np.log(probability / (1 - probability))
    return odds


def judged(evidence: Array, network: Network) -> Array:
    """Probabilities from rows of evidence by a small network: one layer of tanh units beside a linear part.

    The linear part alone can't say "in its place, or so alike that the place does not matter".
    """
    import numpy as np

    total = np.full(len(evidence), network.bias)
    scaled = [(evidence[:, k] - m) / s for k, (m, s) in enumerate(zip(network.means, network.scales, strict=True))]
    for column, weight in zip(scaled, network.direct, strict=True):
        total = total + column * weight
    for unit in network.units:
        inner = np.full(len(evidence), unit.bias)
        for column, weight in zip(scaled, unit.weights, strict=True):
            inner = inner + column * weight
        total = total + np.tanh(inner) * unit.out
    return 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))
