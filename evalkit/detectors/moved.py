"""The `moved` detector: blocks that stand in another place than in the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import candidate_of, comparable
from evalkit.records import Context, Finding, Rule, Unit
from evalkit.records.findings import finding, whole_span

RULE = Rule(
    "moved", "accuracy", "accuracy/mistranslation", "minor",
    "Sentences are in another place than in the reference.",
    "[The guests waited in the hall.]", "reference",
    "The guests waited in the hall.",
    rank=210,
)  # fmt: skip


@dataclass(frozen=True)
class MovedDetector:
    """One finding per moved block, at its first sentence; a report or summary may order as it likes."""

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "moved"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        blocks: dict[tuple[str, int | str], list[Unit]] = {}
        for unit in units if context.kind == "translation" else ():
            if unit.link == "moved" and comparable(unit, context):
                key = (unit.document, unit.id if unit.block is None else unit.block)
                blocks.setdefault(key, []).append(unit)
        for members in blocks.values():
            first = members[0]
            segment = candidate_of(first).segments[0]
            count = sum(len(candidate_of(u).segments) for u in members)
            said = "this sentence is" if count == 1 else f"this and {count - 1} more are"
            message = f"{said} in another place than in the reference"
            other = whole_span(first.references[0])
            yield finding(RULE, self.name, first, segment, 0, len(segment.text), message, other=other)
