"""The part of a report that holds string metrics beside models."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import evalkit
from evalkit.records.config import parse

WORKER = Path(__file__).parents[1] / "models" / "worker.py"
LINES = [f"the council of town {k} opened a new bridge" for k in range(12)]


def report(folder: Path, candidates: dict[str, list[str]], metrics: list[object]) -> str:
    return evalkit.render(result_of(folder, candidates, metrics), "markdown")


def result_of(folder: Path, candidates: dict[str, list[str]], metrics: list[object]) -> evalkit.Result:
    for name, lines in {**candidates, "r": LINES}.items():
        (folder / f"{name}.txt").write_text("".join(f"{line}.\n" for line in lines), encoding="utf-8")
    settings = {
        "metrics": metrics, "detectors": [], "align": "lines", "reference": [{"path": str(folder / "r.txt")}],
        "statistics": {"test": "randomisation", "trials": 999},
        "candidate": [{"name": name, "path": str(folder / f"{name}.txt")} for name in candidates],
    }  # fmt: skip
    return evalkit.evaluate(parse(settings, "test"))


@pytest.fixture
def model() -> dict[str, object]:
    return {"name": "external", "worker": str(WORKER), "python": sys.executable, "sides": "candidate+reference",
            "model": "words"}  # fmt: skip


def test_both_kinds_stand_side_by_side(tmp_path: Path, model: dict[str, object]) -> None:
    worse = {"worse": [line.replace("opened a new", "shut the old") for line in LINES], "good": LINES}
    text = report(tmp_path, worse, ["chrf", model])
    assert "String metrics and models" in text
    assert "metrics of both kinds show a difference, the same way, in 1" in text
    assert "better by both" in text


def test_differences_have_the_decimals_of_their_metric(tmp_path: Path, model: dict[str, object]) -> None:
    two = {"worse": [line.replace("opened a new", "shut the old") for line in LINES], "good": LINES}
    said = {c.metric: c.verdict for c in result_of(tmp_path, two, ["chrf", model]).comparisons}
    assert re.match(
        r"good scores better than worse by 0\.\d{4} points of External \(.* \+0\.\d{4} to", said["external"]
    )
    assert re.match(r"good scores better than worse by \d+\.\d{2} points of chrF", said["chrf"])


def test_a_model_in_windows_is_a_model(tmp_path: Path) -> None:
    inner = f"external(worker={WORKER}, python={sys.executable}, sides=candidate+reference, model=words, over=windows)"
    two = {"worse": [line.replace("opened a new", "shut the old") for line in LINES], "good": LINES}
    text = report(tmp_path, two, ["chrf", {"name": "windowed", "metric": inner}])
    assert "metrics of both kinds show a difference, the same way, in 1" in text


def test_opposite_differences_are_told(tmp_path: Path, model: dict[str, object]) -> None:
    """Nearly all letters right and few words, against fewer words that are right."""
    few = [line.replace("the ", "").replace(" of", "").replace(" opened a new", "") for line in LINES]
    endings = {"endings": [line.replace(" ", "s ") for line in LINES], "few": few}
    assert "tests show opposite differences in 1" in report(tmp_path, endings, ["chrf", model])


def test_one_kind_alone_has_no_such_part(tmp_path: Path, model: dict[str, object]) -> None:
    two = {"worse": [line.replace("opened a new", "shut the old") for line in LINES], "good": LINES}
    assert "String metrics and models" not in report(tmp_path, two, ["chrf", "bleu"])
    assert "String metrics and models" not in report(tmp_path, two, [model])
