"""The folder reader: every file below a folder is a document, its id the path from the folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evalkit.errors import InputError, all_problems
from evalkit.language import boilerplate
from evalkit.records import Document
from evalkit.text.files import decode, read_bytes, resolved, without_mark
from evalkit.text.markup import markup

_HEAD = 8192  # characters that tell markup


@dataclass(frozen=True)
class FolderReader:
    """Reads all files below a folder (hidden ones excepted): texts as one document each, others by their readers.

    An empty file is an empty document, which scores as such. A file that no reader takes is an error; all such files
    are named at once. Refused are links that lead out of the folder, to a folder or to nothing, folders that may not
    be looked into, and what is no file (a pipe): their texts would be left out without a word.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "folder"
    suffixes: ClassVar[tuple[str, ...]] = ("/",)

    boilerplate: bool = False

    def files(self, path: str) -> dict[str, str]:
        """The path of each file by its id, in the order of the ids; InputError for what cannot be taken for a text."""
        root = Path(path)
        found, problems = {}, list[str]()
        inside = resolved(root)
        for file in sorted(_below(root, problems), key=lambda f: f.relative_to(root).as_posix()):
            if why := _no_file(file, inside):
                problems.append(f"{file}: {why}")
            else:
                found[file.relative_to(root).as_posix()] = str(file)
        if problems:
            raise InputError(all_problems(f"{path}: files that cannot be used", problems))
        if not found:
            raise InputError(f"{path}: the folder holds no text files; give a file or a folder of texts")
        return found

    def document(self, name: str, file: str, lang: str) -> Document:
        """A text file as the document of an id; raises InputError for what is no UTF-8 text."""
        data = read_bytes(file)
        text = decode(data, file)
        if found := markup(text[:_HEAD]):
            raise InputError(f"{file}: this is not running text but {found}, which no reader can read")
        left_out = boilerplate.find(text, name) if self.boilerplate else ()
        digest = hashlib.sha256(data).hexdigest()
        return Document(name, Path(file).as_posix(), text, digest, lang, left_out=left_out, changed=without_mark(data))

    def read(self, path: str, lang: str) -> tuple[Document, ...]:
        """The texts, whatever the endings of their files; raises InputError where one is none."""
        documents, problems = [], []
        for name, file in self.files(path).items():
            try:
                documents.append(self.document(name, file, lang))
            except InputError as problem:
                problems.append(str(problem))
        if problems:
            raise InputError(all_problems(f"{path}: files that cannot be used", problems))
        return tuple(documents)


def _below(root: Path, problems: list[str]) -> Iterator[Path]:
    """All that stands below a folder and is no folder, hidden ones and what is in them excepted. The problems get the
    folders that the system does not list."""

    def unlisted(problem: OSError) -> None:
        problems.append(f"{problem.filename}: cannot be looked into ({problem.strerror}); check its permissions")

    for place, folders, files in os.walk(root, onerror=unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in (*files, *links) if not name.startswith("."))


def _no_file(file: Path, inside: Path) -> str:
    """Why what stands in a folder is no text of it; empty for one that is."""
    if not resolved(file).is_relative_to(inside):
        return "a link that leads out of the folder; copy what it leads to instead"
    if file.is_dir():
        return "a link to a folder; name the folder itself, or copy it"
    if not file.is_file():
        return "a link that leads nowhere; remove it" if file.is_symlink() else "no file that can be read; remove it"
    return ""
