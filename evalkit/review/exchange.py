"""Review sheets as files: workbooks, CSV and XLIFF, written and read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evalkit.errors import ConfigError, InputError, MissingExtraError
from evalkit.plugins import Registry
from evalkit.records import json as jsonio
from evalkit.records.result import Result
from evalkit.review import xliff
from evalkit.review.sheet import COLUMNS, Reviewed, reviewed, rows_of
from evalkit.text.cells import rows as cells_of
from evalkit.text.files import read_bytes, read_text
from evalkit.text.visible import visible

FORMATS = (".xlsx", ".csv", ".xlf")
# What a spreadsheet takes for a formula when it opens a CSV file, those of full width too; with an apostrophe before
# them it does not, and reading takes the apostrophe away.
_ACTING = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_APOSTROPHE = "'"


def ending_of(path: str | Path) -> str:
    """The format that a file's ending names; ConfigError for any other."""
    ending = Path(path).suffix.lower()
    ending = ".xlf" if ending == ".xliff" else ending
    if ending not in FORMATS:
        raise ConfigError(f"{path}: a review is a file that ends in {', '.join(FORMATS)}")
    return ending


def exported(result: Result, ending: str) -> bytes:
    """The findings of a result to review, as the bytes of a file with one of `FORMATS` as its ending."""
    if ending == ".xlsx":
        renderer: Any = Registry().make("renderer", "xlsx")
        return bytes(renderer.render_file(jsonio.seen(result)))
    if ending == ".xlf":
        return xliff.written(result).encode("utf-8")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in row] for row in rows_of(result))
    return text.getvalue().encode("utf-8-sig")


def imported(path: str | Path, who: str = "") -> Reviewed:
    """The verdicts of a reviewed file; `who` is the reviewer where the file does not name one."""
    ending = ending_of(path)
    if ending == ".xlf":
        return xliff.read(path, who)
    rows = _of_workbook(path) if ending == ".xlsx" else _of_csv(path)
    return reviewed(rows, who, str(path))


def _guarded(cell: str) -> str:
    shown = visible(cell)
    return _APOSTROPHE + shown if shown.startswith((*_ACTING, _APOSTROPHE)) else shown


def _of_csv(path: str | Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    text = read_text(path).removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)  # a spreadsheet saves with the semicolon in many countries
    try:
        table = list(cells_of(text, delimiter=delimiter))
    except csv.Error as problem:
        raise InputError(f"{path}: is no CSV table ({problem}); save it as CSV again") from None
    head = [name.strip() for name in table[0][1]] if table else []
    for line, row in table[1:]:
        if any(cell.strip() for cell in row):
            yield f"{path}:{line}", dict(zip(head, map(_unguarded, row), strict=False))


def _unguarded(cell: str) -> str:
    rest = cell.removeprefix(_APOSTROPHE)
    return rest if rest.startswith((*_ACTING, _APOSTROPHE)) else cell


def _of_workbook(path: str | Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    try:
        import python_calamine
    except ImportError:
        raise MissingExtraError("python-calamine", "office", f"reading {path}") from None
    data = read_bytes(path)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        name = "Findings" if "Findings" in book.sheet_names else book.sheet_names[0]
        table = book.get_sheet_by_name(name).to_python()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # a panic of the library's is no Exception
        said = " ".join(str(problem).split())[:200]
        raise InputError(f"{path}: is no workbook, or encrypted ({said}); save it as .xlsx") from None
    head = [str(name).strip() for name in table[0]] if table else []
    for number, row in enumerate(table[1:], 2):
        if any(str(cell).strip() for cell in row):
            yield f"{path}, row {number}", dict(zip(head, map(str, row), strict=False))
