"""A metric for the package `evaluate`: `metric("chrf").compute(predictions=..., references=...)`."""

from __future__ import annotations

from typing import Any

from evalkit.integrations.measure import Measure


def metric(name: str) -> Any:
    """An `evaluate.Metric` of one of evalkit's metrics, made here: nothing is fetched. Each sample has one reference
    or a list of them; `compute` gives `{"score": ...}`."""
    import datasets
    import evaluate

    measure = Measure(name)
    text = datasets.Value("string")
    kinds = [
        datasets.Features({"predictions": text, "references": datasets.Sequence(text)}),
        datasets.Features({"predictions": text, "references": text}),
    ]

    class EvalkitMetric(evaluate.Metric):  # type: ignore[misc]
        def _info(self) -> Any:
            about = f"evalkit's metric {name}"
            return evaluate.MetricInfo(description=about, citation="", inputs_description=about, features=kinds)

        def _compute(self, predictions: Any, references: Any) -> dict[str, float]:
            return {"score": measure.score(predictions, references)}

    return EvalkitMetric()
