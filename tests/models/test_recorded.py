"""What real libraries answered to small models of random weights, replayed: the protocol and the values stay theirs.

`python benchmarks/model_metrics.py record` makes the recording, with every score the same to the bit as the library's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from evalkit.plugins import Registry
from evalkit.testing import units_of

HERE = Path(__file__).parent
RECORDED = json.loads((HERE / "recorded.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("family", ["comet", "xcomet", "metricx", "bertscore", "bleurt"])
def test_a_family_as_it_was_recorded(family: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "python"  # started as `python SCRIPT MODEL SIZE`
    python.write_text(f'#!/bin/sh\nexec {sys.executable} {HERE / "replay.py"} "$2"\n', encoding="utf-8")
    python.chmod(0o755)
    environment = "comet" if family == "xcomet" else family
    monkeypatch.setenv(f"EVALKIT_PYTHON_{environment.upper()}", str(python))
    rows = next(asked["rows"] for asked, _ in RECORDED[family]["exchange"] if asked["ask"] == "score")
    sources = [row.get("source", "A source.") for row in rows]
    units = units_of([row["candidate"] for row in rows], [[row["reference"] for row in rows]], sources)
    scorer = Registry().make("scorer", {"name": family, "model": family, "size": 4})
    assert [scorer.segment(row) for row in scorer.measure(units)] == RECORDED[family]["scores"]
    assert scorer.signature("1") == RECORDED[family]["signature"]
