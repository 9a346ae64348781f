"""What holds for every reader: documents with ids, rows inside the text, the same each time, and clear errors."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.plugins.protocols import Reader
from evalkit.records import Bitext, Document
from evalkit.run.bitexts import check_rows


def check_reader(reader: Reader, *, sample: str | Path | None = None, lang: str = "en") -> None:
    """A file that is not there is one clear error; `sample`, a file it takes, gives proper documents."""
    assert isinstance(reader.suffixes, tuple), "`suffixes` is a tuple of file endings"
    with tempfile.TemporaryDirectory() as folder:
        missing = str(Path(folder) / f"none{(reader.suffixes or ('.txt',))[0].strip('/:')}")
        try:
            reader.read(missing, lang)
        except EvalkitError:
            pass
        except Exception as problem:
            raise AssertionError(
                f"a missing file raises {type(problem).__name__}; raise evalkit.errors.InputError that names the file"
            ) from problem
        else:
            raise AssertionError("a file that is not there was read")
    if sample is None:
        return
    _check_empty(reader, Path(sample), lang)
    read = reader.read(str(sample), lang)
    assert reader.read(str(sample), lang) == read, "the same file has other documents the second time"
    bitext = read if isinstance(read, Bitext) else Bitext(tuple(read))
    check_rows(bitext, str(sample))
    assert bitext.target, "a file without documents is an InputError"
    for side in (bitext.target, bitext.source, bitext.reference):
        assert len({d.id for d in side}) == len(side), "two documents have one id"
        for document in side:
            _check_document(document)


def _check_empty(reader: Reader, sample: Path, lang: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / sample.name
        empty.write_bytes(b"")
        try:
            reader.read(str(empty), lang)
        except EvalkitError:
            return
        except Exception as problem:
            raise AssertionError(f"an empty file raises {type(problem).__name__}; raise InputError") from problem
    raise AssertionError("an empty file was read; a file without a text is an InputError")


def _check_document(document: Document) -> None:
    assert document.path, f"the document {document.id!r} has no path"
    size = len(hashlib.sha256().hexdigest())
    assert len(document.sha256) == size, f"the document {document.id!r}: no sha256: {document.sha256!r}"
    end, ids = 0, set()
    for row in document.rows or ():
        assert end <= row.start <= row.end <= len(document.text), f"row {row.id!r} is no place after the one before it"
        assert row.id not in ids, f"two rows of the document {document.id!r} have the id {row.id!r}"
        end = row.end
        ids.add(row.id)
