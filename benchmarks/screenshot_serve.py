"""Takes pictures of the application in the browser: an editor's way for the docs, or every page, width and colour.

python benchmarks/screenshot_serve.py [FOLDER]      needs Chromium and the extra `test`; all pages go into a folder
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CORRECTED = {
    "zaparov": "Japarov", "Uzbekstan": "Uzbekistan", "heads of State Council": "Council of Heads of State",
    "spirit of Shanghai": "Shanghai Spirit", "destiny community": "community with a shared future",
}  # fmt: skip
PICTURE = ROOT / "docs" / "images" / "serve.png"


def main(folder: Path | None) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("no Chromium on this machine (on Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as data:
        for name in ("names.yaml", "terms.yaml"):
            shutil.copy(ROOT / "references" / name, data)
        line = [sys.executable, "-m", "evalkit", "serve", "--port", "0", "--data", data]
        server = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
        try:
            found = re.search(r"http\S+", server.stderr.readline() if server.stderr else "")
            if found is None:
                raise SystemExit("the server did not start")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1000, "height": 860}, color_scheme="light")
                page.goto(found[0])
                pictures(page, folder)
                browser.close()
        finally:
            server.terminate()
            server.wait()


def pictures(page: Any, folder: Path | None) -> None:
    """Evaluates document 004 as a person would, and takes the pictures."""
    home = page.url.rstrip("/")
    given(page)
    if folder is None:
        steps = [page.screenshot()]
    page.get_by_role("button", name="Evaluate").click()
    page.wait_for_selector(".verdict", timeout=120_000)
    job = page.url
    if folder is None:
        steps += [judged(page, job), corrected(page, job)]
        together(page, steps)
        print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")
        return
    every(page, home, job, folder)


def given(page: Any) -> None:
    """Two files in the form."""
    page.set_input_files("#candidate_file", ROOT / "seeds" / "004_b9b7a7ebafc1f109.txt")
    page.set_input_files("#reference_file", ROOT / "references" / "official-remarks.txt")
    page.check("input[value=report]")
    page.fill("#title", "SCO summit")
    page.evaluate("document.activeElement.blur()")


def judged(page: Any, job: str) -> bytes:
    """A wrong name judged, and the form that adds it to the list."""
    page.goto(f"{job}/findings?rule=name-mistransliterated")
    for number, word in ((0, "right"), (1, "right")):
        article = page.locator("[data-finding]").nth(number)
        article.get_by_role("button", name=word, exact=True).click()
        article.get_by_text("saved").wait_for()
    page.locator("[data-finding]").nth(0).get_by_text("Add to a list").click()
    page.locator("[data-finding]").nth(0).evaluate("each => each.scrollIntoView({block: 'start'})")
    page.evaluate("scrollBy(0, -70)")
    picture: bytes = page.screenshot()
    return picture


def corrected(page: Any, job: str) -> bytes:
    """The text corrected on the page, and what has changed by it."""
    page.goto(job)
    page.get_by_text("or correct it here").click()
    field = page.locator("textarea[name=candidate_text]")
    text = field.input_value()
    for wrong, right in CORRECTED.items():
        text = text.replace(wrong, right)
    field.fill(text)
    page.get_by_role("button", name="Evaluate and compare").click()
    page.wait_for_selector(".deltas", timeout=120_000)
    picture: bytes = page.screenshot()
    return picture


def together(page: Any, steps: list[bytes]) -> None:
    """The steps beside one another, with a line each."""
    said = ("1. Give two files", "2. Judge what was found, add names", "3. Correct the text, see what has changed")
    cells = "".join(
        f'<figure><figcaption>{text}</figcaption><img src="data:image/png;base64,{b64encode(step).decode()}"></figure>'
        for text, step in zip(said, steps, strict=True)
    )
    page.goto("about:blank")  # away from the policy of the application, which forbids these styles
    page.set_viewport_size({"width": 1800, "height": 500})
    page.set_content(
        "<style>body{margin:0;padding:16px;display:grid;grid-template-columns:1fr 1fr 1fr;gap:16px;background:#fff;"
        "align-content:start;font:600 20px system-ui,sans-serif;color:#1d1d1f}figure{margin:0}"
        "figcaption{margin:0 0 10px}"
        f"img{{width:100%;border:1px solid #c9c6bf;border-radius:10px}}</style>{cells}"
    )
    page.wait_for_function("[...document.images].every(each => each.complete)")
    page.locator("body").screenshot(path=str(PICTURE))


def every(page: Any, home: str, job: str, folder: Path) -> None:
    """All pages, at three widths, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    page.goto(f"{job}/findings")
    for number, word in ((0, "right"), (1, "wrong"), (2, "unsure")):
        article = page.locator("[data-finding]").nth(number)
        article.get_by_role("button", name=word, exact=True).click()
        article.get_by_text("saved").wait_for()
    for width in (1400, 800, 400):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            pages = {
                "home": home,
                "overview": job,
                "findings": f"{job}/findings",
                "links": f"{job}/links",
                "project": f"{home}/project",
            }
            for name, address in pages.items():
                page.goto(address)
                page.screenshot(
                    path=str(folder / f"{name}-{width}-{scheme}.png"), full_page=name not in ("findings", "links")
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
