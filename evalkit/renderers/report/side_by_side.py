"""Units with all their sides beside each other: the worst as examples, and all texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from evalkit.records import SEVERITY_WEIGHTS, Finding, Severity
from evalkit.records.result import Result, UnitRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._source import Pieces
from evalkit.renderers._text import count, listing, quoted
from evalkit.renderers.report.blocks import Block, Bullets, Cell, Heading, Line, Piece, Table, line, name, text
from evalkit.renderers.report.passages import Marked


def examples(result: Result, limit: int) -> Iterator[Block]:
    """The units of trusted systems with the most severe findings."""
    if not result.systems or not facts.checked(result):
        return
    yield Heading(2, "Examples")
    chosen = _chosen(result, limit)
    if not chosen:
        yield text("No unit of a trusted system has a finding other than hints; there is nothing to show.")
        return
    yield text(f"The units with the most severe findings, {_sides(result)}what was found is marked.")
    pieces = Pieces(result)
    drawn = {number: Marked.of(result, number, pieces) for number in dict.fromkeys(number for number, _ in chosen)}
    for number, unit in chosen:
        marked = drawn[number]
        yield Heading(3, f"{quoted(result.systems[number].name, 80)}, unit {quoted(unit.id, 40)}{_link(result, unit)}")
        yield _without_ids(side_by_side(result, marked, [unit], 700))
        found = sorted(marked.by_unit[unit.id], key=facts.severity_rank)
        yield Bullets(
            tuple(
                line(name(f.rule), f" ({f.severity}) at {quoted(facts.place(marked.system, f), 60)}: ",
                     f"{quoted(f.message, 300)}{_wanted(f)}")
                for f in found[:8]
            )
        )  # fmt: skip
        if len(found) > 8:
            yield text(f"{count(len(found) - 8, 'more finding')} in this unit: see Findings.")


def _wanted(finding: Finding) -> str:
    wanted = facts.expected(finding)
    return f" (expected {wanted})" if wanted else ""


def _chosen(result: Result, limit: int) -> list[tuple[int, UnitRecord]]:
    """Units by their most severe finding, then by how many they have of each severity, then in order."""
    ranked: list[tuple[tuple[int, ...], int, int, UnitRecord]] = []
    for number, system in enumerate(result.systems):
        if system not in facts.trusted(result):
            continue
        counts: dict[str, Counter[Severity]] = {}
        for finding in system.standing:
            counts.setdefault(finding.unit, Counter())[finding.severity] += 1
        for place, unit in enumerate(system.units):
            mine = counts.get(unit.id)
            numbers = tuple(-mine[s] for s in facts.WORST_FIRST if SEVERITY_WEIGHTS[s]) if mine else ()
            if any(numbers):
                ranked.append((numbers, number, place, unit))
    return [(entry[1], entry[3]) for entry in sorted(ranked, key=lambda entry: entry[:3])[:limit]]


def side_by_side(result: Result, marked: Marked, units: Sequence[UnitRecord], limit: int) -> Table:
    """Units as a table with a column for each side there is: source, candidate, references."""
    sides: dict[str, Callable[[UnitRecord], Line]] = {}
    if result.source:
        sides["Source"] = lambda unit: marked.source(unit, limit)
    sides["Candidate"] = lambda unit: marked.candidate(unit, limit)
    if result.references:
        sides["Reference"] = lambda unit: _references(marked, unit, limit)
    rows = tuple(tuple(Cell(draw(unit)) for draw in sides.values()) for unit in units)
    return Table(tuple(sides), (False,) * len(sides), rows, pair=True)


def _references(marked: Marked, unit: UnitRecord, limit: int) -> Line:
    drawn: list[Piece] = []
    for passage in unit.references or ():
        if drawn:
            drawn.append(Piece(f" / {quoted(passage.reference, 40)}: "))
        drawn += marked.reference(unit, passage, limit)
    return tuple(drawn) or (Piece("–"),)


def _sides(result: Result) -> str:
    sides = ["source"] * bool(result.source) + ["candidate"] + ["reference"] * bool(result.references)
    return f"{listing(sides, 3)} side by side, " if len(sides) > 1 else ""


def _link(result: Result, unit: UnitRecord) -> str:
    """How a unit is paired with the reference; nothing where there is none to be paired with."""
    if not result.references:
        return ""
    paired = unit.candidate is not None and unit.references
    return f" ({unit.link}, confidence {unit.confidence:.2f})" if paired else f" ({unit.link})"


def _without_ids(table: Table) -> Table:
    """The same table with no places to link to: those are in the aligned texts."""
    rows = (tuple(replace(c, line=tuple(p for p in c.line if not p.id)) for c in row) for row in table.rows)
    return replace(table, rows=tuple(rows))


def aligned(result: Result, limit: int) -> Iterator[Block]:
    """All units of trusted systems in order, up to `limit`; where there are more, those with findings."""
    usable = facts.trusted(result)
    total = sum(len(s.units) for s in usable)
    if not total:
        return
    yield Heading(2, "Aligned texts" if result.references else "Source and translation" if result.source else "Text")
    if total > limit:
        yield text(f"{total:,} units are too many for one page; units with findings are shown, at most {limit:,}.")
    left, pieces = limit, Pieces(result)
    for number, system in enumerate(result.systems):
        if system not in usable or left <= 0:
            continue
        marked = Marked.of(result, number, pieces)
        units = list(islice((u for u in system.units if total <= limit or u.id in marked.by_unit), left))
        left -= len(units)
        if units:
            yield Heading(3, quoted(system.name, 80))
            yield side_by_side(result, marked, units, 2000)
    yield text("Units not shown here are in the JSON result.") if total > limit else text("All units are shown.")
