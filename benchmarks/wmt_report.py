"""Builds the report of WMT23 zh-en, 15 systems, and says how large the page is and how fast it opens and scrolls.

python benchmarks/wmt_report.py [FOLDER]      default build/wmt23; the data are looked for in EVALKIT_DATA

The last lines need Chromium and the extra `test`. Times are of the machine the script runs on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from evalkit.records.json import loads

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("EVALKIT_DATA", ROOT.parent / "shared" / "data")) / "wmt" / "wmt23.zh-en"
PANES = {"units": "#units-pane", "texts": "#texts-pane", "findings": "#findings-pane"}
# Scrolls a pane step by step and gives the milliseconds between frames, from the shortest to the longest.
FRAMES = """async pane => {
  const list = document.querySelector(pane), found = [];
  list.scrollIntoView({ behavior: "instant" });
  let last = performance.now();
  for (let step = 0; step < 120; step++) {
    list.scrollTop += 137;
    await new Promise(requestAnimationFrame);
    found.push(performance.now() - last);
    last = performance.now();
  }
  return found.sort((a, b) => a - b);
}"""


def configuration(folder: Path) -> Path:
    """The configuration of the comparison: all systems, all detectors, intervals and paired tests."""
    lines = ['name = "wmt23-zh-en"', 'output = "."', 'align = "lines"', 'metrics = ["bleu", "chrf", "ter"]', ""]
    lines += ["[statistics]", "confidence = true", 'test = "randomisation"', ""]
    sides = [("reference", DATA / "references" / "refA.en.txt.gz")]
    sides += [("candidate", path) for path in sorted((DATA / "systems").glob("*.en.txt.gz"))]
    for side, path in sides:
        where = os.path.relpath(path, folder)
        lines += [f"[[{side}]]", f'name = "{path.name.removesuffix(".en.txt.gz")}"', f'path = "{where}"', ""]
    file = folder / "evalkit.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def main(folder: Path) -> None:
    if not DATA.exists():
        raise SystemExit(f"no data in {DATA}; set EVALKIT_DATA to the data folder")
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "evalkit", "run", str(configuration(folder)), "--quiet"], check=True)
    result = loads((folder / "result.json").read_text(encoding="utf-8"))
    page = folder / "report.html"
    units, findings = (sum(len(getattr(s, of)) for s in result.systems) for of in ("units", "findings"))
    print(f"{len(result.systems)} systems, {units:,} units, {findings:,} findings")
    print(f"report.html: {page.stat().st_size / 1e6:.1f} MB")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("not measured: no Chromium on this machine")
        return
    measure(page, program)


def measure(page: Path, program: str) -> None:
    """Prints the time until the page has loaded, and between frames while its lists are scrolled."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1440, "height": 1000})
        view.goto(page.resolve().as_uri())
        loaded = view.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        print(f"opened in {loaded / 1000:.2f} s")
        for name, pane in PANES.items():
            frames = view.evaluate(FRAMES, pane)
            middle, slow = frames[60], frames[114]
            print(f"scrolling the {name}: a frame takes {middle:.0f} ms (median), {slow:.0f} ms (95th of 100)")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "wmt23")
