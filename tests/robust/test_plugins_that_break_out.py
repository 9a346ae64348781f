"""Plug-ins that end, leave or fill the process: no gate is passed by it, no result lost and none written twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evalkit.errors import ConfigError
from evalkit.plugins import Registry

SCORER = """
import os, sys, threading, time
from dataclasses import dataclass
from typing import ClassVar

class Odd(BaseException):
    pass

class Dumb(Exception):
    def __str__(self):
        raise ValueError("no words")

@dataclass(frozen=True)
class Mine:
    '''Counts nothing.'''
    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "mine"
    better: ClassVar[str] = "higher"

    def measure(self, units):
        MEASURE
        return [(1.0,) for unit in units]

    def value(self, row):
        return VALUE

    def segment(self, row):
        return SEGMENT

    def signature(self, nrefs):
        return "mine"
"""
KINDS = {
    "segmenter": ("split(self, document)", "check", ("--segment", "mine")),
    "reader": ("read(self, path, lang)", "check", ()),
    "renderer": ("render(self, result)", "check", ("-f", "mine")),
    "detector": ("find(self, units, context)", "check", ()),
    "aligner": ("align(self, one, other)", "check", ("--align", "mine")),
}
OTHER = """
from dataclasses import dataclass
from typing import ClassVar
@dataclass(frozen=True)
class Mine:
    '''Fails.'''
    kind: ClassVar[str] = "KIND"
    name: ClassVar[str] = "mine"
    suffix: ClassVar[str] = ".mine"
    suffixes: ClassVar[tuple] = (".mine",)
    rules: ClassVar[tuple] = ()
    def METHOD:
        raise ERROR
"""


def evalkit(folder: Path, *line: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evalkit", *line]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "r.txt", "a.mine"):
        (tmp_path / name).write_text("The council met in the hall.\nNobody came to it at all.\n")
    return tmp_path


def scored(
    folder: Path, measure: str = "pass", value: str = "1.0", segment: str = "1.0", *more: str
) -> tuple[str, str]:
    made = SCORER.replace("MEASURE", measure).replace("VALUE", value).replace("SEGMENT", segment)
    (folder / "mine.py").write_text(made)
    line = ("score", "a.txt", "-r", "r.txt", "--plugin", "mine.py", "-m", "mine", "-f", "json", *more)
    done = evalkit(folder, *line)
    assert "Traceback" not in done.stderr
    return f"{done.returncode} {done.stderr}", done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measure", "says"),
    [
        ("os._exit(0)", "os._exit(0) ended the program"),
        ("raise Odd('x')", "failed: Odd: x (mine.py"),
        ("raise GeneratorExit", "failed: GeneratorExit"),
        ("raise Dumb", "failed: Dumb: (it fails to say what)"),
        ("raise BrokenPipeError", "failed: BrokenPipeError"),
        ("return [() for unit in units]", "one or more"),
    ],
)
def test_whatever_ends_the_work_is_an_error(folder: Path, measure: str, says: str) -> None:
    said, out = scored(folder, measure)
    assert said.startswith("2 evalkit: error: ")
    assert (says in said, out) == (True, ""), said


@pytest.mark.slow
@pytest.mark.parametrize("error", ["GeneratorExit", "BrokenPipeError", "type('Odd', (BaseException,), {})"])
@pytest.mark.parametrize("kind", KINDS)
def test_so_it_is_in_every_kind(folder: Path, kind: str, error: str) -> None:
    method, command, options = KINDS[kind]
    (folder / "mine.py").write_text(
        OTHER.replace("KIND", kind).replace("METHOD", method).replace("ERROR", error)
    )  # fmt: skip
    done = evalkit(
        folder, command, "a.mine" if kind == "reader" else "a.txt", "-r", "r.txt", "--plugin", "mine.py", *options
    )
    if kind == "aligner" and error == "BrokenPipeError":  # it loses the one document
        assert "could not be aligned" in done.stderr + done.stdout
        return
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert f"the {kind} 'mine' (a plug-in) failed: " in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "measure",
    [
        "os.write(1, b'noise\\n')",
        "os.system('echo noise')",
        "sys.__stdout__.write('noise\\n')",
        "os.close(1)",
        "sys.__stdout__.close()",
        "os.chdir('/')",
        "os.fork()",
    ],
)
def test_standard_output_holds_the_one_result(folder: Path, measure: str) -> None:
    said, out = scored(folder, measure)
    assert said[0] == "0", said
    assert [score["value"] for score in json.loads(out)["systems"][0]["scores"]]


@pytest.mark.slow
def test_a_file_goes_where_the_user_named_it_though_a_plugin_went_elsewhere(folder: Path) -> None:
    said, _ = scored(folder, "os.chdir('/')", "1.0", "1.0", "-o", "result.json")
    assert said[0] == "0", said
    assert json.loads((folder / "result.json").read_text())["systems"]


@pytest.mark.slow
def test_a_thread_that_never_ends_does_not_keep_the_program(folder: Path) -> None:
    said, out = scored(folder, "threading.Thread(target=time.sleep, args=(600,)).start()")
    assert said.startswith("0 ")
    assert "was given up" in said
    assert json.loads(out)["systems"]


@pytest.mark.slow
@pytest.mark.parametrize("score", ["'x'", "None", "float('nan')", "10**400", "1j", "[1]"])
def test_scores_of_texts_and_segments_are_finite_numbers(folder: Path, score: str) -> None:
    for given in ((score, "1.0"), ("1.0", score)):
        said, out = scored(folder, "pass", *given)
        assert (said[0], out, "a score is a finite number" in said) == ("2", "", True), said


@pytest.mark.slow
def test_a_worker_that_ends_is_an_error_of_the_machine(folder: Path) -> None:
    for name in ("a.txt", "r.txt"):
        (folder / name).write_text("".join(f"The council met in the hall on day {n} of May.\n" for n in range(4000)))
    said, out = scored(folder, "os._exit(0)", "1.0", "1.0", "--jobs", "2")
    assert (said[0], out) == ("2", ""), said
    assert "a worker process ended before its work" in said


@pytest.mark.slow
def test_a_reader_that_goes_does_not_pass_a_gate(folder: Path) -> None:
    line = f"{sys.executable} -m evalkit score a.txt -r r.txt -m bleu -f json --fail-under bleu=101; echo $? >&2"
    shell = ["bash", "-c", f"exec 3>&1; ({line}) | true"]
    done = subprocess.run(shell, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith("1"), done.stderr


@pytest.mark.parametrize(
    "said",
    ['better = "sideways"', "batch = -1", 'needs = "candidate"', 'needs = ("moon",)', "decimals = 10**9", "title = 7"],
)
def test_what_a_class_says_of_itself_is_held_to_its_kind(tmp_path: Path, said: str) -> None:
    (tmp_path / "mine.py").write_text(f"{SCORER}\nMine.{said}\n")
    with pytest.raises(ConfigError, match=f"mine.py: the scorer 'mine' says {said.split()[0]} = "):
        Registry((str(tmp_path / "mine.py"),))


@pytest.mark.parametrize("name", ["", " x", "x(y=1)", "\x1b[31m", "a,b", "\u202e", "x" * 101, "two\nlines"])
def test_a_name_can_be_typed_and_seen(tmp_path: Path, name: str) -> None:
    (tmp_path / "mine.py").write_text(SCORER.replace('"mine"', repr(name)))
    with pytest.raises(ConfigError, match="cannot be called"):
        Registry((str(tmp_path / "mine.py"),))


@pytest.mark.slow
@pytest.mark.parametrize("call", ["execv('/bin/true', ['true'])", "execlpe('true', 'true', {})"])
def test_no_other_program_takes_the_place_of_a_gate(folder: Path, call: str) -> None:
    """All of `os` that start one in this process come to `execv` or `execve`; a process of its own may."""
    said, out = scored(folder, f"os.{call}")
    assert (said[:2], out, said.count("\n")) == ("2 ", "", 1), said
    assert "would have taken the place" in said
    assert scored(folder, f"os.fork() or os.{call}")[0] == "0 "
