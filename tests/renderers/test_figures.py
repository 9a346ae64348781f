"""Figures: valid SVG of bounded size, the same bytes every time, left out where there is nothing to show."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.figures import figures
from evalkit.records.result import Result
from evalkit.renderers._charts.scores import ticks
from evalkit.renderers._svg import names
from evalkit.renderers.page.map import mapped, stretches, strip
from tests.results import empty_result, hostile_result, large_result, small_result


@pytest.mark.parametrize("result", [small_result(), hostile_result()], ids=["small", "hostile"])
def test_figures_are_svg_without_anything_active(result: Result) -> None:
    drawn = figures(result)
    assert sorted(drawn) == ["coverage", "findings", "scores"]
    for svg in drawn.values():
        for element in ElementTree.fromstring(svg).iter():
            assert element.tag.rpartition("}")[2] in {"svg", "g", "path", "text", "rect", "defs", "clipPath", "line"}
            assert not [key for key in element.attrib if key.startswith("on") or "href" in key]


def test_same_bytes_twice() -> None:
    assert figures(small_result()) == figures(small_result())


def test_nothing_to_show_is_no_figure() -> None:
    assert figures(empty_result()) == {}
    assert "coverage" not in names(large_result(2, 10, 3))


def test_an_untrusted_system_has_no_bar() -> None:
    svg = figures(small_result())["scores"]
    assert svg.count("no score") == 4
    assert "103.00" not in svg


def test_many_systems_stay_small() -> None:
    assert max(len(svg) for svg in figures(large_result(15, 400, 30)).values()) < 60_000


def test_the_map_shows_the_reference_in_order() -> None:
    result = small_result()
    _, reference = mapped(result)
    assert reference is not None
    report, summary, control = (strip(system, reference, 20) for system in result.systems)
    assert (len(report), len(summary), set(control)) == (20, 20, {"·"})
    assert report[0] == "·"
    assert report[-1] == "█"
    assert summary[-1] == "▒"
    parts = stretches(result.systems[0], reference, 20)
    assert [parts[0].start, parts[-1].end] == [0, 1]
    assert all(one.end == two.start and one.state != two.state for one, two in pairwise(parts))


def test_an_axis_has_round_numbers_and_none_beside_the_written_values() -> None:
    assert ticks(72.2, 88.2) == [75, 80, 85]
    assert ticks(24.6, 24.7) == [24.6, 24.62, 24.64, 24.66, 24.68, 24.7]
    assert ticks(-5, 5) == [-5, 0, 5]


@given(st.floats(0, 200), st.floats(1e-6, 100))
def test_an_axis_always_has_a_few_numbers(low: float, width: float) -> None:
    found = ticks(low, low + width)
    assert 2 <= len(found) <= 6
    assert all(low - 1e-9 <= tick <= low + width + 1e-9 for tick in found)
