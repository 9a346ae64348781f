"""What the pages offer: only what this installation can read and write, and lists only where a finding is of one."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from evalkit.errors import MissingExtraError
from evalkit.plugins import Registry, needs
from evalkit.serve import show
from evalkit.serve.offers import offers
from evalkit.serve.store import Job
from tests.results import small_result

Without = Callable[..., None]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Without:
    """Makes modules look as if they were not installed, and all others as if they were."""

    def these(*modules: str) -> None:
        monkeypatch.setattr(needs, "find_spec", lambda name: None if name in modules else object())

    return these


def _page(name: str, **values: Any) -> str:
    pytest.importorskip("starlette", reason="NOT TESTED: the extra `web` is not installed")
    from starlette.requests import Request

    from evalkit.serve import pages

    request = Request({"type": "http", "path": "/", "headers": [], "query_string": b"", "server": ("x", 80)})
    return bytes(pages.page(request, name, **values).body).decode()


def _home() -> str:
    return _page("home", problem="", given={}, kinds=(), languages=(), jobs=(), has_lists=False, offers=offers())


def _overview() -> str:
    job = Job("x", "Title", 0.0)
    return _page("overview", job=job, cards=[], tab="overview", notes=[], others=[], several=False, rankings=[],
                 unranked="", offers=offers(), account={"judged": 0, "total": 0}, text="", perhaps=False)  # fmt: skip


def test_with_everything_installed_everything_is_offered(without: Without) -> None:
    without()
    assert "Word, PDF, HTML, Markdown" in _home()
    assert "pip install" not in _home()
    assert "download/xlsx" in _overview()
    assert offers().sheet_names == "workbook, CSV or XLIFF"


def test_what_is_not_installed_is_not_offered(without: Without) -> None:
    without("pypdf", "selectolax", "python_calamine", "xlsxwriter")
    home = _home()
    assert "Word, Markdown, plain text, XLIFF, TMX, PO, strings of programs, subtitles, OpenDocument. Several" in home
    assert "To read PDF, HTML, spreadsheets too" in home
    assert "mt-evalkit[pdf,html,office]" in home
    assert "download/xlsx" not in _overview()
    assert "download/csv" in _overview()
    assert offers().sheets == (".csv", ".xlf", ".xliff")


@pytest.mark.parametrize("name", Registry().names("reader"))
def test_a_reader_that_is_refused_for_want_of_a_package_says_what_it_needs(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reader = Registry().get("reader", name)
    modules: tuple[str, ...] = getattr(reader, "needs", ())
    path = tmp_path / f"a{reader.suffixes[0]}"
    if modules:
        path.write_bytes(b"<p>one</p>")
    for module in modules:
        monkeypatch.setitem(sys.modules, module, None)
    if modules:
        with pytest.raises(MissingExtraError, match=re.escape(f"mt-evalkit[{needs.extra_of(reader)}]")):
            Registry().make("reader", name).read(str(path), "en")
    else:
        assert "MissingExtraError" not in Path(inspect.getfile(reader)).read_text(encoding="utf-8")


def _entries(
    category: str, verdict: str = "", side: str = "candidate", text: str = "Biskek", expected: str = "Bishkek"
) -> dict[str, str]:
    result = small_result()
    system = result.systems[0]
    finding = replace(
        system.findings[0], category=category, side=side, text=text, expected=(expected,), verdict=verdict
    )
    result = replace(result, systems=(replace(system, findings=(finding,)),))
    shown = next(iter(show.in_full(result, [(result.systems[0], finding)])))
    entry: dict[str, str] = shown["entry"]
    return entry


def test_a_list_is_offered_for_names_and_terms_alone() -> None:
    said = {"list": "name", "title": "Bishkek", "form": "Biskek", "role": "reject", "kind": "person"}
    assert _entries("names") == said
    assert _entries("names", expected="Uzbekistan")["kind"] == "place"
    assert _entries("terminology")["list"] == "term"
    assert _entries("names", "wrong")["role"] == "accept"
    assert _entries("names", side="reference")["form"] == ""
    assert _entries("terminology", text="bishkek")["form"] == ""  # capitals alone are no other form
    for category in ("numbers", "repetition", "whitespace"):
        assert _entries(category, "wrong")["list"] == ""
