"""`evalkit run` of a matrix: its output and exit codes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import Run

CONFIG = """
metrics = ["chrf"]
detectors = []
align = "lines"
[gate]
fail_under = {chrf = 10}
[[set]]
name = "news"
languages = ["de"]
references = ["ref.{lang}"]
[[system]]
name = "a"
path = "a.{lang}"
"""


def write(folder: Path, *, candidate: int = 12) -> None:
    lines = [f"Zeile {number} steht hier ganz allein.\n" for number in range(12)]
    (folder / "ref.de").write_text("".join(lines))
    (folder / "a.de").write_text("".join(lines[:candidate]))
    (folder / "evalkit.toml").write_text(CONFIG)


def test_a_matrix_prints_what_it_found(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    code, out, err = run("run")
    assert code == 0
    assert out.startswith("1 set, 1 system.\na has a mean chrF of 100.00 over 1 set; it has no rival.\n")
    assert err.splitlines() == ["overview: reports/overview.md and reports/overview.html"]
    assert (tmp_path / "reports" / "news.de" / "result.json").is_file()
    assert run("run", "-q")[2] == ""
    assert run("run", "--only", "set=news")[2].startswith("ran 1 of 1 sets: news/de\n")
    assert run("run", "--only", "new")[2].startswith("ran 0 of 1 sets; all are as they were made before\n")


def test_a_set_that_fails_is_exit_code_2_and_a_gate_1(run: Run, tmp_path: Path) -> None:
    write(tmp_path, candidate=3)
    code, _, err = run("run")
    assert code == 2
    assert "evalkit: error: sets that could not be evaluated: news/de: " in err
    assert (tmp_path / "reports" / "overview.md").is_file()
    write(tmp_path)
    (tmp_path / "evalkit.toml").write_text(CONFIG.replace("chrf = 10", "chrf = 100.5"))
    code, _, err = run("run")
    assert code == 1
    assert "evalkit: gate: news/de does not pass" in err


def test_options_that_do_not_go_with_a_configuration_are_refused(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert "from the [gate] of its configuration" in run("run", "--fail-on", "major")[2]
    (tmp_path / "evalkit.toml").write_text('[[candidate]]\npath = "a.de"\n')
    assert "is no matrix" in run("run", "--only", "set=news")[2]


def test_labelled_runs_make_a_history(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("history")[1].startswith("evaluation: history\n\nNo run has a label yet")
    assert run("history", "-f", "markdown")[1].startswith("# evaluation: history\n\n## No run has a label yet")
    assert run("run", "--label", "v1", "-q")[0] == 0
    assert run("run", "--label", "v2")[2].startswith("kept as v2: 1 value, in reports/history.json\n")
    assert "## chrF ↑\n" in run("history", "-f", "markdown")[1]
    assert "| news/de | a | 100.00 | 100.00 |" in run("history", "-f", "markdown")[1]
    shown = run("history")[1]
    assert re.search(r"(?m)^set +system +v1 +v2$", shown)
    assert re.search(r"(?m)^news/de +a +100\.00 +100\.00$", shown)
    assert "\\" not in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert run("history", "-o", "trends.md")[0] == 0
    assert (tmp_path / "trends.md").read_text().startswith("# ")
    assert run("history", "-o", "trends.html")[0] == 0
    assert "<table>" in (tmp_path / "trends.html").read_text()
    assert "use up to 60 letters" in run("run", "--label", "v 3")[2]
    assert "no such format; did you mean 'html'" in run("history", "-f", "htm")[2]


def test_one_evaluation_has_a_history_too(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    single = '[[reference]]\npath = "ref.de"\n[[candidate]]\npath = "a.de"\nname = "a"\n'
    config = f'name = "one"\nlang = "de"\nmetrics = ["chrf"]\nalign = "lines"\ndetectors = []\n{single}'
    (tmp_path / "evalkit.toml").write_text(config)
    assert run("run", "--label", "v1", "-q")[0] == 0
    assert run("run", "-q")[0] == 0  # a run without a label changes no history
    assert "| one/de | a | 100.00 |" in run("history", "-f", "markdown")[1]
