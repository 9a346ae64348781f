"""Systems over all rows: means of those that have a score everywhere, and what the rows show of their differences."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from evalkit.compare.statistics import rank_systems
from evalkit.compare.statistics.verdicts import correct
from evalkit.matrix.overview import Overview, Row
from evalkit.records.comparison import Comparison, Ranked

_ALL_FLIPS = 12  # up to so many rows all 4,096 ways to turn the differences round are looked at
_DRAWN = 10_000  # of more rows so many are drawn, as the test within one set does
_LEAST = 6  # rows: of five no difference can be shown at a level of 0.05, for 2 of 32 ways are as extreme as any
_SAME = 1e-9  # relative: sums of the same differences in another order


class Mean(Struct, frozen=True):
    """A system's mean over the rows it has a score for. `rows` are these, `rank` its mean rank among all that have a
    score there, `first` the number of rows in whose first cluster it stands."""

    system: str
    value: float
    rows: int
    rank: float
    first: int


class Means(Struct, frozen=True):
    """Of one metric: the means of systems with a score in every row that was scored, best first, then those of the
    others; `ranked` is empty where nothing was tested, and `why` says why."""

    metric: str
    rows: int
    complete: tuple[Mean, ...]
    partial: tuple[Mean, ...]
    ranked: tuple[Ranked, ...] = ()
    why: str = ""


def means(overview: Overview, metric: str) -> Means:
    """The means of a metric. A missing cell is never part of one: who misses a row has no place among the complete."""
    better = overview.metrics[metric].better
    rows = [row for row in overview.rows if any(metric in cell.scores for cell in row.cells)]
    found = {system: _mean(system, metric, rows, better) for system in overview.systems}
    complete = [mean for mean in found.values() if mean and mean.rows == len(rows)]
    partial = [mean for mean in found.values() if mean and mean.rows < len(rows)]
    complete.sort(key=lambda mean: -mean.value if better != "lower" else mean.value)
    ranked, why = _ranked([mean.system for mean in complete], metric, rows, overview, better)
    return Means(metric, len(rows), tuple(complete), tuple(partial), ranked, why)


def values(rows: Sequence[Row], metric: str, system: str) -> list[float]:
    """The system's scores, of the rows that have one."""
    return [row.cell(system).scores[metric] for row in rows if metric in row.cell(system).scores]


def _mean(system: str, metric: str, rows: Sequence[Row], better: str) -> Mean | None:
    have = [row for row in rows if metric in row.cell(system).scores]
    if not have:
        return None
    ranks = [_rank(row, system, metric, better) for row in have]
    first = sum(any(r.system == system and r.cluster == 1 for r in row.ranks.get(metric, ())) for row in have)
    value = math.fsum(values(have, metric, system)) / len(have)
    return Mean(system, value, len(have), math.fsum(ranks) / len(ranks), first)


def _rank(row: Row, system: str, metric: str, better: str) -> float:
    """The rank by value, 1 the best; equal values share the mean of their ranks."""
    sign = -1 if better == "lower" else 1
    mine = sign * row.cell(system).scores[metric]
    others = [sign * cell.scores[metric] for cell in row.cells if metric in cell.scores]
    return 1 + sum(other > mine for other in others) + (sum(other == mine for other in others) - 1) / 2


def _ranked(
    systems: Sequence[str], metric: str, rows: Sequence[Row], overview: Overview, better: str
) -> tuple[tuple[Ranked, ...], str]:
    if len(systems) < 2:
        return (), "fewer than two systems have a score in every set"
    if not better:
        return (), "nobody has said which way is better"
    if len(rows) < _LEAST:
        return (), f"{len(rows)} sets are too few to show a difference; it takes {_LEAST}"
    scores = {system: values(rows, metric, system) for system in systems}
    pairs = list(combinations(systems, 2))
    found = [[a - b for a, b in zip(scores[one], scores[two], strict=True)] for one, two in pairs]
    p_values = correct(flipped(found, overview.seed), "holm")
    tests = [
        _comparison(metric, one, two, math.fsum(each) / len(each), p, overview, better)
        for (one, two), each, p in zip(pairs, found, p_values, strict=True)
    ]
    mean: Mapping[str, float] = {system: math.fsum(of) / len(of) for system, of in scores.items()}
    return rank_systems(mean, tests, better), ""


def flipped(differences: Sequence[Sequence[float]], seed: int) -> list[float]:
    """The p-value of each of several lists of differences by a paired randomisation test: how often they, each turned
    round or not, are in mean as far from zero. All ways are looked at where there are few, else so many are drawn."""
    import numpy as np

    if not differences:
        return []
    number = len(differences[0])
    if every := number <= _ALL_FLIPS:
        bits = range(2**number)
    else:
        draw = random.Random(seed)  # noqa: S311  (a test, no secret)
        bits = [draw.getrandbits(number) for _ in range(_DRAWN)]  # type: ignore[assignment]
    signs = np.array([[1.0 if way >> place & 1 else -1.0 for place in range(number)] for way in bits])
    table = np.array(differences, dtype=float)
    extreme = np.abs(table.sum(axis=1)) * (1 - _SAME)
    hits = (np.abs(signs @ table.T) >= extreme).sum(axis=0)
    return [float(hit / len(signs) if every else (hit + 1) / (len(signs) + 1)) for hit in hits]


def _comparison(metric: str, one: str, two: str, delta: float, p: float, overview: Overview, better: str) -> Comparison:
    shown = p <= overview.alpha
    is_better = (delta > 0) == (better == "higher")
    return Comparison(
        metric, "corpus", two, one, delta, None, None, None, p, "randomisation over sets", 0, overview.seed,
        0, 0, 0, "",
        outcome=("better" if is_better else "worse") if shown else "none",
    )  # fmt: skip
