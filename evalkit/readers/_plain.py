"""One document of running text that was taken out of a file."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from evalkit.errors import InputError
from evalkit.language.codes import is_registered
from evalkit.readers._sides import digest
from evalkit.records import Bitext, Document

_NO_LANGUAGE = ("mis", "mul", "und", "zxx")  # what files write for none, several or not known
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
    lang = lang.strip().replace("_", "-")
    known = _TAG.fullmatch(lang) and is_registered(lang) and lang.lower() not in _NO_LANGUAGE
    return Bitext(documents, lang=lang) if known else documents


def most_of(tags: Mapping[str, int]) -> str:
    """The language of more than half of a text, by the characters that are marked as each; "" where there is none."""
    whole = Counter[str]()
    for tag, number in tags.items():
        whole[tag.partition("-")[0].lower()] += number
    most, number = max(whole.items(), key=lambda item: item[1], default=("", 0))
    if 2 * number <= whole.total():
        return ""
    return max((tag for tag in tags if tag.partition("-")[0].lower() == most), key=lambda tag: tags[tag])
