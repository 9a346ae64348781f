"""The `itsxliff` renderer: the user's own XLIFF file with the findings marked in it, as quality issues of ITS 2.0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records import Bitext, Document, Finding, Severity
from evalkit.records.result import Result, SystemRecord
from evalkit.text.files import read_bytes
from evalkit.text.its_marks import Mark, closed_to_tags, marked, places_for_tags, unmarked
from evalkit.text.xliff_notes import Note, noted, without_notes
from evalkit.text.xml_stream import decode_xml

_ENDINGS = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
# Between 0 and 100, as other tools write low, medium and high.
_SEVERITIES: dict[Severity, int] = {"neutral": 0, "minor": 1, "major": 50, "critical": 100}
# Type of ITS: the rules of evalkit it stands for; all others are `uncategorized`.
_RULES_OF = {
    "mistranslation": "name-wrong name-mistransliterated negation-mismatch moved",
    "terminology": "name-variant term-missing term-forbidden term-case",
    "inconsistency": "term-inconsistent inconsistent-target inconsistent-source",
    "numbers": "number-mismatch date-mismatch number-missing number-added unit-mismatch",
    "locale-violation": "date-malformed",
    "omission": "omission name-missing latin-word",
    "addition": "addition",
    "duplication": "repetition",
    "untranslated": "untranslated source-copied source-script translation-missing",
    "length": "length-ratio max-length",
    "typographical": "casing name-case punctuation-unpaired punctuation-doubled punctuation-final "
    "brackets question-mark",
    "misspelling": "spelling",
    "characters": "character",
    "whitespace": "whitespace line-breaks",
    "markup": "placeholder tag url code",
}
_TYPES = {rule: kind for kind, rules in _RULES_OF.items() for rule in rules.split()}


@dataclass(frozen=True)
class ItsXliffRenderer:
    """Marks (`mrk`) with type, severity and comment around the words of each finding; all other bytes stay as they are.

    `file` is the XLIFF file that was evaluated, by default the one the result names, seen from where the command runs;
    `system` the one whose findings are meant where there are several. A finding without words of the target (an
    omission) is an empty mark where its segment starts. Of a folder one file is marked, the one named. `remove=yes`
    gives the file without such marks and notes. `notes=yes` writes a note for each finding, beside the target of its
    unit, instead of marks in the text.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "itsxliff"
    suffix: ClassVar[str] = ".xlf"

    file: str = ""
    system: str = ""
    remove: bool = False
    notes: bool = False

    def render(self, result: Result) -> str:
        """The file's text; raises ConfigError or InputError where it is not the XLIFF file of the result."""
        return self._made(result)[0] if result.systems and (self.file or _is_xliff(result)) else _NOTHING

    def render_file(self, result: Result) -> bytes:
        """The file's bytes, in its own encoding."""
        text, encoding, mark = self._made(result)
        return mark + text.encode(encoding, "xmlcharrefreplace")

    def _made(self, result: Result) -> tuple[str, str, bytes]:
        system = _chosen(result, self.system)
        path = self.file or system.path
        if not Path(path).is_file() or not (self.file or _is_xliff(result)):
            raise ConfigError(
                f"{path}: findings are marked in the XLIFF file that was evaluated; name it, for example "
                "-f 'itsxliff(file=FILE.xlf)'"
            )
        data = read_bytes(path)
        text, encoding = decode_xml(data, path)
        mark = next((m for m in _BYTE_ORDER_MARKS if data.startswith(m)), b"")
        if self.remove:
            return without_notes(unmarked(text)), encoding, mark
        found = Registry().make("reader", "xliff").read(path, system.lang)
        documents = {d.id: d for d in (found.target if isinstance(found, Bitext) else found)}
        named, findings = _called_as_in(system, documents, path)
        marks, left = _marks(system, named, findings, text, path)
        if self.notes:
            said = (Note(m.start, f"{m.rule}: {m.comment}") for m in marks)
            return noted(text, said)[0], encoding, mark
        return marked(text, marks, left), encoding, mark


_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NOTHING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>\n'
)


def _is_xliff(result: Result) -> bool:
    return any(system.path.lower().endswith(_ENDINGS) for system in result.systems)


def _chosen(result: Result, name: str) -> SystemRecord:
    found = [system for system in result.systems if name in ("", system.name)]
    if len(found) != 1:
        known = ", ".join(system.name for system in result.systems)
        raise ConfigError(f"which system's findings? Name one: -f 'itsxliff(system=NAME)' (systems: {known or 'none'})")
    return found[0]


def _called_as_in(
    system: SystemRecord, documents: Mapping[str, Document], path: str
) -> tuple[Mapping[str, Document], list[Finding]]:
    """The documents of the file as the result calls them, and the findings in them: of a folder those of this file."""
    known = {document.id for document in system.documents}
    if known & set(documents):
        return documents, list(system.standing)
    ends = ["" if len(documents) == 1 else f"/{id_}" for id_ in documents]
    names = {id_.removesuffix(end) for id_ in known for end in ends if id_.endswith(end)}
    whole = f"/{Path(path).as_posix()}"
    name = max((n for n in names if whole.endswith(f"/{n}")), key=len, default=None)
    if name is None:
        raise InputError(f"{path}: is none of the files that were evaluated ({', '.join(sorted(known)[:3])} ...)")
    mine = {f"{name}{end}": document for end, document in zip(ends, documents.values(), strict=True)}
    return mine, [finding for finding in system.standing if finding.document in mine]


def _marks(
    system: SystemRecord, documents: Mapping[str, Document], findings: Sequence[Finding], text: str, path: str
) -> tuple[list[Mark], int]:
    """The marks, and how many findings have no place for one; InputError where the file is not that of the result."""
    units = {unit.id: unit for unit in system.units}
    closed = closed_to_tags(text)
    made, left = [], 0
    for finding in findings:
        document = documents.get(finding.document)
        start, end = finding.start, finding.end
        if finding.side != "candidate":
            unit = units.get(finding.unit)
            start = end = unit.candidate.start if unit and unit.candidate else -1
        elif document is None or document.text[start:end] != finding.text:
            raise InputError(f"{path}: is not the file that was evaluated: at line {finding.line} stand other words")
        if document is None or document.places is None or start < 0:
            left += 1
            continue
        places = document.places
        offsets = [places.offset(k) for k in range(start, max(end, start + 1))]
        runs = list(places_for_tags(text, offsets, closed)) if start < len(document.text) else []
        if not runs:
            left += 1
            continue
        first = max(runs, key=lambda run: run[1] - run[0])
        made.append(_mark(finding, first[0], first[1] if end > start else first[0]))
    return made, left


def _mark(finding: Finding, start: int, end: int) -> Mark:
    wanted = " / ".join(finding.expected)
    comment = f"{finding.message} (expected: {wanted})" if wanted else finding.message
    kind = _TYPES.get(finding.rule, "uncategorized")
    return Mark(start, end, kind, comment, _SEVERITIES[finding.severity], finding.rule)
