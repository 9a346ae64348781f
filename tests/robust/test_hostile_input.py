"""Whatever a stranger hands a command: one clear error and exit code 2, or a result; never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.cli import main

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
TEXT = "The minister met the committee on Monday.\n"
SIDES = '[[reference]]\npath = "r.txt"\n[[candidate]]\npath = "c.txt"\n'


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in ("c.txt", "r.txt"):
        Path(name).write_text(TEXT)

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["evalkit", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def refused(done: tuple[int, str, str], says: str = "") -> None:
    code, _, err = done
    assert (code, "Traceback" in err) == (2, False), err
    assert err.startswith("evalkit: error: ")
    assert says in err
    assert max(map(len, err.split("\n"))) < 1200


DEEP = 3000
SETTINGS = {
    "nested list": (f"x = {'[' * DEEP}{']' * DEEP}\n{SIDES}", "nested too deeply"),
    "key of many parts": (f"x{'.x' * 50_000} = 1\n{SIDES}", "more than a hundred parts"),
    "header of many parts": (f"[x{'.x' * 50_000}]\n{SIDES}", "more than a hundred parts"),
    "nested table": (f"x = {'{a=' * DEEP}1{'}' * DEEP}\n{SIDES}", "nested too deeply"),
    "nested option": (f'align = {{name="document", x={"[" * 50}{"]" * 50}}}\n{SIDES}', "nested more than"),
    "seed of 5,000 digits": (f"seed = {'9' * 5000}\n{SIDES}", "not valid TOML"),
    "seed of 5,000 hexadecimal digits": (f"seed = 0x{'f' * 5000}\n{SIDES}", "larger than any setting"),
    "seed beyond 64 bits": (f"seed = {2**64}\n{SIDES}", "larger than any setting"),
    "NUL in a path": ('[[candidate]]\npath = "a\\u0000b"\n', "has NUL in it"),
    "NUL in a list of terms": (f'terms = ["a\\u0000b"]\n{SIDES}', "has NUL in it"),
    "NUL in the output": (f'output = "a\\u0000b"\n{SIDES}', "has NUL in it"),
    "a name of 300 characters": (f'[[candidate]]\npath = "{"a" * 300}"\n', "cannot be looked for"),
    "a name of 70,000 characters": (f'[[candidate]]\npath = "{"a" * 70_000}"\n', "cannot be looked for"),
    "a baseline of 300 characters": (f'{SIDES}[gate]\nbaseline = "{"a" * 300}"\n', "cannot be looked for"),
    "an output of 300 characters": (f'output = "{"a" * 300}"\n{SIDES}', "cannot be looked for"),
    "a kind of 70,000 characters": (f'[[candidate]]\npath = "c.txt"\nkind = "{"a" * 70_000}"\n', "characters ..."),
    "a pattern that calls itself": (f'{SIDES}[[ignore]]\nreason = "x"\npattern = "(?R)"\n', "calls itself"),
    "a pattern that unfolds": (f'{SIDES}[[ignore]]\nreason = "x"\npattern = "(?:(?:x{{999}}){{999}}){{9}}"\n', "parts"),
    "a fuzzy pattern that unfolds": (f'{SIDES}[[ignore]]\nreason = "x"\npattern = "(?:x{{999}}){{e<=9}}"\n', "parts"),
    "an order of 30 digits": (f'metrics = ["bleu(max_ngram_order={"9" * 30})"]\n{SIDES}', "from 1 to 20"),
    "a weight of 400 digits": (f'metrics = ["chrf(beta={"9" * 400})"]\n{SIDES}', "from 0 to 1000"),
}


@pytest.mark.parametrize(("text", "says"), SETTINGS.values(), ids=SETTINGS)
def test_settings_without_sense_are_refused(run: Run, text: str, says: str) -> None:
    Path("evalkit.toml").write_text(text)
    refused(run("run"), says)


YAML = {
    "!!timestamp": "terms:\n  - term: !!timestamp x\n",
    "!!bool": "terms: !!bool x\n",
    "!!int": "terms: !!int x\n",
    "!!binary": "terms: !!binary é\n",
    "a date no month has": "terms:\n  - term: 2020-99-99\n",
    "6,000 digits": f"terms:\n  - term: {'9' * 6000}\n",
    "depth": f"terms: {'[' * DEEP}{']' * DEEP}\n",
    "a list in itself": "terms: &a [*a]\n",
    "a pattern of 6,000 brackets": f"terms:\n  - term: x\n    reject_patterns: ['{'(' * DEEP}{')' * DEEP}']\n",
}


@pytest.mark.parametrize("text", YAML.values(), ids=YAML)
def test_a_termbase_without_sense_is_refused(run: Run, text: str) -> None:
    Path("t.yaml").write_text(text)
    refused(run("check", "c.txt", "--terms", "t.yaml"), "t.yaml")
    refused(run("terms", "add", "council", "--terms", "t.yaml"), "t.yaml")


ROWS = {
    "deep": ('{"doc":"1","text":"x","m":' + "[" * 2000 + "]" * 2000 + "}", "nested too deeply"),
    "a key twice": ('{"doc":"1","text":"x","text":"y"}', "stands twice"),
    "NaN": ('{"doc":"1","text":"x","m":NaN}', "no number that JSON has"),
    "a list as id": ('{"doc":"1","text":"x","id":[1]}', "no text and no whole number"),
    "true as document": ('{"doc":true,"text":"x"}', "not a text"),
    "NUL in a text": ('{"doc":"1","text":"a\\u0000b"}', "has NUL"),
    "NUL in an id": ('{"doc":"1","text":"a","id":"\\u0000"}', "has NUL"),
    "a lone surrogate in a text": ('{"doc":"1","text":"\\ud800"}', "a lone surrogate"),
    "a lone surrogate in an id": ('{"doc":"1","text":"a","id":"\\ud800"}', "a lone surrogate"),
    "a lone surrogate in a document": ('{"doc":"\\ud800","text":"a"}', "a lone surrogate"),
    "a lone surrogate in a language": ('{"doc":"1","text":"a","lang":"\\ud800"}', "a lone surrogate"),
    "a lone surrogate in a key": ('{"doc":"1","text":"a","\\ud800":"b"}', "a lone surrogate"),
    "an object as language": ('{"doc":"1","text":"a","lang":{"x":1}}', "no text"),
    "1 and '1'": ('{"doc":1,"text":"x"}\n{"doc":"1","text":"y"}', "by a text here and by a number elsewhere"),
    "a text of 1 MB in a list": ('{"doc":"1","text":["' + "x" * 10**6 + '",""]}', "not a text"),
    "a key of 1 MB": ('{"' + "x" * 10**6 + '":1}', "no column"),
}


@pytest.mark.parametrize(("text", "says"), ROWS.values(), ids=ROWS)
def test_rows_without_sense_are_refused(run: Run, text: str, says: str) -> None:
    Path("t.jsonl").write_text(text + "\n")
    refused(run("check", "t.jsonl"), says)


def test_a_cell_of_any_length_is_read_from_csv_as_from_jsonl(run: Run) -> None:
    text = " ".join(f"word{n}" for n in range(30_000)) + "."
    Path("t.csv").write_text(f"doc,text\n1,{text}\n")
    Path("t.jsonl").write_text(json.dumps({"doc": "1", "text": text}) + "\n")
    Path("t.tsv").write_text(f"doc\ttext\n1\t{text}\n")
    scores = {
        run("score", f"t.{end}", "-r", "t.jsonl", "--score-only", "-m", "chrf") for end in ("csv", "tsv", "jsonl")
    }
    assert scores == {(0, "100.00\n", "")}


@pytest.mark.parametrize("number", [40_000])
def test_many_columns_take_no_time(run: Run, number: int) -> None:
    Path("t.csv").write_text("doc,text," + ",".join(f"c{i}" for i in range(number)) + "\n1,One." + ",x" * number + "\n")
    assert run("check", "t.csv")[0] == 0
    Path("t.csv").write_text(",".join(["doc", "text", *["c"] * number]) + "\n")
    refused(run("check", "t.csv"), "stands twice")


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8 need Linux")
def test_names_of_folders_that_are_no_text_end_with_one_error_or_a_result(run: Run) -> None:
    folder = os.fsdecode(b"set\xff")
    Path(folder).mkdir()
    Path(folder, os.fsdecode(b"a\xfe.txt")).write_text(TEXT)
    for line in (
        ("check", folder), ("score", folder, "-r", folder), ("check", "c.txt", "--terms", folder), ("run", folder),
        ("check", "c.txt", "--lang", os.fsdecode(b"\xff")),
        ("score", "c.txt", "-r", "r.txt", "-m", os.fsdecode(b"\xff")),
        ("terms", "add", os.fsdecode(b"a\xff")), ("explain", os.fsdecode(b"\xff")), ("report", folder),
    ):  # fmt: skip
        code, _, err = run(*line)
        assert (code in (0, 2), "Traceback" in err) == (True, False), (line, err)


@pytest.mark.skipif(os.name == "nt", reason="shells of Unix close streams")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("check c.txt >&-", 2), ("score c.txt -r r.txt >&-", 2), ("check - <&-", 2), ("check c.txt 2>&-", 0),
        ("check nothing.txt 2>&-", 2), ("plugins >&-", 2), ("check c.txt > /dev/full", 2),
    ],
)  # fmt: skip
def test_a_closed_or_full_stream_is_no_crash(run: Run, line: str, code: int) -> None:
    command = ["sh", "-c", f'"{sys.executable}" -m evalkit {line}']
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr + done.stdout) == (code, False), done.stderr


def test_too_little_memory_is_told_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("evalkit.evaluate", without_memory)
    refused(run("check", "c.txt"), "not enough memory")


def test_what_nobody_foresaw_has_a_code_of_its_own(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def failing(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("evalkit.evaluate", failing)
    code, out, err = run("check", "c.txt")
    assert (code, out) == (70, "")
    (report,) = tmp_path.glob("evalkit-error-*.txt")
    assert str(report) in err
    assert "KeyError" in report.read_text()


@pytest.mark.parametrize("ending", ["po", "xlf", "tmx", "html"])
@pytest.mark.parametrize("name", ["undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "hex"])
def test_what_python_alone_takes_for_a_character_set_is_none(run: Run, ending: str, name: str) -> None:
    """Some of them raise errors of their own, others make half characters of plain letters."""
    text = "a\\ud800 " + "b" * 80 + ".xn--x. +2AA-"
    pages = {
        "po": f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={name}\\n"\n\nmsgid "{text}"\nmsgstr "c"\n',
        "xlf": f'<?xml version="1.0" encoding="{name}"?><xliff version="1.2"><file original="a" source-language="en" '
        f'target-language="de"><body><trans-unit id="1"><source>{text}</source><target>x</target></trans-unit></body>'
        "</file></xliff>",
        "tmx": f'<?xml version="1.0" encoding="{name}"?><tmx version="1.4"><header srclang="en"/><body><tu><tuv '
        f'xml:lang="en"><seg>{text}</seg></tuv><tuv xml:lang="de"><seg>b</seg></tuv></tu></body></tmx>',
        "html": f'<html><head><meta charset="{name}"></head><body><p>{text}</p></body></html>',
    }
    Path(f"a.{ending}").write_text(pages[ending])
    refused(run("check", f"a.{ending}"), f"a.{ending}")
