"""The plain text reader: one UTF-8 file is one document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.records import Document, LeftOut
from evalkit.text.files import decode, read_bytes, without_mark


@dataclass(frozen=True)
class TextReader:
    """Reads one UTF-8 text file (or `-`, standard input; `.gz` is unpacked) as one document.

    Newlines and Unicode form stay as they are, so offsets hold in the file; a byte order mark is
    removed. With `boilerplate` page furniture is left out of the evaluation, each line recorded.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "text"
    suffixes: ClassVar[tuple[str, ...]] = ("", ".txt", ".text")

    boilerplate: bool = False

    def read(self, path: str, lang: str) -> tuple[Document, ...]:
        """The one document; its id is `1`. Raises InputError for anything but non-empty UTF-8."""
        data = read_bytes(path)
        text = decode(data, path)
        if not text or text.isspace():
            raise InputError(f"{path}: the file is empty; there is nothing to evaluate")
        left_out = _furniture(text, path) if self.boilerplate else ()
        return (
            Document(
                id="1",
                path=Path(path).as_posix(),
                text=text,
                sha256=hashlib.sha256(data).hexdigest(),
                lang=lang,
                left_out=left_out,
                changed=without_mark(data),
            ),
        )


def _furniture(text: str, path: str) -> tuple[LeftOut, ...]:
    """The lines of page furniture; InputError where there are no others."""
    from evalkit.language import boilerplate

    left_out = boilerplate.find(text, "1")
    if not boilerplate.without(text, left_out).strip():
        raise InputError(f"{path}: nothing but page furniture; read it without `boilerplate`")
    return left_out
