"""Statistic rows and signatures of a sacrebleu metric.

sacrebleu is pinned to one version, so the underscore methods that give the rows of single segments
are safe to call; tests hold them against the public `corpus_score` and `sentence_score`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalkit.kernels.texts import candidate_text, reference_count, reference_texts
from evalkit.model import Unit

Row = tuple[float, ...]


def measure(metric: Any, units: Sequence[Unit]) -> list[Row]:
    """One row per unit; sacrebleu takes a missing reference stream of a unit as None and ignores it."""
    if not units:
        return []
    references = [reference_texts(unit) for unit in units]
    most = max(len(texts) for texts in references)
    streams = [[texts[i] if i < len(texts) else None for texts in references] for i in range(most)]
    rows = metric._extract_corpus_statistics([candidate_text(unit) for unit in units], streams)
    return [tuple(float(number) for number in row) for row in rows]


def score(metric: Any, row: Sequence[float]) -> float:
    """The metric's score of one row or a sum of rows."""
    # A fresh list: add-k smoothing changes the numbers it is given.
    return float(metric._compute_score_from_stats(list(row)).score)


def signature(metric: Any, nrefs: str) -> str:
    """sacrebleu's long signature. `metric` must be fresh: the number of references is written into it."""
    count = reference_count(nrefs)
    metric.num_refs = -1 if count is None else count
    return str(metric.get_signature().format())
