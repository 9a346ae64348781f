"""The `unfinished` detector: what has no translation yet, by the file itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import is_whole_document, row_of
from evalkit.records import Context, Finding, Passage, Rule, Unit
from evalkit.records.findings import finding
from evalkit.text.words import quote

RULE = Rule(
    "translation-missing", "accuracy", "accuracy/untranslated", "major",
    "A line, row or message of the source has an empty translation; a hint where it has one that is marked fuzzy.",
    "[ ]", "source", "Save the file", rank=24,
)  # fmt: skip

_TEMPLATE = 5  # texts from which on a file without any translation is told as a whole: of fewer each may be a slip


@dataclass(frozen=True)
class UnfinishedDetector:
    """Empty translations, and those that a PO file marks fuzzy, which programs do not show.

    Needs a source whose lines or rows stand beside those of the candidate (-s/--source, or a bilingual file). What is
    not to be translated (`translate="no"`) and what has neither letters nor figures may be empty. A file without any
    translation, as a template is, is told once. Beside a reference the rule `omission` tells it.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "unfinished"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """One finding a unit, of the whole text: of the source's where there is no other."""
        if context.kind != "translation":
            return
        bare = _without_any(units)
        told: set[str] = set()
        for unit in units:
            if unit.document in bare:
                if unit.document not in told and unit.source is not None:
                    told.add(unit.document)
                    yield from self._empty(unit, unit.source, bare[unit.document])
                continue
            if unit.source is not None and is_whole_document(unit, context):
                yield from self._missing(unit, unit.source, "the document has no translation")
            if unit.candidate is None or not unit.candidate.segments or unit.source is None:
                continue
            row = row_of(unit.candidate.segments[0], context)
            said = row.metadata if row else {}
            if not unit.candidate.text.strip():
                if not unit.references and said.get("translate") != "no" and any(map(str.isalnum, unit.source.text)):
                    yield from self._empty(unit, unit.source)
            elif said.get("state") == "fuzzy":
                segment = unit.candidate.segments[0]
                yield finding(
                    RULE, self.name, unit, segment, 0, len(segment.text),
                    "marked fuzzy: programs will show the source instead", severity="neutral", evidence="source",
                )  # fmt: skip

    def _empty(self, unit: Unit, source: Passage, alone: int = 0) -> Iterator[Finding]:
        said = f"none of {alone} texts has a translation: is the file a template?" if alone else ""
        yield from self._missing(unit, source, said or f"has no translation: {quote(source.segments[0].text)}")

    def _missing(self, unit: Unit, source: Passage, said: str) -> Iterator[Finding]:
        for segment in source.segments[:1]:
            place = (self.name, unit, segment, 0, len(segment.text), said)
            yield finding(RULE, *place, side="source", evidence="source")


def _without_any(units: Sequence[Unit]) -> dict[str, int]:
    """Documents of which nothing at all is translated, with the number of texts of their source."""
    number: Counter[str] = Counter()
    done = set()
    for unit in units:
        if unit.references or (unit.candidate and unit.candidate.text.strip()):
            done.add(unit.document)
        elif unit.source is not None and any(map(str.isalnum, unit.source.text)):
            number[unit.document] += 1
    return {d: n for d, n in number.items() if n >= _TEMPLATE and d not in done}
