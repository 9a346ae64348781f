"""Plug-ins of strangers that fail: the command ends with one line that names the culprit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return tmp_path


SCORER = """
from dataclasses import dataclass
from typing import ClassVar

@dataclass(frozen=True)
class Mine:
    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "mine"
    better: ClassVar[str] = "higher"
    def measure(self, units):
        ROWS
    def value(self, row):
        return VALUE
    def segment(self, row):
        return self.value(row)
    def signature(self, nrefs):
        return "mine"
"""


@pytest.mark.parametrize(
    ("rows", "value", "said"),
    [
        ("raise ValueError('boom')", "1.0", "the scorer 'mine' (a plug-in) failed: ValueError: boom"),
        ("return []", "1.0", "0 rows for 4 units"),
        ("return None", "1.0", "the scorer 'mine' (a plug-in) failed: TypeError"),
        ("return [('x',) for u in units]", "1.0", "the scorer 'mine' (a plug-in) failed: ValueError"),
        ("return [(float('nan'),) for u in units]", "1.0", "must be finite numbers"),
        ("return [(1.0,) * (1 + n % 2) for n, u in enumerate(units)]", "1.0", "of one length"),
        ("return [(1.0,) for u in units]", "float('inf')", "the scorer 'mine' (a plug-in) gave inf as a score"),
        (
            "return [(1.0,) for u in units]",
            "1 / 0",
            "(a plug-in) failed: ZeroDivisionError: division by zero (mine.py, line 13)",
        ),
        ("return [(1.0,) for u in units]", "self.nothing", "(a plug-in) failed: AttributeError"),
    ],
)
def test_a_strangers_scorer_that_fails_is_named(run: Run, texts: Path, rows: str, value: str, said: str) -> None:
    (texts / "mine.py").write_text(SCORER.replace("ROWS", rows).replace("VALUE", value))
    for name in ("a", "ref"):
        (texts / f"{name}.txt").write_text("one two\nthree\nfour\nfive\n")
    code, _, err = run("score", "a.txt", "-r", "ref.txt", "-m", "mine", "--plugin", "mine.py")
    assert code == 2
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("rows", "value", "said"),
    [
        ("import sys; sys.exit(0)", "1.0", "the scorer 'mine' (a plug-in) failed: SystemExit: 0"),
        ("return [(1.0,) for u in units]", "__import__('sys').exit(0)", "(a plug-in) failed: SystemExit: 0"),
    ],
)
def test_a_plugin_that_ends_the_program_passes_no_gate(run: Run, texts: Path, rows: str, value: str, said: str) -> None:
    (texts / "mine.py").write_text(SCORER.replace("ROWS", rows).replace("VALUE", value))
    for name in ("a", "ref"):
        (texts / f"{name}.txt").write_text("one two\nthree\n")
    code, _, err = run("score", "a.txt", "-r", "ref.txt", "-m", "mine", "--plugin", "mine.py", "--fail-under", "mine=9")
    assert code == 2
    assert said in err


def test_an_error_nobody_foresaw_ends_with_a_code_of_its_own(
    run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(texts))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("evalkit.run.pipeline.read_inputs", lambda *_: 1 // 0)
    for name in ("a", "ref"):
        (texts / f"{name}.txt").write_text("one two\n")
    code, out, err = run("score", "a.txt", "-r", "ref.txt")
    assert (code, out) == (70, "")
    assert len(err.splitlines()) == 1
    assert "ZeroDivisionError" in Path(err.rsplit(" in ", 1)[1].strip()).read_text(encoding="utf-8")
