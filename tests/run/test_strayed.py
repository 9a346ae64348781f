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


LATE = [
    "Back pain is accompanied by significant impairments, which medical rehabilitation is intended to counteract.",
    "The feasibility of rehabilitation beside work was examined in a study of three years.",
    "Two thirds of those asked would not have applied for rehabilitation without this offer.",
    "Most of the participants had no absences in the year before, or only minor ones.",
]


def test_a_reference_under_several_segments_belongs_to_the_one_whose_line_renders_it(tmp_path: Path) -> None:
    """The line of the other renders its own source and is not charged with what the reference repeats."""
    result = checked(tmp_path, LATE, [*LATE[:2], LATE[1], LATE[3]])
    (note,) = [f for f in result.failures if f.stage == "align"]
    assert note.unit == result.systems[0].units[2].id
    assert "a line of the reference was" in note.message
    assert result.systems[0].findings == ()


def test_a_long_line_is_unlike_its_own_beside_one_that_is_twice_as_like(tmp_path: Path) -> None:
    """Sentences of one subject are alike by nature: the bound for unrelated ones is not reached."""
    own = "Metabolic surgery was superior to diabetes therapy in terms of improvements in control and loss of weight."
    other = "Metabolic surgery should be recommended as a therapy option regardless of parameters of diabetes control."
    line = (
        "Metabolic surgery should even be recommended as a therapy, regardless of the parameters of diabetes control."
    )
    result = checked(tmp_path, [*LATE, line.replace("even be", "be"), line], [*LATE, other, own])
    assert [f.unit for f in result.failures if f.stage == "align"] == [result.systems[0].units[5].id]


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("Have a wonderful day with us, and goodbye to all of you!", "Have a wonderful day with us, goodbye!"),
        ("Is there anything else?", "What else can be done for you today?"),  # short: said freely
    ],
)
def test_a_reference_that_is_said_twice_is_rendered_twice(tmp_path: Path, line: str, reference: str) -> None:
    result = checked(tmp_path, [*LATE, reference, line], [*LATE, reference, reference])
    assert [f for f in result.failures if f.stage == "align"] == []
