"""Tables of a shard, written beside as Parquet."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from evalkit.errors import InputError
from evalkit.shards.records import CheckWork, Work
from evalkit.text.files import usable, write_bytes
from evalkit.text.turns import turn

_MARK = b"evalkit"  # where the metadata of a table say that evalkit wrote it, and what it holds
_AFTER = 8  # bytes: the length of a Parquet file's description, and the mark at its end
_BLOCK = 1 << 20


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """Within it no other process writes rows into the folder, from the look at what is there to the last part: each
    would find it empty, and the parts of both would be mixed. A folder that got none does not stay."""
    if not folder:
        yield
        return
    path = usable(folder)
    is_new = not path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"--rows {folder}: cannot be used ({problem.strerror})") from None
    with turn(path / "part"):
        try:
            yield
        finally:
            if is_new:
                with suppress(OSError):  # there are rows in it
                    path.rmdir()


def write(work: Work, tables: Sequence[Any]) -> None:
    """Writes tables of pyarrow as the file of a shard: the whole file or nothing."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.concat_tables(tables)
    stream = io.BytesIO()
    with pq.ParquetWriter(stream, table.schema, compression="zstd") as writer:
        writer.write_table(table)  # all of the data: what is written after it is their description alone
        mark = _mark(work, table.schema.names, table.num_rows, hashlib.sha256(stream.getbuffer()).hexdigest())
        writer.add_key_value_metadata({_MARK: mark})
    write_bytes(work.rows_file, stream.getvalue())


def is_of(work: Work) -> bool:
    """Whether what stands where the rows of a shard go are rows of the same systems, counted in the same way, as they
    were written: then they can be made again. Of another's table, or rows of another run, this is not known."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(work.rows_file) as file:
            schema, number = file.schema_arrow, file.metadata.num_rows
            told = (file.metadata.metadata or {}).get(_MARK)
            length = file.metadata.serialized_size
        return told == _mark(work, schema.names, number, _data(Path(work.rows_file), length))
    except (OSError, pa.ArrowException):
        return False


def _data(path: Path, description: int) -> str:
    """The hash of the data of a Parquet file, which stand before its description, the length of that, and a mark."""
    with path.open("rb") as stream:
        left = stream.seek(0, io.SEEK_END) - description - _AFTER
        stream.seek(0)
        made = hashlib.sha256()
        while left > 0 and (block := stream.read(min(left, _BLOCK))):
            made.update(block)
            left -= len(block)
    return made.hexdigest()


def digest(work: Work) -> str:
    """The hash of a shard's file as it is now; empty where there is none."""
    try:
        with Path(work.rows_file).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def remove_stale(work: Work) -> None:
    """Takes away what an earlier run has left of a shard that could not be counted: it would pass for this run's."""
    try:
        Path(work.rows_file).unlink(missing_ok=True)
    except OSError as problem:
        said = f"{work.rows_file}: is of an earlier run and cannot be removed ({problem.strerror}); remove it"
        raise InputError(said) from None


def _mark(work: Work, columns: Sequence[str], rows: int, data: str) -> bytes:
    """What the rows are of, without a path: the same command gives the same bytes anywhere."""
    kind = "findings" if isinstance(work, CheckWork) else "scores"
    of = {"rows": kind, "systems": work.names, "metrics": work.metrics, "lang": work.lang}
    return msgspec.json.encode({**of, "columns": list(columns), "number": rows, "data": data})
