"""A note is told once: on stderr, or with the scores where nothing is said on stderr."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_note_is_told_once(run: Run, tmp_path: Path) -> None:
    line = "The council met " + "and spoke of rivers " * 40 + ".\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(line)
    score = ("score", "a.txt", "-r", "b.txt", "--align", "document")
    note = "a.txt, line 1: a segment of"
    _, out, err = run(*score)
    assert (out.count(note), err.count(note)) == (0, 1)
    _, out, err = run(*score, "-q")
    assert (out.count(f"Note: {note}"), err.count(note)) == (1, 0)
    _, _, err = run(*score, "-o", "scores.txt")
    assert ((tmp_path / "scores.txt").read_text().count(note), err.count(note)) == (1, 1)
