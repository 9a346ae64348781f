"""Every statistic of a metric against people: its value, and what its interval is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from evalkit.meta import agreement, correlations, draws, rows
from evalkit.meta.draws import Draw, PairDraw, Standard
from evalkit.meta.pairing import Paired
from evalkit.meta.records import Average, Level
from evalkit.text.arithmetic import running_sum

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

_CONSTANT = "one side gives everything the same score, or there is one alone"
_PARTLY = "no segment has scores of all systems from both sides"
_ONE_EACH = "no segment has scores of two systems from both sides"


class Measure(NamedTuple):
    """One statistic; `value` is NaN where it is not defined, `reason` says why. Without a `draw` it has no interval."""

    level: Level
    statistic: str
    average: Average | None
    value: float
    segments: int
    draw: Draw | PairDraw | None = None
    options: Mapping[str, float] = {}
    reason: str = ""
    least: float = -1.0  # the smallest value it can have; the largest is 1


_SYSTEM: dict[str, tuple[Callable[[Array, Array], float], Callable[[Array, Array], Array], float]] = {
    "pairwise-accuracy": (agreement.pairwise_accuracy, rows.accuracies, 0.0),
    "pearson": (correlations.pearson, rows.pearsons, -1.0),
    "spearman": (correlations.spearman, rows.spearmans, -1.0),
    "kendall-b": (correlations.kendall, rows.taus, -1.0),
}


def measures(paired: Paired) -> Iterator[Measure]:
    """All statistics of a pair: of systems, and of segments where there are scores of segments. None where fewer than
    two systems are left."""
    if len(paired.systems) < 2:
        return
    has_segments = bool(paired.both.any())
    standard = draws.standard(paired) if has_segments else None
    segments = int(paired.both.any(axis=0).sum())
    for name, (statistic, many, least) in _SYSTEM.items():
        value = statistic(paired.human_systems, paired.metric_systems)
        draw = draws.by_system(standard, many) if standard else None
        yield Measure("system", name, None, value, segments, draw, reason=_unless(value, _CONSTANT), least=least)
    if standard:
        yield _soft(paired, standard)
        yield from _pooled(paired, standard, segments)
        yield from _by_item(paired, segments)


def _unless(value: float, reason: str) -> str:
    return reason if value != value else ""


def _soft(paired: Paired, standard: Standard) -> Measure:
    whole = paired.both.all(axis=0)
    name, segments = "soft-pairwise-accuracy", int(whole.sum())
    if not segments:
        return Measure("system", name, None, float("nan"), 0, reason=_PARTLY)
    value = agreement.soft_pairwise_accuracy(paired.human[:, whole], paired.metric[:, whole])
    options = {"permutations": agreement.PERMUTATIONS, "seed": agreement.PERMUTATION_SEED}
    return Measure("system", name, None, value, segments, draws.by_pairs(standard), options, least=0.0)


def _pooled(paired: Paired, standard: Standard, segments: int) -> Iterator[Measure]:
    """Correlations over all translations at once, and over those of each system."""
    import numpy as np

    all_of_them = [np.ones(len(paired.systems), dtype=np.bool_)]
    each = list(np.eye(len(paired.systems), dtype=np.bool_))
    kinds: tuple[tuple[Average, list[npt.NDArray[np.bool_]]], ...] = (("none", all_of_them), ("system", each))
    for average, groups in kinds:
        chosen = [paired.both & mask[:, np.newaxis] for mask in groups]
        sides = [(paired.human[cells], paired.metric[cells]) for cells in chosen]
        for name, statistic, draw in (
            ("pearson", correlations.pearson, draws.pearson_draw),
            ("kendall-b", correlations.kendall, draws.kendall_draw),
        ):
            value = _mean([statistic(human, metric) for human, metric in sides])
            yield Measure(
                "segment", name, average, value, segments, draw(standard, groups), reason=_unless(value, _CONSTANT)
            )


def _by_item(paired: Paired, segments: int) -> Iterator[Measure]:
    """Statistics within each segment, between the systems' translations of it."""
    import numpy as np

    columns = np.nonzero(paired.both.any(axis=0))[0]
    both = paired.both
    chosen = ((paired.human[both[:, c], c], paired.metric[both[:, c], c]) for c in columns)
    values = [correlations.pearson(human, metric) for human, metric in chosen]
    value = _mean(values)
    yield Measure(
        "segment", "pearson", "item", value, segments, draws.of_means(np.array(values)), {}, _unless(value, _CONSTANT)
    )
    table = agreement.pair_table(paired.human[:, columns], paired.metric[:, columns])
    tau = item_taus(table, len(columns))
    value = _mean(tau.tolist())
    yield Measure("segment", "kendall-b", "item", value, segments, draws.of_means(tau), {}, _unless(value, _CONSTANT))
    found = agreement.calibrated_accuracy(table)
    if found.value != found.value:
        yield Measure("segment", "acc-eq", "item", found.value, segments, reason=_ONE_EACH, least=0.0)
        return
    draw = draws.of_means(draws.right_shares(table, found.epsilon, len(columns)))
    yield Measure("segment", "acc-eq", "item", found.value, segments, draw, {"epsilon": found.epsilon}, least=0.0)


def item_taus(table: agreement.PairTable, segments: int) -> Array:
    """Kendall's tau-b of each segment."""
    import numpy as np

    counts = [
        np.bincount(table.row, weights, segments).astype(np.float64)
        for weights in (table.human * table.metric, table.human != 0, table.metric != 0)
    ]
    return np.clip(rows.tau_of(*counts), -1.0, 1.0)


def _mean(values: list[float]) -> float:
    """The mean of those that are defined, added one after the other as the field's tool does."""
    defined = [value for value in values if value == value]
    return running_sum(defined) / len(defined) if defined else float("nan")
