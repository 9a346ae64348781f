"""Tests between two metrics: does a difference this large appear if their scores are exchanged at random?

Each score of one metric changes places with the other's of the same translation, or not, whatever its system and
segment: the test that permutes on both sides, PERM-BOTH of Deutsch et al. 2021. Both metrics are brought to one scale
before. Differences are two-sided, and p = (as large or larger + 1) / (trials + 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from evalkit.compare.statistics.plan import MIN_ITEMS, SAME
from evalkit.meta import exchanged, rows
from evalkit.meta.agreement import calibrated_accuracy, pair_table, soft_pairwise_accuracy
from evalkit.meta.exchanged import Two
from evalkit.meta.intervals import Drawing
from evalkit.meta.records import Average, Level

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

TEST = "permutation on both sides"
BY_SEGMENT = "permutation of segments"
# With fewer systems no exchange of their scores is rare enough: of 5 there are 32, two of them as extreme as can be.
_LEAST_SYSTEMS = 6


class Tested(NamedTuple):
    """The difference of a statistic between two metrics, and its p-value; None where nothing could be tested."""

    level: Level
    statistic: str
    average: Average | None
    delta: float | None
    p_value: float | None
    segments: int
    test: str = TEST
    reason: str = ""


class _Test(NamedTuple):
    level: Level
    statistic: str
    average: Average | None
    values: Callable[[Two, Drawing], Iterator[Array]]
    test: str = TEST


def _of_systems(name: str, statistic: Callable[[Array, Array], Array]) -> _Test:
    return _Test("system", name, None, lambda of, drawing: exchanged.by_system(of, statistic, drawing))


def _of_pearson(average: Average) -> _Test:
    return _Test("segment", "pearson", average, lambda of, drawing: exchanged.pearson(of, drawing, average))


_BY_SYSTEM = (
    _of_systems("pairwise-accuracy", rows.accuracies),
    _of_systems("pearson", rows.pearsons),
    _of_systems("spearman", rows.spearmans),
    _of_systems("kendall-b", rows.taus),
)
_SOFT = _Test("system", "soft-pairwise-accuracy", None, exchanged.soft)
_BY_ITEM = _Test("segment", "acc-eq", "item", exchanged.ties_by_item, BY_SEGMENT)
_BY_SEGMENT = (
    _SOFT,
    _of_pearson("none"),
    _of_pearson("system"),
    _of_pearson("item"),
    _Test("segment", "kendall-b", "item", exchanged.kendall_by_item),
    _BY_ITEM,
)


def exchanges(of: Two, drawing: Drawing) -> Iterator[Tested]:
    """Every test of two metrics. Kendall's tau over all translations, or over those of a system, has none: it would
    be counted anew for each trial, for minutes."""
    segments = int(of.cells.any(axis=0).sum())
    for test in (*_BY_SYSTEM, *(_BY_SEGMENT if segments else ())):
        count = int(of.cells.all(axis=0).sum()) if test is _SOFT else segments
        head = (test.level, test.statistic, test.average)
        if reason := _too_few(test, len(of.human_systems), count):
            yield Tested(*head, None, None, count, test.test, reason)
            continue
        delta, p_value = _tested(test.values(of, drawing))
        if delta is None:
            yield Tested(*head, None, None, count, test.test, "not defined for one of the two")
            continue
        if test in (_SOFT, _BY_ITEM):
            delta = _difference(of, test)
        yield Tested(*head, delta, p_value, count, test.test)


def _too_few(test: _Test, systems: int, segments: int) -> str:
    if test.level == "system" and systems < _LEAST_SYSTEMS:
        return f"{systems} systems; {_LEAST_SYSTEMS} are needed"
    if test not in _BY_SYSTEM and segments < MIN_ITEMS:
        return f"{segments} segments; {MIN_ITEMS} are needed"
    return ""


def _tested(found: Iterator[Array]) -> tuple[float | None, float | None]:
    """The true difference, and the share of exchanged ones at least as large."""
    import numpy as np

    values = np.concatenate(list(found))
    delta, drawn = float(values[0]), values[1:]
    drawn = drawn[~np.isnan(drawn)]
    if np.isnan(delta) or not len(drawn):
        return None, None
    as_large = int((np.abs(drawn) >= abs(delta) - SAME).sum())
    return delta, (as_large + 1) / (len(drawn) + 1)


def _difference(of: Two, test: _Test) -> float:
    """The difference of the values as they are reported, where the test has another form of them."""
    whole = of.cells.all(axis=0)
    values = []
    for side in of.raw:
        if test is _SOFT:
            values.append(soft_pairwise_accuracy(of.human[:, whole], side[:, whole]))
        else:
            values.append(calibrated_accuracy(pair_table(of.human, side)).value)
    return values[1] - values[0]
