"""Source and translation side by side in a real browser: marks on both sides, filters, keys, widths, hostile texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.plugins import Registry
from evalkit.records.result import Result
from evalkit.text.visible import visible
from tests.renderers.browser import chromium, opened
from tests.results import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TARGETS = {
    "de": ("Es ging um 450 Euro.", "Alles war gut im Jahr 2018.", "", "Im Jahr 2019 kam niemand."),
    "zh": ("大约是 450 欧元。", "2018 年一切都很好。", "", "2019 年没有人来。"),
    "ar": ("كان المبلغ حوالي 450 يورو.", "كان كل شيء على ما يرام في عام 2018.", "", "لم يأت أحد في عام 2019."),
}
SOURCE = ("It was about 450 dollars.", "All was well in 2017.", "It was never translated.", "Nobody came in 2016.")
REFERENCE = ("Es ging um 450 Dollar.", "Alles war gut im Jahr 2017.", "Es wurde nie übersetzt.", "2016 kam niemand.")


def checked(folder: Path, lang: str, source: tuple[str, ...], target: tuple[str, ...], *references: Path) -> Result:
    for side, texts in (("s", source), ("t", target)):
        (folder / side).mkdir(exist_ok=True)
        for document, part in (("a", texts[:2]), ("b", texts[2:])):
            (folder / side / f"{document}.txt").write_text("\n".join(part) + "\n", encoding="utf-8")
    return evalkit.check(folder / "t", *references, source=folder / "s", source_lang="en", lang=lang)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made: dict[str, Result] = {}
    for lang, target in TARGETS.items():
        made[lang] = checked(tmp_path_factory.mktemp(lang), lang, SOURCE, target)
    folder = tmp_path_factory.mktemp("three")
    (folder / "r").mkdir()
    for document, part in (("a", REFERENCE[:2]), ("b", REFERENCE[2:])):
        (folder / "r" / f"{document}.txt").write_text("\n".join(part) + "\n", encoding="utf-8")
    made["three"] = checked(folder, "de", SOURCE, TARGETS["de"], folder / "r")
    hostile = HOSTILE.replace("\n", " ").replace("\r", " ").replace("\x00", "")[:500]
    made["hostile"] = checked(
        tmp_path_factory.mktemp("hostile"), "de", (hostile, *SOURCE[1:]), (hostile, *TARGETS["de"][1:])
    )
    files = {}
    for name, result in made.items():
        files[name] = folder / f"{name}.html"
        files[name].write_text(Registry().make("renderer", "html").render(result), encoding="utf-8")
    return files


def rows(page: Any) -> list[str]:
    page.wait_for_timeout(180)
    return page.locator("#texts-pane .row").all_inner_texts()


@pytest.mark.parametrize("lang", list(TARGETS))
@pytest.mark.parametrize("width", [400, 1400])
def test_source_and_translation_stand_side_by_side(browser: Any, pages: dict[str, Path], lang: str, width: int) -> None:
    with opened(browser, pages[lang], "aligned", viewport={"width": width, "height": 900}) as page:
        shown = rows(page)
        assert len(shown) == len(SOURCE)
        for row, source, target in zip(shown, SOURCE, TARGETS[lang], strict=True):
            assert source in row
            assert (target or "not translated") in row
        marks = page.locator("#texts-pane .row").nth(1).locator("mark").all_inner_texts()
        assert [mark[:4] for mark in marks] == ["2017", "2018"]
        sides = page.locator("#texts-pane .row").nth(1).locator(".body")
        first, second = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
        assert second["y"] > first["y"] if width == 400 else second["x"] >= first["x"] + first["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        target = page.locator("#texts-pane .row").nth(1).locator(".unit .body")
        direction = target.evaluate("b => getComputedStyle(b).direction")
        assert direction == ("rtl" if lang == "ar" else "ltr")


def test_with_a_reference_there_are_three_columns(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["three"], "aligned", viewport={"width": 1400, "height": 900}) as page:
        head = page.locator("#texts-columns .columns-head span").all_inner_texts()
        assert head == ["Unit", "Source · en", "r", "t · de"]
        assert all(text in rows(page)[1] for text in (SOURCE[1], REFERENCE[1], TARGETS["de"][1]))
        page.locator("#texts-filters [name=source]").uncheck()
        assert all(SOURCE[1] not in row for row in rows(page))
        assert len(page.locator("#texts-columns .columns-head span").all_inner_texts()) == 3


def test_rows_are_filtered_by_rule_document_and_what_is_untranslated(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["de"], "aligned") as page:
        page.select_option("#texts-filters [name=rule]", "untranslated")
        assert [SOURCE[2] in row for row in rows(page)] == [True]
        page.select_option("#texts-filters [name=rule]", "=number-mismatch")
        assert len(rows(page)) == 2
        page.select_option("#texts-filters [name=document]", label="b.txt")
        assert [SOURCE[3] in row for row in rows(page)] == [True]
        page.select_option("#texts-filters [name=rule]", "")
        page.select_option("#texts-filters [name=document]", "")
        page.fill("#texts-filters [name=text]", "nobody CAME")
        assert [SOURCE[3] in row for row in rows(page)] == [True]


def test_keys_lead_from_finding_to_finding(browser: Any, pages: dict[str, Path]) -> None:
    here = "document.activeElement.textContent"
    with opened(browser, pages["de"], "aligned") as page:
        page.focus("#texts-pane")
        seen = []
        for key in ("n", "n", "n", "n", "p", "p"):
            page.keyboard.press(key)
            seen.append(page.evaluate(here))
        missing = "translation-missing: It was never translated."
        assert seen == ["450", "2018", missing, "2019", missing, "2018"]
        assert "the source has '2017'" in page.locator("#tip").inner_text()
        page.locator("#texts-next").click()
        assert page.evaluate(here) == missing
        page.fill("#texts-filters [name=text]", "n")  # in a field a key is a letter
        assert page.input_value("#texts-filters [name=text]") == "n"


def test_the_list_of_findings_has_both_sentences(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["de"], "findings") as page:
        page.fill("#findings-filters [name=text]", "well in 2017")
        page.wait_for_timeout(180)
        shown = page.locator("#findings-pane .finding").all_inner_texts()
        assert len(shown) == 1
        assert all(text in shown[0] for text in ("Source:", SOURCE[1], "Translation:", TARGETS["de"][1]))
        page.locator("#findings-pane .finding a.link").first.click()
        assert page.evaluate("document.activeElement.textContent") == "2018"


def test_the_first_screen_says_what_passed_and_failed(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["de"]) as page:
        card = " ".join(page.locator(".card").first.inner_text().split())
        assert "the text was checked against its source" in card
        assert "0 of 2 documents passed all" in card
        assert "1 of 4 units untranslated" in card


def test_a_hostile_source_stays_text(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["hostile"], "aligned") as page:
        assert page.locator("#texts-pane script, #texts-pane img, #texts-pane a").count() == 0
        assert any(" ".join(visible(SOURCE[1]).split()) in row for row in rows(page))
