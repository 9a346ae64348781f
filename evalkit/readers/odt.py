"""The `odt` reader: the text of an OpenDocument file, as LibreOffice writes it, paragraph by paragraph."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.readers._plain import extracted, most_of, stating
from evalkit.records import Bitext, Document
from evalkit.text.words import count_unspaced
from evalkit.text.xml_stream import Node, decode_xml, stream
from evalkit.text.zip_parts import Parts

_LINES = ("p", "h")
# White space that the file means, by characters that stand for nothing, until that of its layout is one space.
_MEANT = {"s": "\ufdd0", "tab": "\ufdd1", "line-break": "\ufdd2"}
_AS_MEANT = str.maketrans({"\ufdd0": " ", "\ufdd1": "\t", "\ufdd2": "\n"})
_MOST_SPACES = 1000  # of one element: no line is so wide
_LAYOUT = re.compile(r"[ \t\r\n]+")
# What a paragraph may hold that is no text of it: remarks, signs of notes, the reading beside ruby text.
_GONE = frozenset({"annotation", "note-citation", "ruby-text", "tracked-changes", "desc", "title", "hidden-text"})
_KINDS = ("", "-asian", "-complex")  # a style states a language for each kind of script


@dataclass(frozen=True)
class OdtReader:
    """Reads body, tables, text boxes, footnotes and endnotes; each paragraph is a line.

    Tracked changes are taken as accepted; comments, headers and footers are left out, and so is the reading beside ruby
    text. Places of findings are of the text taken out.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "odt"
    suffixes: ClassVar[tuple[str, ...]] = (".odt", ".ott")

    def read(self, path: str, lang: str) -> tuple[Document, ...] | Bitext:
        """The one document, with the language that most of its text is marked as; raises InputError for what is no
        OpenDocument text, encrypted or without text."""
        parts = Parts(path, "an OpenDocument text (.odt)", "an old office file")
        if "content.xml" not in parts:
            raise InputError(f"{path}: is no OpenDocument text, for it has no content; open it and save it anew")
        content, _ = decode_xml(parts.read("content.xml"), f"{path}: content.xml")
        usual, styles = _languages(parts, content)
        found = _Text(usual, styles)
        lines = [line for node in stream(content, f"{path}: content.xml", *_LINES) for line in found.lines(node)]
        said = "; ".join(found.said)
        return stating(extracted("\n".join(lines) + "\n", path, parts.data, lang, said), most_of(found.langs))


class _Text:
    """The lines of a document; what was done to get them; and how many characters are in which language."""

    def __init__(self, usual: Mapping[str, str], styles: Mapping[str, Mapping[str, str]]) -> None:
        self.said: dict[str, bool] = {}
        self.langs: Counter[str] = Counter()
        self._usual, self._styles = usual, styles

    def lines(self, node: Node) -> Iterator[str]:
        """A paragraph's line, and after it those of the notes and text boxes that hang on it."""
        if node.around("tracked-changes") is not None:
            self.said["its tracked changes were taken as accepted"] = True
            return
        pieces: list[str] = []
        inner: list[Node] = []
        self._walk(node, self._usual, pieces, inner)
        line = _LAYOUT.sub(" ", "".join(pieces)).strip(" ").translate(_AS_MEANT)
        if line.strip():
            yield line
        for each in inner:
            yield from self.lines(each)

    def _walk(self, node: Node, langs: Mapping[str, str], pieces: list[str], inner: list[Node]) -> None:
        style = next((v for k, v in node.attributes.items() if k.endswith("}style-name")), "")
        langs = {**langs, **self._styles.get(style, {})}
        for child in node.children:
            if not isinstance(child, Node):
                pieces.append(child[0])
                self.langs[langs.get(_kind(child[0]), "")] += len(child[0].strip())
            elif child.name in _LINES:
                inner.append(child)
            elif child.name in _MEANT:
                pieces.append(_MEANT[child.name] * _times(child))
            elif child.name not in _GONE:
                self._walk(child, langs, pieces, inner)


def _times(node: Node) -> int:
    number = next((v for k, v in node.attributes.items() if k.endswith("}c")), "1")
    return min(int(number), _MOST_SPACES) if number.isdecimal() and len(number) < len(str(_MOST_SPACES)) else 1


def _kind(text: str) -> str:
    if count_unspaced(text):
        return "-asian"
    letter = next((char for char in text if char.isalpha()), "")
    return "-complex" if letter and unicodedata.bidirectional(letter) in ("R", "AL") else ""


def _languages(parts: Parts, content: str) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    """The usual language for each kind of script, and what each style of the text's own says."""
    usual: dict[str, str] = {}
    if "styles.xml" in parts:
        text, _ = decode_xml(parts.read("styles.xml"), f"{parts.path}: styles.xml")
        for node in stream(text, f"{parts.path}: styles.xml", "default-style"):
            if "paragraph" in node.attributes.values():
                usual = _stated(node)
    where = f"{parts.path}: content.xml"
    named = ((next((v for k, v in n.attributes.items() if k.endswith("}name")), ""), n) for n in
             stream(content, where, "style"))  # fmt: skip
    return usual, {name: langs for name, node in named if (langs := _stated(node))}


def _stated(style: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for properties in style.elements("text-properties"):
        said = {key.rpartition("}")[2]: value for key, value in properties.attributes.items()}
        for kind in _KINDS:
            lang, country = said.get(f"language{kind}", ""), said.get(f"country{kind}", "")
            if lang:
                found[kind] = f"{lang}-{country}" if country not in ("", "none") else lang
    return found
