"""The result: what `result.json` holds, field by field. Renderers see nothing else."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

from evalkit.records import Alignment, Failure, Finding, Kind, LeftOut, LinkKind, Scope, Segment, TermResult
from evalkit.records.comparison import Change, Comparison, Disagreement, Drawn, Ranking


class PassageRecord(Struct, frozen=True):
    segments: tuple[str, ...]
    start: int
    end: int
    text: str


class ReferencePassageRecord(Struct, frozen=True):
    reference: str
    segments: tuple[str, ...]
    start: int
    end: int
    text: str


class UnitRecord(Struct, frozen=True):
    id: str
    document: str
    link: LinkKind
    confidence: float
    candidate: PassageRecord | None
    references: tuple[ReferencePassageRecord, ...] | None
    scores: dict[str, float]
    rows: dict[str, tuple[float, ...]]
    block: int | None = None


class Score(Struct, frozen=True):
    """A score of one system. `low` and `high` bound the confidence interval, null without one; `resampled`
    says what was drawn for it."""

    metric: str
    scope: Scope
    value: float
    low: float | None
    high: float | None
    signature: str
    resampled: Drawn = ""


class Quality(Struct, frozen=True):
    """Findings rolled up by severity weight (0, 1, 5, 25 for neutral, minor, major, critical)."""

    words: int
    counts: dict[str, int]
    by_category: dict[str, dict[str, int]]
    penalty: int
    penalty_per_1000_words: float
    raw_score: float


class DocumentRecord(Struct, frozen=True):
    id: str
    sha256: str
    words: int
    alignment: Alignment


class ReferenceRecord(Struct, frozen=True):
    name: str
    path: str
    sha256: str
    lang: str
    words: int
    segments: tuple[Segment, ...]
    left_out: tuple[LeftOut, ...] = ()
    derived_from: str = ""


class SourceRecord(Struct, frozen=True):
    """The source text the run was given; recorded, used by no metric."""

    path: str
    sha256: str
    lang: str
    words: int


class Suppressed(Struct, frozen=True):
    """Findings of one system that an `[[ignore]]` of the configuration took out: why, which, how many.

    `ignore` is the entry's number in the configuration, from 1; `rules` counts the findings by rule.
    """

    ignore: int
    reason: str
    count: int
    rules: dict[str, int]


class SystemRecord(Struct, frozen=True):
    name: str
    path: str
    sha256: str
    kind: Kind
    lang: str
    words: int
    documents: tuple[DocumentRecord, ...]
    segments: tuple[Segment, ...]
    alignment: Alignment
    scores: tuple[Score, ...]
    units: tuple[UnitRecord, ...]
    findings: tuple[Finding, ...]
    quality: Quality
    left_out: tuple[LeftOut, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()


class Gate(Struct, frozen=True):
    """What the result was held against, and whether it passes.

    `reasons` say why not, a line each; `notes` what else a reader of the verdict should know.
    `fail_on_new` is the least severity of a finding that fails when it is not in the baseline, empty
    where there is none or it was only compared with. `changes` are those since the baseline.
    """

    passed: bool
    reasons: tuple[str, ...]
    notes: tuple[str, ...] = ()
    fail_on: str = ""
    fail_under: dict[str, float] = {}
    fail_on_new: str = ""
    baseline: str = ""
    changes: tuple[Change, ...] = ()


class Result(Struct, frozen=True):
    """Everything an evaluation found; renderers see nothing else.

    `engines` says by metric what counted its rows: `kernel`, or a library with its version. It is the one thing that
    may differ between machines: no number depends on it.
    """

    schema: Literal["evalkit/result/1"]
    evalkit: str
    name: str
    signature: str
    config: dict[str, Any]
    references: tuple[ReferenceRecord, ...]
    systems: tuple[SystemRecord, ...]
    comparisons: tuple[Comparison, ...] = ()
    terms: tuple[TermResult, ...] = ()
    failures: tuple[Failure, ...] = ()
    source: SourceRecord | None = None
    gate: Gate | None = None
    finding_comparisons: tuple[Comparison, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    engines: dict[str, str] = field(default_factory=dict)


def path_of(finding: Finding, system: SystemRecord, result: Result) -> str:
    """The file a finding stands in: the candidate's or a reference's, with the document where a set has several."""
    path = system.path
    if finding.side == "reference":
        path = next((r.path for r in result.references if r.name == finding.reference), finding.reference)
    return f"{path}/{finding.document}" if len(system.documents) > 1 else path


def place(finding: Finding, system: SystemRecord, result: Result) -> str:
    """`path:line:column` of a finding."""
    return f"{path_of(finding, system, result)}:{finding.line}:{finding.column}"
