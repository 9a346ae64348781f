"""A real browser for the tests of the page, and a page that notes every error and every request it makes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@contextmanager
def chromium() -> Iterator[Any]:
    """Chromium, driven by Playwright; skips loudly where there is none."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="NOT TESTED: playwright is not installed (extra `test`)"
    )
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip("NOT TESTED: no Chromium on this machine (on Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Any, file: Path, tab: str = "", **options: Any) -> Iterator[Any]:
    """The page of a file, at the tab that begins with a section. It must make no request but for itself, report no
    error, and open no dialog."""
    context = browser.new_context(**options)
    page = context.new_page()
    noted: list[str] = []
    page.on("console", lambda message: noted.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: noted.append(str(error)))
    page.on("dialog", lambda dialog: (noted.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: noted.append(request.url) if request.url != file.as_uri() else None)
    try:
        page.goto(file.as_uri())
        if tab:
            turn(page, tab)
        yield page
        page.wait_for_timeout(20)
        assert [note for note in noted if not note.startswith(file.as_uri() + "#")] == []
    finally:
        context.close()


def turn(page: Any, tab: str) -> None:
    """Goes to the tab that begins with a section."""
    page.click(f'nav a[href="#{tab}"]')
    page.wait_for_selector(f"#{tab}:not(.elsewhere)")


def until(page: Any, expression: str, arg: object = None) -> None:
    """Waits until an expression of the page is true. Playwright's own way evaluates within the page where it has to ask
    twice, which the page's security policy forbids."""
    for _ in range(600):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not true in half a minute: {expression}")
