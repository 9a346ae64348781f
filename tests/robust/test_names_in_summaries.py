"""Names of systems, rules and people in what a command prints when it is done: nothing in them acts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HOSTILE = "\\u001b[31m\\n::error::x"


def _ran(*line: str) -> str:
    done = subprocess.run([sys.executable, "-m", "evalkit", *line], capture_output=True, check=True)
    return (done.stdout + done.stderr).decode()


def _holds_nothing(text: str) -> None:
    assert "\x1b" not in text
    assert not any(line.startswith("::") for line in text.splitlines())


def test_systems_of_a_matrix(tmp_path: Path) -> None:
    for name, text in (("a.en", "They met.\n"), ("r.en", "They met.\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "m.toml").write_text(
        'metrics = ["chrf"]\ndetectors = []\n[[set]]\nname = "s"\nlanguages = ["en"]\nreferences = ["r.{lang}"]\n'
        f'[[system]]\nname = "{HOSTILE}"\npath = "a.{{lang}}"\n',
        encoding="utf-8",
    )
    _holds_nothing(_ran("run", str(tmp_path / "m.toml")))


def test_rules_and_people_of_verdicts(tmp_path: Path) -> None:
    key = "0123456789abcdef"
    rows = "".join(
        f"{key}\t{word}\t\x1b[31m\t{who}\t\t\n" for word, who in (("right", "::error::x"), ("wrong", "b\x1b[1m"))
    )
    path = tmp_path / "v.tsv"
    path.write_text(f"key\tverdict\trule\twho\ttext\tnote\n{rows}", encoding="utf-8")
    _holds_nothing(_ran("review", "advise", "--verdicts", str(path)))
