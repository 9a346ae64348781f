"""One document of running text that was taken out of a file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from evalkit.errors import InputError
from evalkit.readers._sides import digest
from evalkit.records import Document


def extracted(text: str, path: str, data: bytes, lang: str, changed: str = "") -> tuple[Document, ...]:
    """The document; its places are of the text as it was taken out. InputError where there is none."""
    if not text.strip():
        raise InputError(f"{path}: holds no text; there is nothing to evaluate")
    digest(text, path)  # no lone surrogates
    note = "was taken out of the file: lines and columns are those of the text alone"
    return (
        Document(
            id="1",
            path=Path(path).as_posix(),
            text=text,
            sha256=hashlib.sha256(data).hexdigest(),
            lang=lang,
            changed="; ".join(filter(None, (note, changed))),
            extracted=True,
        ),
    )
