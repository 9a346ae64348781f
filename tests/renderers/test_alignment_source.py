"""Candidate and source side by side, without a reference."""

from __future__ import annotations

from pathlib import Path

import evalkit
from tests.run.test_source_lines import ENGLISH, GERMAN


def shown(folder: Path, candidate: list[str]) -> str:
    for name, lines in (("t.txt", candidate), ("s.txt", ENGLISH)):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = evalkit.check(folder / "t.txt", source=folder / "s.txt", source_lang="en", lang="de")
    return evalkit.render(result, "alignment(columns=260)")


def test_every_line_of_both_sides_stands_there_once(tmp_path: Path) -> None:
    said = shown(tmp_path, [*GERMAN[:2], *GERMAN[3:]])
    rows = said.splitlines()
    assert "of the source" in rows[2]
    assert all(sum(line in row for row in rows) == 1 for line in (*ENGLISH, *GERMAN[:2], *GERMAN[3:]))
    (lost,) = [row for row in rows if ENGLISH[2] in row]
    assert "omitted" in lost
    assert [line for row in rows for line in ENGLISH if line in row] == ENGLISH


def test_line_by_line_is_said(tmp_path: Path) -> None:
    said = shown(tmp_path, GERMAN)
    assert said.startswith("t: line by line")
    assert all(any(a in row and b in row for row in said.splitlines()) for a, b in zip(GERMAN, ENGLISH, strict=True))
