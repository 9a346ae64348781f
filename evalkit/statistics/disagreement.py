"""Where metrics rank two systems differently, and the units that pull them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from evalkit.kernels import batches
from evalkit.kernels.resampling import matrix_of
from evalkit.kernels.tables import Table
from evalkit.protocols import Statistic
from evalkit.statistics.items import Items

_MOST_UNITS = 5


class Pull(NamedTuple):
    """One item and what it adds to the difference of each metric, in score points; positive is for `one`."""

    key: str
    contributions: dict[str, float]


class Conflict(NamedTuple):
    """Two systems, the metrics that put each of them ahead, and the items that cause it, strongest first."""

    one: str
    two: str
    for_one: tuple[str, ...]
    for_two: tuple[str, ...]
    pulls: tuple[Pull, ...]


def conflicts(
    values: Mapping[str, Mapping[str, float]], items: Callable[[str, str], Items], scorers: Mapping[str, Statistic]
) -> tuple[Conflict, ...]:
    """Every pair of systems that two metrics rank differently.

    `values` are scores by system and metric, `items(system, metric)` its items. An
    item's contribution to a difference is the difference less that without the item (leaving one out).
    To set metrics against each other each is measured in its largest contribution; the items shown are
    those that pull one metric towards `one` and another towards `two` hardest.
    """
    found = conflicting(values, scorers)
    without: dict[tuple[str, str], dict[str, float]] = {}
    for name in dict.fromkeys(name for pair, _, _ in found for name in pair):
        for metric, scorer in scorers.items():
            without[name, metric] = _without_each(items(name, metric), scorer)
    return tuple(
        Conflict(*pair, tuple(first), tuple(second), _pulls(pair, first, second, without, scorers))
        for pair, first, second in found
    )


def conflicting(
    values: Mapping[str, Mapping[str, float]], scorers: Mapping[str, Statistic]
) -> list[tuple[tuple[str, str], list[str], list[str]]]:
    """The pairs of systems that two metrics rank differently, with the metrics that put each ahead."""
    pairs = [(pair, *_sides(pair, values, scorers)) for pair in combinations(values, 2)]
    return [(pair, first, second) for pair, first, second in pairs if first and second]


def _sides(
    pair: tuple[str, str], values: Mapping[str, Mapping[str, float]], scorers: Mapping[str, Statistic]
) -> tuple[list[str], list[str]]:
    """The metrics that put the first system ahead, and those that put the second."""
    first: list[str] = []
    second: list[str] = []
    for metric, scorer in scorers.items():
        one, two = (values[name].get(metric) for name in pair)
        if one is not None and two is not None and one != two:
            (first if (one > two) == (scorer.better == "higher") else second).append(metric)
    return first, second


def _without_each(items: Items, scorer: Statistic) -> dict[str, float]:
    """What each item adds to the score: the score less that of the others, turned so that more is better."""
    if len(items.keys) < 2:
        return {}
    matrix = matrix_of(items.rows)
    total = matrix.sum(axis=0)
    whole, sign = scorer.value(total.tolist()), 1 if scorer.better == "higher" else -1
    rest = batches.values(scorer, Table(total - matrix, matrix.shape[1]))
    return {key: sign * (whole - value) for key, value in zip(items.keys, rest, strict=True)}


def _pulls(
    pair: tuple[str, str],
    first: Sequence[str],
    second: Sequence[str],
    without: Mapping[tuple[str, str], Mapping[str, float]],
    scorers: Mapping[str, Statistic],
) -> tuple[Pull, ...]:
    one, two = pair
    metrics = [metric for metric in scorers if metric in (*first, *second)]
    keys = [key for key in without[one, metrics[0]] if key in without[two, metrics[0]]]
    added = {m: {key: without[one, m][key] - without[two, m][key] for key in keys} for m in metrics}
    largest = {m: max((abs(value) for value in added[m].values()), default=0.0) or 1.0 for m in metrics}

    def strength(key: str) -> float:
        """The weaker of the two opposite pulls, each as a share of the metric's largest."""
        return min(max(added[m][key] / largest[m] for m in first), max(-added[m][key] / largest[m] for m in second))

    ranked = sorted((key for key in keys if strength(key) > 0), key=lambda key: (-strength(key), key))
    return tuple(Pull(key, {m: added[m][key] for m in metrics}) for key in ranked[:_MOST_UNITS])
