"""Writing the reports of a run: result, Markdown, HTML and figures, all from the saved JSON."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from pathlib import Path

from evalkit.plugins import Registry
from evalkit.records.extracted import extracted_files
from evalkit.records.json import pieces, seen
from evalkit.records.packed import MANY
from evalkit.records.result import Result
from evalkit.run.collector import no_collector
from evalkit.text.outputs import Made, refuse_folder, refuse_inputs, write_folder

_ALWAYS = ("result.json", "report.md", "report.html")


def refuse_reports(folder: Path | str, inputs: Iterable[str | Path], *, overwrite: bool) -> None:
    """Raises InputError where the reports could not be written, as `write_reports` would: before an evaluation, so that
    nobody waits for what cannot be kept."""
    refuse_folder(Path(folder), _ALWAYS, inputs, overwrite=overwrite)


@no_collector()
def write_reports(
    result: Result, folder: Path | str, *, inputs: Iterable[str | Path] = (), overwrite: bool = False
) -> None:
    """Writes result.json, report.md, report.html and figures/*.svg into a folder, and removes older figures there.

    The text of inputs such as DOCX or HTML is written to texts/, so that the places of findings can be looked up.

    Everything is rendered before anything is written, and each file is written whole or not at all. Raises InputError
    where one of the files is among the `inputs`, or exists and was not written by evalkit (unless `overwrite`).
    """
    saved = seen(result, rows=False)
    registry = Registry()
    files: dict[str, Made] = {}
    beside: dict[str, str] = {}
    for name, spec in (("report.md", {"name": "markdown", "figures": True}), ("report.html", "html")):
        renderer = registry.make("renderer", spec)
        encoded = getattr(renderer, "render_encoded", None)  # one rare character doubles what a page takes as text
        files[name] = encoded(saved) if encoded else renderer.render(saved).encode()
        beside |= renderer.companions(saved) if hasattr(renderer, "companions") else {}
    files |= {**beside, **extracted_files(saved)}
    number = sum(len(system.units) for system in saved.systems)
    del saved, renderer
    if number > MANY:
        gc.collect()  # templates hold in circles what they were given
    files["result.json"] = pieces(result)  # after what the reports made of the units has gone
    given = list(inputs)
    for name in files:
        refuse_inputs(Path(folder) / name, given)
    write_folder(Path(folder), files, overwrite=overwrite)
