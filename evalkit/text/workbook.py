"""Workbooks (XLSX, XLS, ODS) as rows of texts: opened as untrusted data."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from evalkit.errors import InputError, MissingExtraError
from evalkit.text import sheets
from evalkit.text.files import read_bytes
from evalkit.text.repeats import spread
from evalkit.text.zip_parts import Parts

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
# A cell that holds something, by the letters of its column and its row.
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr\s*=\s*["\']([A-Z]{1,3})([0-9]{1,7})["\'][^>]*(?<!/)>')
_OLE = b"\xd0\xcf\x11\xe0"


def read_sheets(path: str, wanted: str) -> tuple[list[tuple[str, list[list[str]]]], list[str]]:
    """The visible sheets, or the one wanted, as rows of texts, and the names of hidden ones.

    Raises InputError for what is no workbook, is encrypted or a bomb; MissingExtraError where the library is not there.
    """
    if find_spec("python_calamine") is None:
        raise MissingExtraError("python-calamine", "office", f"reading {path}")
    data = read_bytes(path)
    if not data.startswith(_OLE):
        _refuse_spans(path, Parts(path, "a workbook (.xlsx or .ods)", "an old Excel file (.xls)"))
    every, read = _read_apart(data, path, wanted)
    shown = {name for name, _ in read}
    if wanted and not read:
        raise InputError(f"{path}: has no sheet {wanted!r} (sheets: {', '.join(name for name, _ in every)})")
    return read, [name for name, visible in every if not visible and name not in shown]


def _read_apart(
    data: bytes, path: str, wanted: str
) -> tuple[list[tuple[str, bool]], list[tuple[str, list[list[str]]]]]:
    """What another process reads: where the library ends it for want of memory, this one tells so."""
    line = [sys.executable, "-P", str(Path(sheets.__file__)), wanted]
    done = subprocess.run(line, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise InputError(
            f"{path}: cannot be read with {sheets.MEMORY // 1024**3} GB of memory and {sheets.SECONDS} seconds of the "
            "processor; delete what stands far out, or split it"
        )
    first, *rest = map(json.loads, done.stdout.splitlines())
    if isinstance(first, str):
        raise InputError(f"{path}: is no workbook, or encrypted ({first}); open it and save it as .xlsx")
    return first, [(name, rows) for name, rows in rest]


def _refuse_spans(path: str, parts: Parts) -> None:
    """InputError where cells of a sheet are plainly so far apart that the library, which holds the empty ones between
    them too, would have no memory; what this does not see, and other formats, the other process is there for."""
    for name in parts.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            places = [(_column(found[1]), int(found[2])) for found in _CELL.finditer(parts.read(name))]
            wide, high = (max((place[side] for place in places), default=0) for side in (0, 1))
            _refuse_span(path, wide * high)
    if "content.xml" in parts:
        cells, characters = spread(parts.read("content.xml"))
        _refuse_span(path, cells)
        most = sheets.most_text(len(parts.data))
        if characters > most:
            raise InputError(
                f"{path}: a sheet has more than {most:,} characters once its repeated rows and columns are written "
                "out; delete the repetitions, or split it"
            )


def _refuse_span(path: str, cells: int) -> None:
    if cells > sheets.MOST_CELLS:
        raise InputError(f"{path}: a sheet spans more than {sheets.MOST_CELLS:,} cells; delete what stands far out")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
