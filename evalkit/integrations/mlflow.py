"""Results in MLflow: `log(result)` inside a run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from itertools import count

from evalkit.api import render
from evalkit.records.result import Result

_UNKNOWN = re.compile(r"[^\w./ -]")  # what MLflow refuses in the name of a metric


def log(result: Result, *, report: bool = True) -> dict[str, float]:
    """Logs every number of `result.flat()` as a metric of the active run and, with `report`, the page as an artifact.

    Returns what was logged, by name; characters that MLflow refuses are `_`, and names that would be the same by that
    are counted: `a_1`, `a_1_2`.
    """
    import mlflow

    numbers = named(result.flat())
    mlflow.log_metrics(numbers)
    if report:
        mlflow.log_text(render(result, "html"), "evalkit/report.html")
    return numbers


def named(numbers: Mapping[str, float]) -> dict[str, float]:
    """Numbers by names that MLflow takes, each by its own: none takes the place of another."""
    made: dict[str, float] = {}
    for name, value in numbers.items():
        parts = _UNKNOWN.sub("_", name).split("/")  # it takes a name for a path, without ways back
        known = "/".join("_" if part in ("", ".", "..") else part for part in parts)
        made[_free(known, numbers.keys() - {name} | made.keys())] = value
    return made


def _free(name: str, taken: Set[str]) -> str:
    return next(each for n in count(1) if (each := name if n == 1 else f"{name}_{n}") not in taken)
