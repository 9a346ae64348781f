"""One metric, sample by sample: the corpus score is the standard tool's."""

from __future__ import annotations

import pytest
import sacrebleu

from evalkit.errors import ConfigError, EvalkitError
from evalkit.integrations.measure import Measure
from evalkit.integrations.mlflow import named

CANDIDATES = ["The cat sat on the the mat.", "It rained in Paris.", "Nobody came."]
REFERENCES = [
    ["The cat sat on the mat.", "A cat sat on the mat."],
    ["It was raining in Paris.", "In Paris it rained."],
    ["No one came.", "Nobody came."],
]
STREAMS = [list(stream) for stream in zip(*REFERENCES, strict=True)]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("bleu", sacrebleu.corpus_bleu(CANDIDATES, STREAMS).score),
        ("chrf", sacrebleu.corpus_chrf(CANDIDATES, STREAMS).score),
        ("chrf(word_order=2)", sacrebleu.corpus_chrf(CANDIDATES, STREAMS, word_order=2).score),
        ("ter", sacrebleu.corpus_ter(CANDIDATES, STREAMS).score),
    ],
)
def test_the_sum_of_samples_is_the_corpus_score(metric: str, expected: float) -> None:
    measure = Measure(metric)
    rows = [measure.row(*sample) for sample in zip(CANDIDATES, REFERENCES, strict=True)]
    assert measure.corpus(rows) == pytest.approx(expected, abs=1e-9)
    assert measure.higher_is_better == (metric != "ter")
    assert measure.score(CANDIDATES, REFERENCES) == measure.corpus(rows)


def test_a_single_reference_may_be_a_text() -> None:
    measure = Measure("chrf")
    assert measure.row("One.", "One.") == measure.row("One.", ["One."])
    assert measure.sample(measure.row("One.", "One.")) == 100
    assert measure.corpus([]) == 0


def test_what_is_missing_is_said() -> None:
    with pytest.raises(EvalkitError, match="chfr"):
        Measure("chfr").row("a", "a")


def test_a_metric_that_needs_the_source_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    measure = Measure("chrf")
    monkeypatch.setattr(type(measure.scorer), "needs", ("candidate", "source"), raising=False)
    with pytest.raises(ConfigError, match="needs the source"):
        measure.row("a", "a")


def test_no_number_takes_the_place_of_another_in_mlflow() -> None:
    given = {"a@1/chrf": 1.0, "a#1/chrf": 2.0, "a_1/chrf": 3.0, "../x/chrf": 4.0, "//chrf": 5.0, "水/chrf": 6.0}
    assert named(given) == {
        "a_1/chrf_2": 1.0, "a_1/chrf_3": 2.0, "a_1/chrf": 3.0, "_/x/chrf": 4.0, "_/_/chrf": 5.0, "水/chrf": 6.0,
    }  # fmt: skip


def test_a_value_of_several_tries_is_told_from_that_of_one() -> None:
    measure = Measure("chrf")
    row, other = measure.row("the cat", "the cat sat"), measure.row("a dog", "the cat sat")
    assert measure.is_of(row, measure.sample(row))
    assert not measure.is_of(row, (measure.sample(row) + measure.sample(other)) / 2)
