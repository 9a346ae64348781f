# ruff: noqa: E501 - plug-ins as they are written
"""Plug-ins that give nonsense are named in one line, and what they print is no result."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = """
from dataclasses import dataclass
from typing import ClassVar
from evalkit.records import Bitext, Document, Finding, Link, Rule, Segment, Termbase
print("loading: this is no result")

@dataclass(frozen=True)
class Mine:
    '''Nonsense.'''
    kind: ClassVar[str] = "KIND"
    name: ClassVar[str] = "mine"
    suffix: ClassVar[str] = ".mine"
    suffixes: ClassVar[tuple] = (".mine",)
    better: ClassVar[str] = "higher"
    title: ClassVar[str] = "mine"
    rules: ClassVar[tuple] = (Rule("mine-x", "c", "m", "minor", "s", "e"),)
"""
FIND = 'def find(self, units, context): print("finding"); yield '
FINDING = (
    'Finding("mine-x", "c", "m", "minor", units[0].id, "mine", CONFIDENCE, "DOC", "candidate", START, END, TEXT, "m")'
)


def found(confidence: str = "0.5", doc: str = "1", start: str = "0", end: str = "3", text: str = '"The"') -> str:
    given = {"CONFIDENCE": confidence, "DOC": doc, "START": start, "END": end, "TEXT": text}
    made = FINDING
    for key, value in given.items():
        made = made.replace(key, value)
    return FIND + made


SCORER = "def measure(self, units): return [(1.0,) for u in units]\n    def segment(self, row): return 1.0\n    "
NONSENSE = {
    "finding that is a text": ("detector", FIND + '"nonsense"', "as a finding"),
    "finding in no document": ("detector", found(doc="nowhere"), "which is not there"),
    "finding before the text": ("detector", found(start="-3", end="0"), "which is no place"),
    "finding with a text as confidence": ("detector", found(confidence='"x"'), "as a finding"),
    "finding with NaN as confidence": ("detector", found(confidence='float("nan")'), "no number from 0 to 1"),
    "finding of another text": ("detector", found(text='"xxx"'), "outside the text"),
    "finding whose text is a number": ("detector", found(text="3"), "as a finding"),
    "finder that exits": ("detector", "def find(self, units, context): raise SystemExit(0)", "failed: SystemExit"),
    "score that is a text": ("scorer", SCORER + "def value(self, row): return 'x'\n    def signature(self, n): return ''",
                             "a finite number"),
    "signature that is a number": ("scorer", SCORER + "def value(self, row): return 1.0\n    def signature(self, n): return 3",
                                   "as a signature"),
    "segments that are no text of the document": (
        "segmenter", "def split(self, document): return (Segment('1', document.id, 0, 3, 'xxx'),)", "is not the text from"),
    "segments that are texts": ("segmenter", "def split(self, document): return ['a']", "as segments"),
    "segments that are nothing": ("segmenter", "def split(self, document): return None", "no list of segments"),
    "links of too few": ("aligner", "def align(self, one, two): return ()", "each of the"),
    "links out of range": ("aligner", "def align(self, one, two): return (Link((99,), (0,), '1-1', 1.0),)", "each of the"),
    "links that are numbers": ("aligner", "def align(self, one, two): return [1, 2]", "as links"),
    "documents that are texts": ("reader", "def read(self, path, lang): return ['a']", "a reader gives"),
    "a document without text": (
        "reader", "def read(self, path, lang): return (Document('1', path, None, ''),)", "is no text"),
    "report that is nothing": ("renderer", "def render(self, result): return None", "gives NoneType"),
    "termbase that is a list": ("termbase", "def read(self, path, languages): return []", "as a termbase"),
}  # fmt: skip
OPTIONS = {
    "detector": (), "scorer": ("-m", "mine"), "segmenter": ("--segment", "mine"), "aligner": ("--align", "mine"),
    "reader": (), "renderer": ("-f", "mine"), "termbase": ("--terms", "t.mine"),
}  # fmt: skip


def evalkit(folder: Path, *line: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evalkit", *line]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "r.txt", "a.mine", "t.mine"):
        (tmp_path / name).write_text("The council met in the hall.\nNobody came to it at all.\n")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "body", "says"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused_in_one_line_that_names_the_plugin(folder: Path, kind: str, body: str, says: str) -> None:
    (folder / "mine.py").write_text(HEAD.replace("KIND", kind) + "    " + body + "\n")
    command = "score" if kind == "scorer" else "check"
    text = "a.mine" if kind == "reader" else "a.txt"
    done = evalkit(folder, command, text, "-r", "r.txt", "--plugin", "mine.py", *OPTIONS[kind])
    said = [line for line in done.stderr.split("\n") if line.startswith("evalkit: ")]
    assert (done.returncode, done.stdout, len(said)) == (2, "", 1), done.stderr
    assert says in said[0]
    assert "mine" in said[0]
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_what_a_plugin_prints_is_no_part_of_the_result(folder: Path) -> None:
    (folder / "mine.py").write_text(HEAD.replace("KIND", "detector") + "    " + found() + "\n")
    done = evalkit(folder, "check", "a.txt", "-f", "json", "--plugin", "mine.py")
    assert done.returncode == 0, done.stderr
    assert [f["rule"] for f in json.loads(done.stdout)["systems"][0]["findings"]][:1] == ["mine-x"]
    assert "this is no result" in done.stderr
    assert "finding" in done.stderr
