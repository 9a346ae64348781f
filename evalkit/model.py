"""The records that flow through evalkit. All are frozen; a later stage never changes an earlier one's.

Offsets count Unicode code points in the document as decoded, `end` exclusive; lines and columns
start at 1. What a run gives in the end stands in `result.py` and `comparison.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

Side = Literal["candidate", "reference", "source"]
Kind = Literal["translation", "report", "summary"]
Severity = Literal["neutral", "minor", "major", "critical"]
SegmentKind = Literal["text", "heading", "dateline"]
LinkKind = Literal["1-1", "1-n", "n-1", "n-m", "omitted", "added", "moved"]
Scope = Literal["aligned", "document", "corpus"]

SEVERITIES: tuple[Severity, ...] = ("neutral", "minor", "major", "critical")
SEVERITY_WEIGHTS: dict[Severity, int] = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
LINK_KINDS: tuple[LinkKind, ...] = ("1-1", "1-n", "n-1", "n-m", "omitted", "added", "moved")
GAPS: tuple[LinkKind, ...] = ("omitted", "added")


class Row(Struct, frozen=True):
    """One row of a table or one line: a segment the input itself states."""

    id: str
    start: int
    end: int


class LeftOut(Struct, frozen=True):
    """A line the reader took for page furniture and left out of the evaluation."""

    document: str
    line: int
    start: int
    end: int
    text: str
    reason: str


class Document(Struct, frozen=True):
    """One text of one side. `rows` is set where the input states its segments (a table)."""

    id: str
    path: str
    text: str
    sha256: str
    lang: str = "en"
    rows: tuple[Row, ...] | None = None
    left_out: tuple[LeftOut, ...] = ()


class DocumentSet(Struct, frozen=True):
    """All documents of one candidate, reference or source, in order, ids unique."""

    name: str
    side: Side
    path: str
    documents: tuple[Document, ...]
    lang: str = "en"
    kind: Kind = "translation"


class Segment(Struct, frozen=True):
    """A sentence, line or heading; `text` is the document's text from `start` to `end`."""

    id: str
    document: str
    start: int
    end: int
    text: str
    kind: SegmentKind = "text"
    paragraph: int = 0


class Link(Struct, frozen=True):
    """Segments of the candidate that render segments of the reference, by index; one side may be empty.

    `confidence` is the aligner's probability that the link is right; `block` numbers the runs of
    moved links, None for links in their place.
    """

    candidate: tuple[int, ...]
    reference: tuple[int, ...]
    kind: LinkKind
    confidence: float
    block: int | None = None


class Coverage(Struct, frozen=True):
    """Share of words, 0 to 1, that stand in paired units."""

    reference: float
    candidate: float


class Alignment(Struct, frozen=True):
    """The links of one document (or, summed, of one system) and whether to trust them."""

    aligner: str
    links: dict[str, int]
    coverage: Coverage
    confidence: float
    trusted: bool
    reason: str
    moved_blocks: int = 0


class Passage(Struct, frozen=True):
    """One side of a unit: its segments and their joined text."""

    segments: tuple[Segment, ...]
    text: str
    reference: str = ""

    @property
    def start(self) -> int:
        return min(segment.start for segment in self.segments)

    @property
    def end(self) -> int:
        return max(segment.end for segment in self.segments)


class Unit(Struct, frozen=True):
    """An aligned pair: what scorers and detectors see. One of the two sides may be empty."""

    id: str
    document: str
    link: LinkKind
    confidence: float
    candidate: Passage | None
    references: tuple[Passage, ...]
    block: int | None = None


class Rule(Struct, frozen=True):
    """What a finding's rule id means: text for `evalkit explain`, defaults for its findings.

    `example` is a candidate text in which the rule fires, the span in [brackets]; `needs` says what
    must be there for the rule to run at all: "reference", "terms", "names" or nothing. `against` is what
    the example is held against: the reference, or the entry of the list.
    """

    id: str
    category: str
    mqm: str
    severity: Severity
    summary: str
    example: str
    needs: str = ""
    against: str = ""


class Span(Struct, frozen=True):
    """A place on the other side that belongs to a finding."""

    side: Side
    reference: str
    start: int
    end: int
    text: str


class Finding(Struct, frozen=True):
    """Something a reader should look at, with its exact place.

    `reference` names the reference the place is in, where `side` is "reference".
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


class Term(Struct, frozen=True):
    """A concept of a termbase: the form to use, forms as good, forms that are wrong.

    `gap` is the number of other words that may stand between the words of a form. `source_terms` are
    the concept's names in the source language. `when`: the entry is judged only in units whose
    reference or source has one of these words. `translate` is False for what stays as the source has
    it. `reject_patterns` are wrong forms too, as regular expressions.
    """

    term: str
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    case: bool = False
    severity: Severity = "major"
    note: str = ""
    source: str = ""
    gap: int = 0
    source_terms: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    translate: bool = True
    reject_patterns: tuple[str, ...] = ()
    origin: str = ""


class Name(Struct, frozen=True):
    """A name of a names list. `accept` are spellings as good as `name`; `variants` are known spellings
    that are not this project's form; `reject` are wrong ones."""

    name: str
    kind: Literal["person", "place", "organisation"] = "person"
    accept: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    severity: Severity | None = None
    note: str = ""
    origin: str = ""


class CustomRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of the user's own: a pattern and what to say of every place it matches.

    `pattern` is a regular expression of the package `regex`, searched in each sentence of `side`;
    `lang` limits the rule to texts of a language.
    """

    id: str
    pattern: str
    message: str
    category: str = "custom"
    severity: Severity = "minor"
    side: Literal["candidate", "reference"] = "candidate"
    lang: str = ""
    expected: tuple[str, ...] = ()


# What every system of the run wrote for a reference segment: (reference, segment id) -> system -> text.
Renderings = Mapping[tuple[str, str], Mapping[str, str]]


class Context(Struct, frozen=True):
    """What a detector may know beyond the units: the run's settings, lists and whole texts.

    `documents` are the system's documents by id; `references` the references by name, each by
    document id. Lists are the termbase's records, in file order. `sources` has the source text of a
    unit by its id, where the source could be paired.
    """

    system: str
    lang: str
    kind: Kind
    documents: Mapping[str, Document]
    references: Mapping[str, Mapping[str, Document]]
    names: tuple[Name, ...] = ()
    terms: tuple[Term, ...] = ()
    trusted: Mapping[str, bool] = field(default_factory=dict)
    renderings: Renderings = field(default_factory=dict)
    rules: tuple[CustomRule, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    source_lang: str = ""
