"""Results in MLflow: `log(result)` inside a run."""

from __future__ import annotations

import re

from evalkit.api import render
from evalkit.records.result import Result

_UNKNOWN = re.compile(r"[^\w./ -]")  # what MLflow refuses in the name of a metric


def log(result: Result, *, report: bool = True) -> dict[str, float]:
    """Logs every number of `result.flat()` as a metric of the active run and, with `report`, the page as an artifact.

    Returns what was logged, by name; characters that MLflow refuses are `_`.
    """
    import mlflow

    numbers = {_UNKNOWN.sub("_", name): value for name, value in result.flat().items()}
    mlflow.log_metrics(numbers)
    if report:
        mlflow.log_text(render(result, "html"), "evalkit/report.html")
    return numbers
