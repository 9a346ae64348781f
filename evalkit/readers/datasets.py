"""The `datasets` reader: Parquet and Arrow files, and data sets of a hub by name."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from evalkit.errors import InputError, MissingExtraError
from evalkit.readers._rows import TableRow, texts_from_rows
from evalkit.records import Bitext, Document, Side
from evalkit.text.files import LARGE, MOST_TIMES

_WIDE = 1 << 32  # code points that a row is given as a line: no text of one cell is longer


@dataclass(frozen=True)
class DatasetsReader:
    """Reads a Parquet or Arrow file, or `hub:NAME`, with a column `text`; `columns` as for other tables.

    `source` and `reference` are sides of their own where there are such columns (not with `sides=no`).
    The line of a finding is the row, its column the place in the text. `split` and `subset` choose a part of a hub's
    set. Only `hub:NAME` uses the network: a file is read by pyarrow alone. Rows are streamed, so nothing is left in a
    cache.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "datasets"
    suffixes: ClassVar[tuple[str, ...]] = (".parquet", ".arrow", "hub:")
    needs: ClassVar[tuple[str, ...]] = ("datasets", "pyarrow")
    extra: ClassVar[str] = "datasets"

    split: str = "train"
    subset: str | None = None
    sides: bool = True
    columns: str = ""

    def read(self, path: str, lang: str) -> tuple[Document, ...] | Bitext:
        """The documents in the order of their first rows; raises InputError for what cannot be read."""
        return self.read_for(path, lang, "candidate")

    def read_for(self, path: str, lang: str, side: Side) -> tuple[Document, ...] | Bitext:
        """As `read`, of a table given for a side."""
        lines = array("q", [0])
        rows = self._rows(path, lines)
        return texts_from_rows(rows, path, lang, sides=self.sides, columns=self.columns, side=side, lines=lines)

    def _rows(self, path: str, lines: array[int]) -> Iterator[TableRow]:
        rows = self._of_hub(path) if path.startswith("hub:") else _of_file(path)
        try:
            for number, record in enumerate(rows, 1):
                lines.append(number * _WIDE)
                yield TableRow(f"{path}, row {number}", record, partial(_place, number))
        except (InputError, MissingExtraError):
            raise
        except Exception as problem:  # the libraries raise errors of many packages for bad input
            reason = " ".join(str(problem).split())[:300]
            raise InputError(f"{path}: cannot be read as a data set: {reason}") from None

    def _of_hub(self, path: str) -> Iterator[dict[str, Any]]:
        try:
            import datasets
        except ImportError:
            raise MissingExtraError("datasets", "datasets", f"reading {path}") from None
        yield from datasets.load_dataset(path.removeprefix("hub:"), self.subset, split=self.split, streaming=True)


def _place(number: int, _column: str, _value: str) -> tuple[tuple[int, int]]:
    return ((0, (number - 1) * _WIDE),)


def _of_file(path: str) -> Iterator[dict[str, Any]]:
    if not Path(path).is_file():
        raise InputError(f"{path}: no such file; check the path")
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("pyarrow", "datasets", f"reading {path}") from None
    suffix = Path(path).suffix.lower()
    if suffix == ".parquet":
        with pq.ParquetFile(path) as file:
            yield from _bounded(file.iter_batches(), path)
    elif suffix == ".arrow":
        with pa.OSFile(path) as source:  # not mapped: a file cut while it is read would end the process
            try:
                batches: Any = pa.ipc.open_stream(source)
            except pa.ArrowInvalid:  # the other of Arrow's two layouts, which has an index at its end
                source.seek(0)
                opened = pa.ipc.open_file(source)
                batches = map(opened.get_batch, range(opened.num_record_batches))
            yield from _bounded(batches, path)
    else:
        raise InputError(
            f"{path}: the datasets reader takes .parquet, .arrow and hub:NAME; for other tables name `table`"
        )


def _bounded(batches: Iterable[Any], path: str) -> Iterator[dict[str, Any]]:
    """The rows of all batches; InputError where a small file holds more than fits: one text, said a million times."""
    size, most = 0, max(LARGE, MOST_TIMES * Path(path).stat().st_size)
    for batch in batches:
        size += batch.nbytes
        if size > most:
            raise InputError(f"{path}: unpacks to more than {most:,} bytes, {MOST_TIMES} times its size; split it")
        yield from _rows_of(batch)


def _rows_of(batch: Any) -> Iterator[dict[str, Any]]:
    """The rows of a batch, once its offsets and texts are known to lie inside it: the library takes a damaged file's
    word for them, and ends the process. Raises an error of the library's for others."""
    batch.validate(full=True)
    yield from batch.to_pylist()
