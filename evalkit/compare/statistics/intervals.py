"""Confidence intervals of one score by bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evalkit.compare.statistics.items import gathered, groups_of
from evalkit.compare.statistics.known import Memory, remembered_interval
from evalkit.compare.statistics.plan import check_numbers, t_over_normal
from evalkit.compare.statistics.resampling import CELLS, bootstrap_scores, matrix_of, percentiles, widened
from evalkit.errors import InputError
from evalkit.kernel.tables import Table
from evalkit.plugins.protocols import Row, Statistic

if TYPE_CHECKING:
    from evalkit.compare.statistics.resampling import Matrix


def bootstrap_interval(
    rows: Sequence[Row] | Matrix | Table,
    scorer: Statistic,
    *,
    trials: int = 1000,
    seed: int = 12345,
    confidence: float = 0.95,
    documents: Sequence[str] | None = None,
    memory: Memory | None = None,
) -> tuple[float, float]:
    """Percentile interval of a corpus score, in score points: items are drawn with replacement.

    `documents` names the document of every row: then whole documents are drawn, and the interval is widened as t is
    wider than the normal, since documents are few. The draws are sacrebleu's for the same seed and number of trials,
    and so are the ranks taken. `memory` keeps the interval. No rows raise InputError; a single row, or document,
    gives its score twice.
    """
    check_numbers(trials, seed, confidence)
    if len(rows) == 0:
        raise InputError("no statistic rows: there is nothing to draw an interval from")
    matrix = matrix_of(rows)
    if documents is not None:
        keys = tuple(str(number) for number in range(len(rows)))
        matrix = gathered(matrix, groups_of(keys, dict(zip(keys, documents, strict=True))))

    def found() -> tuple[float, float]:
        scores = bootstrap_scores({"": matrix}, scorer, trials, seed, CELLS)[""]
        if documents is not None and len(matrix) > 1:
            whole = scorer.value(matrix.sum(axis=0).tolist())
            scores = widened(scores, whole, t_over_normal(confidence, len(matrix)))
        return percentiles(scores, confidence)

    return remembered_interval(found, matrix, scorer, (trials, seed, confidence, documents is not None), memory)
