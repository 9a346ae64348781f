"""The `markdown` reader: what a reader of the page sees, without code blocks, front matter and targets of links."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from evalkit.errors import InputError, MissingExtraError
from evalkit.readers._sides import line_starts
from evalkit.records import Document, Places
from evalkit.text.files import decode, read_bytes, without_mark

_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n.{0,100000}?^\1[ \t]*\r?$", re.DOTALL | re.MULTILINE)
# The library takes time that grows with the square of a block of brackets; no paragraph anybody wrote is as long.
_LONGEST_BLOCK = 5000


@dataclass(frozen=True)
class MarkdownReader:
    """Reads headings, paragraphs, list items and table cells, each a line of one document.

    Front matter, code blocks, HTML and the targets of links are left out; code within a sentence stays, as part of it.
    Places of findings are those of the file. `plain=yes` reads the file as it stands.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "markdown"
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown")
    needs: ClassVar[tuple[str, ...]] = ("markdown_it",)
    extra: ClassVar[str] = "markdown"

    plain: bool = False

    def read(self, path: str, lang: str) -> tuple[Document, ...]:
        """The one document; raises InputError where there is no text."""
        data = read_bytes(path)
        text = decode(data, path)
        said = [changed] if (changed := without_mark(data)) else []
        whole, places = (text, None) if self.plain else _prose(text, path, said)
        if not whole.strip():
            raise InputError(f"{path}: holds no text; there is nothing to evaluate")
        digest = hashlib.sha256(data).hexdigest()
        shown = Path(path).as_posix()
        return (Document("1", shown, whole, digest, lang, changed="; ".join(said), places=places),)


def _prose(text: str, path: str, said: list[str]) -> tuple[str, Places]:
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise MissingExtraError("markdown-it-py", "markdown", f"reading {path}") from None
    text = re.sub(r"\r(?!\n)", "\n", text)  # as the library reads them: a line ends with any of the three
    lines = line_starts(text)
    front = _FRONT.match(text)
    masked = re.sub(r"[^\r\n]", " ", front[0]) + text[front.end() :] if front else text
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("inline")
    known: dict[str, Any] = {}  # the targets of links that are stated apart
    tokens = parser.parse(masked, known)
    starts, offsets = array("q"), array("q")
    made: list[str] = []
    size = 0
    left_out = bool(front)
    for token in tokens:
        left_out = left_out or token.type in ("fence", "code_block", "html_block")
        if token.type != "inline" or not token.map:
            continue
        inner: list[Any] = []
        if len(token.content) <= _LONGEST_BLOCK:
            parser.inline.parse(token.content, parser, known, inner)
        pieces = list(_placed(inner, token.content, masked, _after(offsets, token, lines)))
        if not any(piece.strip() for piece, _ in pieces):
            continue
        for piece, at in pieces:
            starts.append(size)
            offsets.append(at)
            size += len(piece)
        size += 1
        made.append("".join(piece for piece, _ in pieces))
    if left_out:
        said.append("holds code, HTML or front matter that was left out")
    return "\n".join(made) + "\n" if made else "", Places(starts, offsets, lines)


def _after(offsets: Sequence[int], token: Any, lines: Sequence[int]) -> int:
    """Where to look for a block: its first line, or behind what stands before it there (a cell of the same row)."""
    first: int = lines[token.map[0]]
    return max(first, offsets[-1] + 1) if offsets and offsets[-1] >= first else first


def _placed(inner: Sequence[Any], content: str, text: str, at: int) -> Iterator[tuple[str, int]]:
    """The pieces of a block's text with their places: each is looked for behind the one before."""
    if not inner:
        for line in content.split("\n"):
            found = text.find(line, at)
            at = found if found >= 0 else at
            yield line + "\n", at
            at += len(line)
    for child in inner:
        if child.type in ("softbreak", "hardbreak"):
            found = text.find("\n", at)
            yield "\n", found if found >= 0 else at
            at = found + 1 if found >= 0 else at
            continue
        content = child.content if child.type in ("text", "code_inline", "image", "text_special") else ""
        if child.type == "html_inline":
            found = text.find(child.content, at)
            at = found + len(child.content) if found >= 0 else at
        if content:
            found = text.find(content, at)
            at = found if found >= 0 else at
            yield content, at
            at += len(content) if found >= 0 else 0
