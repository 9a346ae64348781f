"""A scorer for Inspect: `scorer=evalkit_scorer("chrf")` in a task; the corpus score stands beside the mean."""

from __future__ import annotations

from typing import Any

from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, mean, metric, scorer

from evalkit.integrations.measure import Measure


@metric
def evalkit_corpus() -> Metric:
    """The score of all samples together, from the statistics that the score of each sample carries."""

    def corpus(scores: list[SampleScore]) -> float:
        told = [s.score.metadata for s in scores if s.score.metadata]
        return Measure(told[0]["evalkit_metric"]).corpus([each["evalkit_row"] for each in told]) if told else 0.0

    return corpus


@scorer(metrics=[mean(), evalkit_corpus()])
def evalkit_scorer(name: str = "chrf") -> Scorer:
    """The scorer of a metric; its targets are the references, the sample's input is the source."""
    measure = Measure(name)

    async def score(state: Any, target: Target) -> Score:
        candidate = state.output.completion
        row = measure.row(candidate, list(target), source=state.input_text)
        told = {"evalkit_metric": name, "evalkit_row": list(row)}
        return Score(value=measure.sample(row), answer=candidate, metadata=told)

    return score
