"""The weights of the document aligner: each has its name, and the file says where they come from."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from evalkit.aligners.document import weights as module
from evalkit.aligners.document.weights import column_names, weights


@pytest.mark.parametrize("semantic", [False, True])
def test_every_column_has_its_weight(semantic: bool) -> None:
    own, context, network = column_names(semantic=semantic)
    found = weights(semantic=semantic)
    assert len(set(network)) == len(network)
    assert (len(found.own), len(found.context), len(found.network.means)) == (len(own), len(context), len(network))
    assert {len(unit.weights) for unit in found.network.units} == {len(network)}


@pytest.mark.parametrize("name", ["words", "semantic"])
def test_the_file_says_where_the_weights_come_from(name: str) -> None:
    found = json.loads(files("evalkit.aligners.document").joinpath(f"weights_{name}.json").read_text("utf-8"))
    assert found["command"].startswith("python benchmarks/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["date"])
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in found["training_data"]["sha256"].values())
    assert all(0 < figures["F1"] <= 1 for figures in found["held_out"]["links"].values())


def test_weights_of_other_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OWN_NAMES", ("bias", "another column"))
    with pytest.raises(RuntimeError, match="fitted for other columns"):
        weights.__wrapped__(semantic=False)
