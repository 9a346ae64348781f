"""The modules for other frameworks, against the frameworks themselves where they are installed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sacrebleu

import evalkit

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

CANDIDATES = ["The cat sat on the the mat.", "It rained in Paris."]
REFERENCES = ["The cat sat on the mat.", "It was raining in Paris."]
CHRF = sacrebleu.corpus_chrf(CANDIDATES, [REFERENCES]).score


def framework(name: str) -> Any:
    return pytest.importorskip(name, reason=f"NOT TESTED: {name} is not installed", exc_type=ImportError)


def test_lm_evaluation_harness_knows_the_metric() -> None:
    registry = framework("lm_eval.api.registry")
    from evalkit.integrations.lm_eval import register

    assert register("chrf", "ter") == ("evalkit_chrf", "evalkit_ter")
    passed = registry.get_metric("evalkit_chrf")
    items = [passed(pair) for pair in zip(REFERENCES, CANDIDATES, strict=True)]
    assert registry.get_metric_aggregation("evalkit_chrf")(items) == pytest.approx(CHRF)
    assert registry.is_higher_better("evalkit_chrf")
    assert not registry.is_higher_better("evalkit_ter")


def test_lighteval_takes_the_metric() -> None:
    framework("lighteval.metrics.utils.metric_utils")
    from evalkit.integrations.lighteval import metric

    made = metric("chrf")
    items = [SimpleNamespace(preds=[c], golds=[r]) for c, r in zip(CANDIDATES, REFERENCES, strict=True)]
    assert made.get_corpus_aggregations()["evalkit_chrf"](items) == pytest.approx(CHRF)


def test_inspect_scores_samples_and_the_corpus() -> None:
    """Without a run, whose counting of tokens would ask the network."""
    inspect = framework("inspect_ai.scorer")
    from evalkit.integrations.inspect_ai import evalkit_corpus, evalkit_scorer

    score = evalkit_scorer("chrf")

    def state(text: str) -> Any:
        return SimpleNamespace(output=SimpleNamespace(completion=text), input_text="Quelle")

    made = [asyncio.run(score(state(c), inspect.Target(r))) for c, r in zip(CANDIDATES, REFERENCES, strict=True)]
    first = sacrebleu.sentence_chrf(CANDIDATES[0], [REFERENCES[0]]).score
    assert made[0].as_float() == pytest.approx(first)
    assert evalkit_corpus()([inspect.SampleScore(score=each) for each in made]) == pytest.approx(CHRF)


def test_evaluate_computes_the_metric() -> None:
    framework("evaluate")
    from evalkit.integrations.hf_evaluate import metric

    made = metric("chrf")
    assert made.compute(predictions=CANDIDATES, references=REFERENCES)["score"] == pytest.approx(CHRF)
    several = [[reference, "x"] for reference in REFERENCES]
    assert made.compute(predictions=CANDIDATES, references=several)["score"] >= CHRF


def test_mlflow_takes_the_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mlflow = framework("mlflow")
    from evalkit.integrations.mlflow import log

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    mlflow.set_tracking_uri((tmp_path / "runs").as_uri())
    result = evalkit.score({"a@1": evalkit.Lines(CANDIDATES)}, evalkit.Lines(REFERENCES), metrics=["chrf"])
    with mlflow.start_run() as run:
        logged = log(result)
    assert logged["a_1/chrf/corpus"] == pytest.approx(CHRF)
    assert mlflow.get_run(run.info.run_id).data.metrics["a_1/chrf/corpus"] == pytest.approx(CHRF)
