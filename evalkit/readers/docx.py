"""The `docx` reader: the text of a Word document, paragraph by paragraph."""

from __future__ import annotations

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

_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
# What a run or paragraph may hold that is no text of the accepted document.
_GONE = frozenset({"del", "moveFrom", "delText", "instrText", "rt", "Fallback", "annotation", "pPr", "rPr", "sdtPr"})
_NOTES = ("footnotes", "endnotes")


@dataclass(frozen=True)
class DocxReader:
    """Reads body, tables, text boxes, footnotes and endnotes; each paragraph is a line.

    Tracked changes are taken as accepted, hidden text, comments, headers and footers are left out, and so is the
    reading beside ruby text; what was left out is said. Places of findings are of the text taken out.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "docx"
    suffixes: ClassVar[tuple[str, ...]] = (".docx", ".docm", ".dotx", ".doc")
    holds: ClassVar[tuple[str, ...]] = ("word/document.xml",)

    hidden: bool = False

    def read(self, path: str, lang: str) -> tuple[Document, ...] | Bitext:
        """The one document, with the language that most of its text is marked as; raises InputError for what is no
        Word document, encrypted or without text."""
        parts = Parts(path, "a Word document (.docx)", "an old Word file (.doc)")
        main = _main_part(parts)
        folder = main.rpartition("/")[0]
        found = _Text(self.hidden)
        lines = list(found.paragraphs(parts, main))
        for note in _NOTES:
            name = f"{folder}/{note}.xml" if folder else f"{note}.xml"
            if name in parts:
                lines += found.paragraphs(parts, name)
        furniture = [n for n in parts.names if n.startswith((f"{folder}/header", f"{folder}/footer"))]
        if any(line.strip() for name in sorted(furniture) for line in _Text(False).paragraphs(parts, name)):
            found.said["headers and footers were left out"] = True
        made = extracted("\n".join(lines) + "\n", path, parts.data, lang, "; ".join(found.said))
        return stating(made, _stated(found.langs, parts, f"{folder}/styles.xml" if folder else "styles.xml"))


def _main_part(parts: Parts) -> str:
    """The name of the part with the body, as the package says, or as it usually is."""
    if "_rels/.rels" in parts:
        text, _ = decode_xml(parts.read("_rels/.rels"), parts.path)
        for node in stream(text, parts.path, "Relationship"):
            target = node.attributes.get("Target", "").lstrip("/")
            if node.attributes.get("Type", "").endswith("/officeDocument") and target in parts:
                return target
    if "word/document.xml" in parts:
        return "word/document.xml"
    raise InputError(f"{parts.path}: is no Word document, for it has no body; open it in Word and save it anew")


class _Text:
    """The lines of a document and, in `said`, what was done to get them."""

    def __init__(self, hidden: bool) -> None:
        self.said: dict[str, bool] = {}
        self.langs: Counter[tuple[str, str]] = Counter()  # characters by their language, if they state it, and script
        self._hidden = hidden

    def paragraphs(self, parts: Parts, name: str) -> Iterator[str]:
        text, _ = decode_xml(parts.read(name), f"{parts.path}: {name}")
        for node in stream(text, f"{parts.path}: {name}", "p"):
            if (
                node.around("Fallback") is not None
                or node.around("del") is not None
                or node.around("moveFrom") is not None
            ):
                continue
            note = node.around("footnote") or node.around("endnote")
            if note is not None and any(key.endswith("}type") for key in note.attributes):
                continue  # the line above the footnotes
            yield from self._paragraph(node)

    def _paragraph(self, paragraph: Node) -> Iterator[str]:
        """A paragraph's line, and after it those of the text boxes that hang on it."""
        pieces: list[str] = []
        boxes: list[Node] = []
        self._walk(paragraph, pieces, boxes)
        line = "".join(pieces)
        if line.strip():
            yield line
        for box in boxes:
            for inner in _nearest(box, "p"):
                yield from self._paragraph(inner)

    def _walk(self, node: Node, pieces: list[str], boxes: list[Node]) -> None:
        for child in node.children:
            if not isinstance(child, Node):
                continue
            if child.name == "t":
                pieces.append(child.text)
            elif child.name in _BREAKS:
                pieces.append(_BREAKS[child.name])
            elif child.name == "txbxContent":
                boxes.append(child)
            elif child.name in _GONE:
                if child.name in ("del", "moveFrom"):
                    self.said["its tracked changes were taken as accepted"] = True
            elif child.name == "r" and _is_hidden(child) and not self._hidden:
                self.said["hidden text was left out"] = True
            else:
                if child.name == "r":
                    self._count(child)
                if child.name in ("ins", "moveTo"):
                    self.said["its tracked changes were taken as accepted"] = True
                self._walk(child, pieces, boxes)

    def _count(self, run: Node) -> None:
        text = "".join(each.text for each in run.elements("t"))
        properties = run.first("rPr")
        kind = "eastAsia" if count_unspaced(text) else "val"
        if properties is not None and properties.first("rtl") is not None:
            kind = "bidi"
        self.langs[_lang(properties, kind), kind] += len(text)


def _lang(properties: Node | None, kind: str) -> str:
    """The language that properties state for one kind of script, of which Word has three."""
    mark = properties.first("lang") if properties is not None else None
    return next((v for k, v in mark.attributes.items() if k.endswith(f"}}{kind}")), "") if mark is not None else ""


def _stated(langs: Mapping[tuple[str, str], int], parts: Parts, styles: str) -> str:
    """The language of most of the text, by its runs, and by the usual one of the document where they state none."""
    usual = {}
    if any(not tag for tag, _ in langs) and styles in parts:
        text, _ = decode_xml(parts.read(styles), f"{parts.path}: {styles}")
        for node in stream(text, f"{parts.path}: {styles}", "rPrDefault"):
            usual = {kind: _lang(node.first("rPr"), kind) for kind in ("val", "eastAsia", "bidi")}
    tags: Counter[str] = Counter()
    for (tag, kind), number in langs.items():
        tags[tag or usual.get(kind, "")] += number
    return most_of(tags)


def _nearest(node: Node, name: str) -> Iterator[Node]:
    """The elements of a name below, those inside another of them left out."""
    for child in node.elements():
        if child.name == name:
            yield child
        else:
            yield from _nearest(child, name)


def _is_hidden(run: Node) -> bool:
    properties = run.first("rPr")
    mark = properties.first("vanish") if properties is not None else None
    value = next((v for k, v in mark.attributes.items() if k.endswith("}val")), "") if mark is not None else "no"
    return value not in ("0", "false", "off", "no")
