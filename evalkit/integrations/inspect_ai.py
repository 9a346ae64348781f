"""A scorer for Inspect: `scorer=evalkit_scorer("chrf")` in a task; the corpus score stands beside the mean."""

from __future__ import annotations

import logging
from typing import Any

from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, mean, metric, scorer

from evalkit.integrations.measure import Measure

_FIRST_ALONE = "evalkit_corpus: the samples have several epochs, and the score is that of the first; `mean` is of all"


@metric
def evalkit_corpus() -> Metric:
    """The score of all samples together, from the statistics that the score of each sample carries.

    Of several epochs Inspect hands on those of the first alone, which is said.
    """

    def corpus(scores: list[SampleScore]) -> float:
        told = [(s.score.metadata, s.score.value) for s in scores if s.score.metadata]
        if not told:
            return 0.0
        measure = Measure(told[0][0]["evalkit_metric"])
        if not all(measure.is_of(each["evalkit_row"], value) for each, value in told):
            logging.getLogger("evalkit").warning(_FIRST_ALONE)
        return measure.corpus([each["evalkit_row"] for each, _ in told])

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
