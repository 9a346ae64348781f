"""Gates as a user meets them: flags and `[gate]`, the life of a baseline, and every way to get one wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.plugins import Registry

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
REFERENCE = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
CONFIG = """
output = "out"
metrics = ["bleu", "ter"]
align = "lines"
segment = "lines"
[[reference]]
path = "ref.txt"
[[candidate]]
path = "a.txt"
[gate]
baseline = "base.json"
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    write(tmp_path / "ref.txt", REFERENCE)
    write(tmp_path / "a.txt", [line.replace("arrived", "came") for line in REFERENCE])
    (tmp_path / "evalkit.toml").write_text(CONFIG)
    return tmp_path


def write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_life_of_a_baseline(run: Run, team: Path) -> None:
    code, out, err = run("run")
    assert (code, out) == (2, "")
    assert "base.json: no such file: there is no baseline yet; write it with `evalkit run --update-baseline`" in err
    assert not (team / "out").exists()
    code, _, err = run("run", "--update-baseline")
    assert code == 0
    assert "baseline: wrote base.json" in err
    assert json.loads((team / "base.json").read_text())["gate"] is None
    assert run("run")[0] == 0

    change(team / "a.txt", "country 3 came", "country 3 came in came in")
    code, _, err = run("run")
    assert code == 1
    assert re.search(r"evalkit: new: a.txt:4:\d+: repetition major", err)
    assert "evalkit: gate: a: 1 finding not in the baseline, the first at a.txt:4:" in err
    assert run("run", "--fail-on-new", "critical")[0] == 0
    code, _, err = run("run", "--update-baseline")
    assert code == 0
    assert re.search(r"baseline: a: bleu \(corpus\) \d+\.\d+ -> \d+", err)
    assert re.search(r"baseline: a: accepted: 4:\d+: repetition", err)

    change(team / "a.txt", "came in came in", "came")
    code, _, err = run("run")
    assert code == 0
    assert re.search(r"evalkit: fixed: a.txt:4:\d+: repetition", err)
    run("run", "--update-baseline")
    code, _, err = run("run", "--update-baseline")
    assert "baseline: nothing has changed in it" in err


def test_scores_shown_to_be_worse_fail_and_better_ones_do_not(run: Run, team: Path) -> None:
    run("run", "--update-baseline")
    write(team / "a.txt", [line.replace("delegates", "people").replace("left", "went") for line in REFERENCE])
    code, _, err = run("run", "--fail-on-new", "critical")
    assert code == 1
    assert re.search(r"gate: a: bleu \(corpus\) is worse by \d+\.\d\d, p = 0\.0", err)
    assert "gate: a: ter (corpus) is worse by" in err
    write(team / "a.txt", REFERENCE)
    assert run("run")[0] == 0


def test_the_baseline_is_whole_or_as_it_was(run: Run, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("run", "--update-baseline")
    before = (team / "base.json").read_bytes()
    change(team / "a.txt", "country 3 came", "country 3 came in came in")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        code, _, err = run("run", "--update-baseline")
    assert code == 2
    assert "base.json: cannot be written (No space left on device)" in err
    assert (team / "base.json").read_bytes() == before
    assert sorted(p.name for p in team.iterdir()) == ["a.txt", "base.json", "evalkit.toml", "out", "ref.txt"]


def test_a_broken_baseline_is_refused_and_can_be_written_anew(run: Run, team: Path) -> None:
    (team / "base.json").write_text('{"schema": "evalkit/result/2"')
    code, _, err = run("run")
    assert code == 2
    assert "base.json: not a result of evalkit" in err
    code, _, err = run("run", "--update-baseline")
    assert code == 0
    assert "the old one could not be read and is replaced" in err
    assert run("run")[0] == 0


def test_a_baseline_of_other_systems_is_refused(run: Run, team: Path) -> None:
    run("run", "--update-baseline")
    (team / "a.txt").rename(team / "b.txt")
    change(team / "evalkit.toml", "a.txt", "b.txt")
    code, _, err = run("run")
    assert code == 2
    assert "base.json: the baseline of another evaluation: it has the systems 'a', this one 'b'" in err
    assert "--update-baseline" in err
    change(team / "evalkit.toml", 'path = "b.txt"', 'path = "b.txt"\n[[candidate]]\npath = "a.txt"')
    write(team / "a.txt", [line.replace("arrived", "came") for line in REFERENCE])
    change(team / "b.txt", "country 3 came", "country 3 came in came in")
    code, _, err = run("run")
    assert code == 1
    assert "b: 1 finding not in the baseline (nor is the system), the first at b.txt:4:" in err


def test_other_settings_are_never_compared(run: Run, team: Path) -> None:
    run("run", "--update-baseline")
    change(team / "evalkit.toml", '"bleu"', '{ name = "bleu", tokenize = "char" }')
    code, _, err = run("run")
    assert code == 1
    assert "bleu of scope corpus: tok: 13a against char; if that is meant" in err


def test_a_text_that_is_no_rendering_any_more_fails(run: Run, team: Path) -> None:
    change(team / "evalkit.toml", 'align = "lines"\nsegment = "lines"\n', "")
    run("run", "--update-baseline")
    write(team / "a.txt", [f"Recipe {n}: boil two eggs, cut the bread, add some salt." for n in range(30)])
    code, _, err = run("run", "--fail-on-new", "critical")
    assert code == 1
    assert "the alignment is no longer trusted" in err


def test_check_takes_a_baseline_too(run: Run, team: Path) -> None:
    write(team / "a.txt", [*REFERENCE, "The the end."])
    arguments = ("check", "a.txt", "--baseline", "known.json")
    run("check", "a.txt", "-f", "json", "-o", "known.json")
    assert run(*arguments)[0] == 0
    write(team / "a.txt", ["A new first line.", *REFERENCE, "The the end.", "It was a long long day."])
    code, _, err = run(*arguments)
    assert code == 1
    assert re.findall(r"evalkit: new: (\S+) repetition", err) == ["a.txt:33:10:"]
    assert run(*arguments, "--fail-on-new", "critical")[0] == 0
    assert run(*arguments, "--fail-on", "minor", "--fail-on-new", "critical")[0] == 1


def test_compare_has_the_gates_of_run(run: Run, team: Path) -> None:
    run("score", "a.txt", "-r", "ref.txt", "-m", "bleu", "-f", "json", "-o", "one.json")
    assert run("compare", "one.json", "--fail-under", "bleu=99")[0] == 1
    assert run("compare", "one.json", "--fail-under", "bleu=1")[0] == 0
    change(team / "a.txt", "country 3 came", "country 3 came in came in")
    run("check", "ref.txt", "-f", "json", "--names-of-systems", "a", "-o", "before.json")
    run("check", "a.txt", "-f", "json", "-o", "now.json")
    assert run("compare", "before.json", "now.json")[0] == 0
    assert run("compare", "before.json", "now.json", "--fail-on", "major")[0] == 1
    code, out, _ = run("compare", "before.json", "now.json", "-f", "summary", "--fail-on-regression")
    assert code == 1
    assert out.startswith("### check: failed")
    assert "1 new finding, 0 fixed, 0 still there." in out
    assert run("compare", "before.json", "now.json", "--fail-on-regression", "--fail-on-new", "critical")[0] == 0


def test_a_system_worse_than_the_one_named_fails(run: Run, team: Path) -> None:
    write(team / "b.txt", [line.replace("delegates", "people").replace("left", "went") for line in REFERENCE])
    arguments = ("score", "a.txt", "b.txt", "-r", "ref.txt", "--paired-ar", "--fail-on-regression")
    code, _, err = run(*arguments, "--baseline", "a")
    assert code == 1
    assert "gate: b: bleu (corpus) is worse than a's by" in err
    assert run(*arguments, "--baseline", "b")[0] == 0
    code, _, err = run(*arguments)
    assert code == 2
    assert "names nothing to compare with" in err


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ('fail_on = "terrible"', "unknown severity 'terrible'"),
        ('fail_on = "majr"', "did you mean 'major'?"),
        ('fail_on_new = ""', "fail_on_new: unknown severity ''"),
        ("fail_under = { blue = 3 }", "did you mean 'bleu'?"),
        ("fail_under = { bleu = nan }", "not a number"),
        ('fail_under = { bleu = "high" }', "fail_under"),
        ("fail_undr = { bleu = 3 }", "did you mean 'fail_under'?"),
        ("fail_on_regression = true", "names nothing to compare with"),
        ('baseline = "evalkit.toml"', "evalkit.toml: not a result of evalkit"),
        ('baseline = "."', "is a directory"),
    ],
)
def test_a_gate_that_cannot_be_held_is_one_clear_error(run: Run, team: Path, gate: str, said: str) -> None:
    change(team / "evalkit.toml", 'baseline = "base.json"', gate)
    code, out, err = run("run")
    assert (code, out) == (2, "")
    assert said in err
    assert not (team / "out").exists()


def test_updating_needs_a_name_for_the_baseline(run: Run, team: Path) -> None:
    change(team / "evalkit.toml", '[gate]\nbaseline = "base.json"\n', "")
    code, _, err = run("run", "--update-baseline")
    assert code == 2
    assert 'add baseline = "baseline.json" to [gate]' in err
    code, _, err = run("run", "--update-baseline", "--baseline", "other.json")
    assert code == 0
    assert (team / "other.json").is_file()


def test_the_result_of_a_run_goes_through_every_format(run: Run, team: Path) -> None:
    change(team / "a.txt", "country 3 came", "country 3 came in came in")
    run("run", "--update-baseline")
    for name in Registry().names("renderer"):
        if name == "itsxliff":  # marks in the XLIFF file that was evaluated, and here none was
            continue
        bytes_ = hasattr(Registry().get("renderer", name), "render_file")  # no text, and nothing for a terminal
        more = ("-o", f"out.{name}") if bytes_ else ()
        code, out, _ = run("report", "out/result.json", "-f", name, *more)
        assert code == 0, name
        assert out or more, name


def test_the_help_of_the_format_option_names_every_format(run: Run) -> None:
    for command in ("score", "check", "report", "compare"):
        _, out, _ = run(command, "--help")
        out = re.sub(r"-\n\s+", "-", out)
        words = set(re.findall(r"[a-z-]+", out[out.index("--format") : out.index("--output")]))
        assert set(Registry().names("renderer")) <= words, command
