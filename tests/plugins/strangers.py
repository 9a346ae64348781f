"""A plug-in of each kind as a stranger would write it in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Context, Document, Finding, Languages, Link, Rule, Segment, Term, Termbase, Unit
from evalkit.records.findings import finding
from evalkit.records.result import Result
from evalkit.text.visible import visible

LOUD = Rule(
    id="loud", category="style", mqm="style/register", severity="minor",
    summary="A sentence shouts.", example="Come at once[!]",
)  # fmt: skip


@dataclass(frozen=True)
class Loud:
    """Finds exclamation marks."""

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "loud"
    rules: ClassVar[tuple[Rule, ...]] = (LOUD,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        for unit in units:
            for segment in unit.candidate.segments if unit.candidate else ():
                if (at := segment.text.find("!")) >= 0:
                    yield finding(LOUD, self.name, unit, segment, at, at + 1, "it shouts")


@dataclass(frozen=True)
class Lengths:
    """How much longer the candidate is, in characters for each of the reference."""

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "lengths"
    better: ClassVar[str] = "lower"
    title: ClassVar[str] = "Lengths"
    meaning: ClassVar[str] = "difference in length by the reference's length"

    def measure(self, units: Sequence[Unit]) -> list[tuple[float, ...]]:
        mine = [len(u.candidate.text) if u.candidate else 0 for u in units]
        theirs = [len(u.references[0].text) if u.references else 0 for u in units]
        return [(float(abs(a - b)), float(b)) for a, b in zip(mine, theirs, strict=True)]

    def value(self, row: Sequence[float]) -> float:
        return 100 * row[0] / row[1] if row[1] else 0.0

    def segment(self, row: Sequence[float]) -> float:
        return self.value(row)

    def signature(self, nrefs: str) -> str:
        return f"nrefs:{nrefs}|lengths"


@dataclass(frozen=True)
class Rows:
    """Every line a segment."""

    kind: ClassVar[str] = "segmenter"
    name: ClassVar[str] = "rows"

    def split(self, document: Document) -> list[Segment]:
        found, start = [], 0
        for number, line in enumerate(document.text.splitlines(keepends=True), 1):
            text = line.rstrip("\n")
            found.append(Segment(f"{document.id}:{number}", document.id, start, start + len(text), text))
            start += len(line)
        return found


@dataclass(frozen=True)
class InOrder:
    """The first with the first, the second with the second."""

    kind: ClassVar[str] = "aligner"
    name: ClassVar[str] = "in-order"

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> list[Link]:
        both = min(len(candidate), len(reference))
        links = [Link((n,), (n,), "1-1", 1.0) for n in range(both)]
        links += [Link((n,), (), "added", 1.0) for n in range(both, len(candidate))]
        return links + [Link((), (n,), "omitted", 1.0) for n in range(both, len(reference))]


@dataclass(frozen=True)
class Upside:
    """Reads .up files, whose lines stand last first."""

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "upside"
    suffixes: ClassVar[tuple[str, ...]] = (".up",)

    def read(self, path: str, lang: str) -> tuple[Document, ...]:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            text = "".join(reversed(file.readlines()))
        return (Document(id="1", path=path, text=text, sha256="0" * 64, lang=lang),)


@dataclass(frozen=True)
class Sheet:
    """A row a system."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "sheet"
    suffix: ClassVar[str] = ".list2"

    def render(self, result: Result) -> str:
        return "".join(f"{visible(s.name)},{len(s.findings)},{','.join(result.metrics)}\n" for s in result.systems)


@dataclass(frozen=True)
class Plain:
    """A term a line."""

    kind: ClassVar[str] = "termbase"
    name: ClassVar[str] = "plain"
    suffixes: ClassVar[tuple[str, ...]] = (".list",)

    def read(self, path: str, languages: Languages) -> Termbase:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            return Termbase(terms=tuple(Term(line.strip(), origin=path) for line in file if line.strip()))

    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]:
        return "".join(f"{term.term}\n" for term in base.terms), ()
