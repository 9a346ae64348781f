"""Metrics for lighteval: `metric("chrf")` goes into the `metrics` of a task's configuration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalkit.integrations.measure import Measure


def metric(name: str) -> Any:
    """lighteval's `CorpusLevelMetric` of one of evalkit's metrics, called `evalkit_NAME`."""
    from lighteval.metrics.sample_preparator import GenerativePreparator
    from lighteval.metrics.utils.metric_utils import CorpusLevelMetric
    from lighteval.tasks.requests import SamplingMethod

    measure = Measure(name)

    def corpus(items: Sequence[Any]) -> float:
        return measure.score([_first(item.preds) for item in items], [list(item.golds) for item in items])

    return CorpusLevelMetric(
        metric_name=f"evalkit_{name}",
        higher_is_better=measure.higher_is_better,
        category=SamplingMethod.GENERATIVE,
        sample_level_fn=GenerativePreparator(),
        corpus_level_fn=corpus,
    )


def _first(predictions: Any) -> str:
    return str(predictions[0] if isinstance(predictions, (list, tuple)) else predictions)
