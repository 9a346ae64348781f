"""One document of running text that was taken out of a file."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from evalkit.errors import InputError
from evalkit.language.codes import is_registered
from evalkit.readers._sides import digest
from evalkit.records import Bitext, Document

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


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


def stating(documents: tuple[Document, ...], lang: str) -> tuple[Document, ...] | Bitext:
    """The documents with the language that their file states, where it is one."""
    lang = lang.strip()
    return Bitext(documents, lang=lang.replace("_", "-")) if _TAG.fullmatch(lang) and is_registered(lang) else documents
