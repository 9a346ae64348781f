"""Two results held against each other: what makes them incomparable, what moved, and what is too little to tell."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from evalkit.compare.gates import judge
from evalkit.compare.scorers import scorers_of
from evalkit.compare.statistics.rates import RATES
from evalkit.compare.versions import changes
from evalkit.plugins import Registry
from evalkit.records import json as jsonio
from evalkit.records.comparison import Change
from evalkit.records.config import GateConfig, StatisticsConfig, parse
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate

LINES = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]


def result(folder: Path, text: list[str], reference: list[str] = LINES, **settings: Any) -> Result:
    (folder / "mine.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
    (folder / "ref.txt").write_text("\n".join(reference) + "\n", encoding="utf-8")
    data = {
        "align": "lines", "metrics": ["bleu", "chrf"], "detectors": [], "reference": [{"path": "ref.txt"}],
        "candidate": [{"path": "mine.txt"}],
    }  # fmt: skip
    made = evaluate(parse(data | settings, "the test"), folder=folder)
    return jsonio.loads(jsonio.dumps(made))


def changed(old: Result, new: Result) -> Change:
    (change,) = changes(old, new, StatisticsConfig(trials=999), 12345, scorers_of(new, Registry())[0])
    return change


def test_units_most_improved_and_worsened_with_both_texts(tmp_path: Path) -> None:
    spoilt = [line.replace("delegates", "people") if n in (3, 4) else line for n, line in enumerate(LINES)]
    spoilt[4] = spoilt[4].replace("Geneva", "town")
    other = ["" if n == 9 else line for n, line in enumerate(LINES)]
    change = changed(result(tmp_path, spoilt), result(tmp_path, other))
    assert [u.unit for u in change.improved] == ["1:5", "1:4"]
    assert [u.unit for u in change.worsened] == ["1:10"]
    best, worst = change.improved[0], change.worsened[0]
    assert (best.before, best.now, best.reference) == (spoilt[4], LINES[4], LINES[4])
    assert (best.metric, best.score_now) == ("chrf", pytest.approx(100))
    assert best.gain == best.score_now - best.score_before
    assert (worst.before, worst.now, worst.score_now) == (LINES[9], "", 0.0)
    assert [(v.metric, v.now > 0) for v in change.values] == [("bleu", True), ("chrf", True)]
    assert (change.incomparable, change.settings) == ("", ())


def test_only_the_metric_whose_settings_differ_is_left_out(tmp_path: Path) -> None:
    worse = [line.replace("delegates", "people") for line in LINES]
    old = result(tmp_path, LINES)
    change = changed(old, result(tmp_path, worse, metrics=[{"name": "bleu", "tokenize": "zh"}, "chrf"]))
    assert change.incomparable == "bleu of scope corpus: tok: 13a against zh"
    assert [(s.metric, s.scope, s.setting, s.before, s.now) for s in change.settings] == [
        ("bleu", "corpus", "tok", "13a", "zh")
    ]
    assert [(c.metric, c.outcome) for c in change.scores] == [("chrf", "worse")]


def test_another_reference_leaves_nothing_to_test(tmp_path: Path) -> None:
    old = result(tmp_path, LINES)
    change = changed(old, result(tmp_path, LINES, [line.replace("left", "went") for line in LINES]))
    assert (change.incomparable, change.scores, change.rates, change.improved) == ("the references differ", (), (), ())


def test_a_metric_gone_or_new_is_said(tmp_path: Path) -> None:
    change = changed(result(tmp_path, LINES, metrics=["bleu"]), result(tmp_path, LINES, metrics=["chrf"]))
    assert change.incomparable == ("bleu of scope corpus is no longer scored; the baseline has no chrf of scope corpus")
    assert change.scores == ()


def test_a_handful_of_units_claims_nothing(tmp_path: Path) -> None:
    few = LINES[:6]
    worse = [line.replace("delegates", "people") for line in few[:5]] + few[5:]
    old, new = result(tmp_path, few, few), result(tmp_path, worse, few)
    change = changed(old, new)
    assert {c.outcome for c in change.scores} == {"untested"}
    assert all("only 6 items, and a paired test needs at least 10" in c.verdict for c in change.scores)
    gate = judge(new, GateConfig(fail_on_regression=True, baseline="old.json"), old, scorers={})
    assert gate is not None
    assert gate.passed


def test_other_detectors_are_said_of_the_findings(tmp_path: Path) -> None:
    text = [line.replace("Geneva", "Geneva Geneva") if n == 2 else line for n, line in enumerate(LINES)]
    old = result(tmp_path, text, detectors=["casing"])
    change = changed(old, result(tmp_path, text, detectors=["casing", "repetition"]))
    assert [f.rule for f in change.new] == ["repetition"]
    assert [(s.metric, s.setting, s.before, s.now) for s in change.settings] == [
        ("findings", "detectors", "casing", "casing+repetition")
    ]
    assert change.incomparable == ""
    assert {c.metric for c in change.rates} == set(RATES)


def test_the_command_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:
    from evalkit.cli import main

    worse = [line.replace("delegates", "people") for line in LINES]
    for name, text in (("before", LINES), ("now", worse)):
        (tmp_path / f"{name}.json").write_text(jsonio.dumps(result(tmp_path, text)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shown = {}
    for kind in ("table", "json", "markdown", "html", "tsv"):
        monkeypatch.setattr("sys.argv", ["evalkit", "compare", "before.json", "now.json", "-f", kind])
        with contextlib.suppress(SystemExit):  # how the command ends; what it wrote is checked below
            main()
        shown[kind] = capfd.readouterr().out
    (change,) = json.loads(shown["json"])["gate"]["changes"]
    assert [c["outcome"] for c in change["scores"]] == ["worse", "worse"]
    assert all("What changed since the baseline" in shown[kind] for kind in ("markdown", "html"))
    assert "The people of country 0 arrived" in shown["table"]
    assert shown["tsv"].startswith("system\twhat\tname")
    assert max(map(len, shown["table"].splitlines())) <= 80
