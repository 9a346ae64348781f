"""The `html` reader: the main text of a web page, or all of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from evalkit.errors import InputError, MissingExtraError
from evalkit.readers._plain import extracted, stating
from evalkit.records import Bitext, Document
from evalkit.text.charsets import decode_named
from evalkit.text.files import decode, read_bytes

_MAX_BYTES = 32 * 1024**2  # the longest pages there are have a few MB; the tree of one takes ten times as much
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_NO_TEXT = "script, style, template, noscript, head, svg, math, iframe, object, select, textarea, button"
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td
    tfoot th thead title tr ul""".split()  # noqa: SIM905 - a list of them is a line of 400 characters
)


# The time of the parser grows as the square of the depth, a second here; browsers stop at 512.
_DEEPEST = 10_000
_LANG = re.compile(r"<html\b[^>]{0,1000}?\s(?:xml:)?lang\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_HEAD = 10_000  # characters in which it stands: comments and conditions of old browsers go before it
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements whose end is often left out, or that have none: of these many stand open in pages that are not deep.
_LEFT_OPEN = frozenset(
    """area base br col colgroup dd dt embed hr img input li link meta option p param source tbody td tfoot th thead tr
    track wbr""".split()  # noqa: SIM905 - as above
)


@dataclass(frozen=True)
class HtmlReader:
    """Reads a saved page: with `main=yes` its main text, with `main=no` all that a browser shows.

    `main=auto`, the default, takes the main text where one is found, else all, and says which. Each block is a line.
    Places of findings are of the text taken out.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "html"
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")
    needs: ClassVar[tuple[str, ...]] = ("trafilatura", "selectolax")
    extra: ClassVar[str] = "html"
    looks: ClassVar[str] = (
        r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!DOCTYPE\s+html\b|<html[\s>]|<head[\s>]|<body[\s>])"
    )

    main: Literal["auto", "yes", "no"] = "auto"

    def read(self, path: str, lang: str) -> tuple[Document, ...] | Bitext:
        """The one document, with the language that the page states; raises InputError where there is no text."""
        data = read_bytes(path)
        if len(data) > _MAX_BYTES:
            raise InputError(f"{path}: larger than {_MAX_BYTES // 1024**2} MB; split the page")
        page = _decoded(data, path)
        if page.lstrip().startswith("<?xml"):  # parsers of HTML take a text with an encoding for bytes
            page = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", page)
        if _depth(page) > _DEEPEST:
            raise InputError(f"{path}: its elements are nested more than {_DEEPEST:,} deep; is it damaged?")
        text = _main(page, path) if self.main != "no" else ""
        if self.main == "yes" and not text.strip():
            raise InputError(f"{path}: no main text was found; read all of the page with html(main=no)")
        if text.strip():
            text = "".join(f"{line}\n" for line in _titles(page, path, text)) + text
            found = extracted(text, path, data, lang, "menus and what else is not the main text were left out")
        else:
            whole = "\n".join(_whole(page, path))
            found = extracted(whole, path, data, lang, "all of the page was read, its menus too")
        stated = _LANG.search(page[:_HEAD])
        return stating(found, stated[1] if stated else "")


def _decoded(data: bytes, path: str) -> str:
    """The page's text: by its byte order mark, else as it says, else as UTF-8."""
    declared = None if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) else _CHARSET.search(data[:4096])
    name = declared[1].decode().lower() if declared else "utf-8"
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(name, name)  # as browsers do
    if name in ("utf-8", "utf8") or name.startswith("utf-16"):
        return decode(data, path)
    try:
        return decode_named(data, name, "replace" if name == "cp1252" else "strict")
    except (LookupError, ValueError):
        raise InputError(f"{path}: is not in its own charset {name}; save the page as UTF-8") from None


def _depth(page: str) -> int:
    """How many elements stand open at once, at most, by the tags alone."""
    deepest = depth = 0
    for closing, name in _TAG.findall(page):
        if name.lower() not in _LEFT_OPEN:
            depth = max(depth - 1, 0) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _main(page: str, path: str) -> str:
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError("trafilatura", "html", f"reading {path}") from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is read whole, and said
    try:
        found = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    except Exception:  # what the library cannot read has no main text; the whole of it is read then
        return ""
    return "".join(f"{line}\n" for line in _without_pipes(found or ""))


def _titles(page: str, path: str, text: str) -> list[str]:
    """The headings of the first rank that the main text lacks, but those of menus and margins: the page's title is
    taken for no text where the site's own name may stand as well."""
    tree = _tree(page, path, f"{_NO_TEXT}, nav, footer, aside")
    there = set(map(" ".join, map(str.split, text.splitlines())))
    found = (" ".join(node.text().split()) for node in tree.css("h1"))
    return [title for title in dict.fromkeys(found) if title and title not in there]


def _without_pipes(text: str) -> Iterator[str]:
    """The lines of the text; the cells of a table, which the library puts between pipes, each a line."""
    for line in text.split("\n"):
        if not line.startswith("|"):
            yield line
        elif not re.fullmatch(r"[|\s:-]+", line):
            yield from filter(None, (cell.strip() for cell in line.split("|")))


def _whole(page: str, path: str) -> Iterator[str]:
    """The blocks of the page that hold text, white space as a browser shows it."""
    tree = _tree(page, path, _NO_TEXT)
    line: list[str] = []
    for text, breaks in _pieces(tree.body):
        if breaks and line:
            yield from _shown(line)
            line = []
        line.append(text)
    yield from _shown(line)


def _tree(page: str, path: str, without: str) -> Any:
    """The page's tree without the elements that a selector names."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise MissingExtraError("selectolax", "html", f"reading {path}") from None
    tree = LexborHTMLParser(page)
    for node in tree.css(without):
        node.decompose()
    return tree


def _shown(line: list[str]) -> Iterator[str]:
    text = " ".join("".join(line).split())
    if text:
        yield text


def _pieces(body: Any) -> Iterator[tuple[str, bool]]:
    """Texts in order, and for each block an empty one that breaks the line."""
    stack: list[tuple[Any, bool]] = [(body, False)] if body is not None else []
    while stack:
        node, closing = stack.pop()
        block = node.tag in _BLOCKS
        if closing or block:
            yield "", True
        if closing:
            continue
        if node.tag == "-text":
            yield node.text_content or "", False
            continue
        if block:
            stack.append((node, True))
        children = list(node.iter(include_text=True))
        stack.extend((child, False) for child in reversed(children))
