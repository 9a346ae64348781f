"""A line under the wrong segment is a problem of the alignment, not three findings."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.records.result import Result

REFERENCE = [
    "The musicians rehearsed two symphonies behind heavy velvet curtains.",
    "Prices of bread and milk rose again in three provinces during August.",
    "The minister signed the treaty with the neighbouring country on Monday.",
    "A storm destroyed the old bridge over the river near the village.",
]


def checked(folder: Path, candidate: list[str], reference: list[str] = REFERENCE) -> Result:
    for name, lines in (("c", candidate), ("r", reference)):
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return evalkit.check(folder / "c.txt", folder / "r.txt", align="lines")


def test_a_strayed_line_is_named_and_not_checked(tmp_path: Path) -> None:
    result = checked(tmp_path, [*REFERENCE[:3], REFERENCE[0]])
    (note,) = [f for f in result.failures if f.stage == "align"]
    assert "wrong segment" in note.message
    assert note.unit == result.systems[0].units[3].id
    assert result.systems[0].findings == ()


def test_lines_a_row_too_late_are_named_and_not_checked(tmp_path: Path) -> None:
    late = [REFERENCE[3], *REFERENCE[:3]]
    result = checked(tmp_path, [line.replace(" the ", " that ") for line in late])
    notes = [f for f in result.failures if f.stage == "align"]
    assert [f.unit for f in notes] == [unit.id for unit in result.systems[0].units]
    assert all("not its own" in f.message for f in notes)
    assert result.systems[0].findings == ()


@pytest.mark.parametrize(
    "candidate",
    [
        REFERENCE,
        [*REFERENCE[:3], "The singers practised a song on a stage outside the town hall."],  # wrong, but stands once
    ],
)
def test_other_lines_are_checked(tmp_path: Path, candidate: list[str]) -> None:
    assert [f for f in checked(tmp_path, candidate).failures if f.stage == "align"] == []


def test_one_line_may_render_two_like_ones(tmp_path: Path) -> None:
    lines = [*REFERENCE[:2], "The musicians rehearsed two symphonies behind the heavy curtains.", REFERENCE[3]]
    result = checked(tmp_path, [REFERENCE[0], REFERENCE[1], REFERENCE[0], REFERENCE[3]], lines)
    assert [f for f in result.failures if f.stage == "align"] == []
