"""The `pdf` reader: the text of a PDF, its line ends and running heads mended."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import InputError, MissingExtraError
from evalkit.readers._plain import extracted
from evalkit.records import Document
from evalkit.text.files import read_bytes

# The longest books; a page takes 30 ms, and a bomb of a page may hold anything.
_MAX_PAGES = 3000
_MAX_CHARACTERS = 50_000_000
_EDGE = 3  # lines at the top and bottom of a page that may be running heads
_LEAST_PAGES = 3  # a head runs over at least so many pages ...
_LEAST_SHARE = 0.4  # ... and this share of them: left and right pages have heads of their own
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")


@dataclass(frozen=True)
class PdfReader:
    """Reads the pages in order. Lines that stand at the edge of many pages (heads, page numbers) are left out, words
    parted at a line end are joined, and it is said.

    Places of findings are of the text taken out; a PDF of scanned pages has none and is refused.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "pdf"
    suffixes: ClassVar[tuple[str, ...]] = (".pdf",)
    needs: ClassVar[tuple[str, ...]] = ("pypdf",)
    extra: ClassVar[str] = "pdf"
    starts: ClassVar[tuple[bytes, ...]] = (b"%PDF-",)

    heads: bool = False

    def read(self, path: str, lang: str) -> tuple[Document, ...]:
        """The one document; raises InputError for what is damaged, encrypted, or holds no text."""
        data = read_bytes(path)
        pages = [page.split("\n") for page in _pages(data, path)]
        running = frozenset() if self.heads else _running(pages)
        kept, gone = [], 0
        for lines in pages:
            last = len(lines) - 1
            mine = [
                line.rstrip()
                for k, line in enumerate(lines)
                if not (min(k, last - k) < _EDGE and _shape(line) in running and line.strip())
            ]
            gone += len(lines) - len(mine)
            kept.append("\n".join(mine).strip("\n"))
        text = _HYPHENATED.sub("", "\n".join(filter(None, kept)))
        said = f"{gone} lines at the edges of pages were left out" if gone else ""
        if not text.strip():
            raise InputError(f"{path}: holds no text, perhaps scanned pages; recognise the text first (OCR)")
        return extracted(text + "\n", path, data, lang, said)


def _pages(data: bytes, path: str) -> list[str]:
    try:
        import pypdf
    except ImportError:
        raise MissingExtraError("pypdf", "pdf", f"reading {path}") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends is no news to the user
    pages: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{path}: is encrypted; take the password off")
        if len(reader.pages) > _MAX_PAGES:
            raise InputError(f"{path}: has more than {_MAX_PAGES} pages; split it")
        size = 0
        for page in reader.pages:
            pages.append(page.extract_text().encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
            size += len(pages[-1])
            if size > _MAX_CHARACTERS:
                raise InputError(f"{path}: holds more than {_MAX_CHARACTERS} characters; split it")
    except InputError:
        raise
    except Exception as problem:  # the library raises errors of many kinds for damaged files
        said = " ".join(str(problem).split())[:200]
        raise InputError(f"{path}: is damaged, or no PDF ({said or type(problem).__name__}); print it anew") from None
    return pages


def _shape(line: str) -> str:
    """A line with its numbers alike, so that `Page 3` is `Page 4`."""
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """The lines at the edges of pages that stand there on many of them."""
    if len(pages) < _LEAST_PAGES:
        return frozenset()
    found: Counter[str] = Counter()
    for lines in pages:
        found.update({_shape(line) for line in (*lines[:_EDGE], *lines[-_EDGE:]) if line.strip()})
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    return frozenset(shape for shape, number in found.items() if number >= least)
