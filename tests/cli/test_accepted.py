"""A label accepted: its results are what later runs are held against, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CONFIG = """
metrics = ["chrf"]
align = "lines"
detectors = []
[gate]
baseline = "accepted"
{more}
[statistics]
trials = 200
"""
MATRIX = """
[[set]]
name = "news"
languages = ["de"]
references = ["ref.de"]
[[system]]
name = "a"
path = "a.de"
"""
PLAIN = """
[[reference]]
path = "ref.de"
[[candidate]]
name = "a"
path = "a.de"
"""


def texts(folder: Path, damage: str = "") -> None:
    lines = [f"Zeile {number} steht hier ganz allein und wartet auf die {number + 7} anderen." for number in range(30)]
    (folder / "ref.de").write_text("".join(f"{line}\n" for line in lines))
    (folder / "a.de").write_text("".join(f"{line.replace('wartet', damage or 'wartet')}\n" for line in lines))


@pytest.mark.parametrize("kind", ["matrix", "plain"])
def test_the_gate_holds_to_what_was_accepted(run: Run, tmp_path: Path, kind: str) -> None:
    text = CONFIG.format(more="fail_on_regression = true")
    (tmp_path / "evalkit.toml").write_text(text + (MATRIX if kind == "matrix" else PLAIN))
    texts(tmp_path)
    code, _, err = run("run", "--label", "v1")
    assert code == 0, err
    assert "nothing is accepted yet" in err
    code, _, err = run("history", "--accept", "v1")
    assert (code, err.split(";")[0]) == (0, "accepted: v1")
    assert run("run", "--label", "v2")[0] == 0  # the same again
    texts(tmp_path, "lauert")
    code, _, err = run("run", "--label", "v3")
    assert code == 1, err
    kept = json.loads((tmp_path / "reports" / "history.json").read_text())
    assert kept["accepted"] == ["v1"]
    code, _, err = run("history", "--accept", "v2")  # the reports are those of v3 by now
    assert code == 2
    assert "is of another run" in err
    assert run("history", "--accept", "v3")[0] == 0
    assert run("run")[0] == 0
    assert "Accepted: v1, v3." in run("history")[1]


def test_a_label_that_is_none_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "evalkit.toml").write_text(CONFIG.format(more="") + MATRIX)
    texts(tmp_path)
    assert "no run has one yet" in run("history", "--accept", "v1")[2]
    run("run", "--label", "v10")
    code, _, err = run("history", "--accept", "v1")
    assert code == 2
    assert "no such label" in err
    assert "v10" in err


def test_another_measure_is_never_a_step_back(run: Run, tmp_path: Path) -> None:
    """A signature that changed is named as what it is."""
    text = CONFIG.format(more="fail_on_regression = true") + MATRIX
    (tmp_path / "evalkit.toml").write_text(text)
    texts(tmp_path)
    run("run", "--label", "v1")
    run("history", "--accept", "v1")
    (tmp_path / "evalkit.toml").write_text(text.replace('"chrf"', '{ name = "chrf", word_order = 2 }'))
    run("run", "--label", "v2")
    verdict = json.loads((tmp_path / "reports" / "news.de" / "result.json").read_text())["gate"]
    assert not verdict["passed"]
    assert "worse" not in " ".join(verdict["reasons"])
