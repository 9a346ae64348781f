"""Aligned examples, the findings by category, and the terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from evalkit.records import SEVERITY_WEIGHTS, Finding, Severity, TermResult
from evalkit.records.result import Result, UnitRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, percent, quoted
from evalkit.renderers.report.blocks import (
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    Piece,
    Style,
    Table,
    cell,
    line,
    name,
    text,
)
from evalkit.renderers.report.listed import WEIGHTY, Entry, listed
from evalkit.renderers.report.passages import Marked

_MOST_RULES = 80  # rules with light findings alone fold into one line beyond this
_WEIGHTY: dict[str, Style] = {"critical": "strong", "major": "strong"}
Target = Callable[[int, Finding], str]


def examples(result: Result, limit: int) -> Iterator[Block]:
    """The units of trusted systems with the most severe findings."""
    if not result.systems or not facts.checked(result):
        return
    yield Heading(2, "Examples")
    chosen = _chosen(result, limit)
    if not chosen:
        yield text("No unit of a trusted system has a finding that weighs anything; there is nothing to show.")
        return
    yield text(f"The units with the most severe findings, {_sides(result)}what was found is marked.")
    for number, unit in chosen:
        marked = Marked.of(result, number)
        yield Heading(3, f"{quoted(result.systems[number].name, 80)}, unit {quoted(unit.id, 40)}{_link(result, unit)}")
        yield _without_ids(pair(marked, [unit], 700))
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


def _either(forms: list[str]) -> str:
    more = f" / {len(forms) - 4} more" if len(forms) > 4 else ""
    return " / ".join(forms[:4]) + more or "–"


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
            numbers = tuple(-counts.get(unit.id, Counter())[s] for s in facts.WORST_FIRST if SEVERITY_WEIGHTS[s])
            if any(numbers):
                ranked.append((numbers, number, place, unit))
    return [(entry[1], entry[3]) for entry in sorted(ranked, key=lambda entry: entry[:3])[:limit]]


def pair(marked: Marked, units: Sequence[UnitRecord], limit: int) -> Table:
    """Units as a table of two columns, candidate and reference; the source where there is no reference."""
    rows = []
    for unit in units:
        right: list[Piece] = [] if marked.compared else [*marked.source(unit, limit)]
        for passage in unit.references or ():
            if right:
                right.append(Piece(f" / {quoted(passage.reference, 40)}: "))
            right += marked.reference(unit, passage, limit)
        rows.append((Cell(marked.candidate(unit, limit)), Cell(tuple(right) or (Piece("–"),))))
    return Table(("Candidate", "Reference" if marked.compared else "Source"), (False, False), tuple(rows), pair=True)


def _sides(result: Result) -> str:
    other = "reference" if result.references else "source" if result.source else ""
    return f"candidate and {other} side by side, " if other else ""


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


def findings(result: Result, limit: int, target: Target) -> Iterator[Block]:
    """Findings by category and rule, most severe first; where many, at most `limit` minor ones of each rule."""
    if not result.systems or not facts.checked(result):
        return
    yield Heading(2, "Findings")
    everything = [f for system in result.systems for f in system.standing]
    if not everything:
        yield text("None.")
        return
    yield Figure("findings", "Findings by category, system and severity.")
    yield _totals(everything)
    by_rule, heading = listed(result, limit), ""
    for number, ((category, rule), entries) in enumerate(by_rule.items()):
        if number >= _MOST_RULES and not any(f.severity in WEIGHTY for _, f in entries):
            continue
        if category != heading:
            heading = category
            yield Heading(3, quoted(category, 60).capitalize())
        found = [f for f in everything if (f.category, f.rule) == (category, rule)]
        yield text(name(rule), f" – {count(len(found), 'finding')}: {_severities(found)}")
        if entries:
            yield _rule_table(result, entries, target)
        if len(found) > len(entries):
            yield text(f"{len(found) - len(entries):,} more of this rule in the JSON result.")
    if len(by_rule) > _MOST_RULES:
        yield text("Of further rules only critical and major findings are shown; all are in the JSON result.")


def _severities(found: Sequence[Finding]) -> str:
    counts = [(sum(f.severity == s for f in found), s) for s in facts.WORST_FIRST]
    return ", ".join(f"{n:,} {s}" for n, s in counts if n)


def _totals(everything: Sequence[Finding]) -> Table:
    rows = []
    for category in sorted({f.category for f in everything}):
        found = [f for f in everything if f.category == category]
        numbers = [cell(f"{sum(f.severity == s for f in found):,}") for s in facts.WORST_FIRST]
        rows.append((cell(quoted(category, 60)), *numbers, cell(f"{len(found):,}")))
    head = ("Category", *(s.capitalize() for s in facts.WORST_FIRST), "All")
    return Table(head, (False, *[True] * 5), tuple(rows))


def _rule_table(result: Result, entries: Sequence[Entry], target: Target) -> Table:
    """A row a finding; columns that would say nothing, or only what the message says too, are left out."""
    quotes = any(not facts.said(f) for _, f in entries)
    wanted = any(form not in f.message for _, f in entries for form in f.expected)
    rows = []
    for number, f in entries:
        system = result.systems[number]
        where = Piece(quoted(facts.place(system, f), 60), target=target(number, f))
        severity = Piece(f.severity, _WEIGHTY.get(f.severity, ""))
        rows.append(
            (
                cell(name(system.name)), cell(where), cell(severity),
                *((cell("" if facts.said(f) else quoted(f.text, 160)),) if quotes else ()),
                cell(quoted(f.message, 240)),
                *((cell(_either([quoted(e, 80) for e in f.expected])),) if wanted else ()),
            )
        )  # fmt: skip
    head = ("System", "Place", "Severity", *(["Text"] * quotes), "Message", *(["Expected"] * wanted))
    return Table(head, (False,) * len(head), tuple(rows))


def terms(result: Result, limit: int) -> Iterator[Block]:
    """How each trusted system renders each term; terms that nothing called for are only counted."""
    if not result.terms:
        return
    yield Heading(2, "Terms")
    bad = {system.name for system in facts.untrusted(result)}
    usable = [t for t in result.terms if t.system not in bad]
    asked = sorted((t for t in usable if t.expected or t.occurrences), key=_term_order)
    if asked:
        head = ("Term", "System", "Expected", "Found", "Success", "Rejected", "Consistent", "Forms in the text")
        rows = tuple(_term_row(t) for t in asked[:limit])
        yield Table(head, (False, False, True, True, True, True, False, False), rows)
        yield text(
            "Expected: units whose reference or source has the term. Found: those that render it by an accepted form. "
            "Rejected: places of rejected forms. Consistent: one rendering throughout, else the odd ones out; – where "
            "no accepted form was found. Forms in the text: all of them, rejected ones too."
        )
    if len(asked) > limit:
        yield text(f"{count(len(asked) - limit, 'more term result')} in the JSON result.")
    idle = len(usable) - len(asked)
    if idle:
        yield text(f"{count(idle, 'term result')} left out: neither the text nor what is aligned with it has the term.")
    if len(usable) < len(result.terms):
        left = count(len(result.terms) - len(usable), "term result")
        yield text(f"{left} of systems without a trusted alignment left out.")


def _term_order(t: TermResult) -> tuple[float, int, str, str]:
    return (1.0 if t.success is None else t.success), -t.expected, t.term, t.system


def _term_row(t: TermResult) -> tuple[Cell, ...]:
    forms: dict[str, int] = {}
    for occurrence in t.occurrences:
        forms[occurrence.text] = forms.get(occurrence.text, 0) + 1
    shown = [f"{quoted(form, 80)}{f' ({n})' if n > 1 else ''}" for form, n in forms.items()]
    success = "–" if t.success is None else percent(t.success)
    odd = [f"{quoted(form, 80)} ({t.forms.get(form, 0)})" for form in t.odd]
    no = f"no: {_either(odd)}" if odd else "no"
    consistent = no if not t.consistent else "yes" if t.found else "–"
    return (
        cell(quoted(t.term, 120)), cell(name(t.system)), cell(f"{t.expected:,}"), cell(f"{t.found:,}"),
        cell(success), cell(f"{t.rejected:,}"), cell(consistent), cell(_either(shown)),
    )  # fmt: skip


def aligned(result: Result, limit: int) -> Iterator[Block]:
    """All units of trusted systems in order, up to `limit`; where there are more, those with findings."""
    usable = facts.trusted(result)
    total = sum(len(s.units) for s in usable)
    if not result.references or not total:
        return
    yield Heading(2, "Aligned texts")
    if total > limit:
        yield text(f"{total:,} units are too many for one page; units with findings are shown, at most {limit:,}.")
    left = limit
    for number, system in enumerate(result.systems):
        if system not in usable or left <= 0:
            continue
        marked = Marked.of(result, number)
        units = [u for u in system.units if total <= limit or u.id in marked.by_unit][:left]
        left -= len(units)
        if units:
            yield Heading(3, quoted(system.name, 80))
            yield pair(marked, units, 2000)
    yield text("Units not shown here are in the JSON result.") if total > limit else text("All units are shown.")
