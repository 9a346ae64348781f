"""Windows of units: a sentence cut elsewhere costs less than by single units, and nothing else changes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.testing import units_of
from evalkit.text.arithmetic import running_sum

WORKER = Path(__file__).parent / "worker.py"
TEXT = ["The council met on Monday.", "It opened a bridge.", "Farmers asked for more.", "Nobody answered them."]


def value(spec: str, candidates: list[str], references: list[str]) -> float:
    scorer = Registry().make("scorer", spec)
    rows = scorer.measure(units_of(candidates, [references]))
    return scorer.value([sum(column) for column in zip(*rows, strict=True)])


def test_a_window_of_one_unit_is_the_mean_of_the_units() -> None:
    other = ["The council met.", "It opened the bridge.", "Farmers wanted more.", "Nobody answered."]
    chrf = Registry().make("scorer", "chrf")
    units = units_of(other, [TEXT])
    mean = sum(chrf.segment(row) for row in chrf.measure(units)) / 4
    assert value("windowed(most=1)", other, TEXT) == pytest.approx(mean, abs=1e-12)


def test_a_copy_is_the_best() -> None:
    assert value("windowed", TEXT, TEXT) == pytest.approx(100)


def test_where_sentences_are_cut_counts_less_in_windows() -> None:
    moved = ["The council met on Monday. It opened", "a bridge.", "Farmers asked for more. Nobody", "answered them."]
    assert value("windowed(most=4)", moved, TEXT) > value("windowed(most=1)", moved, TEXT) + 5


def test_windows_stay_in_their_document() -> None:
    scorer = Registry().make("scorer", "windowed(most=4)")
    together = scorer.measure(units_of(TEXT, [TEXT]))
    assert [count for _, count, _ in together] == [4, 3, 2, 1]


def test_direction_scale_and_signature_are_those_of_the_metric() -> None:
    scorer = Registry().make("scorer", "windowed(metric=ter, most=2)")
    assert scorer.better == "lower"
    assert scorer.title == "TER in windows"
    assert scorer.signature("1").startswith("windows:1-2|nrefs:1|")


def windowed(model: str) -> Any:
    inner = (
        f"external(worker={WORKER}, python={sys.executable}, sides=candidate+reference, model={model}, over=windows)"
    )
    return Registry().make("scorer", f"windowed(metric={inner}, most=2)")


def test_a_model_in_windows_is_named_in_full_and_what_is_too_long_is_told() -> None:
    scorer = windowed("words")
    assert scorer.identity.startswith("windows:1-2|model:words|")
    assert scorer.engine() == "model external"
    long = " ".join(map(str, range(15)))  # two of them are more than the model reads
    rows = scorer.measure(units_of([long, long, "b"], [[long, long, "b"]]))
    assert rows == [(2.0, 2.0, 1.0), (2.0, 2.0, 0.0), (1.0, 1.0, 0.0)]
    assert scorer.remark(rows[0]).startswith("1 of the 2 windows that begin here are longer than the model reads")
    assert not scorer.remark(rows[1])


def test_windows_of_an_interrupted_run_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks with what their last windows reach into: the same as all at once, and kept one by one."""
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    lines = [f"line {number} of a text" for number in range(150)]
    for name, odd in (("c", "lane"), ("r", "line")):
        text = "".join(line.replace("line", odd if k % 3 else "line") + "\n" for k, line in enumerate(lines))
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    scorer = windowed("words")
    texts = [(tmp_path / f"{name}.txt").read_text().splitlines() for name in "cr"]
    whole = scorer.measure(units_of(texts[0], [texts[1]]))
    spec = f"windowed(metric={scorer.metric}, most=2)"
    result = evalkit.score(tmp_path / "c.txt", tmp_path / "r.txt", metrics=[spec], align="lines")
    (score,) = result.systems[0].scores
    # added one by one, as every Python adds for evalkit: since 3.12 `sum` corrects what it rounds
    assert score.value == running_sum(total for total, _, _ in whole) / running_sum(count for _, count, _ in whole)
    assert len(list((tmp_path / "cache").rglob("*/*"))) == 3


@pytest.mark.parametrize("spec", ["windowed(most=0)", "windowed(most=99)", "windowed(metric=windowed)"])
def test_windows_that_make_no_sense(spec: str) -> None:
    with pytest.raises(ConfigError):
        Registry().make("scorer", spec)
