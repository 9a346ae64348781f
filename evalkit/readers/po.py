"""The `po` reader: gettext catalogues, `msgid` as source and `msgstr` as target."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from gettext import c2py  # what the standard library reads catalogues with
from hashlib import sha256
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.readers._sides import NOTHING, Cell, Entry, Sheet, line_starts, numbered, without_translation
from evalkit.records import Bitext, Side
from evalkit.records.texts import FEW_NUMBERS, PLURAL_OF
from evalkit.text.charsets import decode_named
from evalkit.text.files import decode, read_bytes

_CHARSET = re.compile(rb"Content-Type:[^\n]{0,100}?charset=([A-Za-z0-9._-]{1,40})")
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,8}(?:[-_@][A-Za-z0-9]{1,8})*)", re.MULTILINE)
_SOURCE = re.compile(r"^X-Source-Language:[ \t]*([A-Za-z]{2,8}(?:[-_@][A-Za-z0-9]{1,8})*)", re.MULTILINE)
_USUAL = "en"  # what gettext's own manual says messages are written in
_KEY = re.compile(r"\w+(?:[._:/-]\w+)+")  # settings.title: a name of a message, no text
_PLURALS = re.compile(r"^Plural-Forms:.{0,200}?\bplural=([^;\n]{1,500})", re.MULTILINE)
_NUMBERS = 1000  # tried for what plural form they take: the forms of all languages repeat from 100 on
_OFTEN = 5  # numbers from which on msgfmt wants a form to say which: French has one form for 0 and 1
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?\s*(?=\"|$)")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_COMMENTS = {".": "note", ":": "reference", ",": "flags"}
_LONGEST_ID = 60  # characters that fit in a line of a report; longer ones are told apart by their hash


@dataclass
class _Message:
    """One entry while its lines are read: the parts by keyword, each a list of (text, place)."""

    line: int
    parts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class PoReader:
    """Reads the messages of a catalogue, a row for each, one for each plural form.

    Fuzzy ones keep their text and have `state` fuzzy, and their number is said: programs show the source instead.
    Obsolete ones and the header are no rows. Comments, references and flags are metadata, and so are the numbers that a
    plural form stands for, where they are so few that it need not say them. A message without translation is an
    empty row, and the number of them is said. The source is English where neither `X-Source-Language` nor the user says
    otherwise, and the messages are no keys.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "po"
    suffixes: ClassVar[tuple[str, ...]] = (".po", ".pot")
    looks: ClassVar[str] = r"(?:#[^\n]*\n|\s)*(?:msgctxt[^\n]*\n\s*)?msgid\s+\""

    def read(self, path: str, lang: str) -> Bitext:
        """One document of both sides; raises InputError, with the line, for what is no catalogue."""
        text, utf16 = _decoded(read_bytes(path), path)
        entries: list[Entry] = []
        header, form = "", None
        for message in _messages(text, path):
            if not _joined(message, "msgid") and "msgctxt" not in message.parts:
                header = header or _joined(message, "msgstr")
                continue
            form = form or _forms(header)
            entries += list(_rows(message, form))
        if not entries and not header:
            raise InputError(f"{path}: holds no messages; there is nothing to evaluate")
        sheet = Sheet(path, lines=line_starts(text))
        name = sheet.start("1")
        sheet.documents[name], twice = numbered(entries)
        empty = [entry.id for entry in sheet.documents[name] if not entry.cells["candidate"].text]
        fuzzy = sum(entry.metadata.get("state") == "fuzzy" for entry in entries)
        sheet.notes[name] = [
            *([f"has {fuzzy} of {len(entries)} messages marked fuzzy (not shown by programs)"] if fuzzy else []),
            *(
                [f"is a template: none of its {len(entries)} messages has a translation"]
                if len(empty) == len(entries) and path.removesuffix(".gz").lower().endswith(".pot")
                else without_translation(empty, len(entries), "messages without a translation")
            ),
            *([f"has {twice} messages that stand there twice: they were given numbers"] if twice else []),
            *(["is UTF-16, and was read as such"] if utf16 else []),
        ]
        target, source = (_stated(pattern, header) for pattern in (_LANGUAGE, _SOURCE))
        made = sheet.bitext(("candidate", "source"), "candidate", {"source": source, "candidate": target or lang})
        keys = sum(bool(_KEY.fullmatch(entry.cells["source"].text)) for entry in entries)
        usual = _USUAL if 2 * keys <= len(entries) and not source else ""
        return Bitext(made.target, source=made.source, lang=target, source_usual=usual)


def _stated(pattern: re.Pattern[str], header: str) -> str:
    found = pattern.search(header)
    return found[1].replace("_", "-") if found else ""


def _decoded(data: bytes, path: str) -> tuple[str, bool]:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    declared = None if wide else _CHARSET.search(data[:20_000])
    name = declared[1].decode().lower() if declared else "utf-8"
    if name in ("utf-8", "utf8", "charset", "ascii", "us-ascii"):  # CHARSET: a template nobody has filled in
        return decode(data, path), wide
    try:
        return decode_named(data, name).removeprefix("\ufeff"), False
    except (LookupError, ValueError):
        raise InputError(f"{path}: is not in its own `charset={name}`; convert it to UTF-8 with msgconv") from None


def _messages(text: str, path: str) -> Iterator[_Message]:
    """The entries in order; obsolete ones (`#~`) are comments."""
    message, key, at = _Message(1), "", 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        start = at + len(raw) - len(raw.lstrip())
        at += len(raw) + 1
        word = _KEYWORD.match(line)
        opens = line.startswith("#") or (word is not None and word[1] in ("msgctxt", "msgid"))
        if (opens or not line or line.startswith("domain")) and "msgstr" in map(_base, message.parts):
            yield message
            message, key = _Message(number), ""
        if line.startswith("#"):
            kind = _COMMENTS.get(line[1:2], "" if line[1:2] in ("~", "|") else "comment")
            if kind:
                message.comments.setdefault(kind, []).append(line[2:].strip())
        elif word:
            key = word[1] if word[2] is None else f"{word[1]}[{int(word[2])}]"
            message.parts.setdefault(key, [])
            _add(message, key, line[word.end() :], start + word.end(), f"{path}:{number}")
        elif line.startswith('"') and (key or number == 1):
            if not key:  # a header without its `msgid ""`
                key = "msgstr"
                message.parts.update(msgid=[], msgstr=[])
            _add(message, key, line, start, f"{path}:{number}")
        elif line and not line.startswith("domain"):
            raise InputError(f"{path}:{number}: not a line of a PO file; msgfmt -c shows what is wrong with it")
    if message.parts:
        yield message


def _base(key: str) -> str:
    return key.partition("[")[0]


def _add(message: _Message, key: str, quoted: str, at: int, where: str) -> None:
    """The text between the quotation marks of a line, in pieces, each with its place."""
    if not quoted:
        return
    if len(quoted) < 2 or not quoted.endswith('"'):
        raise InputError(f"{where}: a text without its closing quotation mark; close it")
    inner, at, last = quoted[1:-1], at + 1, 0
    for escape in _ESCAPE.finditer(inner) if "\\" in inner else ():
        message.parts[key].append((inner[last : escape.start()], at + last))
        message.parts[key].append((_character(escape), at + escape.start()))
        last = escape.end()
    message.parts[key].append((inner[last:], at + last))


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return chr(int(escape[2], 8)) if escape[2] else _PLAIN.get(escape[3], escape[3])


def _joined(message: _Message, key: str) -> str:
    return "".join(text for text, _ in message.parts.get(key, ()))


def _cell(message: _Message, key: str) -> Cell:
    pieces, size = [], 0
    for text, at in message.parts.get(key, ()):
        if text:
            pieces.append((size, at))
            size += len(text)
    return Cell(_joined(message, key), tuple(pieces)) if pieces else NOTHING


def _forms(header: str) -> dict[str, str]:
    """The numbers of each plural form that stands for few, by `msgstr[k]`; without a rule the first is for 1."""
    rule = _PLURALS.search(header)
    try:
        form: Callable[[int], int] = c2py(rule[1].strip() if rule else "n != 1")
        numbers: dict[int, list[str]] = {}
        for n in range(_NUMBERS):
            numbers.setdefault(int(form(n)), []).append(str(n))
    except (ValueError, ArithmeticError):
        return {}
    return {f"msgstr[{k}]": " ".join(few) for k, few in numbers.items() if len(few) < _OFTEN}


def _rows(message: _Message, few: dict[str, str]) -> Iterator[Entry]:
    """One row, or one for each plural form; a file of the source alone has neither `msgstr`."""
    context, text = _joined(message, "msgctxt"), _joined(message, "msgid")
    identity = f"{context}|{text}" if context else text
    if len(identity) > _LONGEST_ID or "\n" in identity:
        identity = f"{identity[: _LONGEST_ID - 12].splitlines()[0]}~{sha256(identity.encode()).hexdigest()[:10]}"
    said = {name: "\n".join(lines) for name, lines in message.comments.items()}
    if "fuzzy" in said.get("flags", ""):
        said["state"] = "fuzzy"
    if context:
        said["context"] = context
    forms = [key for key in message.parts if _base(key) == "msgstr"] or ["msgstr"]
    for form in forms:
        source = "msgid" if form in ("msgstr", "msgstr[0]") or "msgid_plural" not in message.parts else "msgid_plural"
        cells: dict[Side, Cell] = {"source": _cell(message, source), "candidate": _cell(message, form)}
        more = {}
        if "msgid_plural" in message.parts:
            more = {PLURAL_OF: identity + forms[-1].removeprefix("msgstr")}
            more |= {FEW_NUMBERS: few[form]} if form in few else {}
        yield Entry(identity + form.removeprefix("msgstr"), cells, {**said, **more})
