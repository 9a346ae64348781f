"""The folder reader: every file below a folder is a document, its id the path from the folder."""

from __future__ import annotations

import hashlib
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
    are named at once. Links that lead out of the folder are refused.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "folder"
    suffixes: ClassVar[tuple[str, ...]] = ("/",)

    boilerplate: bool = False

    def files(self, path: str) -> dict[str, str]:
        """The path of each file by its id, in the order of the ids; InputError for links that lead out."""
        root = Path(path)
        found, problems = {}, []
        for file in sorted(root.rglob("*"), key=lambda f: f.relative_to(root).as_posix()):
            name = file.relative_to(root).as_posix()
            if not file.is_file() or any(part.startswith(".") for part in Path(name).parts):
                continue
            if not resolved(file).is_relative_to(resolved(root)):
                problems.append(f"{file}: a link that leads out of the folder; copy the file instead")
                continue
            found[name] = str(file)
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
            raise InputError(f"{file}: this is no running text but {found}, which no reader takes")
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
