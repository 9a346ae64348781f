"""After step one: words that were broken at the end of a line are whole, and marks of quoted mail are gone, where texts
are aligned and not lines."""

from __future__ import annotations

from msgspec.structs import replace

from evalkit.plugins.protocols import Segmenter
from evalkit.records import Document, DocumentSet, Failure
from evalkit.run.read import Inputs
from evalkit.text.hyphens import mended
from evalkit.text.quoted_lines import unquoted


def with_mended_texts(inputs: Inputs, segmenter: Segmenter) -> Inputs:
    """The inputs with the words of running texts whole and their lines without marks of mail; `failures` say where.

    Rows and lines that are scored as they stand are left alone, and texts of which lines were left out. Every other
    character stays where it stood.
    """
    if getattr(segmenter, "keeps_lines", False):
        return inputs
    said: list[Failure] = []

    def whole(side: DocumentSet) -> DocumentSet:
        documents = tuple(_document(document, side, said) for document in side.documents)
        return side if not said or documents == side.documents else replace(side, documents=documents)

    references, candidates = tuple(map(whole, inputs.references)), tuple(map(whole, inputs.candidates))
    source = whole(inputs.source) if inputs.source else None
    if not said:
        return inputs
    return replace(
        inputs, references=references, candidates=candidates, source=source, failures=(*inputs.failures, *said)
    )


def _document(document: Document, side: DocumentSet, said: list[Failure]) -> Document:
    if document.rows is not None or document.left_out:
        return document
    bare = unquoted(document.text)
    found = mended(bare.text)
    changes = []
    if bare.lines:
        changes.append(f"{bare.lines} lines quoted as in mail read without their marks (>)")
    if found.words:
        changes.append(
            f"{found.words} {'word' if found.words == 1 else 'words'} broken at the end of a line made whole"
        )
    if not changes:
        return document
    name = side.name if side.side == "candidate" else ""
    where = f"document {document.id!r} of {side.side} {side.name!r}"
    said.append(Failure("read", "", name, "", f"{where}: {'; '.join(changes)}"))
    return replace(document, text=found.text, broken=bare.text if found.words else "")
