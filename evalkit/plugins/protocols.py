"""What each kind of plug-in offers. A plug-in needs no base class, only these names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal, Protocol

from evalkit.records import Context, Document, Finding, Languages, Link, Rule, Segment, Termbase, Unit
from evalkit.records.result import Result

Row = tuple[float, ...]


class Reader(Protocol):
    """Documents from a path. `suffixes` are the file endings it takes without being named."""

    suffixes: ClassVar[tuple[str, ...]]

    def read(self, path: str, lang: str) -> tuple[Document, ...]: ...


class Segmenter(Protocol):
    """The segments of a document, in order, spans inside the document, none overlapping."""

    def split(self, document: Document) -> Sequence[Segment]: ...


class Aligner(Protocol):
    """Links between two segment lists: each index in exactly one link, gaps as links with one empty
    side, in the order of the candidate with omitted references at their place.

    Two things an aligner may have besides: `segmenter`, the one used where the user names none
    (`sentences` without it), and `cut(candidate, reference)`, which gives the candidate's text in
    other segments before it is aligned.
    """

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> Sequence[Link]: ...


class Statistic(Protocol):
    """What a paired test asks of a score: `value` of one row or the sum of rows, `segment` of one unit."""

    better: ClassVar[Literal["higher", "lower"]]

    def value(self, row: Sequence[float]) -> float: ...
    def segment(self, row: Sequence[float]) -> float: ...


class Scorer(Statistic, Protocol):
    """Statistic rows of units that add up. A missing side is an empty text.

    `value` takes one row or the sum of rows and gives the score as the standard tool shows it
    (percent); `segment` the score of one unit, where that differs. `signature(nrefs)` is the
    standard tool's.
    """

    def measure(self, units: Sequence[Unit]) -> list[Row]: ...
    def signature(self, nrefs: str) -> str: ...


class Detector(Protocol):
    """Findings in units. `rules` are all rules it can report."""

    rules: ClassVar[tuple[Rule, ...]]

    def find(self, units: Sequence[Unit], context: Context) -> Iterable[Finding]: ...


class Renderer(Protocol):
    """A result, read back from JSON, as text in one format.

    `suffix` is the ending of its files; `-o` with that ending asks for this format, unless the class says
    `claims = False` because another format is the usual one of the ending.
    """

    suffix: ClassVar[str]

    def render(self, result: Result) -> str: ...


class TermbaseFormat(Protocol):
    """A file format of termbases. `suffixes` are the file endings it takes without being named.

    `write` gives the file's text and, in words, what of the termbase the format cannot hold.
    """

    suffixes: ClassVar[tuple[str, ...]]

    def read(self, path: str, languages: Languages) -> Termbase: ...
    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]: ...
