"""The main job's findings on document 004 against its human reading."""

from __future__ import annotations

import pytest

from benchmarks.seeds import Judged, findings, judge, overlaps, read_gold


@pytest.fixture(scope="module")
def found() -> tuple:
    return findings()


def test_the_reading_has_every_context_once() -> None:
    gold = read_gold()
    assert len(gold) == 60
    assert all(row.spans for row in gold)


@pytest.mark.parametrize(
    ("category", "recall", "precision"),
    [
        ("names", 1.0, 1.0),
        ("terminology", 1.0, 1.0),
        ("numbers", 1.0, 1.0),
        ("accuracy", 1.0, 1.0),
        ("conventions", 1.0, 1.0),
    ],
)
def test_findings_meet_the_reading(found: tuple, category: str, recall: float, precision: float) -> None:
    judged: Judged = judge(found, read_gold(), category)
    missed, wrong = [row.text for row in judged.missed], [(f.rule, f.text) for f in judged.wrong]
    assert len(judged.found) >= recall * (len(judged.found) + len(judged.missed)), missed
    assert len(judged.right) >= precision * (len(judged.right) + len(judged.wrong)), wrong


def test_what_is_right_stays_silent(found: tuple) -> None:
    silent = [row for row in read_gold() if row.status == "silent"]
    assert [(f.rule, f.text) for row in silent for f in found if overlaps(f, row) and f.category == row.category] == []
