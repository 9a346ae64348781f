"""The `datasets` reader: Parquet files, and data sets of a hub by name, through Hugging Face datasets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from evalkit.errors import InputError, MissingExtraError
from evalkit.readers._rows import TableRow, documents_from_rows
from evalkit.records import Document

_BUILDERS = {".parquet": "parquet", ".jsonl": "json", ".json": "json", ".csv": "csv", ".arrow": "arrow"}


@dataclass(frozen=True)
class DatasetsReader:
    """Reads a Parquet, Arrow, JSONL or CSV file, or `hub:NAME`, with the columns `doc` and `text`.

    `split` and `subset` choose a part of the set. Only `hub:NAME` uses the network. Rows are
    streamed, so nothing is left in a cache; columns are mapped by renaming them in the data set.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "datasets"
    suffixes: ClassVar[tuple[str, ...]] = (".parquet", ".arrow", "hub:")

    split: str = "train"
    subset: str | None = None

    def read(self, path: str, lang: str) -> tuple[Document, ...]:
        """The documents in the order of their first rows; raises InputError for what cannot be read."""
        return documents_from_rows(self._rows(path), path, lang)

    def _rows(self, path: str) -> Iterator[TableRow]:
        local = not path.startswith("hub:")
        if local and not Path(path).is_file():
            raise InputError(f"{path}: no such file; check the path")
        if local:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        try:
            import datasets
        except ImportError:
            raise MissingExtraError("datasets", "datasets", f"reading {path}") from None
        try:
            for number, record in enumerate(self._load(datasets, path, local), 1):
                yield TableRow(f"{path}, row {number}", record)
        except InputError:
            raise
        except Exception as problem:  # the library raises errors of many packages for bad input
            reason = " ".join(str(problem).split())[:300]
            raise InputError(f"{path}: cannot be read as a data set: {reason}") from None

    def _load(self, datasets: Any, path: str, local: bool) -> Any:
        if not local:
            name = path.removeprefix("hub:")
            return datasets.load_dataset(name, self.subset, split=self.split, streaming=True)
        builder = _BUILDERS.get(Path(path).suffix)
        if builder is None:
            raise InputError(f"{path}: the datasets reader takes {', '.join(sorted(_BUILDERS))} and hub:NAME")
        return datasets.load_dataset(builder, data_files=path, split="train", streaming=True)
