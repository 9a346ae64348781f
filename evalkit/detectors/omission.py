"""The `omission` detector: what the reference says and the candidate does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.findings import finding
from evalkit.language.gaps import excess_of_reference, gaps
from evalkit.language.overlap import Difference, Weights, difference, shared
from evalkit.language.passages import comparable, place, trusted
from evalkit.model import Context, Finding, Passage, Rule, Segment, Severity, Unit

RULE = Rule(
    "omission", "accuracy", "accuracy/omission", "major",
    "A sentence or clause of the reference has no counterpart in the candidate; no error in a report or summary.",
    "The guests waited in the hall[.]", "reference",
)  # fmt: skip


@dataclass(frozen=True)
class OmissionDetector:
    """Whole reference sentences, and heavy runs of words inside a pair, that the candidate lacks.

    `least` is the weight a run needs (a rare word weighs about 2); `unrelated` the share of common
    weight below which two paired texts have nothing to do with each other. With several references
    each of them must have the gap.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "omission"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    least: float = 5.0
    unrelated: float = 0.18

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        if context.kind != "translation":
            return
        weights = Weights(units)
        for unit in units:
            if comparable(unit, context):
                yield from self._inside(unit, weights)
            elif trusted(unit, context) and unit.references and _empty(unit.candidate):
                yield from self._whole(unit)

    def _whole(self, unit: Unit) -> Iterator[Finding]:
        passage = unit.references[0]
        for segment in passage.segments[:1]:
            yield _report(unit, segment, 0, len(segment.text), "this sentence is not in the candidate", _severity(segment), 0.9)

    def _inside(self, unit: Unit, weights: Weights) -> Iterator[Finding]:
        assert unit.candidate is not None
        differences = [difference(unit.candidate.text, p.text) for p in unit.references]
        passage, diff = unit.references[0], differences[0]
        if all(_unrelated(d, weights, self.unrelated) for d in differences):
            segment = passage.segments[0]
            message = "the candidate of this pair says something else"
            yield _report(unit, segment, 0, len(segment.text), message, _severity(segment), 0.8)
            return
        least_excess = min(excess_of_reference(d, weights) for d in differences)
        for gap in gaps(diff.all_reference, diff.reference, weights, self.least, least_excess):
            segment, start, end = place(passage, gap.start, gap.end)
            confidence = round(min(0.9, 0.3 + gap.mass / 30), 3)
            yield _report(unit, segment, start, end, "nothing in the candidate renders this", "minor", confidence)


def _report(
    unit: Unit, segment: Segment, start: int, end: int, message: str, severity: Severity, confidence: float
) -> Finding:
    return finding(
        RULE, "omission", unit, segment, start, end, message, side="reference", severity=severity, confidence=confidence
    )


def _severity(segment: Segment) -> Severity:
    return "major" if segment.kind == "text" else "neutral"


def _empty(passage: Passage | None) -> bool:
    return passage is None or not passage.text.strip()


def _unrelated(diff: Difference, weights: Weights, most: float) -> bool:
    """True where two texts of some length have next to no word in common."""
    if not diff.all_candidate and len(diff.all_reference) >= 3:
        return True
    enough = len(diff.all_candidate) >= 3 and len(diff.all_reference) >= 3
    return enough and shared(diff, weights) <= most
