"""Tables as text: the rows of a table parted by commas or tabs, whatever the length of a cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any


def rows(text: str, **dialect: Any) -> Iterator[tuple[int, list[str]]]:
    """(line it ends in, cells) of every row, empty rows as no cells; raises csv.Error for what is no table."""
    reader = csv.reader(io.StringIO(text, newline=""), **dialect)
    for row in unlimited(reader, len(text)):
        yield reader.line_num, row


def unlimited(reader: Iterator[list[str]], longest: int) -> Iterator[list[str]]:
    """The rows of a reader of csv's, whose cells may be as long as `longest`.

    The module's limit for the length of a cell (131,072 characters) belongs to the whole process, so it is lifted
    only while a row is read.
    """
    while True:
        usual = csv.field_size_limit(longest + 1)
        try:
            row = next(reader, None)
        finally:
            csv.field_size_limit(usual)
        if row is None:
            return
        yield row
