"""A result of the first schema is still read, and says what it said then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.records import json as jsonio

OLD = Path(__file__).parent / "old" / "result-1.json"


def test_a_result_of_schema_1_is_read_as_one_of_schema_2() -> None:
    result = jsonio.read(OLD)
    assert result.schema == jsonio.SCHEMA
    assert [(m, r.title, r.better) for m, r in result.metrics.items()] == [
        ("bleu", "BLEU", "higher"), ("chrf", "chrF", "higher"), ("wer", "WER", "lower"),
    ]  # fmt: skip
    assert {f.rule for s in result.systems for f in s.findings} <= set(result.rules)
    assert result.rules["name-mistransliterated"].summary.startswith("A form that is no accepted spelling")
    assert jsonio.loads(jsonio.dumps(result)) == result


@pytest.mark.parametrize("name", sorted(Registry().names("renderer")))
def test_every_renderer_shows_it(name: str) -> None:
    assert isinstance(Registry().make("renderer", name).render(jsonio.read(OLD)), str)


@pytest.mark.parametrize("cut", [10, 60, 200, 5000])
def test_half_a_file_is_refused(cut: int) -> None:
    with pytest.raises(InputError, match="not a result of evalkit"):
        jsonio.loads(OLD.read_text(encoding="utf-8")[:cut])


def test_a_rule_and_a_metric_of_a_stranger_are_taken_as_they_are() -> None:
    text = OLD.read_text(encoding="utf-8").replace("name-mistransliterated", "mine").replace('"wer"', '"yours"')
    result = jsonio.loads(text)
    assert result.rules["mine"].category == "names"
    assert (result.metrics["yours"].title, result.metrics["yours"].better) == ("yours", "")


def test_the_order_of_its_keys_does_not_matter() -> None:
    sorted_ = json.dumps(json.loads(OLD.read_text(encoding="utf-8")), sort_keys=True)
    assert jsonio.loads(sorted_) == jsonio.read(OLD)
