"""Rows, scores and signatures by sacrebleu itself.

sacrebleu is pinned to one version, so the underscore methods that give the rows of single segments
are safe to call; tests hold them against the public `corpus_score` and `sentence_score`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from evalkit.errors import ConfigError
from evalkit.kernel.streams import reference_count
from evalkit.plugins.packages import version
from evalkit.text.visible import shown

Row = tuple[float, ...]


MOST_ORDER = 20  # longer sequences recur in copies alone; time and memory of the library grow with its square


def check_order(metric: str, option: str, value: int, least: int) -> None:
    """Raises ConfigError for an order of n-grams outside of what is counted in bounded time."""
    if not least <= value <= MOST_ORDER:
        raise ConfigError(f"{metric}: {option} {shown(value)} is not a number from {least} to {MOST_ORDER}")


def measure(metric: Any, candidates: Sequence[str], references: Sequence[Sequence[str | None]]) -> list[Row]:
    """One row per candidate; sacrebleu ignores the Nones of reference streams."""
    if not candidates:
        return []
    rows = metric._extract_corpus_statistics(candidates, [list(stream) for stream in references])
    return [tuple(float(number) for number in row) for row in rows]


def score(metric: Any, row: Sequence[float]) -> float:
    """The metric's score of one row or a sum of rows."""
    # A fresh list: add-k smoothing changes the numbers it is given.
    return float(metric._compute_score_from_stats(list(row)).score)


def signature(nrefs: str, *parts: tuple[str, object]) -> str:
    """sacrebleu's long signature: the number of references, the metric's `parts` in its order, the version.

    Put together here, so that a score needs no sacrebleu; the tests hold it against sacrebleu's own.
    """
    count = reference_count(nrefs)
    shown = [f"{key}:{_shown(value)}" for key, value in parts]
    return "|".join([f"nrefs:{'var' if count is None else count}", *shown, f"version:{_version()}"])


def _shown(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@lru_cache(maxsize=1)
def _version() -> str:
    return version("sacrebleu")
