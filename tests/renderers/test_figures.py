"""Figures: valid SVG of bounded size, the same bytes every time, left out where there is nothing to show."""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from evalkit.records.json import read
from evalkit.records.result import Result
from evalkit.renderers._text import labels
from evalkit.renderers.charts.base import round_numbers
from evalkit.renderers.charts.drawings import charts, figures, names, views
from evalkit.renderers.charts.svg import text_width
from evalkit.renderers.page.map import mapped, stretches, strip
from tests.results import empty_result, hostile_result, large_result, small_result


@pytest.mark.parametrize("result", [small_result(), hostile_result()], ids=["small", "hostile"])
def test_figures_are_svg_without_anything_active(result: Result) -> None:
    drawn = figures(result)
    assert sorted(drawn) == ["coverage", "findings", "scores"]
    for svg in drawn.values():
        for element in ElementTree.fromstring(svg).iter():
            assert element.tag.rpartition("}")[2] in {"svg", "g", "text", "rect", "circle", "line"}
            assert not [key for key in element.attrib if key.startswith("on") or "href" in key]


@pytest.mark.parametrize("name", ['id="x"', "url(#q)", "a & b < c", "\u202ebidi", "系统 α " * 9, "", "W" * 80])
def test_a_name_is_shown_as_it_is_and_does_nothing(name: str) -> None:
    result = small_result()
    result = replace(result, systems=(replace(result.systems[0], name=name), *result.systems[1:]))
    shown = labels((name, "xinhua-summary", "ambassador-interview"), 26)[name]
    panels = "".join(panel["svg"] for panel in views(result)["scores"]["panels"])
    for svg in (figures(result)["scores"], f"<all>{panels}</all>"):
        texts = [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]
        assert shown in texts


def boxes(svg: str) -> list[tuple[float, float, float, str]]:
    """Left end, right end and base line of every text."""
    found = []
    for element in ElementTree.fromstring(svg).iter():
        if element.tag.endswith("text") and element.text:
            wide, x = text_width(element.text, int(element.get("font-size", "11"))), float(element.get("x", "0"))
            left = x - {"end": wide, "middle": wide / 2}.get(element.get("text-anchor", ""), 0.0)
            found.append((left, left + wide, float(element.get("y", "0")), element.text))
    return found


@pytest.mark.parametrize(
    "result", [small_result(), hostile_result(), large_result(15, 400, 30)], ids=["small", "hostile", "large"]
)
def test_no_word_stands_on_another_or_outside(result: Result) -> None:
    for name, svg in figures(result).items():
        placed = boxes(svg)
        width = float(ElementTree.fromstring(svg).get("width", "0"))
        assert [text for left, right, _, text in placed if left < -12.5 or right > width + 0.5] == [], name
        for (a, b, y, one), (c, d, z, two) in combinations(placed, 2):
            assert abs(y - z) >= 9 or b <= c + 0.5 or d <= a + 0.5, (name, one, two)


@pytest.mark.slow
def test_figures_are_drawn_where_the_address_space_is_limited(root: Path, tmp_path: Path) -> None:
    """As in containers, clusters and notebook servers."""
    for part in ("seeds", "references", "evalkit.toml"):
        (shutil.copytree if (root / part).is_dir() else shutil.copy)(root / part, tmp_path / part)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30));"
        "sys.argv = ['evalkit', 'run', '-q']; from evalkit.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "reports" / "sco-2020" / "figures" / "scores.svg").is_file()


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
    assert list(round_numbers(72.2, 88.2)) == [75, 80, 85]
    assert list(round_numbers(24.6, 24.7)) == [24.6, 24.62, 24.64, 24.66, 24.68, 24.7]
    assert list(round_numbers(-5, 5)) == [-5, 0, 5]


@given(st.floats(0, 200), st.floats(1e-6, 100))
def test_an_axis_always_has_a_few_numbers(low: float, width: float) -> None:
    found = round_numbers(low, low + width)
    assert 2 <= len(found) <= 6
    assert all(low - 1e-9 <= tick <= low + width + 1e-9 for tick in found)


def test_the_axis_of_unit_scores_is_numbered_from_end_to_end(root: Path) -> None:
    result = read(root / "reports" / "sco-2020" / "result.json")
    for panel in charts(result)["units"].panels:
        ticks = panel.plot.ticks
        assert (ticks[0], ticks[-1]) == pytest.approx((panel.plot.low, panel.plot.high))
        assert 2 <= len(ticks) <= 8


@pytest.mark.parametrize("high", [0.2, 0.19999999999999998, 2e-5, 1.9999999999999998e-5, 5e-324, 1e300, 0.0])
def test_an_axis_of_any_width_has_numbers(high: float) -> None:
    assert len(round_numbers(0.0, high)) <= 6
    assert len(round_numbers(-high, high)) <= 6
    for digits in range(-20, 20):
        for near in (1 - 1e-16, 1 - 1e-15, 1.0, 1 + 1e-15):
            assert 2 <= len(round_numbers(0.0, 2 * 10.0**digits * near)) <= 6
