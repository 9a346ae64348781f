"""The whole report as blocks, from the verdict to the caveats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalkit.records import Finding
from evalkit.records.result import Result
from evalkit.renderers._text import quoted
from evalkit.renderers.report import changes as _changed
from evalkit.renderers.report import checklist as _checklist
from evalkit.renderers.report import comparisons as _compared
from evalkit.renderers.report import disagreements as _disagree
from evalkit.renderers.report import findings as _findings
from evalkit.renderers.report import human as _human
from evalkit.renderers.report import notes as _notes
from evalkit.renderers.report import ranks as _ranks
from evalkit.renderers.report import reviewed as _reviewed
from evalkit.renderers.report import scorecards as _cards
from evalkit.renderers.report import side_by_side as _units
from evalkit.renderers.report import systems as _scores
from evalkit.renderers.report.blocks import Block, Cell, Heading, Table, name, text
from evalkit.renderers.report.by_kind_of_metric import by_kind_of_metric
from evalkit.renderers.report.passages import Marked
from evalkit.renderers.report.sizes import sizes
from evalkit.renderers.report.verdict import verdict


@dataclass(frozen=True)
class Limits:
    """How much a report shows of what may be long; `units` of 0 leaves the aligned texts out.

    `saved`: the report stands beside the result's file.
    """

    per_rule: int = 10
    examples: int = 6
    rows: int = 60
    units: int = 0
    saved: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the report; `name` is for the writers, never shown."""

    name: str
    blocks: tuple[Block, ...]


def sections(result: Result, limits: Limits) -> list[Section]:
    """All parts in reading order, empty ones left out. Whatever is cut is said where it is cut."""
    aligned = list(_units.aligned(result, limits.units)) if limits.units else []
    places = _places(aligned)
    marked = {number: Marked.of(result, number) for number in range(len(result.systems))} if places else {}

    def target(number: int, finding: Finding) -> str:
        place = marked[number].mark(finding) if number in marked else ""
        return place if place in places else ""

    parts: dict[str, Iterable[Block]] = {
        "title": [Heading(1, f"Evaluation: {quoted(result.name, 120) or 'without a name'}")],
        "verdict": verdict(result, limits.per_rule),
        "changed": _changed.changed(result),
        "checklist": _checklist.checklist(result, limits.rows),
        "systems": _scores.systems(result),
        "ranks": _ranks.ranks(result),
        "kinds-of-metric": by_kind_of_metric(result),
        "sizes": sizes(result),
        "disagreement": _disagree.disagreement(result),
        "comparisons": _compared.comparisons(result, limits.rows),
        "examples": _units.examples(result, limits.examples),
        "findings": _findings.findings(result, limits.per_rule, target),
        "scorecard": _cards.scorecards(result, limits.rows),
        "human": _human.human(result),
        "reviewed": _reviewed.reviewed(result),
        "terms": _findings.terms(result, limits.rows),
        "coverage": _notes.coverage(result),
        "meaning": _scores.meaning(result),
        "left-out": _notes.left_out(result),
        "notes": _notes.failures(result),
        "caveats": _notes.caveats(result),
        "aligned": aligned,
        "origin": _origin(result, saved=limits.saved),
        "signatures": _scores.signatures(result),
    }
    made = [Section(name, tuple(blocks)) for name, blocks in parts.items()]
    return [section for section in made if section.blocks]


def report(result: Result, limits: Limits) -> list[Block]:
    """All blocks in reading order."""
    return [block for section in sections(result, limits) for block in section.blocks]


def _origin(result: Result, *, saved: bool) -> Iterator[Block]:
    yield Heading(2, "What was compared")
    yield from _notes.compared(result)
    whole = "the JSON result, result.json beside this report," if saved else "the JSON result (format json)"
    yield text("Made by evalkit ", name(result.evalkit), f" ({result.schema}); {whole} holds everything.")


def _places(blocks: list[Block]) -> frozenset[str]:
    """Ids of all marks in the blocks."""
    cells: list[Cell] = [c for block in blocks if isinstance(block, Table) for row in block.rows for c in row]
    return frozenset(piece.id for c in cells for piece in c.line if piece.id)
