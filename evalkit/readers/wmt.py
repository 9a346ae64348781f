"""The `wmt` reader: test sets of the WMT tasks, in XML (since 2021) and in SGML (before)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from msgspec.structs import replace

from evalkit.errors import InputError
from evalkit.readers._inline import cell
from evalkit.readers._sides import NOTHING, Cell, Entry, Sheet, line_starts
from evalkit.records import Bitext, Side
from evalkit.text.files import decode, read_bytes
from evalkit.text.xml_stream import decode_xml, stream

_SET = re.compile(r"<(srcset|refset|tstset)\b([^>]{0,2000})>", re.IGNORECASE)
_SGM = re.compile(r"<(/?doc|seg)\b([^>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]{0,60})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SIDES: dict[str, Side] = {"src": "source", "ref": "reference", "hyp": "candidate"}


class _Text(NamedTuple):
    """One side of one document: of whom, in which language, the segments by id."""

    side: Side
    name: str
    lang: str
    segments: dict[str, Cell]


@dataclass(frozen=True)
class WmtReader:
    """Reads source, references and systems out of one file.

    A file with several systems is several candidates, unless `system` names one; several references are all taken,
    unless `translator` names one. A file given as reference or source is read for that side.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "wmt"
    suffixes: ClassVar[tuple[str, ...]] = (".sgm", ".sgml")
    looks: ClassVar[str] = (
        r"(?is)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+(?:mteval|srcset|refset|tstset|dataset)[^>]*>\s*)?"
        r"<(?:mteval|srcset|refset|tstset|doc\b[^>]*docid|dataset\b)"
    )

    system: str = ""
    translator: str = ""

    def read(self, path: str, lang: str) -> Bitext:
        """All sides of the file; raises InputError for what is none of the two formats or lacks what was named."""
        return self.read_for(path, lang, "candidate")

    def read_for(self, path: str, lang: str, side: Side) -> Bitext:
        """As `read`, of a file given for a side."""
        data = read_bytes(path)
        text, is_sgm = _decoded(data, path)
        documents = dict(_sgm(text, path) if is_sgm else _xml(text, path))
        if not any(texts for texts in documents.values()):
            raise InputError(f"{path}: holds no documents with `seg` in them; is it a test set of WMT?")
        sides: tuple[Side, ...] = ("candidate", "reference", "source")
        names = {s: _names(documents, s) for s in sides}
        if side == "candidate" and self.system:
            names["candidate"] = [_chosen(path, "system", self.system, names["candidate"])]
        if self.translator:
            names["reference"] = [_chosen(path, "translator", self.translator, names["reference"])]
        there = side if side != "candidate" and names[side] else ""
        wanted: Side = there or next(s for s in sides if names[s])  # type: ignore[assignment]
        made = [self._of(path, text, is_sgm, documents, (wanted, name), names, lang) for name in names[wanted]]
        if wanted == "reference" and len(made) > 1:
            return replace(made[0], references=tuple(zip(names[wanted], (m.target for m in made), strict=True)))
        if len(made) == 1 or wanted != "candidate":
            return made[0]
        first, *more = (replace(m, name=name) for m, name in zip(made, names[wanted], strict=True))
        return replace(first, more=tuple(more))

    def _of(
        self,
        path: str,
        text: str,
        is_sgm: bool,
        documents: dict[str, list[_Text]],
        target: tuple[Side, str],
        names: dict[Side, list[str]],
        lang: str,
    ) -> Bitext:
        """The documents of one target with the source and, of a system, every reference."""
        translators = names["reference"] if target[0] == "candidate" else []
        source = names["source"][0] if names["source"] and target[0] != "source" else None
        notes = []
        if len(translators) > 1:
            notes.append(f"is held against its {len(translators)} references ({', '.join(translators)})")
        wanted: list[str | None] = [*translators] or [None]
        made = [
            _made(path, text, is_sgm, documents, target, {"source": source, "reference": name}, notes, lang)
            for name in wanted
        ]
        if len(made) == 1:
            return made[0]
        references = tuple(zip(translators, (m.reference for m in made), strict=True))
        return replace(made[0], references=references)


def _decoded(data: bytes, path: str) -> tuple[str, bool]:
    head = data[:4000].lower()
    if b"<?xml" in head[:64] and not re.search(rb"<(srcset|refset|tstset)", head):
        return decode_xml(data, path)[0], False
    if re.search(rb"<dataset\b", head) and b"docid" not in head:
        return decode_xml(data, path)[0], False
    return decode(data, path), True


def _names(documents: dict[str, list[_Text]], side: Side) -> list[str]:
    return list(dict.fromkeys(t.name for texts in documents.values() for t in texts if t.side == side))


def _chosen(path: str, what: str, wanted: str, there: list[str]) -> str:
    if wanted not in there:
        raise InputError(f"{path}: has no {what} {wanted!r} (there are: {', '.join(there) or 'none'})")
    return wanted


def _xml(text: str, path: str) -> Iterator[tuple[str, list[_Text]]]:
    for number, doc in enumerate(stream(text, path, "doc"), 1):
        texts = []
        for part in doc.elements(*_SIDES):
            segments = {
                seg.attributes.get("id", str(k)): cell(seg.children) for k, seg in enumerate(part.below("seg"), 1)
            }
            name = part.attributes.get("translator" if part.name == "ref" else "system", "")
            texts.append(_Text(_SIDES[part.name], name, part.attributes.get("lang", ""), segments))
        yield doc.attributes.get("id") or doc.attributes.get("docid") or str(number), texts


def _sgm(text: str, path: str) -> Iterator[tuple[str, list[_Text]]]:
    """SGML as the old tools wrote it: no end tags are relied on but `</seg>`, and `&` may stand for itself."""
    found: dict[str, list[_Text]] = {}
    whole = _SET.search(text)
    kind = whole[1].lower() if whole else "tstset"
    given = _attributes(whole[2]) if whole else {}
    side: Side = {"srcset": "source", "refset": "reference"}.get(kind, "candidate")  # type: ignore[assignment]
    lang = given.get("srclang" if kind == "srcset" else "trglang", "")
    mine: _Text | None = None
    for tag in _SGM.finditer(text):
        name = tag[1].lower()
        attributes = _attributes(tag[2])
        if name == "doc":
            who = attributes.get("sysid") or given.get("sysid") or ""
            mine = _Text(side, "" if side == "source" else who, lang, {})
            found.setdefault(attributes.get("docid") or str(len(found) + 1), []).append(mine)
        elif name == "seg":
            if mine is None:
                raise InputError(f"{path}: a <seg> stands outside of any <doc>; is it cut off at its start?")
            end = text.find("<", tag.end())
            end = end if end >= 0 else len(text)
            if text[end : end + 6].lower() != "</seg>":
                line = text.count("\n", 0, tag.start()) + 1
                raise InputError(f"{path}:{line}: a <seg> without its </seg>; is the file cut off?")
            mine.segments[attributes.get("id", str(len(mine.segments) + 1))] = _plain(text, tag.end(), end)
    yield from found.items()


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(text)}


def _plain(text: str, start: int, end: int) -> Cell:
    """A segment's text without the white space around it; entities are characters."""
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    if "&" not in raw:
        return Cell(raw, ((0, start),))
    pieces, made, last = [(0, start)], [], 0
    size = 0
    for entity in re.finditer(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,10});", raw):
        made += [raw[last : entity.start()], html.unescape(entity[0])]
        size += entity.start() - last
        pieces.append((size, start + entity.start()))
        size += len(made[-1])
        last = entity.end()
        pieces.append((size, start + last))
    made.append(raw[last:])
    return Cell("".join(made), tuple(pieces))


def _made(
    path: str,
    text: str,
    is_sgm: bool,
    documents: dict[str, list[_Text]],
    target: tuple[Side, str],
    others: dict[Side, str | None],
    notes: list[str],
    lang: str,
) -> Bitext:
    """The documents of one system with the other sides, rows of all sides by the ids of their segments."""
    sheet = Sheet(path, "" if is_sgm else text, lines=line_starts(text))
    langs: dict[Side, str] = {}
    wanted: dict[Side, tuple[str, str]] = {"candidate": target}
    wanted |= {side: (side, name) for side, name in others.items() if name is not None}
    for doc, texts in documents.items():
        sides = {
            side: next((t for t in texts if t.side == of and t.name == name), None)
            for side, (of, name) in wanted.items()
        }
        if sides["candidate"] is None and not any(sides.values()):
            continue
        for side, found in sides.items():
            if found is not None:
                langs.setdefault(side, found.lang)
        mine = [t for t in texts if t is sides["candidate"] or t.side != "candidate"]
        ids = dict.fromkeys(i for text_of in mine for i in text_of.segments)
        sheet.documents[doc] = [
            Entry(i, {side: found.segments.get(i, NOTHING) for side, found in sides.items() if found is not None})
            for i in ids
        ]
        sheet.notes[doc] = []
    first = next(iter(sheet.notes.values()), [])
    first += notes
    stated = langs.get("candidate", "")
    made = sheet.bitext(tuple(wanted), "candidate", {**langs, "candidate": stated or lang})
    return Bitext(made.target, made.source, made.reference, lang=stated)
