"""Every option that writes a file leaves alone what evalkit did not write, and a new option needs a decision here."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evalkit.cli import main
from evalkit.cli import output as putting
from evalkit.cli.app import application
from evalkit.plugins import Registry

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str]]
FOREIGN = "notes of mine, line by line\nanother: 1,2\n"

# What writes a file or folder that the user names, and what keeps the user's files from it.
WRITES = {
    "--output": "refuse_foreign, walked below",
    "review export --output": "tests/text/test_outputs.py: a sheet is replaced where no verdict and comment is lost",
    "--rows": "tests/shards: an empty folder, or one with these rows alone",
    "run --baseline": "tests/text/test_outputs.py: with --update-baseline, which replaces results alone",
    "run --update-baseline": "the same",
    "run config": "tests/text/test_outputs.py: write_folder, by its marker and hashes",
    "run --label": "tests/matrix: adds to history.json, which must be one",
    "history --accept": "tests/text/test_outputs.py: write_folder",
    "terms add --terms": "tests/terms: adds to a termbase, which must be one",
    "review import --verdicts": "tests/review: adds to a file of verdicts, which must be one",
    "init folder": "below: never replaces",
    "init --plugin": "below: never replaces",
    "serve --data": "below: a folder of its own",
    "cache --clear": "tests/run/test_cache.py: removes entries alone",
    "models install name": "tests/models: makes a folder that is not there",
    "models remove name": "tests/models: removes what has its marker",
}
READS = {
    "--alignment", "--candidate", "--config", "--docs", "--human", "--names", "--plugin", "--reference", "--result",
    "--source", "check --terms", "terms test --terms", "terms extract --terms", "check --verdicts",
    "review export --verdicts", "review advise --verdicts", "check --baseline", "candidate", "candidates",
    "history config", "file", "raw", "result", "results", "reviewed", "scores", "texts", "serve what",
}  # fmt: skip
NO_FILES = {
    "--alpha", "--align", "--chrf-beta", "--chrf-char-order", "--chrf-word-order", "--columns", "--correction",
    "--engine", "--fail-on", "--fail-on-new", "--fail-under", "--format", "--from", "--host", "--ignore", "--jobs",
    "--kind", "--lang", "--least", "--lower", "--metric", "--most", "--name", "--names-of-systems", "--note",
    "--only", "--paired-ar-n", "--paired-bs-n", "--port", "--progress", "--reader", "--reject", "--scheduler",
    "--seed", "--segment", "--select", "--severity", "--smooth-method", "--smooth-value", "--source-lang",
    "--source-term", "--to", "--token", "--tokenize", "--trials", "--unit", "--unmarked", "--when", "--who",
    "--width", "form", "rule", "score --baseline", "compare --baseline", "meta --baseline", "terms add --accept",
}  # fmt: skip


def parameters() -> Iterator[tuple[str, Any]]:
    """Every parameter of every command that takes a value, with the command's name."""

    def walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        below = getattr(command, "commands", None)
        if below is None:
            yield from ((name, each) for each in command.params)
            return
        for each in below:
            yield from walk(f"{name} {each}".strip(), below[each])

    return walk("", application())


def test_every_option_is_known_to_read_or_to_write_or_to_name_no_file() -> None:
    unknown = []
    for command, each in parameters():
        option = each.opts[-1]
        if getattr(each, "is_flag", False) and not any(word in option for word in ("update", "clear", "save", "keep")):
            continue
        if not {f"{command} {option}", option} & {*WRITES, *READS, *NO_FILES}:
            unknown.append(f"{command} {option}")
    assert unknown == [], "decide whether it writes, and what keeps the user's files from it"


def test_what_has_an_output_has_overwrite() -> None:
    having = {command for command, each in parameters() if each.opts[-1] == "--output"}
    assert having <= {command for command, each in parameters() if each.opts[-1] == "--overwrite"}


@pytest.fixture
def evalkit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "x.txt": "The council met in the town hall.\nThe the guests waited .\nThe council left.\n",
        "r.txt": "The council met in the town hall.\nThe guests waited.\nThe council left.\n",
        "t.yaml": "terms:\n  - term: council\n",
        "a.seg.score": "a\t1\nb\t2\na\t3\nb\t1\n", "h.seg.score": "a\t1\nb\t2\na\t2\nb\t1\n",
        "evalkit.toml": 'output = "out"\nmetrics = ["chrf"]\nalign = "lines"\n[[reference]]\npath = "r.txt"\n'
        '[[candidate]]\npath = "x.txt"\n',
    }.items():  # fmt: skip
        Path(name).write_text(text)

    def run(*line: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["evalkit", *line])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, capsys.readouterr().err

    assert run("run", "-q", "--label", "v1")[0] == 0
    return run


# A line for each command with an output, by what it needs.
LINES = {
    "score": "score x.txt -r r.txt",
    "align": "align x.txt -r r.txt",
    "check": "check x.txt -r r.txt",
    "report": "report out/result.json",
    "compare": "compare out/result.json",
    "history": "history",
    "meta": "meta a.seg.score --human h.seg.score",
    "clean": "clean x.txt",
    "terms test": "terms test x.txt -r r.txt --terms t.yaml",
    "terms extract": "terms extract x.txt r.txt",
    "terms convert": "terms convert t.yaml --to csv",
    "review export": "review export out/result.json",
}


@pytest.mark.parametrize("name", sorted(LINES))
def test_a_foreign_file_is_replaced_only_where_that_is_asked_for(evalkit: Run, name: str) -> None:
    target = Path("mine.csv" if name == "review export" else "mine.txt")
    target.write_text(FOREIGN)
    Path("folder").mkdir()
    line = LINES[name].split()
    for output in (str(target), f"no-folder/../{target}", "./folder/../" + str(target)):
        code, err = evalkit(*line, "-o", output)
        assert (code, "--overwrite" in err, err.count("\n")) == (2, True, 1), err
        assert target.read_text() == FOREIGN
    code, err = evalkit(*line, "-o", "folder")
    assert code == 2
    assert "folder: is a folder; name a file" in err or name == "review export", err
    code, err = evalkit(*line, "-o", str(target), "--overwrite")
    assert (code, target.read_text() == FOREIGN) == (0, False), err


@pytest.mark.parametrize("name", sorted(LINES))
def test_a_file_that_somebody_writes_while_a_command_counts_is_his(
    evalkit: Run, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may be replaced was asked before minutes of work, and not again."""
    target, really = Path("mine.csv" if name == "review export" else "mine.txt"), putting._write

    def later(path: str, pieces: Any) -> None:
        target.write_text(FOREIGN)
        really(path, pieces)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(putting, "_write", later)
        code, err = evalkit(*LINES[name].split(), "-o", str(target))
    assert (code, "--overwrite" in err, target.read_text() == FOREIGN) == (2, True, True), err
    target.unlink()
    assert evalkit(*LINES[name].split(), "-o", str(target))[0] == 0
    assert evalkit(*LINES[name].split(), "-o", str(target))[0] == 0, "evalkit's own"


def test_every_command_with_an_output_is_walked() -> None:
    assert {command for command, each in parameters() if each.opts[-1] == "--output"} == set(LINES)


# Made to be worked on, or such as other programs write: replaced only where evalkit knows that nobody has changed it.
UNMARKED = {"alignment-tsv", "google-mqm", "itsxliff", "label-studio", "parquet", "pearmut", "tmx", "xlsx"}


def formats() -> Iterator[tuple[str, str]]:
    for format_ in Registry().names("renderer"):
        if format_ not in {"itsxliff", "sarif-kit"}:
            yield from ((name, format_) for name in ("score", "check", "align", "report", "compare"))
    yield from (("check", "csv(table=units)"), ("check", "csv(table=findings)"), ("score", "csv(table=scores)"))
    yield from (("meta", each) for each in ("table", "json", "markdown", "latex", "html", "tsv"))
    yield from (("history", each) for each in ("table", "json", "markdown", "html"))
    yield from (("terms test", each) for each in ("table", "tsv", "html"))


def test_a_report_takes_the_place_of_an_earlier_one(evalkit: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a cache too: what was committed, or made on another machine, says itself what it is."""
    refused = []
    for name, format_ in formats():
        target = Path(f"{name} {format_}".replace(" ", "-").replace("(", "-"))
        line = [*LINES[name].split(), "-f", format_, "-o", str(target)]
        code, err = evalkit(*line)
        if code == 2 and not target.exists():
            continue  # a command without this format
        assert (code, err.count("Traceback")) == (0, 0), err
        worked_on = format_ in UNMARKED or (name == "align" and format_ in ("csv", "tsv"))
        worked_on = worked_on or (name, format_) == ("history", "json")  # labelled runs are not made again
        if worked_on:
            target.write_bytes(target.read_bytes() + b"\n")  # the same bytes once more would lose nothing
        again, err = evalkit(*line)
        if (again == 2) != worked_on:
            refused.append((name, format_, again, target.read_bytes()[:120]))
    assert refused == [], "\n".join(map(str, refused))


def test_what_nobody_has_changed_may_be_replaced_where_there_is_a_cache(
    evalkit: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    for line in ("align x.txt -r r.txt -f tsv", "terms extract x.txt r.txt", "clean x.txt", "check x.txt -f tmx"):
        target = Path("made.txt")
        target.unlink(missing_ok=True)
        assert evalkit(*line.split(), "-o", "made.txt")[0] == 0
        assert evalkit(*line.split(), "-o", "made.txt")[0] == 0, "as evalkit left it"
        copy = Path("kept.txt")
        copy.write_bytes(target.read_bytes())
        assert evalkit("check", "x.txt", "-r", "r.txt", "-o", "kept.txt")[0] == 2, "a copy that somebody keeps"
        target.write_bytes(target.read_bytes() + b"# mine\n")
        assert evalkit(*line.split(), "-o", "made.txt")[0] == 2, "changed since"
        assert target.read_bytes().endswith(b"# mine\n")


def test_a_report_that_somebody_has_changed_is_his(
    evalkit: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also where its form is still that of a report; one made on another machine is known by its form."""
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    for number, (format_, old, new) in enumerate(
        (
            ("lint", "The the", "My own"),
            ("markdown", "the", "my"),
            ("html", "the", "my"),
            ("summary", "the", "my"),
            ("github", "the", "my"),
            ("table", "council", "my"),
            ("sarif", "the", "my"),
            ("junit", "the", "my"),
        )
    ):
        target = Path(f"made{number}")
        line = ["check", "x.txt", "-r", "r.txt", "-f", format_, "-o", str(target)]
        assert evalkit(*line)[0] == 0
        made = target.read_text()
        changed = made.replace(old, new, 1) if old in made else made + "\nmine\n"
        target.write_text(changed)
        assert evalkit(*line)[0] == 2, format_
        assert target.read_text() == changed
        assert evalkit(*line, "--overwrite")[0] == 0
        assert evalkit(*line)[0] == 0
        other = ["check", "x.txt", "-f", format_, "-o", str(target)]
        assert evalkit(*other)[0] == 0, "as evalkit left it"


def test_a_sheet_that_somebody_has_sorted_cut_or_widened_is_his(evalkit: Run) -> None:
    assert evalkit("check", "x.txt", "-f", "json", "-o", "w.json")[0] == 0
    assert evalkit("review", "export", "w.json", "-o", "sheet.csv")[0] == 0
    head, *rows = Path("sheet.csv").read_text(encoding="utf-8-sig").splitlines()
    for lines in ([head], [head, *rows, rows[0]], [f"{head},mine", *(f"{row},ask" for row in rows)]):
        Path("sheet.csv").write_text("\r\n".join(lines), encoding="utf-8-sig")
        before = Path("sheet.csv").read_bytes()
        assert evalkit("review", "export", "w.json", "-o", "sheet.csv")[0] == 2
        assert Path("sheet.csv").read_bytes() == before


def test_a_sheet_with_verdicts_is_no_output(evalkit: Run) -> None:
    assert evalkit("check", "x.txt", "-f", "json", "-o", "w.json")[0] == 0
    assert evalkit("review", "export", "w.json", "-o", "sheet.csv")[0] == 0
    for line in ("report w.json -f csv -o sheet.csv", "check x.txt -o sheet.csv"):
        head, *rows = Path("sheet.csv").read_text(encoding="utf-8-sig").splitlines()
        for written in (",wrong,", ",,a comment"):
            judged = "\r\n".join([head, *(row.removesuffix(",,") + written for row in rows)])
            Path("sheet.csv").write_text(judged, encoding="utf-8-sig")
            assert evalkit(*line.split())[0] == 2
            assert evalkit("review", "export", "w.json", "-o", "sheet.csv")[0] == 2
            assert written in Path("sheet.csv").read_text(encoding="utf-8-sig")
            Path("sheet.csv").write_text("\r\n".join([head, *rows]), encoding="utf-8-sig")


def test_the_self_test_writes_over_no_input(evalkit: Run) -> None:
    before = Path("r.txt").read_bytes()
    assert evalkit("check", "--self-test", "r.txt", "-o", "r.txt", "--overwrite")[0] == 2
    assert Path("r.txt").read_bytes() == before


@pytest.mark.parametrize("stream", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_stream_that_the_shell_has_opened_is_written_on(evalkit: Run, stream: str) -> None:
    """A name of standard output leads to the log it goes to; replacing that would lose what is in it."""
    if not Path(stream).exists():
        pytest.skip(f"NOT TESTED: no {stream} on this system")
    Path("log").write_text("before\n")
    with Path("log").open("a") as log:
        command = [sys.executable, "-m", "evalkit", "score", "x.txt", "-r", "r.txt", "-b", "-o", stream]
        done = subprocess.run(command, stdout=log, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    first, score = Path("log").read_text().splitlines()
    assert first == "before"
    assert float(score) > 50


def test_init_and_serve_leave_what_is_there(evalkit: Run) -> None:
    before = Path("evalkit.toml").read_bytes()
    assert evalkit("init")[0] == 2
    Path("shout.py").write_text("mine")
    assert evalkit("init", "--plugin", "detector", "shout")[0] == 2
    assert (Path("evalkit.toml").read_bytes(), Path("shout.py").read_text()) == (before, "mine")
