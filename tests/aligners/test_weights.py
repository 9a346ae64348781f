"""The weights of the document aligner: each has its name, and the file says where they come from."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import get_args

import pytest

from evalkit.aligners.document import weights as module
from evalkit.aligners.document.pair_probabilities import are_chinese
from evalkit.aligners.document.weights import Evidence, column_names, weights
from evalkit.records import Segment


@pytest.mark.parametrize("evidence", get_args(Evidence))
def test_every_column_has_its_weight(evidence: Evidence) -> None:
    own, context, network = column_names(semantic=evidence == "semantic")
    found = weights(evidence)
    assert len(set(network)) == len(network)
    assert (len(found.own), len(found.context), len(found.network.means)) == (len(own), len(context), len(network))
    assert {len(unit.weights) for unit in found.network.units} == {len(network)}


@pytest.mark.parametrize("name", get_args(Evidence))
def test_the_file_says_where_the_weights_come_from(name: str) -> None:
    found = json.loads(files("evalkit.aligners.document").joinpath(f"weights_{name}.json").read_text("utf-8"))
    assert found["command"].startswith("python benchmarks/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["date"])
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in found["training_data"]["sha256"].values())
    assert all(0 < figures["F1"] <= 1 for figures in found["held_out"]["links"].values())


def test_weights_of_other_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OWN_NAMES", ("bias", "another column"))
    with pytest.raises(RuntimeError, match="fitted for other columns"):
        weights.__wrapped__("words")


@pytest.mark.parametrize("text", ["主张十分疯狂。", "紧随其后的是 Enterprise。", "《の》是日文假名，这里很少见。"])
def test_chinese_texts_have_weights_of_their_own(text: str) -> None:
    assert are_chinese([_segment(text)], [_segment(text)])


@pytest.mark.parametrize("text", ["今年は雪が遅い。", "한국어 문장입니다.", "สวัสดีครับ", "The Chinese word 中", ""])
def test_other_texts_have_not(text: str) -> None:
    assert not are_chinese([_segment(text)], [_segment(text)])


def _segment(text: str) -> Segment:
    return Segment("d:1", "d", 0, len(text), text, "text", 1)
