"""The tbx format: TermBase eXchange (ISO 30042), version 2 and 3, in the dialect TBX-Basic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from evalkit.errors import InputError
from evalkit.records import Languages, Name, Term, Termbase
from evalkit.records.checked_entries import EntryKind, all_or_error
from evalkit.termbases import _tbxwrite as tbxwrite
from evalkit.text import strict_json
from evalkit.text.xml import Element, read_xml

_EXPECTED = "a TBX file is XML with the root <tbx> (version 3) or <martif> (version 2)"
_SECTIONS = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
# Status values of the standard and of other writers, without the ending -admn-sts.
_STATUS = {
    "preferredterm": "term", "preferred": "term", "standardizedterm": "term",
    "admittedterm": "accept", "admitted": "accept", "legalterm": "accept", "regulatedterm": "accept",
    "deprecatedterm": "reject", "deprecated": "reject", "forbidden": "reject", "obsolete": "reject",
    "supersededterm": "variants", "superseded": "variants",
}  # fmt: skip
_STATUS_KEYS = ("administrativeStatus", "normativeAuthorization")
_TAKEN = {*_STATUS_KEYS, "source", "note", "term"}
_WRAPPERS = ("termNoteGrp", "descripGrp", "adminGrp", "transacGrp", "termGrp")
_CATEGORIES = ("termNote", "descrip", "admin", "ref", "xref", "transac", "transacNote", "adminNote", "descripNote")
_SILENT = {"date"}


@dataclass(frozen=True)
class Tbx:
    """TBX-Basic (ISO 30042). Reads version 2 and both styles of version 3; writes `style`: dca, dct or v2.

    The preferred, admitted and deprecated terms of the target language are the forms; terms of other
    languages are source-language terms. What evalkit alone knows stands in a note that begins `evalkit:`.
    """

    style: Literal["dca", "dct", "v2"] = "dca"

    kind: ClassVar[str] = "termbase"
    name: ClassVar[str] = "tbx"
    suffixes: ClassVar[tuple[str, ...]] = (".tbx", ".xml", ".martif")

    def read(self, path: str, languages: Languages) -> Termbase:
        """The entries; raises InputError with file and line for every mistake."""
        root = read_xml(path, _EXPECTED)
        if root.name not in ("tbx", "martif"):
            raise InputError(f"{path}:{root.line}: the root is <{root.name}>; {_EXPECTED}")
        reading = _Reading(path, languages)
        rows = [row for concept in root.find_all("conceptEntry", "termEntry") for row in reading.entry(concept)]
        if reading.seen and not reading.judged:
            known = ", ".join(sorted(reading.seen))
            raise InputError(f"{path}: no term in {languages.target!r} (languages: {known}); choose one with --lang")
        entries = all_or_error(rows, path)
        return Termbase(
            tuple(e for e in entries if isinstance(e, Term)),
            tuple(e for e in entries if isinstance(e, Name)),
            tuple(reading.notes),
            tuple(reading.losses()),
        )

    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]:
        """The file, one concept an entry."""
        return tbxwrite.document(base, languages, self.style), tuple(tbxwrite.losses(base))


@dataclass
class _Reading:
    """One file being read: what was met, and what had no place."""

    path: str
    languages: Languages
    seen: set[str] = field(default_factory=set)
    judged: int = 0
    notes: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    sources: set[str] = field(default_factory=set)

    def entry(self, concept: Element) -> Iterator[tuple[object, EntryKind, str]]:
        """The concept as plain values, or nothing and a note why not."""
        where = f"{self.path}:{concept.line}"
        own, comments = _settings(concept)
        kind: EntryKind = "name" if own.pop("entry", "") == "name" else "term"
        forms: dict[str, list[str]] = {"term": [], "accept": [], "reject": [], "variants": [], "source_terms": []}
        places: list[str] = []
        self._count(concept)
        for section in (c for c in concept.children if c.name in _SECTIONS):
            self._section(section, forms, comments, places)
        if not (forms["term"] or forms["accept"]):
            if forms["reject"] or forms["variants"]:
                self.notes.append(f"{where}: left out: every term of the concept is deprecated; mark one as preferred")
            elif any(c.name in _SECTIONS for c in concept.children):
                self.notes.append(f"{where}: left out: the concept has no term in {self.languages.target!r}")
            else:
                self.notes.append(f"{where}: left out: the concept has no term; add a language section with one")
            return
        title, *others = [*forms["term"], *forms["accept"]]
        raw: dict[str, object] = {kind: title, **_without(forms, kind, title, others), **own}
        if comments:
            raw["note"] = "; ".join(dict.fromkeys(comments))
        if places and kind == "term":
            raw["source"] = "; ".join(dict.fromkeys(places))
        yield raw, kind, where

    def _section(self, section: Element, forms: dict[str, list[str]], comments: list[str], places: list[str]) -> None:
        lang = section.attributes.get("xml:lang") or section.attributes.get("lang", "")
        if not lang:
            raise InputError(f"{self.path}:{section.line}: a language section without xml:lang; name its language")
        self.seen.add(lang)
        target = _matches(lang, self.languages.target)
        wanted = {lang, tbxwrite.UNKNOWN} if not self.languages.source else {self.languages.source, tbxwrite.UNKNOWN}
        if not target and not any(_matches(lang, one) for one in wanted):
            self.dropped[f"terms in {lang}"] += sum(1 for _ in section.find_all(*_TERMS))
            return
        self._count(section)
        for element in section.find_all(*_TERMS):
            term = next(iter(element.find_all("term")), None)
            if term is None or not term.text:
                raise InputError(f"{self.path}:{element.line}: an empty term; write the term or remove the entry")
            told = list(_categories(element))
            if not target:
                self.sources.add(lang)
                forms["source_terms"].append(term.text)
                continue
            self.judged += 1
            forms[self._status(told, element.line)].append(term.text)
            comments += [text for category, text in told if category == "note"]
            places += [text for category, text in told if category == "source"]
            self._count(element)

    def _status(self, told: list[tuple[str, str]], line: int) -> str:
        for category, text in told:
            if category in _STATUS_KEYS:
                status = _STATUS.get(text.lower().removesuffix("-admn-sts"))
                if status:
                    return status
                self.notes.append(f"{self.path}:{line}: the status {text!r} is not known; taken as admitted")
        return "accept"

    def _count(self, element: Element) -> None:
        for category, text in _categories(element):
            if category not in _TAKEN and (category, text) != ("partOfSpeech", "properNoun"):
                self.dropped[category] += 1

    def losses(self) -> Iterator[str]:
        """What the file has and evalkit no place for."""
        if self.dropped:
            listed = ", ".join(f"{what} ({n})" for what, n in sorted(self.dropped.items()))
            yield f"{self.path}: not taken over: {listed}"
        if len(self.sources) > 1:
            listed = ", ".join(sorted(self.sources))
            yield f"{self.path}: which of {listed} a source-language term is in; choose one with --source-lang"


def _without(forms: dict[str, list[str]], kind: EntryKind, title: str, others: list[str]) -> dict[str, object]:
    """The lists of an entry, each form once; a term has no variants, superseded forms are rejected."""
    lists = {"accept": [form for form in others if form != title], "reject": forms["reject"]}
    if kind == "name":
        lists["variants"] = forms["variants"]
    else:
        lists["reject"] = [*forms["reject"], *forms["variants"]]
        lists["source_terms"] = forms["source_terms"]
    return {key: list(dict.fromkeys(found)) for key, found in lists.items()}


def _settings(concept: Element) -> tuple[dict[str, Any], list[str]]:
    """The settings of a note that begins `evalkit:`, and the other notes of the concept."""
    own: dict[str, Any] = {}
    comments = []
    for category, text in _categories(concept):
        if category != "note":
            continue
        if text.startswith(tbxwrite.MARK):
            try:
                found = strict_json.parse(text.removeprefix(tbxwrite.MARK))
            except ValueError:
                found = None
            if isinstance(found, dict):
                own |= found
                continue
        comments.append(text)
    return own, comments


def _categories(element: Element) -> Iterator[tuple[str, str]]:
    """(data category, text) of an element: `<descrip type="x">` of DCA, `<basic:x>` of DCT, in groups too."""
    for child in element.children:
        if child.name in _WRAPPERS:  # a source beside a definition is the definition's, not the term's
            inside = _categories(child)
            yield from (told for told in inside if child.name != "descripGrp" or told[0] != "source")
        elif child.name in _CATEGORIES:
            yield child.attributes.get("type", child.name), child.text
        elif child.name not in (*_SECTIONS, *_TERMS, "term", *_SILENT):
            yield child.name, child.text


def _matches(lang: str, wanted: str) -> bool:
    """True where one is the other or its region: `en` and `en-GB`, but not `en-US` and `en-GB`."""
    a, b = lang.lower().replace("_", "-"), wanted.lower().replace("_", "-")
    return a == b or a.startswith(f"{b}-") or b.startswith(f"{a}-")
