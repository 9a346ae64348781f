"""What is aligned: links, how far to trust them, and the units that scorers and detectors see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from evalkit.records.entries import CustomRule, Name, Term
from evalkit.records.texts import Document, Kind, Segment

LinkKind = Literal["1-1", "1-n", "n-1", "n-m", "omitted", "added", "moved"]
Scope = Literal["aligned", "document", "corpus"]
LINK_KINDS: tuple[LinkKind, ...] = ("1-1", "1-n", "n-1", "n-m", "omitted", "added", "moved")
GAPS: tuple[LinkKind, ...] = ("omitted", "added")


class Link(Struct, frozen=True, gc=False):
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


class Passage(Struct, frozen=True, gc=False):
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


class Unit(Struct, frozen=True, gc=False):
    """An aligned pair: what scorers and detectors see. One of the two sides may be empty.

    `source` is the text both render, where the run has a source and it could be paired.
    """

    id: str
    document: str
    link: LinkKind
    confidence: float
    candidate: Passage | None
    references: tuple[Passage, ...]
    block: int | None = None
    source: Passage | None = None


# What every system of the run wrote for a reference segment: (reference, segment id) -> system -> text. No detector
# sees it: a finding does not depend on who else is in the run.
Renderings = Mapping[tuple[str, str], Mapping[str, str]]


class Context(Struct, frozen=True):
    """What a detector may know beyond the units: the run's settings, lists and whole texts; nothing of other systems.

    `documents` are the system's documents by id; `references` the references by name, each by
    document id, each in the language that `reference_langs` has for its name (without an entry: the
    candidate's). Lists are the termbase's records, in file order. `sources` are the source's documents
    by id, those alone that have inline codes on one side or the other.
    """

    system: str
    lang: str
    kind: Kind
    documents: Mapping[str, Document]
    references: Mapping[str, Mapping[str, Document]]
    names: tuple[Name, ...] = ()
    terms: tuple[Term, ...] = ()
    trusted: Mapping[str, bool] = field(default_factory=dict)
    rules: tuple[CustomRule, ...] = ()
    source_lang: str = ""
    reference_langs: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Document] = field(default_factory=dict)
