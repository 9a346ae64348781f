"""Which units to read first where no finding says so: those of which the metrics say different things."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from evalkit.records.result import MetricRecord


def ranks(values: Sequence[float]) -> list[float]:
    """The place of each value among all, 0 the lowest, 1 the highest; equal values share the middle of their places."""
    ordered = sorted(values)
    last = len(ordered) - 1
    if last < 1:
        return [0.5] * len(ordered)
    return [(bisect_left(ordered, v) + bisect_right(ordered, v) - 1) / 2 / last for v in values]


def disagreement(scores: Sequence[Mapping[str, float]], metrics: Mapping[str, MetricRecord]) -> list[int | None]:
    """How far apart the metrics rank each unit of a system, 0 to 100; None where fewer than two metrics scored it.

    `scores` are those of each unit by metric. Each metric ranks the units from worst to best; 100 is a unit that is the
    best by one metric and the worst by another.
    """
    places: list[list[float]] = [[] for _ in scores]
    for metric, facts in metrics.items():
        scored = [n for n, mine in enumerate(scores) if metric in mine]
        found = ranks([scores[n][metric] for n in scored])
        for n, rank in zip(scored, found, strict=True):
            places[n].append(rank if facts.better == "higher" else 1 - rank)
    return [round(100 * (max(each) - min(each))) if len(each) > 1 else None for each in places]
