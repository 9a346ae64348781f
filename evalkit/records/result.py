"""The result: what `result.json` holds, field by field. Renderers see nothing else."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from evalkit.records import (
    Alignment,
    Failure,
    Finding,
    Kind,
    LeftOut,
    LinkKind,
    Scope,
    Segment,
    Severity,
    Side,
    TermResult,
    frames,
)
from evalkit.records.comparison import Change, Comparison, Disagreement, Drawn, Ranking
from evalkit.records.human import Human
from evalkit.records.lazy import Records
from evalkit.records.scorecard import Scorecard
from evalkit.records.verdicts import Review


class PassageRecord(Struct, frozen=True, gc=False):
    segments: tuple[str, ...]
    start: int
    end: int
    text: str


class ReferencePassageRecord(Struct, frozen=True, gc=False):
    reference: str
    segments: tuple[str, ...]
    start: int
    end: int
    text: str


class UnitRecord(Struct, frozen=True, gc=False):
    id: str
    document: str
    link: LinkKind
    confidence: float
    candidate: PassageRecord | None
    references: tuple[ReferencePassageRecord, ...] | None
    scores: dict[str, float]
    rows: dict[str, tuple[float, ...]]
    block: int | None = None
    source: PassageRecord | None = None


class Score(Struct, frozen=True):
    """A score of one system. `low` and `high` bound the confidence interval, null without one; `resampled`
    says what was drawn for it. `detail` is what the metric's own tool shows beside it: BLEU's precisions and brevity
    penalty."""

    metric: str
    scope: Scope
    value: float
    low: float | None
    high: float | None
    signature: str
    resampled: Drawn = ""
    detail: str = ""


class Quality(Struct, frozen=True):
    """Findings rolled up by severity weight (0, 1, 5, 25 for neutral, minor, major, critical).

    `expected_errors` is the number of true errors to expect among them, hints of content included (`records.quality`);
    null in results of earlier versions, and where findings were only counted."""

    words: int
    counts: dict[str, int]
    by_category: dict[str, dict[str, int]]
    penalty: int
    penalty_per_1000_words: float
    raw_score: float
    expected_errors: float | None = None
    expected_errors_per_1000_words: float | None = None


class DocumentRecord(Struct, frozen=True, omit_defaults=True):
    """One document of a system. `scores` are those over all its units, gaps charged, by metric; a system of a single
    document has them as its own alone."""

    id: str
    sha256: str
    words: int
    alignment: Alignment
    scores: dict[str, float] = {}


class ReferenceRecord(Struct, frozen=True):
    name: str
    path: str
    sha256: str
    lang: str
    words: int
    segments: Records[Segment]
    left_out: tuple[LeftOut, ...] = ()
    derived_from: str = ""
    one_file: bool = False
    extracted: str | dict[str, str] = ""


class SourceRecord(Struct, frozen=True):
    """The text that was translated: a side of its own, in its own language. Its segments are its lines or rows."""

    path: str
    sha256: str
    lang: str
    words: int
    name: str = "source"  # a result of schema 1 has neither name nor segments
    segments: tuple[Segment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    one_file: bool = False
    extracted: str | dict[str, str] = ""


class Suppressed(Struct, frozen=True):
    """Findings of one system that an `[[ignore]]` of the configuration took out: why, which, how many.

    `ignore` is the entry's number in the configuration, from 1; `rules` counts the findings by rule.
    """

    ignore: int
    reason: str
    count: int
    rules: dict[str, int]


class Unjudged(Struct, frozen=True):
    """A rule that did not judge a system, and why: it does not know the language, or has nothing to go by."""

    rule: str
    reason: str


class SystemRecord(Struct, frozen=True):
    """One candidate. `one_file`: its documents are parts of the file at `path`, not files in the folder of that name.
    `extracted` is the text that was taken out of a file of another format, to which all places refer, or those of
    several documents by id; reports have them as `extracted_files` calls them. `judged_wrong` are findings that people
    have judged wrong: they are in no count and
    fail no gate."""

    name: str
    path: str
    sha256: str
    kind: Kind
    lang: str
    words: int
    documents: tuple[DocumentRecord, ...]
    segments: Records[Segment]
    alignment: Alignment
    scores: tuple[Score, ...]
    units: Records[UnitRecord]
    findings: Records[Finding]
    quality: Quality
    left_out: tuple[LeftOut, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    judged_wrong: tuple[Finding, ...] = ()
    one_file: bool = False
    extracted: str | dict[str, str] = ""

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings to show and count: those that the other systems of the run do not outvote."""
        return tuple(finding for finding in self.findings if not finding.outvoted)


class MetricRecord(Struct, frozen=True):
    """What a metric of this run is, so that a reader of the result needs no scorer to show or judge it.

    `title` is the name the field writes, `scale` the range of its values in words, `meaning` one sentence, `needs`
    the sides it looks at. `better` is empty where nobody knows it: a plug-in's metric in a result of an older schema.
    `engine` says what counted its rows: `kernel`, or a library with its version. It is the
    one thing in a result that may differ between machines: no number depends on it. `identity` is the scorer with
    all its options, as in the result's signature. `decimals` is how many a value is shown with.
    """

    title: str
    better: Literal["higher", "lower", ""]
    scale: str
    meaning: str
    needs: tuple[Side, ...]
    engine: str
    identity: str
    decimals: int = 2


class RuleRecord(Struct, frozen=True):
    """What a rule of this run means. `severity` is its usual one, `rank` its place before other rules, `help` an
    example in a few lines, `precision` the measured share of its findings that are right, null where unmeasured."""

    summary: str
    category: str
    mqm: str
    severity: Severity
    rank: int
    help: str = ""
    precision: float | None = None


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


class Result(Struct, frozen=True, weakref=True):
    """Everything an evaluation found; all that renderers, gates and comparisons see.

    `systems` has the scores, units and findings of each candidate, in the order given; `comparisons` are the paired
    tests of their scores, `finding_comparisons` those of their rates of findings; `failures` are the notes of the
    run. `signature` names everything that can change a number.
    """

    schema: Literal["evalkit/result/2"]
    evalkit: str
    name: str
    signature: str
    config: dict[str, Any]
    metrics: dict[str, MetricRecord]
    rules: dict[str, RuleRecord]
    references: tuple[ReferenceRecord, ...]
    systems: tuple[SystemRecord, ...]
    comparisons: tuple[Comparison, ...] = ()
    terms: tuple[TermResult, ...] = ()
    failures: tuple[Failure, ...] = ()
    source: SourceRecord | None = None
    gate: Gate | None = None
    finding_comparisons: tuple[Comparison, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    disagreements: Records[Disagreement] = ()
    review: Review | None = None
    scorecards: tuple[Scorecard, ...] = ()
    human: Human | None = None

    def to_arrow(self) -> dict[str, Any]:
        """`units`, `scores` and `findings` as tables of pyarrow; MissingExtraError where it is not installed."""
        return frames.frames(self, "pyarrow")

    def to_pandas(self) -> dict[str, Any]:
        """`units`, `scores` and `findings` as data frames of pandas; MissingExtraError where it is not installed."""
        return frames.frames(self, "pandas")

    def to_polars(self) -> dict[str, Any]:
        """`units`, `scores` and `findings` as data frames of polars; MissingExtraError where it is not installed."""
        return frames.frames(self, "polars")

    def flat(self) -> dict[str, float]:
        """Every score and count by name, for a tracker of experiments: `SYSTEM/METRIC/SCOPE`."""
        return frames.flat(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: a table of the systems, the gate's verdict, the first notes."""
        return frames.as_html(self)


def path_of(finding: Finding, system: SystemRecord, result: Result) -> str:
    """The file a finding stands in, of whatever side, with the document where a set has several."""
    path, whole = system.path, system.one_file
    if finding.side == "reference":
        sides = ((r.path, r.one_file) for r in result.references if r.name == finding.reference)
        path, whole = next(sides, (finding.reference, False))
    if finding.side == "source" and result.source:
        path, whole = result.source.path, result.source.one_file
    return f"{path}/{finding.document}" if len(system.documents) > 1 and not whole else path


def place(finding: Finding, system: SystemRecord, result: Result) -> str:
    """`path:line:column` of a finding."""
    return f"{path_of(finding, system, result)}:{finding.line}:{finding.column}"
