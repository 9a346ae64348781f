"""Workbooks (XLSX, XLS, ODS) as rows of texts: opened as untrusted data."""

from __future__ import annotations

import datetime
import re
from typing import Any

from evalkit.errors import InputError, MissingExtraError
from evalkit.text.files import read_bytes
from evalkit.text.zip_parts import MAX_UNPACKED, Parts

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_MOST_CELLS = MAX_UNPACKED // 16
# A cell that holds something, by the letters of its column and its row.
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr\s*=\s*["\']([A-Z]{1,3})([0-9]{1,7})["\'][^>]*(?<!/)>')
_OLE = b"\xd0\xcf\x11\xe0"


def read_sheets(path: str, wanted: str) -> tuple[list[tuple[str, list[list[str]]]], list[str]]:
    """The visible sheets, or the one wanted, as rows of texts, and the names of hidden ones.

    Raises InputError for what is no workbook, is encrypted or a bomb; MissingExtraError where the library is not there.
    """
    try:
        import python_calamine
    except ImportError:
        raise MissingExtraError("python-calamine", "office", f"reading {path}") from None
    import io

    data = read_bytes(path)
    if not data.startswith(_OLE):
        _refuse_spans(path, Parts(path, "a workbook (.xlsx or .ods)", "an old Excel file (.xls)"))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        every = [(s.name, str(s.visible).rpartition(".")[2].lower() == "visible") for s in book.sheets_metadata]
        shown = [name for name, visible in every if (name == wanted if wanted else visible)]
        read = [(name, _texts(book.get_sheet_by_name(name), path)) for name in shown]
    except InputError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # a panic of the library's is no Exception
        said = " ".join(str(problem).split())[:200]
        raise InputError(f"{path}: is no workbook, or encrypted ({said}); open it and save it as .xlsx") from None
    if wanted and not read:
        raise InputError(f"{path}: has no sheet {wanted!r} (sheets: {', '.join(name for name, _ in every)})")
    return read, [name for name, visible in every if not visible and name not in shown]


def _refuse_spans(path: str, parts: Parts) -> None:
    """InputError where the cells of a sheet stand so far apart that the library, which holds the empty ones between
    them too, would ask for more memory than there is and end the program."""
    for name in parts.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            places = [(_column(found[1]), int(found[2])) for found in _CELL.finditer(parts.read(name))]
            wide, high = (max((place[side] for place in places), default=0) for side in (0, 1))
            if wide * high > _MOST_CELLS:
                raise InputError(f"{path}: a sheet spans more than {_MOST_CELLS:,} cells; delete what stands far out")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _texts(sheet: Any, path: str) -> list[list[str]]:
    """The cells of a sheet as texts, from its first row on; InputError where it is a bomb."""
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise InputError(f"{path}: its sheet {sheet.name!r} spans more than {_MOST_CELLS:,} cells; split it")
    return [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)
