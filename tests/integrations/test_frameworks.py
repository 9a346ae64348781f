"""The modules for other frameworks, against the frameworks themselves where they are installed."""

from __future__ import annotations

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
    inspect = framework("inspect_ai")
    from inspect_ai.dataset import Sample
    from inspect_ai.model import ModelOutput, get_model

    from evalkit.integrations.inspect_ai import evalkit_scorer

    samples = [Sample(input="Quelle", target=reference) for reference in REFERENCES]
    outputs = [ModelOutput.from_content("mockllm/model", text) for text in CANDIDATES]
    task = inspect.Task(dataset=samples, scorer=evalkit_scorer("chrf"))
    (log,) = inspect.eval(
        task, model=get_model("mockllm/model", custom_outputs=outputs), display="none", max_samples=1, log_samples=False
    )
    assert log.status == "success", log.error
    (score,) = log.results.scores
    assert score.metrics["evalkit_corpus"].value == pytest.approx(CHRF)


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
    mlflow.set_tracking_uri(f"sqlite:///{tmp_path}/runs.db")
    result = evalkit.score({"a@1": evalkit.Lines(CANDIDATES)}, evalkit.Lines(REFERENCES), metrics=["chrf"])
    with mlflow.start_run() as run:
        logged = log(result)
    assert logged["a_1/chrf/corpus"] == pytest.approx(CHRF)
    assert mlflow.get_run(run.info.run_id).data.metrics["a_1/chrf/corpus"] == pytest.approx(CHRF)
