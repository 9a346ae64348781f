"""Where the rows of a file stand, so that a reader can begin anywhere without reading what comes before."""

from __future__ import annotations

import codecs
from array import array
from collections.abc import Mapping
from typing import IO, Any, NamedTuple

from evalkit.errors import InputError, MissingExtraError
from evalkit.shards.files import check_text, opened
from evalkit.shards.records import FileKind, Span
from evalkit.text import strict_json

MARK = 1000  # rows between two places that are remembered: as many as a block has, and little to keep
_READ = 1 << 22  # bytes at a time: more is no faster
_NEWLINE = 10  # as a byte


class Index(NamedTuple):
    """The rows of one file. `marks` are the byte of every thousandth row, or the row at which each row group of a
    Parquet file starts; `fields` is the first row of a table. `blank`: lines of which none holds a text."""

    path: str
    kind: FileKind
    rows: int
    marks: array[int]
    header: tuple[str, ...] = ()
    fields: Mapping[str, object] = {}
    blank: bool = False

    def spans(self, first: int, end: int) -> list[Span]:
        """The rows from `first` to before `end`, in pieces that each begin at a mark."""
        if self.kind != "parquet":
            mark = first // MARK
            start, row = self.marks[mark], mark * MARK
            return [Span(self.path, self.kind, start, first - row, end - first, row, self.header)]
        found = []
        for group, row in enumerate(self.marks):
            stop = self.marks[group + 1] if group + 1 < len(self.marks) else self.rows
            a, b = max(first, row), min(end, stop)
            if a < b:
                found.append(Span(self.path, self.kind, group, a - row, b - a, row))
        return found


def index(path: str, kind: FileKind) -> Index:
    """The index of a file, which is read once for it; of a Parquet file only its end. Raises InputError where it is no
    file of its kind."""
    try:
        if kind == "parquet":
            return _of_parquet(path)
        start = check_text(path)
        with opened(path) as file:
            file.seek(start)
            return _of_lines(path, file, start) if kind == "lines" else _of_table(path, kind, file, start)
    except (InputError, MissingExtraError):
        raise
    except Exception as problem:  # file systems of fsspec raise errors of many packages
        reason = getattr(problem, "strerror", None) or problem
        raise InputError(f"{path}: cannot be read ({reason}); check path and permissions") from None


def _of_lines(path: str, file: IO[bytes], start: int) -> Index:
    import numpy as np

    marks, rows, at, last = array("q", [start]), 0, start, b"\n"
    decoder, blank = codecs.getincrementaldecoder("utf-8")("replace"), True
    while piece := file.read(_READ):
        ends = np.flatnonzero(np.frombuffer(piece, dtype=np.uint8) == _NEWLINE)
        # the newline that ends row k * MARK - 1 is before a mark
        marks.extend((ends[(-rows - 1) % MARK :: MARK] + at + 1).tolist())
        rows, at, last = rows + len(ends), at + len(piece), piece[-1:]
        blank = blank and not decoder.decode(piece).strip()
    if last != b"\n":  # the last line has no end; after a newline at the very end there is none
        rows += 1
    if not rows:
        raise InputError(f"{path}: the file is empty; there is nothing to evaluate")
    return Index(path, "lines", rows, marks, blank=blank)


def _of_table(path: str, kind: FileKind, file: IO[bytes], start: int) -> Index:
    header: tuple[str, ...] = ()
    if kind == "tsv":
        line = file.readline()
        header = tuple(text_of(line, f"{path}:1").rstrip("\r\n").split("\t"))
        twice = next((name for name in header if header.count(name) > 1), None)
        if twice is not None:
            raise InputError(f"{path}:1: the column {twice!r} stands twice; rename or remove one")
        start += len(line)
    marks, rows, at, first = array("q"), 0, start, b""
    for line in file:
        if not is_blank(line):
            if rows % MARK == 0:
                marks.append(at)
            first = first or line
            rows += 1
        at += len(line)
    if not rows:
        raise InputError(f"{path}: the table has no rows; there is nothing to evaluate")
    return Index(path, kind, rows, marks, header, fields_of(first, kind, header, path))


def _of_parquet(path: str) -> Index:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("pyarrow", "datasets", f"reading {path}") from None
    with opened(path) as stream, pq.ParquetFile(stream) as file:
        known = file.metadata
        sizes = [known.row_group(group).num_rows for group in range(known.num_row_groups)]
        fields: dict[str, object] = dict.fromkeys(file.schema_arrow.names, "")
    if not sum(sizes):
        raise InputError(f"{path}: the table has no rows; there is nothing to evaluate")
    marks = array("q", [sum(sizes[:group]) for group in range(len(sizes))])
    return Index(path, "parquet", sum(sizes), marks, (), fields)


def is_blank(line: bytes) -> bool:
    """Whether a line of a table is no row."""
    return not line.strip()


def text_of(line: bytes, where: str) -> str:
    """The characters of a line; InputError for what is none in UTF-8, and for NUL."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as problem:
        bad = line[problem.start]
        raise InputError(
            f"{where}: byte {problem.start} of the line (0x{bad:02x}) is not UTF-8; convert the file, for example: "
            "iconv -f WINDOWS-1252 -t UTF-8"
        ) from None
    if "\0" in text:
        raise InputError(f"{where}: NUL at character {text.index(chr(0))}; remove it")
    return text


def fields_of(line: bytes, kind: FileKind, header: tuple[str, ...], where: str) -> Mapping[str, Any]:
    """The values of a row of a TSV or JSONL file by their columns."""
    text = text_of(line, where).rstrip("\r\n")
    if kind == "tsv":
        values = text.split("\t")
        if len(values) != len(header) or "\r" in text:
            raise InputError(f"{where}: the row has another number of fields than the header")
        return dict(zip(header, values, strict=True))
    try:
        record = strict_json.parse(text)
    except ValueError as problem:
        raise InputError(f"{where}: not valid JSON ({problem}); one object per line") from None
    if not isinstance(record, dict):
        raise InputError(f"{where}: not an object; one object per line with `text`")
    return record
