"""The `tmx` reader: two languages of a translation memory (TMX 1.1 to 1.4)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.readers._inline import cell
from evalkit.readers._languages import match, named, primary
from evalkit.readers._sides import NOTHING, Cell, Entry, Sheet, numbered, without_translation
from evalkit.records import Bitext
from evalkit.text.files import read_bytes
from evalkit.text.xml_stream import Node, decode_xml, stream

_ANY = "*all*"


@dataclass(frozen=True)
class TmxReader:
    """Reads the units of a translation memory, a row for each `tu`.

    `source` and `target` name languages of the file; `en` takes `en-US` where there is no `en`. Without them the source
    is the file's `srclang` and the target the run's language, or the only other one there is; what was taken is said.
    Inline tags are codes of the row. A unit without the target is an empty row; one without the source too.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "tmx"
    suffixes: ClassVar[tuple[str, ...]] = (".tmx",)
    looks: ClassVar[str] = r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!DOCTYPE\s+tmx[^>]*>\s*)?<tmx\b"

    source: str = ""
    target: str = ""

    def read(self, path: str, lang: str) -> Bitext:
        """One document of both languages; raises InputError for what is no TMX or does not have the languages."""
        text, encoding = decode_xml(read_bytes(path), path)
        units: list[tuple[str, dict[str, Cell], dict[str, str]]] = []
        there: Counter[str] = Counter()
        spelt: dict[str, str] = {}
        stated, root = "", ""
        for node in stream(text, path, "header", "tu"):
            if node.name == "header":
                stated, root = node.attributes.get("srclang", ""), "tmx"
                continue
            root = "tmx" if node.around("tmx") is not None else root
            stated = stated if stated not in ("", _ANY) else node.attributes.get("srclang", "")
            variants = _variants(node, spelt)
            there.update(list(variants))
            units.append((node.attributes.get("tuid") or str(len(units) + 1), variants, _metadata(node)))
        if not root:
            raise InputError(f"{path}: is no TMX, for there is no `tmx` with a `header` in it; name its reader")
        source, target = self._languages(path, list(there), stated, lang)
        sheet = Sheet(path, text)
        name = sheet.start("1")
        entries, twice = numbered(
            Entry(i, {"source": v.get(source, NOTHING), "candidate": v.get(target, NOTHING)}, m) for i, v, m in units
        )
        sheet.documents[name] = entries
        sheet.notes[name] = [
            f"was read as {source or 'nothing'} to {target or 'nothing'}",
            *_others(there, source, target),
        ]
        empty = [e.id for e in entries if not e.cells["candidate"].text]
        sheet.notes[name] += without_translation(empty, len(entries), f"units without {target}")
        if twice:
            sheet.notes[name].append(f"has {twice} units whose id another one has: they were given numbers")
        if encoding.startswith("utf-16"):
            sheet.notes[name].append("is UTF-16, and was read as such")
        return sheet.bitext(("candidate", "source"), "candidate", {"source": source, "candidate": target})

    def _languages(self, path: str, there: list[str], stated: str, lang: str) -> tuple[str, str]:
        """The two languages, as the file writes them."""
        source = named(path, self.source, there) if self.source else ""
        target = named(path, self.target, there) if self.target else ""
        source = source or (match(stated, [t for t in there if t != target]) if stated not in ("", _ANY) else "")
        others = [t for t in there if t != source]
        # An `en` that nobody may have said is no reason to take British for the translation of American English.
        foreign = [t for t in others if primary(t) != primary(source)]
        target = target or (lang if lang in others else "") or match(lang, foreign) or next(iter(foreign or others), "")
        return source or next((t for t in there if t != target), ""), target


def _variants(unit: Node, spelt: dict[str, str]) -> dict[str, Cell]:
    """The texts of a unit by language, each language spelt as it was first."""
    found: dict[str, Cell] = {}
    for variant in unit.elements("tuv"):
        tag = variant.attributes.get("xml:lang") or variant.attributes.get("lang") or ""
        tag = spelt.setdefault(tag.lower(), tag)
        segment = variant.first("seg")
        if segment is not None and tag not in found:
            found[tag] = cell(segment.children)
    return found


def _metadata(unit: Node) -> dict[str, str]:
    said = {prop.attributes.get("type", "prop"): prop.text.strip() for prop in unit.elements("prop")}
    notes = [note.text.strip() for note in unit.elements("note")]
    return {**said, "note": "\n".join(notes)} if notes else said


def _others(there: Counter[str], source: str, target: str) -> list[str]:
    others = sorted(tag for tag in there if tag not in (source, target))
    return [f"has other languages too ({', '.join(others)}): choose with tmx(source=..., target=...)"] if others else []
