"""Windows of units: a sentence cut elsewhere costs less than by single units, and nothing else changes."""

from __future__ import annotations

import pytest

from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.testing import units_of

TEXT = ["The council met on Monday.", "It opened a bridge.", "Farmers asked for more.", "Nobody answered them."]


def value(spec: str, candidates: list[str], references: list[str]) -> float:
    scorer = Registry().make("scorer", spec)
    rows = scorer.measure(units_of(candidates, [references]))
    return scorer.value([sum(column) for column in zip(*rows, strict=True)])


def test_a_window_of_one_unit_is_the_mean_of_the_units() -> None:
    other = ["The council met.", "It opened the bridge.", "Farmers wanted more.", "Nobody answered."]
    chrf = Registry().make("scorer", "chrf")
    units = units_of(other, [TEXT])
    mean = sum(chrf.segment(row) for row in chrf.measure(units)) / 4
    assert value("windowed(most=1)", other, TEXT) == pytest.approx(mean, abs=1e-12)


def test_a_copy_is_the_best() -> None:
    assert value("windowed", TEXT, TEXT) == pytest.approx(100)


def test_where_sentences_are_cut_counts_less_in_windows() -> None:
    moved = ["The council met on Monday. It opened", "a bridge.", "Farmers asked for more. Nobody", "answered them."]
    assert value("windowed(most=4)", moved, TEXT) > value("windowed(most=1)", moved, TEXT) + 5


def test_windows_stay_in_their_document() -> None:
    scorer = Registry().make("scorer", "windowed(most=4)")
    together = scorer.measure(units_of(TEXT, [TEXT]))
    assert [count for _, count in together] == [4, 3, 2, 1]


def test_direction_scale_and_signature_are_those_of_the_metric() -> None:
    scorer = Registry().make("scorer", "windowed(metric=ter, most=2)")
    assert scorer.better == "lower"
    assert scorer.title == "TER in windows"
    assert scorer.signature("1").startswith("windows:1-2|nrefs:1|")


@pytest.mark.parametrize("spec", ["windowed(most=0)", "windowed(most=99)", "windowed(metric=windowed)"])
def test_windows_that_make_no_sense(spec: str) -> None:
    with pytest.raises(ConfigError):
        Registry().make("scorer", spec)
