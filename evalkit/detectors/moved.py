"""The `moved` detector: blocks that stand at another place than in the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.findings import finding, whole
from evalkit.language.passages import comparable
from evalkit.model import Context, Finding, Rule, Severity, Unit

RULE = Rule(
    "moved", "accuracy", "accuracy/mistranslation", "neutral",
    "A run of sentences stands at another place than in the reference.",
    "[The guests waited in the hall.]", "reference",
)  # fmt: skip


@dataclass(frozen=True)
class MovedDetector:
    """One finding per moved block, at its first sentence; minor in a translation, else neutral."""

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "moved"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        blocks: dict[tuple[str, int | str], list[Unit]] = {}
        for unit in units:
            if unit.link == "moved" and comparable(unit, context):
                key = (unit.document, unit.id if unit.block is None else unit.block)
                blocks.setdefault(key, []).append(unit)
        for members in blocks.values():
            first = members[0]
            assert first.candidate is not None
            segment = first.candidate.segments[0]
            count = sum(len(u.candidate.segments) for u in members if u.candidate is not None)
            said = "this sentence stands" if count == 1 else f"this and {count - 1} more stand"
            message = f"{said} at another place than in the reference"
            severity: Severity = "minor" if context.kind == "translation" else "neutral"
            yield finding(
                RULE, self.name, first, segment, 0, len(segment.text), message,
                severity=severity, other=whole(first.references[0]),
            )  # fmt: skip
