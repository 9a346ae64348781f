"""What the author of a plug-in does wrong is told with the plug-in's name, never as an error of evalkit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HEAD = """
from dataclasses import dataclass
from typing import ClassVar
from evalkit.records import Document, Rule
RULE = Rule("two-bangs", "style", "style/register", "SEVERITY", "Bangs.", "Come[!!]")
"""
DETECTOR = '''
@dataclass(frozen=True)
class Bangs:
    """Finds bangs."""
    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "two-bangs"
    rules: ClassVar[tuple] = (RULE,)
    OPTION
    def find(self, units, context):
        BODY
'''
READER = '''
@dataclass(frozen=True)
class Bars:
    """Reads bars."""
    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "bars"
    suffixes: ClassVar[tuple] = (".bars",)
    def read(self, path, lang):
        return Document("1", path, "x", "0" * 64, lang)
'''
RENDERER = '''
@dataclass(frozen=True)
class One:
    """Writes lists."""
    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "one"
    suffix: ClassVar[str] = ".one"
    def render(self, result):
        return ["no text"]
'''


def detector(severity: str = "minor", option: str = "", body: str = "return []") -> str:
    made = DETECTOR.replace("OPTION", option).replace("BODY", body)
    return HEAD.replace("SEVERITY", severity) + made


@pytest.mark.parametrize(
    ("plugin", "line", "message"),
    [
        (
            detector(severity="bad"),
            "check x.txt",
            "the rule 'two-bangs' has the severity 'bad' (known: neutral, minor,",
        ),
        (detector(option="maximum: int"), "check x.txt", "the option 'maximum' is not given and has no default"),
        (detector(body="return txt"), "check x.txt", "NameError: name 'txt' is not defined (plugin.py, line 15)"),
        (
            HEAD.replace("SEVERITY", "minor") + READER,
            "check y.bars",
            "the reader 'bars' gives Document; a reader",
        ),
        (HEAD.replace("SEVERITY", "minor") + RENDERER, "check x.txt -f one", "the renderer 'one' gives list; `render`"),
    ],
)
def test_it_is_told(tmp_path: Path, plugin: str, line: str, message: str) -> None:
    (tmp_path / "plugin.py").write_text(plugin, encoding="utf-8")
    for name in ("x.txt", "y.bars"):
        (tmp_path / name).write_text("A sentence.\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "evalkit", *line.split(), "--plugin", "plugin.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "internal error" not in done.stderr


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("detector", "numbers", "evalkit has a detector 'numbers' of its own"),
        ("detector", "string", "'string' is a word of Python itself"),
        ("reader", "lambda", "'lambda' is a word of Python itself"),
    ],
)
def test_names_that_would_hide_something_are_refused(tmp_path: Path, kind: str, name: str, message: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evalkit", "init", "--plugin", kind, name],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert message in done.stderr
