"""Nothing of the user's is overwritten or removed, whatever a command is told to write."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.text.files import write_text
from evalkit.text.outputs import MARKER

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
TEXT = "The council met in the town hall.\nThe guests waited.\n"
NAMES = "names:\n  - name: Emmanuel Macron\n"
TERMS = "terms:\n  - term: council\n"


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, content in {"x.txt": TEXT, "ref.txt": TEXT, "n.yaml": NAMES, "t.yaml": TERMS, "set/a.txt": TEXT}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    for name, content in {
        "f.terms.yaml": "candidates: [x.txt]\ntermbase: [t.yaml]\n", "p.py": "x = 1\n", "a.sys.score": "a\t1\nb\t2\n",
        "a.seg.score": "a\t1\nb\t2\n", "h.seg.score": "a\t1\nb\t2\n", "verdicts.csv": "key\tverdict\n",
        "evalkit.toml": 'terms = ["t.yaml"]\n[[reference]]\npath = "ref.txt"\n[[candidate]]\npath = "x.txt"\n',
    }.items():  # fmt: skip
        (tmp_path / name).write_text(content)
    os.link("n.yaml", "hard.yaml")
    Path("soft.yaml").symlink_to("n.yaml")
    done = evalkit("check", "x.txt", "-r", "ref.txt", "-f", "json", "-o", "base.json")
    assert done.returncode == 0, done.stderr
    Path("below").mkdir()
    Path("below/result.json").write_bytes(Path("base.json").read_bytes())
    evalkit("align", "x.txt", "-r", "ref.txt", "-f", "alignment-tsv", "-o", "links.tsv")
    return tmp_path


def evalkit(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evalkit", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        "check x.txt --terms t.yaml -f tsv -o t.yaml",
        "check x.txt --names n.yaml -f json -o n.yaml",
        "check x.txt --names hard.yaml -f json -o n.yaml",
        "check x.txt --names soft.yaml -f json -o n.yaml",
        "check x.txt --names n.yaml -f json -o soft.yaml",
        "check x.txt -r ref.txt --baseline base.json -f json -o base.json",
        "score x.txt -r ref.txt --align document --alignment links.tsv -f tsv -o links.tsv",
        "align x.txt -r ref.txt --alignment links.tsv -f alignment-tsv -o links.tsv",
        "clean x.txt -o x.txt",
        "check set -r set -f text -o set/a.txt",
        "score x.txt -r ref.txt -s x.txt -f text -o x.txt",
        "report base.json -f json -o base.json",
        "compare base.json base.json -f json -o base.json",
        "report base.json -f html -o x.txt",
        "report base.json -f itsxliff -o ref.txt",
        "report below/result.json -f json -o x.txt",
        "compare base.json -f json -o x.txt",
        "terms test f.terms.yaml -f table -o x.txt",
        "terms test f.terms.yaml -f table -o t.yaml",
        "terms test -f table -o evalkit.toml",
        "terms test -f table -o ref.txt",
        "terms convert t.yaml --plugin p.py --to csv -o p.py",
        "meta a.seg.score --human h.seg.score -f json -o a.sys.score",
        "review export base.json --verdicts verdicts.csv -o verdicts.csv",
    ],
)
def test_no_command_writes_over_what_it_reads(folder: Path, command: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = evalkit(*command.split())
    assert done.returncode == 2, done.stdout
    assert "is also an input" in done.stderr or "the result was made from" in done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_sheet_with_verdicts_is_replaced_once_they_are_taken_in(folder: Path) -> None:
    Path("w.txt").write_text("The the council met .\n")
    assert evalkit("check", "w.txt", "-f", "json", "-o", "w.json").returncode == 0
    assert evalkit("review", "export", "w.json", "-o", "sheet.csv").returncode == 0
    assert evalkit("review", "export", "w.json", "-o", "sheet.csv").returncode == 0, "nobody has written into it"
    rows = Path("sheet.csv").read_text(encoding="utf-8-sig").split("\n")
    rows[1] = rows[1].removesuffix("\r").removesuffix(",,") + ",wrong,\r"
    Path("sheet.csv").write_text("\n".join(rows), encoding="utf-8-sig")
    done = evalkit("review", "export", "w.json", "-o", "sheet.csv")
    assert (done.returncode, "review import" in done.stderr) == (2, True), done.stderr
    assert ",wrong," in Path("sheet.csv").read_text()
    assert evalkit("review", "import", "sheet.csv").returncode == 0
    assert evalkit("review", "export", "w.json", "-o", "sheet.csv").returncode == 0
    Path("mine.csv").write_text("a,b\n1,2\n")
    assert evalkit("review", "export", "w.json", "-o", "mine.csv").returncode == 2
    assert Path("mine.csv").read_text() == "a,b\n1,2\n"


CONFIG = """output = "{output}"
metrics = ["chrf"]
align = "lines"
[[reference]]
path = "ref.txt"
[[candidate]]
path = "{candidate}"
"""


def test_a_run_leaves_foreign_files_alone(folder: Path) -> None:
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    Path("out/figures").mkdir(parents=True)
    Path("out/figures/mine.svg").write_text("mine")
    assert evalkit("run").returncode == 0
    assert evalkit("run").returncode == 0, "its own files it may replace"
    assert Path("out/figures/mine.svg").read_text() == "mine"
    Path("out", MARKER).write_text('{"files": ["figures/mine.svg", "../x.txt", "/etc/passwd", 3]}')
    evalkit("run", "--overwrite")
    assert Path("x.txt").exists()


def test_a_marker_is_bound_to_what_evalkit_wrote(folder: Path) -> None:
    """A copied or forged marker makes nothing evalkit's, and what somebody has changed is his."""
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    assert evalkit("run").returncode == 0
    marker = json.loads(Path("out", MARKER).read_text())["files"]
    Path("out/mine.txt").write_text("mine")
    Path("out/figures/old.svg").write_text("<svg/>")
    for forged in (
        dict.fromkeys(("mine.txt", "figures/old.svg"), "0" * 64),
        ["mine.txt", "figures/old.svg", *marker],
        {"mine.txt": [], "figures/old.svg": None, 3: {}},
    ):
        given = {**marker, **forged} if isinstance(forged, dict) else forged
        Path("out", MARKER).write_text(json.dumps({"files": given}))
        for more in ((), ("--overwrite",)):
            refused = isinstance(given, list) and not more
            assert evalkit("run", *more).returncode == (2 if refused else 0)
            assert Path("out/mine.txt").read_text() == "mine"
            assert Path("out/figures/old.svg").read_text() == "<svg/>"
    for name in ("report.md", "report.html", "figures/scores.svg"):
        kept = Path("out", name).read_bytes()
        Path("out", name).write_bytes(kept + b"a remark of mine\n")
        done = evalkit("run")
        assert (done.returncode, "changed since" in done.stderr) == (2, True), done.stderr
        assert Path("out", name).read_bytes().endswith(b"a remark of mine\n")
        Path("out", name).write_bytes(kept.replace(b"\n", b"\r\n"))  # as a checkout may write it
        assert evalkit("run").returncode == 0
    Path("out", MARKER).write_text('["a list of mine"]')
    assert evalkit("run").returncode == 2


def test_reports_that_a_killed_run_has_half_replaced_are_still_its_own(folder: Path) -> None:
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    assert evalkit("run").returncode == 0
    Path("x.txt").write_text(TEXT.replace("guests", "others"))
    code = (
        "import os, sys; from evalkit.text import files, outputs\n"
        "real, left = outputs.write_pieces, [int(sys.argv.pop())]\n"
        "def write(path, data):\n"
        "    left[0] -= 1\n"
        "    real(path, data) if left[0] else os.kill(os.getpid(), 9)\n"
        "outputs.write_pieces = write\n"
        "from evalkit.cli import main; main()"
    )
    for number in ("2", "4"):
        assert subprocess.run([sys.executable, "-c", code, "run", number], check=False).returncode == -9
    assert evalkit("run").returncode == 0


def test_reports_without_a_hash_are_replaced_only_where_that_is_asked_for(folder: Path) -> None:
    """A copy without the marker (`cp out/* copy`), and a folder of 0.5.0, whose marker has no hashes: nobody can tell
    whether somebody has written into them."""
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    assert evalkit("run").returncode == 0
    names = list(json.loads(Path("out", MARKER).read_text())["files"])
    remarked = Path("out/report.md").read_text() + "a remark of mine\n"
    Path("out/report.md").write_text(remarked)
    for marker in (json.dumps({"files": names}), None):
        Path("out", MARKER).write_text(marker) if marker else Path("out", MARKER).unlink()
        done = evalkit("run")
        assert (done.returncode, "--overwrite" in done.stderr) == (2, True), done.stderr
        assert Path("out/report.md").read_text() == remarked
    assert evalkit("run", "--overwrite").returncode == 0
    assert evalkit("run").returncode == 0


def test_a_result_of_another_place_in_a_marked_folder_is_not_replaced(folder: Path) -> None:
    """By no command: where there is no cache, as here, the marker says what evalkit wrote there."""
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    assert evalkit("run", "--label", "v1").returncode == 0
    assert evalkit("history", "--accept", "v1").returncode == 0
    shutil.copytree("out", "copy")
    Path("evalkit.toml").write_text(CONFIG.format(output="copy", candidate="x.txt"))
    for name in ("copy/result.json", "copy/accepted/result.json", "copy/report.md"):
        kept = Path(name).read_bytes()
        other = kept.replace(b"# ", b"# My ", 1) if name.endswith(".md") else Path("base.json").read_bytes()
        Path(name).write_bytes(other)
        for command in (
            ["history", "--accept", "v1"] if "accepted" in name else ["run"],
            ["check", "x.txt", "-r", "ref.txt", "-f", "json" if ".json" in name else "markdown", "-o", name],
        ):
            done = evalkit(*command)
            assert (done.returncode, "--overwrite" in done.stderr) == (2, True), (command, done.stderr)
            assert Path(name).read_bytes() == other
        Path(name).write_bytes(kept)
    assert evalkit("run").returncode == 0


def test_a_run_refuses_a_folder_with_a_report_of_somebody_else(folder: Path) -> None:
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    Path("out").mkdir()
    Path("out/report.md").write_text("by hand")
    done = evalkit("run")
    assert done.returncode == 2
    assert "--overwrite" in done.stderr
    assert [path.name for path in Path("out").iterdir()] == ["report.md"]
    assert Path("out/report.md").read_text() == "by hand"
    assert evalkit("run", "--overwrite").returncode == 0


def test_a_run_into_its_own_folder_keeps_a_candidate_called_as_a_report_is(folder: Path) -> None:
    Path("report.md").write_text(TEXT)
    Path("evalkit.toml").write_text(CONFIG.format(output=".", candidate="report.md"))
    for more in ((), ("--overwrite",)):
        done = evalkit("run", *more)
        assert done.returncode == 2
        assert "is also an input" in done.stderr
        assert Path("report.md").read_text() == TEXT
        assert not Path("result.json").exists()


@pytest.mark.parametrize(
    "command",
    [
        "check set -r ref.txt -f text -o set/report.txt",
        "score x.txt -r set --align document -f json -o set/below/new.json",
        "score set -r set -f html -o link/new.html",
        "terms extract set -o set/terms.yaml",
        "run inside.toml",
        "run inside.toml --overwrite",
    ],
)
def test_nothing_new_comes_into_a_folder_whose_files_are_all_inputs(folder: Path, command: str) -> None:
    """The next run would take it for a text, or could read the folder no more."""
    Path("link").symlink_to("set")
    Path("inside.toml").write_text(CONFIG.format(output="set/reports", candidate="set"))
    before = sorted(folder.rglob("*"))
    done = evalkit(*command.split())
    assert done.returncode == 2
    assert "the next run would take it for a text" in done.stderr
    assert sorted(folder.rglob("*")) == before


def test_a_hidden_folder_within_the_texts_may_hold_the_reports(folder: Path) -> None:
    for _ in range(2):
        done = evalkit("check", "set", "-r", "set", "-f", "json", "-o", "set/.made/a.json")
        assert done.returncode == 0, done.stderr


def test_a_run_follows_no_link_out_of_its_folder(folder: Path) -> None:
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    Path("elsewhere").mkdir()
    Path("elsewhere/scores.svg").write_text("mine")
    Path("out").mkdir()
    Path("out/figures").symlink_to(folder / "elsewhere")
    assert evalkit("run", "--overwrite").returncode == 2
    assert Path("elsewhere/scores.svg").read_text() == "mine"


def test_a_killed_writer_leaves_nothing_for_long(tmp_path: Path) -> None:
    code = (
        "import os, sys; from evalkit.text import files\n"
        "os.fsync = lambda number: os.kill(os.getpid(), 9)\n"
        "files.write_text(sys.argv[1], 'new')"
    )
    target = tmp_path / "a.txt"
    target.write_text("old")
    for _ in range(5):
        assert subprocess.run([sys.executable, "-c", code, str(target)], check=False).returncode == -9
        assert target.read_text() == "old"
        assert len(list(tmp_path.iterdir())) == 2, "the one of this writer, none of those before"
    write_text(target, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_run_writes_through_no_link_in_its_own_folder(folder: Path) -> None:
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    assert evalkit("run").returncode == 0
    for name in ("report.md", "figures/scores.svg", MARKER):
        kept = Path("out", name).read_bytes()
        Path("out", name).unlink()
        Path("out", name).symlink_to(folder / "t.yaml")
        assert evalkit("run").returncode == 2
        assert Path("t.yaml").read_text() == TERMS
        Path("out", name).unlink()
        Path("out", name).write_bytes(kept)


@pytest.mark.parametrize("target", ["x.txt", "ref.txt", "t.yaml", "evalkit.toml"])
def test_trends_and_baselines_are_not_written_over_what_a_configuration_reads(folder: Path, target: str) -> None:
    before = Path(target).read_bytes()
    commands = ["history -f html -o TARGET", "history -f json -o TARGET", "run --baseline TARGET --update-baseline"]
    for command in commands:
        done = evalkit(*command.replace("TARGET", target).split())
        assert (done.returncode, "is also an input" in done.stderr) == (2, True), done.stderr
        assert Path(target).read_bytes() == before
    Path("evalkit.toml").write_text(
        '[[set]]\nname = "s"\nlanguages = ["de"]\nreferences = ["ref.txt"]\n[[system]]\nname = "a"\npath = "x.txt"\n'
    )
    done = evalkit("history", "-o", "x.txt")
    assert (done.returncode, Path("x.txt").read_text()) == (2, TEXT)


def test_a_baseline_replaces_results_alone(folder: Path) -> None:
    Path("mine.json").write_text('{"mine": 1}')
    done = evalkit("run", "--baseline", "mine.json", "--update-baseline")
    assert (done.returncode, "is no result of evalkit" in done.stderr) == (2, True), done.stderr
    assert Path("mine.json").read_text() == '{"mine": 1}'
    assert evalkit("run", "--baseline", "base.json", "--update-baseline").returncode == 0


def test_a_run_whose_baseline_is_its_own_result_goes_on(folder: Path) -> None:
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    assert evalkit("run").returncode == 0
    Path("x.txt").write_text(TEXT.replace("guests", "others"))
    for _ in range(2):
        done = evalkit("run", "--baseline", "out/result.json", "--update-baseline")
        assert done.returncode == 0, done.stderr
    assert evalkit("run").returncode == 0


def test_accepting_a_label_leaves_foreign_files_alone(folder: Path) -> None:
    Path("evalkit.toml").write_text(CONFIG.format(output="out", candidate="x.txt"))
    assert evalkit("run", "--label", "v1").returncode == 0
    Path("out/accepted").mkdir()
    Path("out/accepted/mine.json").write_text("mine")
    Path("out/accepted/result.json").symlink_to(folder / "x.txt")
    assert evalkit("history", "--accept", "v1").returncode == 2
    Path("out/accepted/result.json").unlink()
    Path("out/accepted/result.json").write_text("mine")
    assert evalkit("history", "--accept", "v1").returncode == 2
    assert Path("out/accepted/result.json").read_text() == "mine"
    assert Path("x.txt").read_text() == TEXT
    Path("out/accepted/result.json").unlink()
    assert evalkit("history", "--accept", "v1").returncode == 0
    assert evalkit("history", "--accept", "v1").returncode == 0, "its own it may replace"
    assert Path("out/accepted/mine.json").read_text() == "mine"


MATRIX = """
output = "OUT"
[[set]]
name = "s"
languages = ["en"]
references = ["ref.txt"]
[[system]]
name = "a"
path = "SET"
"""


@pytest.mark.parametrize("matrix", [False, True])
@pytest.mark.parametrize("kind", ["an input folder", "a report of mine", "a folder that is a file"])
def test_where_reports_may_not_lie_is_said_before_the_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str, matrix: bool
) -> None:
    import evalkit as package
    from evalkit.cli import main

    def evaluated(*_: object, **__: object) -> None:
        pytest.fail("it was evaluated")

    monkeypatch.setattr(package, "evaluate", evaluated)
    monkeypatch.setattr("evalkit.matrix.run.evaluate", evaluated)
    Path("out/s/en").mkdir(parents=True)
    for name in ("out/report.md", "out/overview.md"):
        Path(name).write_text("mine")
    out = {"an input folder": "set/out", "a report of mine": "out", "a folder that is a file": "x.txt"}[kind]
    text = MATRIX if matrix else 'output = "OUT"\n[[reference]]\npath = "set"\n[[candidate]]\npath = "SET"\n'
    Path("c.toml").write_text(text.replace("OUT", out).replace("SET", "set"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(sys, "argv", ["evalkit", "run", "c.toml"])
    with pytest.raises(SystemExit) as end:
        main()
    assert (end.value.code, {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}) == (2, before)
    assert capsys.readouterr().err.count("\n") == 1
