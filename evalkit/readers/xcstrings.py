"""The `xcstrings` reader: Apple's catalogue of strings, all languages of a program in one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from evalkit.errors import InputError
from evalkit.readers._keyed import FORMS, bounded, few_numbers, row_id
from evalkit.readers._languages import match, named
from evalkit.readers._sides import NOTHING, Cell, Entry, Sheet, line_starts, numbered, without_translation
from evalkit.readers._strings_json import cell, leaves, parsed
from evalkit.records import Bitext, Side
from evalkit.records.texts import FEW_NUMBERS, PLURAL_OF
from evalkit.text.files import decode, read_bytes, without_mark

_UNIT = ("stringUnit",)
_NO_NAMES = ("variations", "plural", "device", "stringUnit", "value")  # of a path, what is the same in all


@dataclass(frozen=True)
class XcstringsReader:
    """Reads the source's language and one other of a string catalogue, a row for each text and plural form.

    `target` names the language; without it that of the run is taken, or the only other one there is, and what was
    taken is said. A text that the source's language does not have is its key. States, comments and `shouldTranslate`
    are metadata; a text without a translation is an empty row, and the number of them is said.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "xcstrings"
    suffixes: ClassVar[tuple[str, ...]] = (".xcstrings",)

    target: str = ""

    def read(self, path: str, lang: str) -> Bitext:
        """One document of both languages; raises InputError for what is no catalogue or does not have the language."""
        data = read_bytes(path)
        text = decode(data, path)
        catalogue = parsed(text, path)
        source, strings = catalogue.get("sourceLanguage"), catalogue.get("strings")
        if not isinstance(source, str) or not isinstance(strings, dict) or not strings:
            raise InputError(f"{path}: is no catalogue of strings, for it has no `sourceLanguage` and `strings`")
        found = _Texts(text)
        there = [tag for tag in found.languages if tag != source]
        target = named(path, self.target, there) if self.target else match(lang, there)
        target = target or (there[0] if len(there) == 1 else "")
        if not target:
            known = ", ".join(there) or "none"
            raise InputError(f"{path}: has no language {lang!r} besides its source's (there are: {known}); name it "
                             "with --lang")  # fmt: skip
        sheet = Sheet(path, lines=line_starts(text))
        name = sheet.start("1")
        sheet.documents[name], _ = numbered(bounded(_rows(strings, found, source, target), _length, len(text), path))
        empty = [
            entry.id
            for entry in sheet.documents[name]
            if not entry.cells["candidate"].text and "translate" not in entry.metadata
        ]
        others = [tag for tag in there if tag != target]
        sheet.notes[name] = [
            f"was read as {source} to {target}",
            *([f"has other languages too ({', '.join(others)}): --lang names one"] if others else []),
            *without_translation(empty, len(sheet.documents[name]), f"texts without {target}"),
            *([changed] if (changed := without_mark(data)) else []),
        ]
        return sheet.bitext(("candidate", "source"), "candidate", {"source": source, "candidate": target})


class _Unit(NamedTuple):
    """A text of one language as it stands in the file, its place, and its state."""

    raw: str
    at: int
    state: str = ""

    @property
    def cell(self) -> Cell:
        return cell(self.raw, self.at)


class _Texts:
    """The texts of a catalogue by key and language, each by its form (`one`, or `` where it has none)."""

    def __init__(self, text: str) -> None:
        self.units: dict[tuple[str, str], dict[str, _Unit]] = {}
        self.languages: dict[str, None] = {}
        of_keys: dict[tuple[str, ...], tuple[int, str]] = {}
        found = [each for each in leaves(text, of_keys) if each[0][:1] == ("strings",) and each[0][-2:-1] == _UNIT]
        states = {path[:-1]: raw for path, _, raw in found if path[-1] == "state"}
        for path, at, raw in found:
            if path[-1] == "value" and path[2:3] == ("localizations",):
                form = ".".join(part for part in path[4:] if part not in _NO_NAMES)
                unit = _Unit(raw, at, states.get(path[:-1], ""))
                self.units.setdefault((path[1], path[3]), {})[form] = unit
                self.languages[path[3]] = None
        self.keys = {path[1]: _Unit(raw, at) for path, (at, raw) in of_keys.items() if path[:-1] == ("strings",)}


def _length(entry: Entry) -> int:
    return len(entry.id) + len(entry.cells["source"].text)


def _rows(strings: Mapping[str, Any], found: _Texts, source: str, target: str) -> Iterator[Entry]:
    few = few_numbers(target)
    for key, about in strings.items():
        theirs, mine = (found.units.get((key, lang), {}) for lang in (source, target))
        if not key or not isinstance(about, dict):
            continue
        said = {"note": about["comment"]} if isinstance(about.get("comment"), str) else {}
        if about.get("shouldTranslate") is False:
            said["translate"] = "no"
        for form in mine or theirs or ("",):
            last = form.rpartition(".")[2]
            other = f"{form.removesuffix(last)}other" if last in FORMS else "other"
            original = theirs.get(form) or theirs.get(other) or theirs.get("") or found.keys[key]
            unit = mine.get(form)
            more = {"state": unit.state} if unit and unit.state else {}
            more |= {PLURAL_OF: row_id(f"{key}[{other}]")} if last in FORMS else {}
            more |= {FEW_NUMBERS: few[last]} if last in few else {}
            cells: dict[Side, Cell] = {"source": original.cell, "candidate": unit.cell if unit else NOTHING}
            yield Entry(row_id(f"{key}[{form}]" if form else key), cells, {**said, **more})
