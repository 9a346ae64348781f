"""Where metrics rank two systems differently, and the units that pull them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import fsum
from typing import NamedTuple

from evalkit.compare.statistics.items import Items
from evalkit.compare.statistics.resampling import matrix_of
from evalkit.kernel import batches
from evalkit.kernel.tables import Table
from evalkit.plugins.protocols import Statistic

_MOST_UNITS = 5  # what a reader will look at; the rest is in the rows


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
    To set metrics against each other each contribution is taken as a share of all that moves the metric;
    the items shown are those that pull the metrics of `one` and those of `two` furthest apart.
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
    share = {m: _shares(added[m]) for m in metrics}

    def strength(key: str) -> float:
        """How far the item pulls the metrics of the first system and those of the second apart."""
        return fsum(share[m][key] for m in first) / len(first) - fsum(share[m][key] for m in second) / len(second)

    ranked = sorted((-pulls, key) for key in keys if (pulls := strength(key)) > 0)
    return tuple(Pull(key, {m: added[m][key] for m in metrics}) for _, key in ranked[:_MOST_UNITS])


def _shares(added: Mapping[str, float]) -> dict[str, float]:
    """Each item's part of all that moves a metric, to one side or the other: metrics in a common measure."""
    whole = fsum(abs(value) for value in added.values()) or 1.0
    return {key: value / whole for key, value in added.items()}
