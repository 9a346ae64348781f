"""Making findings: the one place that turns a span of a passage into a finding."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.model import Finding, Passage, Rule, Segment, Severity, Side, Span, Unit


def finding(
    rule: Rule,
    detector: str,
    unit: Unit,
    segment: Segment,
    start: int,
    end: int,
    message: str,
    *,
    side: Side = "candidate",
    severity: Severity | None = None,
    confidence: float = 1.0,
    expected: Sequence[str] = (),
    other: Span | None = None,
) -> Finding:
    """A finding at `segment.text[start:end]`; place and fingerprint are completed by the pipeline."""
    return Finding(
        rule=rule.id,
        category=rule.category,
        mqm=rule.mqm,
        severity=severity or rule.severity,
        unit=unit.id,
        detector=detector,
        confidence=confidence,
        document=segment.document,
        side=side,
        start=segment.start + start,
        end=segment.start + end,
        text=segment.text[start:end],
        message=message,
        expected=tuple(expected),
        other=other,
        reference="" if side == "candidate" else _reference_of(unit, segment),
    )


def _reference_of(unit: Unit, segment: Segment) -> str:
    return next((p.reference for p in unit.references if segment in p.segments), "")


def span_of(passage: Passage, segment: Segment, start: int, end: int) -> Span:
    """The span `segment.text[start:end]` of a reference passage as the other side of a finding."""
    return Span("reference", passage.reference, segment.start + start, segment.start + end, segment.text[start:end])


def whole(passage: Passage) -> Span:
    """A whole reference passage as the other side of a finding; its text joined where it has gaps."""
    return Span("reference", passage.reference, passage.start, passage.end, passage.text)
