"""The whole way of an editor in a real browser, by mouse, by keyboard and without JavaScript; axe; widths; colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.renderers.browser import chromium
from tests.serve.conftest import PATIENCE, Server, running
from tests.serve.test_jobs import REPORT, SPEECH

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_WAIT = PATIENCE * 1000
_REVIEW = re.compile("^Review ")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@contextmanager
def visited(browser: Any, server: Server, **options: Any) -> Iterator[Any]:
    """A page that was let in. It must ask nobody else for anything, report no error and open no dialog."""
    context = browser.new_context(**options)
    page = context.new_page()
    home = server.address.partition("/enter")[0]
    noted: list[str] = []
    page.on("console", lambda message: noted.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: noted.append(str(error)))
    page.on("dialog", lambda dialog: (noted.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: noted.append(request.url) if not request.url.startswith(home) else None)
    page.set_default_timeout(_WAIT)
    try:
        page.goto(server.address)
        yield page
        assert noted == []
    finally:
        context.close()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "report.docx").write_bytes(_docx(REPORT))
    page = "".join(f"<p>{line}</p>" for line in SPEECH.splitlines())
    (tmp_path / "speech.html").write_text(f"<html><body><main>{page}</main></body></html>", encoding="utf-8")
    return tmp_path


def _docx(text: str) -> bytes:
    """The least Word file."""
    import io
    import zipfile

    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return made.getvalue()


def _evaluate(page: Any, texts: Path) -> None:
    page.set_input_files("#candidate_file", texts / "report.docx")
    page.set_input_files("#reference_file", texts / "speech.html")
    page.get_by_role("button", name="Evaluate").click()
    page.wait_for_selector(".verdict")


def test_the_whole_way_of_an_editor(browser: Any, texts: Path, tmp_path: Path) -> None:
    with running(tmp_path / "data") as server, visited(browser, server) as page:
        _evaluate(page, texts)
        assert "report.docx" in page.inner_text("h1")
        page.get_by_role("link", name=_REVIEW).click()
        before = float(page.inner_text("[data-penalty]"))
        articles = page.locator("[data-finding]")
        assert articles.count() >= 3
        for number, word in enumerate(("right", "wrong", "unsure")):
            article = articles.nth(number)
            article.locator("input[name=note]").fill(f"note {number}")
            article.get_by_role("button", name=word, exact=True).click()
            article.get_by_text("saved").wait_for()
            assert article.get_by_role("button", name=word, exact=True).get_attribute("aria-pressed") == "true"
        assert page.inner_text('[data-count="wrong"]') == "1"
        assert float(page.inner_text("[data-penalty]")) <= before
        page.reload()
        assert page.locator("input[name=note]").nth(1).input_value() == "note 1"
        article = page.locator("[data-finding]").first
        article.get_by_text("More", exact=True).or_(article.get_by_text("Add to a list", exact=True)).first.click()
        article.locator("input[name=entry]").fill("Bishkek")
        article.locator("input[name=form]").fill("")
        article.locator("select[name=kind]").select_option("place")
        article.get_by_role("button", name="Add and evaluate again").click()
        page.get_by_text("Your list has the new form").wait_for()
        assert "name-mistransliterated" in page.inner_text("main")
        page.get_by_role("link", name="Overview").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Report (HTML)").click()
        assert download.value.suggested_filename.endswith(".html")
        page.get_by_role("link", name="Full report").click()
        assert "Judged by people" in page.content()
        page.get_by_role("link", name="← Overview").click()
        page.wait_for_selector(".verdict")
        _correct_links(page)


def _correct_links(page: Any) -> None:
    """A sentence dragged to another row, rows joined by the keyboard, and the scores that follow."""
    page.get_by_role("link", name="Links").click()
    rows = page.locator("[data-row]")
    number, first = rows.count(), rows.nth(0).locator("[data-move^=r]").first.inner_text().split("\n")[0]
    rows.nth(0).locator("[data-move^=r]").first.drag_to(rows.nth(1))
    page.get_by_text("1 step, not evaluated yet.").wait_for()
    assert first in rows.nth(1 if rows.count() == number else 0).inner_text()
    join = rows.nth(0).get_by_role("button", name="Join with the next")
    join.focus()
    page.keyboard.press("Enter")
    page.get_by_text("2 steps, not evaluated yet.").wait_for()
    assert page.evaluate("document.activeElement.innerText") == "Join with the next"
    page.get_by_role("button", name="Evaluate with these links").click()
    page.wait_for_selector(".deltas")
    assert "Since the version before" in page.inner_text("main")


def test_the_whole_way_by_keyboard(browser: Any, tmp_path: Path) -> None:
    with running(tmp_path / "data") as server, visited(browser, server) as page:
        page.focus("#candidate_text")
        page.keyboard.insert_text(REPORT)
        page.focus("#reference_text")
        page.keyboard.insert_text(SPEECH)
        page.focus("main button.primary")
        page.keyboard.press("Enter")
        page.wait_for_selector(".verdict")
        page.get_by_role("link", name=_REVIEW).focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-finding]")
        page.locator("[data-finding]").first.focus()
        page.keyboard.press("w")
        page.locator("[data-finding]").first.get_by_text("saved").wait_for()
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement === document.querySelectorAll('[data-finding]')[1]")
        page.keyboard.press("r")
        page.locator("[data-finding]").nth(1).get_by_text("saved").wait_for()
        assert page.inner_text('[data-count="right"]') == "1"
        page.locator("input[name=note]").first.focus()
        page.keyboard.type("wrj")  # letters in a field are letters
        assert page.inner_text('[data-count="right"]') == "1"


def test_the_whole_way_without_javascript(browser: Any, texts: Path, tmp_path: Path) -> None:
    with running(tmp_path / "data") as server, visited(browser, server, java_script_enabled=False) as page:
        _evaluate(page, texts)
        page.get_by_role("link", name=_REVIEW).click()
        page.locator("[data-finding]").first.locator("button[value=wrong]").click()
        page.wait_for_selector(".finding.wrong")
        assert page.inner_text('[data-count="wrong"]') == "1"


@pytest.fixture(scope="module")
def judged(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """A page with an evaluation some of whose findings are judged, and its address."""
    with running(tmp_path_factory.mktemp("judged") / "data") as server, visited(browser, server) as page:
        page.fill("#candidate_text", REPORT)
        page.fill("#reference_text", SPEECH)
        page.get_by_role("button", name="Evaluate").click()
        page.wait_for_selector(".verdict")
        job = page.url
        page.goto(f"{job}/findings")
        for number, word in enumerate(("right", "wrong")):
            article = page.locator("[data-finding]").nth(number)
            article.get_by_role("button", name=word, exact=True).click()
            article.get_by_text("saved").wait_for()
        yield page, job


PAGES = ("/", "JOB", "JOB/findings", "JOB/links", "/project", "/nowhere")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(judged: tuple[Any, str], path: str, scheme: str) -> None:
    page, job = judged
    page.emulate_media(color_scheme=scheme)
    if path == "/nowhere":
        pytest.skip("an answer of 404 is noted as an error by the browser itself")
    page.goto(_address(path, job))
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")
    assert serious(page) == []


def serious(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds on a page that is serious or worse."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="NOT TESTED: axe is not installed")
    found = axe.Axe().run(page).response["violations"]
    return [
        (v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")
    ]


def _address(path: str, job: str) -> str:
    home = job.partition("/jobs/")[0]
    return path.replace("JOB", job) if path.startswith("JOB") else home + path


@pytest.mark.parametrize("width", [320, 400, 800, 1400])
@pytest.mark.parametrize("path", PAGES[:-1])
def test_nothing_is_wider_than_the_page(judged: tuple[Any, str], path: str, width: int) -> None:
    page, job = judged
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(_address(path, job))
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('button, .button, select')]"
        ".filter(each => each.offsetParent && each.offsetHeight < 24).length"
    )
    assert small == 0
