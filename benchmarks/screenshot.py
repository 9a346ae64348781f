"""Takes two pictures of a report: its first screen, and the texts side by side at the passage with the wrong names.

python benchmarks/screenshot.py [REPORT] [PICTURE]      needs Chromium and the extra `test`; the first screen goes
beside PICTURE as overview.png
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent


def main(report: Path, picture: Path) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("no Chromium on this machine (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
        page.screenshot(path=str(picture.with_name("overview.png")))
        page.click('nav a[href="#findings"]')
        page.fill("#findings-filters [name=text]", "gorovchenko")
        page.wait_for_timeout(300)
        page.locator("#findings-pane .finding a.link").first.click()
        page.locator("#texts-keys").evaluate("keys => keys.scrollIntoView()")
        page.locator("mark.here").hover()
        page.wait_for_timeout(300)
        page.screenshot(path=str(picture))
        browser.close()
    print(f"{picture}: {picture.stat().st_size:,} bytes")


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]]
    report = arguments[0] if arguments else ROOT / "reports" / "sco-2020" / "report.html"
    main(report, arguments[1] if len(arguments) > 1 else ROOT / "docs" / "images" / "report.png")
