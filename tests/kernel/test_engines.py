"""What counted stands in the result, and is all of it that differs."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.records.json import dumps


def test_the_result_says_what_counted_and_differs_in_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "r").write_text("The cat sat, on 3.5 mats.\nA dog barks.\n\u3042\n", encoding="utf-8")
    (tmp_path / "c").write_text("The cat sat on mats.\nDogs bark.\n\n", encoding="utf-8")
    metrics = ["bleu", "bleu(max_ngram_order=17)", "chrf++", "ter", "wer"]

    def run() -> evalkit.Result:
        return evalkit.score({"c": tmp_path / "c"}, tmp_path / "r", metrics=metrics)

    fast = run()
    sacrebleu, jiwer = f"sacrebleu {version('sacrebleu')}", f"jiwer {version('jiwer')}"
    assert [metric.engine for metric in fast.metrics.values()] == ["kernel", sacrebleu, "kernel", "kernel", "kernel"]
    monkeypatch.setenv("EVALKIT_KERNEL", "off")
    slow = run()
    assert [metric.engine for metric in slow.metrics.values()] == [sacrebleu] * 4 + [jiwer]
    assert dumps(replace(fast, metrics={})) == dumps(replace(slow, metrics={}))
