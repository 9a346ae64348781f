"""Tables of a shard, written beside as Parquet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from evalkit.text.files import write_bytes


def write(path: str, tables: Sequence[Any]) -> None:
    """Writes tables of pyarrow as one file: the whole file or nothing."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.concat_tables(tables), stream, compression="zstd")
    write_bytes(path, stream.getvalue())
