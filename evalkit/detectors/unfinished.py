"""The `unfinished` detector: what has no translation yet, by the file itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import row_of
from evalkit.records import Context, Finding, Passage, Rule, Unit
from evalkit.records.findings import finding
from evalkit.text.words import quote

RULE = Rule(
    "translation-missing", "accuracy", "accuracy/untranslated", "major",
    "A line, row or message of the source has an empty translation; a hint where it has one that is marked fuzzy.",
    "[ ]", "source", "Save the file", rank=24,
)  # fmt: skip


@dataclass(frozen=True)
class UnfinishedDetector:
    """Empty translations, and those that a PO file marks fuzzy, which programs do not show.

    Needs a source whose lines or rows stand beside those of the candidate (-s/--source, or a bilingual file). What is
    not to be translated (`translate="no"`) and what has neither letters nor figures may be empty. Beside a reference
    the rule `omission` tells it.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "unfinished"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """One finding a unit, of the whole text: of the source's where there is no other."""
        if context.kind != "translation":
            return
        for unit in units:
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
                    "marked fuzzy: programs show the source instead", severity="neutral", evidence="source",
                )  # fmt: skip

    def _empty(self, unit: Unit, source: Passage) -> Iterator[Finding]:
        for segment in source.segments[:1]:
            yield finding(
                RULE, self.name, unit, segment, 0, len(segment.text), f"has no translation: {quote(segment.text)}",
                side="source", evidence="source",
            )  # fmt: skip
