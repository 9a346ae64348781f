"""Metrics that compare two candidates directly: the paired tests take their preferences, in whatever order."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.compare.scorers import scorers_of
from evalkit.compare.systems import compare
from evalkit.errors import EvalkitError
from evalkit.plugins import Registry
from evalkit.records.config import StatisticsConfig, parse
from evalkit.records.json import loads
from evalkit.records.result import Result

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "preference.py"
GOOD = [f"the council of town {k} opened a new bridge" for k in range(12)]
WORSE = [line.replace("opened", "closed") if k % 3 else line for k, line in enumerate(GOOD)]


def run(folder: Path, names: list[str], plugin: Path = EXAMPLE, **more: object) -> Result:
    texts = {"good": GOOD, "worse": WORSE, "r": GOOD}
    for name, lines in texts.items():
        (folder / f"{name}.txt").write_text("".join(f"{line}.\n" for line in lines), encoding="utf-8")
    settings = {
        "metrics": ["preference", "chrf"], "detectors": [], "plugins": [str(plugin)], "align": "lines",
        "statistics": {"test": "randomisation", "trials": 999}, "reference": [{"path": str(folder / "r.txt")}],
        "candidate": [{"name": name, "path": str(folder / f"{name}.txt")} for name in names], **more,
    }  # fmt: skip
    return evalkit.evaluate(parse(settings, "test"))


def test_the_preference_is_tested(tmp_path: Path) -> None:
    (found,) = [c for c in run(tmp_path, ["worse", "good"]).comparisons if c.metric == "preference"]
    assert found.delta == pytest.approx(8 / 12)  # of 8 of 12 lines the one word in which they differ is right
    assert (found.wins, found.ties, found.losses) == (8, 4, 0)
    assert found.p_value is not None
    assert found.p_value < 0.05
    assert found.outcome == "better"


def test_who_stands_first_moves_nothing(tmp_path: Path) -> None:
    one, two = (
        next(c for c in run(tmp_path, names).comparisons if c.metric == "preference")
        for names in (["worse", "good"], ["good", "worse"])
    )
    assert (one.delta, one.p_value, one.wins) == (-two.delta, two.p_value, two.losses)


def test_a_biased_metric_is_asked_in_both_orders(tmp_path: Path) -> None:
    """A metric that always likes the second is for nobody."""
    biased = tmp_path / "biased.py"
    body = EXAMPLE.read_text(encoding="utf-8")
    biased.write_text(
        body.replace("        found = []\n", "        return [1.0 for _ in first]\n", 1), encoding="utf-8"
    )
    (found,) = [c for c in run(tmp_path, ["worse", "good"], biased).comparisons if c.metric == "preference"]
    assert (found.delta, found.outcome) == (0.0, "none")


def test_running_text_is_compared_too(tmp_path: Path) -> None:
    found = [c for c in run(tmp_path, ["worse", "good"], align="document").comparisons if c.metric == "preference"]
    assert {c.scope for c in found} == {"aligned", "document"}
    assert all(c.delta > 0 for c in found)


def test_a_saved_result_is_compared_again(tmp_path: Path) -> None:
    result = run(tmp_path, ["worse", "good"])
    saved = loads(evalkit.render(result, "json"), "result.json")
    scorers, _ = scorers_of(saved, Registry((str(EXAMPLE),)))
    settings = StatisticsConfig(test="randomisation", trials=999)
    assert compare(saved.systems, scorers, settings, 12345, checked=False).comparisons == result.comparisons


def test_too_few_preferences_are_one_error(tmp_path: Path) -> None:
    few = tmp_path / "few.py"
    body = EXAMPLE.read_text(encoding="utf-8")
    few.write_text(body.replace("        return found\n", "        return found[1:]\n", 1), encoding="utf-8")
    with pytest.raises(EvalkitError, match=r"prefer\(\) gives 11 preferences for 12 pairs"):
        run(tmp_path, ["worse", "good"], few)
