"""What holds for every registered renderer: same bytes twice, empty results, golden files, hostile text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalkit.plugins import Registry
from evalkit.plugins.protocols import Renderer
from tests.renderers.shown import without_code
from tests.results import empty_result, hostile_result, large_result, small_result

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parent / "golden"
REGISTRY = Registry()
MINE = ("findings-tsv", "html", "json", "latex", "markdown", "table", "tsv")
READ_BACK = ("alignment-tsv", "json")  # data for programs, which must hold every character
EVERY = [n for n in REGISTRY.names("renderer") if not hasattr(REGISTRY.get("renderer", n), "render_file")]


def make(name: str) -> Renderer:
    renderer: Renderer = REGISTRY.make("renderer", name)
    return renderer


def test_the_renderers_are_registered() -> None:
    assert set(MINE) <= set(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_same_bytes_twice(name: str) -> None:
    assert make(name).render(small_result()) == make(name).render(small_result())


@pytest.mark.parametrize("name", EVERY)
def test_an_empty_result_renders(name: str) -> None:
    text = without_code(make(name).render(empty_result()))
    assert isinstance(text, str)
    assert "None" not in text
    assert "nan" not in text.lower()


@pytest.mark.parametrize("name", [n for n in EVERY if n not in READ_BACK])
def test_control_and_bidi_characters_never_pass(name: str) -> None:
    text = make(name).render(hostile_result())
    text.encode("utf-8")
    assert not set(text) & {"\u202e", "\u2066", "\x00", "\x1b", "\x7f"}


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_no_noncharacter_passes(name: str) -> None:
    assert "\ufffe" not in make(name).render(hostile_result())


@pytest.mark.parametrize("name", MINE)
def test_golden(name: str) -> None:
    """`EVALKIT_UPDATE_GOLDEN=1 pytest tests/renderers` writes the files anew; read the difference."""
    renderer = make(name)
    stem = "findings" if name == "findings-tsv" else "small"
    text, path = renderer.render(small_result()), GOLDEN / f"{stem}{renderer.suffix}"
    if os.environ.get("EVALKIT_UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize(("name", "limit"), [("markdown", 80_000), ("html", 1_200_000), ("table", 10_000)])
def test_many_systems_and_findings_stay_bounded(name: str, limit: int) -> None:
    text = make(name).render(large_result(systems=15, count=400))
    assert len(text) < limit


@pytest.mark.parametrize("name", ["markdown", "html", "table", "latex"])
def test_a_result_without_a_trusted_alignment_shows_no_score(name: str) -> None:
    """The scores of the control are 0.50, 9.75, 103.00, 104.50 in small_result."""
    text = make(name).render(small_result())
    assert "not trusted" in text
    for shown in ("9.75", "103.00", "104.50", "110.00", "120.00"):
        assert shown not in text
    # the page has it behind a click in the card as well
    assert text.count("under 25") == (2 if name == "html" else 1)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_what_is_cut_is_counted(name: str) -> None:
    renderer = REGISTRY.make("renderer", {"name": name, "per_rule": 3})
    text = renderer.render(large_result(systems=2, count=120, per_system=120))
    assert text.count("77 more of this rule in the JSON result.") == 2
