"""Takes pictures of the application in the browser: its overview for the docs, or every page, width and colour.

python benchmarks/screenshot_serve.py [FOLDER]      needs Chromium and the extra `test`; all pages go into a folder
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
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
                page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
                page.goto(found[0])
                pictures(page, folder)
                browser.close()
        finally:
            server.terminate()
            server.wait()


def pictures(page: Any, folder: Path | None) -> None:
    """Evaluates document 004 as a person would, and takes the pictures."""
    home = page.url.rstrip("/")
    page.set_input_files("#candidate_file", ROOT / "seeds" / "004_b9b7a7ebafc1f109.txt")
    page.set_input_files("#reference_file", ROOT / "references" / "official-remarks.txt")
    page.check("input[value=report]")
    page.fill("#title", "SCO summit, machine-translated report")
    page.get_by_role("button", name="Evaluate").click()
    page.wait_for_selector(".verdict", timeout=120_000)
    job = page.url
    if folder is None:
        page.screenshot(path=str(PICTURE))
        print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")
        return
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
