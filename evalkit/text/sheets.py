"""Reads a workbook in a process of its own: standard input is the file, standard output a line of JSON a sheet.

The library holds the empty cells between two that stand far apart, and ends the whole program where there is no memory
for them. So this file is run alone (`evalkit.text.workbook`), and imports nothing of this package.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from typing import Any

MEMORY = 4 * 1024**3  # the most cells there may be take half of it
SECONDS = 120  # of the processor: the most cells there may be take three
MOST_CELLS = 16 * 1024**2
# Characters of all cells together: one long text that a million cells share is small in the file alone.
MOST_TEXT = 256 * 1024**2
# And of less from a small file: a row that is said to be repeated takes no room in it.
LARGE, MOST_TIMES = 16 * 1024**2, 200


def sheets(data: bytes, wanted: str) -> tuple[list[tuple[str, bool]], list[tuple[str, list[list[str]]]]]:
    """The names of all sheets and whether they are seen, and the rows of the visible ones, or of the one wanted.

    Raises MemoryError where a sheet has too many cells, or all of them too much text.
    """
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    every = [(s.name, str(s.visible).rpartition(".")[2].lower() == "visible") for s in book.sheets_metadata]
    shown = [name for name, visible in every if (name == wanted if wanted else visible)]
    read, size = [], 0
    most = most_text(len(data))
    for name in shown:
        rows = _texts(book.get_sheet_by_name(name), most - size)
        size += sum(len(cell) for row in rows for cell in row)
        read.append((name, rows))
    return every, read


def most_text(size: int) -> int:
    """The most characters of a file of so many bytes."""
    return min(MOST_TEXT, max(LARGE, MOST_TIMES * size))


def _texts(sheet: Any, most: int) -> list[list[str]]:
    """The cells of a sheet as texts, from its first row on."""
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise MemoryError
    rows = []
    for row in sheet.to_python(skip_empty_area=False):
        rows.append([_text(value) for value in row])
        most -= sum(map(len, rows[-1]))
        if most < 0:
            raise MemoryError
    return rows


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)


def _bounded() -> None:
    """So much memory and time and no more, and no image of a process that ends."""
    try:
        import resource
    except ImportError:  # Windows gives no memory that is not there
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> None:
    _bounded()
    try:
        every, read = sheets(sys.stdin.buffer.read(), sys.argv[1])
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as problem:  # a panic of the library's is no Exception
        print(json.dumps(" ".join(str(problem).split())[:200]))
        return
    print(json.dumps(every))
    for sheet in read:
        print(json.dumps(sheet))


if __name__ == "__main__":
    main()
