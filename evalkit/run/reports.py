"""Writing the reports of a run: result, Markdown, HTML and figures, all from the saved JSON."""

from __future__ import annotations

from pathlib import Path

from evalkit.plugins import Registry
from evalkit.records.json import dumps, loads
from evalkit.records.result import Result
from evalkit.text.files import write_text


def write_reports(result: Result, folder: Path | str) -> None:
    """Writes result.json, report.md, report.html and figures/*.svg into a folder; old figures go.

    Everything is made before anything is written, each file is written whole or not at all.
    """
    target = Path(folder)
    text = dumps(result)
    saved = loads(text)
    registry = Registry()
    files = {target / "result.json": text}
    markdown = {"name": "markdown", "figures": True}
    drawn: dict[Path, str] = {}
    for name, spec in (("report.md", markdown), ("report.html", "html")):
        renderer = registry.make("renderer", spec)
        files[target / name] = renderer.render(saved)
        companions = renderer.companions(saved) if hasattr(renderer, "companions") else {}
        drawn |= {target / beside: content for beside, content in companions.items()}
    for path, content in {**files, **drawn}.items():
        write_text(path, content)
    for old in (target / "figures").glob("*.svg"):
        if old not in drawn:
            old.unlink()
