"""`evalkit init` for texts one has: by options, asked on a terminal, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

import evalkit
from evalkit.cli import starter
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture

TEXT = "The president spoke on on Monday. He thanked the host.\n"


@pytest.fixture
def texts(run: Run) -> None:  # noqa: F811 - it begins in the folder of the commands
    Path("a b.txt").write_text(TEXT, encoding="utf-8")
    Path("r.txt").write_text(TEXT.replace("on on", "on"), encoding="utf-8")
    Path("s.txt").write_text("总统星期一发表讲话。他感谢主人。\n", encoding="utf-8")


@pytest.mark.usefixtures("texts")
def test_the_project_of_the_options_runs(run: Run) -> None:  # noqa: F811
    code, _, err = run("init", "--candidate", "a b.txt", "-r", "r.txt", "-s", "s.txt", "--source-lang", "zh",
                       "--kind", "report")  # fmt: skip
    assert code == 0
    assert "evalkit run" in err
    code, out, err = run("run")
    assert code == 0
    assert "verdicts.tsv" not in out + err
    assert "no such file" not in out + err
    result = evalkit.read_result("reports/result.json")
    assert [(s.kind, Path(s.path).name) for s in result.systems] == [("report", "a b.txt")]
    assert any(f.rule == "repetition" for f in result.systems[0].findings)


@pytest.mark.usefixtures("texts")
def test_on_a_terminal_it_asks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    answers = iter(["nothing.txt", "a b.txt", "", "novel", "summary", "r.txt", "", "", "en"])
    monkeypatch.setattr(starter, "on_a_terminal", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda _question, default="", **_: next(answers) or default)
    code, _, err = run("init")
    assert code == 0
    assert "no such file or folder" in err
    assert next(answers, None) is None
    config, _ = evalkit.load_config("evalkit.toml")
    assert [(c.path, c.kind) for c in config.candidate] == [("a b.txt", "summary")]
    assert [r.path for r in config.reference] == ["r.txt"]


@pytest.mark.parametrize("key", [KeyboardInterrupt, EOFError])
def test_ctrl_c_or_d_at_a_question_interrupts(
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    key: type[BaseException],
) -> None:
    class Keys(StringIO):
        def readline(self, *_: object) -> str:
            raise key

    monkeypatch.setattr(starter, "on_a_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", Keys())
    code, _, err = run("init")
    assert code == 130
    assert "\nevalkit: interrupted" in err  # and what is kept, where this process has kept something before
    assert list(Path().iterdir()) == []


@pytest.mark.usefixtures("texts")
def test_verdicts_that_are_there_are_kept(run: Run) -> None:  # noqa: F811
    Path("verdicts.tsv").write_text("key\tverdict\n0123456789abcdef\twrong\n", encoding="utf-8")
    assert run("init", "--candidate", "a b.txt", "-r", "r.txt")[0] == 0
    assert "0123456789abcdef" in Path("verdicts.tsv").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("texts")
def test_of_several_at_once_one_writes(run: Run) -> None:  # noqa: F811
    """Each would write another configuration, and the last would take the others' place."""
    command = [sys.executable, "-m", "evalkit", "init", "--candidate", "a b.txt", "-r", "r.txt", "--lang"]
    codes = ["de", "fr", "es", "it"]
    begun = [subprocess.Popen([*command, code], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) for code in codes]
    for process in begun:
        process.communicate()
    ended = [process.returncode for process in begun]
    assert sorted(ended) == [0, 2, 2, 2]
    assert f'lang = "{codes[ended.index(0)]}"' in Path("evalkit.toml").read_text(encoding="utf-8")


def test_without_a_terminal_and_without_options_it_is_the_starter(run: Run) -> None:  # noqa: F811
    assert run("init")[0] == 0
    assert "system-a" in Path("evalkit.toml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("-r", "r.txt"), "--candidate"),
        (("--candidate", "no.txt"), "no.txt: no such file or folder"),
        (("--candidate", "a b.txt", "--kind", "novel"), "translation, report, summary"),
        (("--candidate", "a b.txt", "-s", "s.txt"), "--source-lang"),
        (("--candidate", "a b.txt", "--lang", "klingonish!"), "klingonish!"),
    ],
)
def test_what_cannot_be_used_writes_nothing(run: Run, given: tuple[str, ...], said: str) -> None:  # noqa: F811
    code, _, err = run("init", *given)
    assert code == 2
    assert said in err
    assert not Path("evalkit.toml").exists()
    assert not Path("references").exists()


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize("given", [(), ("--candidate", "a b.txt", "-r", "r.txt"), ("--plugin", "detector", "loud")])
def test_what_was_broken_off_is_finished(run: Run, given: tuple[str, ...]) -> None:  # noqa: F811
    """At whatever file: what is there as it should be stays, and what somebody has changed is refused."""
    before = {path for path in Path().rglob("*") if path.is_file()}
    assert run("init", *given)[0] == 0
    made = {path: path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file() and path not in before}
    for path in made:
        path.unlink()
        assert run("init", *given)[0] == 0
        assert {path: path.read_bytes() for path in made} == made
    code, _, err = run("init", *given)
    assert (code, "already there" in err) == (2, True), "nothing is left to finish"
    first, *_, last = made
    last.unlink()
    first.write_text("mine")
    if first.name != "verdicts.tsv":
        assert run("init", *given)[0] == 2
        assert not last.exists()
    assert first.read_text() == "mine"
