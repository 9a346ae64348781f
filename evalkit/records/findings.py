"""What is found: rules, findings, and the one place that turns a span of a passage into a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct, field

from evalkit.records.entries import CustomRule, Severity
from evalkit.records.texts import Segment, Side
from evalkit.records.units import Passage, Unit
from evalkit.records.verdicts import Judgement

# Evidence that proves: what the project states, what the translator had before him, what the text itself shows.
PROOF = ("list", "source", "text")
VERBATIM = "verbatim"  # the texts are the same but for this place: that they differ is seen, who is right is not
UNRANKED = 1000  # behind every rule of evalkit's own
SEVERITY_WEIGHTS: dict[Severity, int] = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}


class Rule(Struct, frozen=True):
    """What a finding's rule id means: text for `evalkit explain`, defaults for its findings.

    `example` is a candidate text in which the rule fires, the span in [brackets]; `needs` says what
    must be there for the rule to run at all: "reference", "source", "terms", "names", "limit" (a length that
    the file states), "rows" (a source of rows, which may hold several lines) or nothing. `against` is what the example
    is held against: the reference, the source, the limit, or the entry of the list.

    Of two findings at one place the one of the lower `rank` stands: what the project states in its lists
    comes before what is inferred, content before form. `role` "names" is for a rule that says what a span
    is, "form" for one that says nothing new inside a span that such a rule has named. `compares` is for a
    rule that a difference from the reference alone sets off, and says by what another system's text would
    be seen to do the same: where most systems do, the reference is the odd one out.
    """

    id: str
    category: str
    mqm: str
    severity: Severity
    summary: str
    example: str
    needs: str = ""
    against: str = ""
    rank: int = UNRANKED
    role: Literal["", "names", "form"] = ""
    compares: Literal["", "words", "numbers", "length", "negation", "final-mark", "name"] = ""


def own_rule(entry: CustomRule) -> Rule:
    """The rule that an entry of the user's own states."""
    return Rule(entry.id, entry.category, "custom", entry.severity, entry.message, "")


class Span(Struct, frozen=True):
    """A place on the other side that belongs to a finding."""

    side: Side
    reference: str
    start: int
    end: int
    text: str


class Finding(Struct, frozen=True):
    """Something a reader should look at, with its exact place.

    `reference` names the reference the place is in, where `side` is "reference". `outvoted` is true where most
    other systems of the run have it so: such a finding is neither counted nor shown by default, but gates and
    comparisons with a baseline judge by it, since they may not depend on who else is in the run. `evidence` is
    what it rests on, in a word of its rule: `list`, `source` and `text` prove, all else was measured. `verdict` is what
    its reviewers agree on, `note` what they add.
    """

    rule: str
    category: str
    mqm: str
    severity: Severity
    unit: str
    detector: str
    confidence: float
    document: str
    side: Side
    start: int
    end: int
    text: str
    message: str
    expected: tuple[str, ...] = ()
    other: Span | None = None
    reference: str = ""
    line: int = 0
    column: int = 0
    id: str = ""
    fingerprint: str = ""
    outvoted: bool = False
    evidence: str = ""
    verdict: Judgement = ""
    note: str = ""


class TermOccurrence(Struct, frozen=True):
    """A place where a form of a term stands in the candidate."""

    start: int
    end: int
    text: str
    unit: str
    document: str = ""


class TermResult(Struct, frozen=True):
    """How one system renders one term. `expected` counts the units whose reference or source has the concept,
    `found` those of them that render it by an accepted form; `success` is null where `expected` is 0.

    `forms` counts the listed forms in the candidate, accepted and rejected; `rejected` the places of
    rejected ones. `odd` are the forms other than the one used most, where more than one rendering is used.
    """

    term: str
    system: str
    expected: int
    found: int
    success: float | None
    consistent: bool
    occurrences: tuple[TermOccurrence, ...] = ()
    forms: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    odd: tuple[str, ...] = ()


class Failure(Struct, frozen=True):
    """Something that could not be done for a part of the input; nothing is skipped without one."""

    stage: str
    plugin: str
    system: str
    unit: str
    message: str


def found_and_expected(finding: Finding) -> tuple[str, str]:
    """What the candidate has and what it should have. A place on another side is what the candidate has not: there
    nothing is found, and expected is what the finding says, else what stands there."""
    expected = " / ".join(finding.expected)
    return (finding.text, expected) if finding.side == "candidate" else ("", expected or finding.text)


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
    evidence: str = "",
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
        evidence=evidence,
        reference="" if side == "candidate" else _reference_of(unit, segment),
    )


def _reference_of(unit: Unit, segment: Segment) -> str:
    return next((p.reference for p in unit.references if segment in p.segments), "")


def span_of(passage: Passage, segment: Segment, start: int, end: int) -> Span:
    """The span `segment.text[start:end]` of a reference passage as the other side of a finding."""
    return Span("reference", passage.reference, segment.start + start, segment.start + end, segment.text[start:end])


_WITH_GAPS = 2  # times the text: a passage so stretched holds less than what lies between its segments


def whole_span(passage: Passage) -> Span:
    """A whole reference passage as the other side of a finding; of one whose segments lie far apart the first segment,
    for a reader would be shown the text between."""
    if passage.end - passage.start > _WITH_GAPS * len(passage.text):
        first = passage.segments[0]
        return span_of(passage, first, 0, len(first.text))
    return Span("reference", passage.reference, passage.start, passage.end, passage.text)
