"""The heading of a page belongs to its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.readers.html import HtmlReader

MAIN = "<p>The town of Lyon plans a new line, which is to be opened in March 2024, as the mayor said on Monday.</p>" * 2


@pytest.mark.parametrize(
    ("body", "first"),
    [
        (f"<h1>The line costs 99 million euros</h1>{MAIN}", "The line costs 99 million euros"),
        (f"<header><h1>The line <em>costs</em> more</h1></header><main>{MAIN}</main>", "The line costs more"),
        (f"<main>{MAIN}</main><aside><h1>Read more</h1></aside>", "The town of Lyon plans"),
    ],
)
def test_a_heading_of_the_first_rank_is_text(tmp_path: Path, body: str, first: str) -> None:
    pytest.importorskip("trafilatura", reason="NOT TESTED: the extra `html` is not installed")
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    (document,) = HtmlReader().read(str(path), "en")
    assert document.text.startswith(first)
    assert document.text.count(first) == 1 or first.startswith("The town")


def test_a_heading_that_the_main_text_has_stands_once(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="NOT TESTED: the extra `html` is not installed")
    path = tmp_path / "page.html"
    article = f"<article><h1>The line is opened</h1>{MAIN}<h2>How it came to be</h2>{MAIN}</article>"
    path.write_text(f"<html><body>{article}</body></html>", encoding="utf-8")
    (document,) = HtmlReader().read(str(path), "en")
    assert document.text.count("The line is opened") == 1
