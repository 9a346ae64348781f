"""What each kind of plug-in offers. A plug-in needs no base class, only these names.

What a plug-in may have besides is named in the text of its kind, and asked for with `getattr`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import Field
from typing import Any, ClassVar, Literal, Protocol

from evalkit.records import Bitext, Context, Document, Finding, Languages, Link, Rule, Segment, Termbase, Unit
from evalkit.records.result import Result

Row = tuple[float, ...]


class Plugin(Protocol):
    """A frozen dataclass with a kind and a name; its fields are its options.

    `identity` is what a signature says of it where that is more than its options (a file's hash).
    """

    kind: ClassVar[str]
    name: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


class Reader(Plugin, Protocol):
    """The documents of a path: of one side, or a Bitext, several sides of the same rows.

    `suffixes` are the file endings it takes without being named. `lang` is the language of the side it is read
    for. A document's `rows` are the segments that the file itself states, with their ids and metadata. A reader of an
    ending that others take too has `fits(path)`, which says whether a file is of its own kind.
    """

    suffixes: ClassVar[tuple[str, ...]]

    def read(self, path: str, lang: str) -> tuple[Document, ...] | Bitext: ...


class Segmenter(Plugin, Protocol):
    """The segments of a document, in order, spans inside the document, none overlapping.

    `keeps_lines = True` says that every line (every row of a table) is one segment as it stands, empty ones too:
    segments are then made only when somebody looks at them, and are not remarked on for their length.
    """

    def split(self, document: Document) -> Sequence[Segment]: ...


class Aligner(Plugin, Protocol):
    """Links between two segment lists: each index in exactly one link, gaps as links with one empty
    side, in the order of the candidate with omitted references at their place.

    What an aligner may have besides: `segmenter`, the one used where the user names none (`sentences`
    without it); `cut(candidate, reference)`, which gives the candidate's text in other segments before it
    is aligned; `line_by_line = True` where segment k always belongs to segment k, surely, so that nothing is left
    to trust but the order, and scores are of scope `corpus`. With a segmenter that keeps the lines, and as many of
    them on every side, such an aligner is asked for links only when somebody looks at units; `semantic`, the name of an
    embedding model, by which sources are aligned too. Of evalkit's own,
    `depends_on_texts` says that links come from the two sides and the options alone, so that they may be kept.
    """

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> Sequence[Link]: ...


class Statistic(Protocol):
    """What a paired test asks of a score: `value` of one row or the sum of rows, `segment` of one unit."""

    better: ClassVar[Literal["higher", "lower"]]

    def value(self, row: Sequence[float]) -> float: ...
    def segment(self, row: Sequence[float]) -> float: ...


class Scorer(Plugin, Statistic, Protocol):
    """Statistic rows of units that add up. A missing side is an empty text.

    `value` takes one row or the sum of rows and gives the score as the standard tool shows it
    (percent); `segment` the score of one unit, where that differs. `signature(nrefs)` is the
    standard tool's.

    What a scorer may have besides, for those who read the result: `title`, `scale` and `meaning`, and
    `by_unit = True` where the score of a single unit says something of it. And for those who run it:
    `needs`, the sides it looks at ("candidate", "reference", "source"; the first two without it): what is
    missing is an error before the work; without "reference" it scores texts that have none. `batch`, the
    number of units `measure` is given at a time (2,000 without it; None is all of a system's), and `reach`, how many
    units after them their rows look at, which it is given too (0 without it).
    `in_process = True` keeps it in the main process, where a model is loaded once, and with `on_cluster = True` lets
    each worker of a cluster load it too. `remark(row)` says what a
    reader of a unit's score has to know, "" for nothing; `identity` what a signature says beyond the options;
    `decimals` how many its values are shown with (2 without it). An option with the metadata `local` moves no number
    and stands in no signature. `prefer(first, second)`, of a metric that compares two candidates itself: a number a
    pair of units, above 0 where the second is better; the paired tests then take these.
    """

    def measure(self, units: Sequence[Unit]) -> list[Row]: ...
    def signature(self, nrefs: str) -> str: ...


class Detector(Plugin, Protocol):
    """Findings in units. `rules` are all rules it can report.

    What a detector may have besides: `silent(lang)`, a class method that gives, by rule, why it does not judge texts
    in a language: it does not know the language, or the language has nothing to judge. `same_language`, the rules that
    judge only beside a reference in the candidate's language. `by_source`, those of its rules that are explained by a
    reference (`needs`) and judge by a source alone too; `by_alignment`, those that do so where it was aligned.
    `in_process = True` keeps it in the main process, where a model is loaded once.
    """

    rules: ClassVar[tuple[Rule, ...]]

    def find(self, units: Sequence[Unit], context: Context) -> Iterable[Finding]: ...


class Renderer(Plugin, Protocol):
    """A result, read back from JSON, as text in one format.

    `suffix` is the ending of its files; `-o` with that ending asks for this format, unless the class says
    `claims = False` because another format is the usual one of the ending. A format that refers to files of its
    own has `companions(result)`: their text by their path beside the rendering. A format that is no text has
    `render_file(result)`, which gives the bytes of the file.
    """

    suffix: ClassVar[str]

    def render(self, result: Result) -> str: ...


class TermbaseFormat(Plugin, Protocol):
    """A file format of termbases. `suffixes` are the file endings it takes without being named.

    `write` gives the file's text and, in words, what of the termbase the format cannot hold. `only_read = True` says
    that nothing is written in this format: `write` raises ConfigError.
    """

    suffixes: ClassVar[tuple[str, ...]]

    def read(self, path: str, languages: Languages) -> Termbase: ...
    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]: ...
