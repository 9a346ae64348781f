"""Metrics for lm-evaluation-harness: `register("chrf")` makes `evalkit_chrf` known to its task files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalkit.integrations.measure import Measure


def register(*metrics: str) -> tuple[str, ...]:
    """Registers each metric as `evalkit_METRIC`, scored over the whole corpus; returns the names.

    Call it in the Python file of the task, or before `lm_eval.simple_evaluate`.
    """
    from lm_eval.api.registry import register_aggregation, register_metric

    names = []
    for metric in metrics:
        measure, name = Measure(metric), f"evalkit_{metric}"
        register_aggregation(name)(_aggregation(measure))
        register_metric(
            metric=name, higher_is_better=measure.higher_is_better, output_type="generate_until", aggregation=name
        )(_as_it_is)
        names.append(name)
    return tuple(names)


def _as_it_is(items: Any) -> Any:
    """The harness keeps a pair of reference and prediction for each sample until the end."""
    return items


def _aggregation(measure: Measure) -> Any:
    def aggregate(items: Sequence[tuple[Any, Any]]) -> float:
        return measure.score([_one(prediction) for _, prediction in items], [reference for reference, _ in items])

    return aggregate


def _one(prediction: Any) -> str:
    return str(prediction[0] if isinstance(prediction, (list, tuple)) else prediction)
