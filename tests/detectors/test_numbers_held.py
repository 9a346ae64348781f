"""The numbers of a long table are not held at once, and those of a long line are not read again for each pair."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.detectors import numbers
from evalkit.detectors.numbers import pairs


def told(folder: Path, mine: str, theirs: str) -> list[tuple[str, str, str]]:
    paths = folder / "mine.txt", folder / "theirs.txt"
    for path, text in zip(paths, (mine, theirs), strict=True):
        path.write_text(text, encoding="utf-8")
    found = evalkit.check(paths[0], paths[1], detectors=["numbers"], align="lines").systems[0].findings
    return [(f.rule, f.text, f.message) for f in found]


def test_of_many_units_each_is_read_twice_and_none_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = "\n".join(f"The price of item {n} was {1000 + n * 7} dollars." for n in range(60)) + "\n"
    theirs = "\n".join(f"The price of item {n} was {2000 + n * 11} dollars." for n in range(60)) + "\n"
    usual = told(tmp_path, mine, theirs)
    asked = []
    sides = numbers._sides
    monkeypatch.setattr(numbers, "_sides", lambda unit, context: asked.append(unit.id) or sides(unit, context))
    monkeypatch.setattr(numbers, "_HELD", 1)
    assert told(tmp_path, mine, theirs) == usual
    assert len(usual) > 30
    assert 2 * 60 <= len(asked) <= 3 * 60  # twice, and now and then for a neighbour


def test_words_beside_a_number_are_read_once(tmp_path: Path) -> None:
    pairs._first.cache_clear()
    mine = " ".join(f"{n} apples" for n in range(1000, 1090))
    theirs = " ".join(f"{n} pears" for n in range(3000, 3090))
    assert told(tmp_path, mine, theirs)
    assert pairs._first.cache_info().misses <= 2 * 2 * 90
