"""Ranks with clusters of systems that cannot be told apart, in the manner of the WMT campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evalkit.records.comparison import Comparison, Ranked


def rank_systems(values: Mapping[str, float], comparisons: Sequence[Comparison], better: str) -> tuple[Ranked, ...]:
    """Systems by score, best first, each with its cluster and its range of ranks; equal scores keep their order.

    A cluster ends after a system where every system up to there is shown to be better than every one
    below it. A system's range goes from 1 + the number of systems shown to be better than it to the
    number of systems less those it is shown to be better than. Empty where a pair of them was not
    tested: then nothing can be said of who stands together. For the source of the definition see
    docs/statistics.md.
    """
    shown: dict[tuple[str, str], bool] = {}
    for c in comparisons:
        if c.outcome != "untested":
            shown[c.system, c.baseline] = c.outcome == "better"
            shown[c.baseline, c.system] = c.outcome == "worse"
    order = sorted(values, key=lambda name: -values[name] if better == "higher" else values[name])
    if len(order) < 2 or any(pair not in shown for pair in _pairs(order)):
        return ()
    ranked, cluster = [], 1
    for place, name in enumerate(order):
        if place and all(shown[above, below] for above in order[:place] for below in order[place:]):
            cluster += 1
        others = [other for other in order if other != name]
        first = 1 + sum(shown[other, name] for other in others)
        last = len(order) - sum(shown[name, other] for other in others)
        ranked.append(Ranked(name, values[name], cluster, first, last))
    return tuple(ranked)


def _pairs(order: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, two) for place, one in enumerate(order) for two in order[place + 1 :]]
