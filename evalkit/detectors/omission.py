"""The `omission` detector: what the reference, or the source, says and the candidate does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._coverage.facing import OR_FREELY, facing
from evalkit.detectors._coverage.missing_runs import gaps, of_reference
from evalkit.detectors._coverage.unrelated import is_unrelated
from evalkit.detectors._units import candidate_of, comparable, is_whole_document, locate, trusted
from evalkit.language.overlap import Weights, difference, weights_of
from evalkit.records import Context, Finding, Passage, Rule, Segment, Severity, Unit
from evalkit.records.findings import finding
from evalkit.text.words import count_unspaced, has_unspaced, quote

RULE = Rule(
    "omission", "accuracy", "accuracy/omission", "major",
    "A sentence or clause of the reference, or a sentence of the source, has no counterpart in the candidate; no error "
    "in a report or summary.",
    "[The guests waited in the hall.]", "reference",
    "The guests waited in the hall, while musicians rehearsed Beethoven symphonies behind heavy velvet curtains.",
    rank=160, compares="words",
)  # fmt: skip


@dataclass(frozen=True)
class OmissionDetector:
    """Whole reference sentences, and heavy runs of words inside a pair, that the candidate lacks.

    `least` is the weight a run needs (a rare word weighs about 2); `unrelated` the share of common
    weight below which two paired texts say different things, which `addition` reports. With several references
    each of them must have the gap. Against a source alone, whole sentences: those that the alignment of both says are
    left out.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "omission"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)
    by_alignment: ClassVar[tuple[str, ...]] = (RULE.id,)

    least: float = 5.0
    unrelated: float = 0.2

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        if context.kind != "translation":
            return
        weights = weights_of(units)
        free = facing(units)
        for unit in units:
            if comparable(unit, context):
                yield from self._inside(unit, weights, context.lang)
            elif trusted(unit, context) and unit.references and _empty(unit.candidate):
                yield from self._whole(unit, free=unit.id in free)
            elif is_whole_document(unit, context):
                continue  # `translation-missing`
            elif unit.candidate is None and unit.source is not None and not unit.references:
                yield from _of_source(unit, unit.source)

    def _whole(self, unit: Unit, *, free: bool = False) -> Iterator[Finding]:
        passage = unit.references[0]
        for segment in passage.segments[:1]:
            yield _report(
                unit,
                segment,
                0,
                len(segment.text),
                f"not in the candidate{OR_FREELY if free else ''}: {quote(segment.text)}",
                "neutral" if free else _severity(segment),
                0.9,
                "facing"
                if free
                else "sentence"
                if unit.candidate is None or unit.candidate.text.strip()
                else "text",  # an empty line is proof
            )

    def _inside(self, unit: Unit, weights: Weights, lang: str) -> Iterator[Finding]:
        differences = [difference(candidate_of(unit).text, p.text) for p in unit.references]
        passage, diff = unit.references[0], differences[0]
        if all(not d.all_candidate and len(d.all_reference) >= 3 for d in differences):
            yield from self._whole(unit)
            return
        if is_unrelated(unit, differences, weights, self.unrelated, lang):
            return  # something else altogether: one finding of `addition`
        pairs = list(zip(unit.references, differences, strict=True))
        balances = [of_reference(d, weights, candidate_of(unit).text, p.text) for p, d in pairs]
        if not all(balance.tells(self.least) for balance in balances):
            return
        for gap in gaps(diff.all_reference, diff.reference, weights, self.least, balances[0].spare):
            segment, start, end = locate(passage, gap.start, gap.end)
            if has_unspaced(passage.text) and _is_gloss(segment.text[start:end]):
                continue
            confidence = round(min(0.9, 0.3 + gap.mass / 30), 3)
            message = f"nothing in the candidate renders {quote(segment.text[start:end])}"
            yield _report(unit, segment, start, end, message, "minor", confidence, "clause")


def _of_source(unit: Unit, source: Passage) -> Iterator[Finding]:
    for segment in source.segments:
        yield finding(
            RULE, "omission", unit, segment, 0, len(segment.text), f"not in the candidate: {quote(segment.text)}",
            side="source", severity=_severity(segment), confidence=unit.confidence, evidence="source",
        )  # fmt: skip


def _report(
    unit: Unit,
    segment: Segment,
    start: int,
    end: int,
    message: str,
    severity: Severity,
    confidence: float,
    evidence: str,
) -> Finding:
    return finding(
        RULE, "omission", unit, segment, start, end, message, side="reference", severity=severity,
        confidence=confidence, evidence=evidence,
    )  # fmt: skip


def _severity(segment: Segment) -> Severity:
    return "major" if segment.kind == "text" else "neutral"


_OWN = 8  # characters of its own script that a clause of a text without spaces has


def _is_gloss(text: str) -> bool:
    """True for hardly more than a Latin name beside its form in the text's own script."""
    return count_unspaced(text) < _OWN


def _empty(passage: Passage | None) -> bool:
    return passage is None or not passage.text.strip()
