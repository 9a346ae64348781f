"""Where metrics rank two systems differently: which pairs, how sure that is, and the units that cause it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from evalkit.records import Kind, Scope
from evalkit.records.comparison import Disagreement, PullingUnit
from evalkit.records.result import Result, SystemRecord, UnitRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, label, listing, number, shorten
from evalkit.renderers.report.blocks import Block, Bullets, Cell, Heading, Line, Table, cell, line, name, text

_MOST = 12  # pairs spelled out
_SPELLED = 3  # pairs whose units are shown
_LONGEST = 240  # characters: two lines of a cell
_MOST_UNITS = 3  # examples, not the list


class Conflict(NamedTuple):
    """Two systems that metrics rank differently, and the metrics of each side whose difference a test shows."""

    one: SystemRecord
    two: SystemRecord
    for_one: tuple[str, ...]
    for_two: tuple[str, ...]
    shown_one: tuple[str, ...]
    shown_two: tuple[str, ...]

    @property
    def real(self) -> bool:
        """True where a test shows each of the two to be better by some metric."""
        return bool(self.shown_one and self.shown_two)


def conflicts(result: Result) -> list[Conflict]:
    """Pairs of trusted systems of one kind that metrics rank differently, those shown both ways first."""
    scopes, groups = facts.scopes(result), facts.kinds(facts.trusted(result))
    if not scopes:
        return []
    ranked = [metric for metric in facts.metrics(result, scopes[0]) if facts.better(result, metric)]
    shown = _shown(result, scopes[0])
    found = []
    for one, two in (pair for group in groups.values() for pair in combinations(group, 2)):
        first, second = _sides(result, (one, two), ranked, scopes[0])
        if first and second:
            mine = tuple(metric for metric in first if (one.name, two.name, metric) in shown)
            theirs = tuple(metric for metric in second if (two.name, one.name, metric) in shown)
            found.append(Conflict(one, two, tuple(first), tuple(second), mine, theirs))
    return sorted(found, key=lambda conflict: not conflict.real)


def _shown(result: Result, scope: Scope) -> set[tuple[str, str, str]]:
    """(system, other, metric) where a test shows that the system is better than the other."""
    tests = [c for c in result.comparisons if c.scope == scope]
    better = {(c.system, c.baseline, c.metric) for c in tests if c.outcome == "better"}
    return better | {(c.baseline, c.system, c.metric) for c in tests if c.outcome == "worse"}


def in_short(result: Result) -> Line | None:
    """One sentence for the top of a report; None where the metrics agree or there is nothing to rank."""
    found = conflicts(result)
    if not found:
        return None
    groups = facts.kinds(facts.trusted(result))
    total = sum(len(group) * (len(group) - 1) // 2 for group in groups.values())
    first, scope = found[0], facts.scopes(result)[0]
    sure = _sure(result, found, scope)
    return line(
        f"The metrics disagree: they rank {len(found):,} of {count(total, 'pair')} differently (scope {scope}){sure}. ",
        "For example ", name(first.one.name), f" is ahead by {_titles(result, first.for_one)}, ",
        name(first.two.name), f" by {_titles(result, first.for_two)}.",
    )  # fmt: skip


def _titles(result: Result, metrics: Sequence[str]) -> str:
    return listing([facts.title(result, metric) for metric in metrics])


def _sure(result: Result, found: Sequence[Conflict], scope: Scope) -> str:
    """In how many of the pairs the tests show both sides; pairs that no test was made of are not counted among them."""
    made = [c for c in result.comparisons if c.scope == scope and c.p_value is not None]
    tested = {frozenset((c.baseline, c.system)) for c in made}
    if not tested:
        return ""
    mine = sum(frozenset((conflict.one.name, conflict.two.name)) in tested for conflict in found)
    real = sum(conflict.real for conflict in found)
    both = f"in {real:,} of them the tests show both" if real else "in none of them do the tests show both"
    if mine == len(found):
        return f"; {both}"
    if not mine:
        return "; none of these pairs was tested"
    return f"; tests were made of {mine:,} of these pairs and show both in {real or 'none'}"


def disagreement(result: Result) -> Iterator[Block]:
    """The section: all pairs, then the units that pull the metrics apart."""
    scopes, usable = facts.scopes(result), facts.trusted(result)
    if not scopes or len(usable) < 2:
        return
    scope, groups = scopes[0], facts.kinds(usable)
    if sum(1 for metric in facts.metrics(result, scope) if facts.better(result, metric)) < 2:
        return
    yield Heading(2, "Where the metrics disagree")
    if len(groups) > 1:
        kinds = listing([f"a {kind}" for kind in groups])
        yield text(f"Systems of different kind ({kinds}) are not comparable; only those of one kind are compared here.")
    total = sum(len(group) * (len(group) - 1) // 2 for group in groups.values())
    if not total:
        yield text("There are no two trusted systems of one kind.")
        return
    found = conflicts(result)
    if found:
        yield from _found(result, found, scope, f"{count(total, 'pair')} {_of(groups)}")
        return
    both = f"the only pair {_of(groups)}" if total == 1 else f"all {total:,} pairs {_of(groups)}"
    yield text(f"All metrics rank {both} the same way (scope {scope}), ties aside.")


def _found(result: Result, found: Sequence[Conflict], scope: Scope, pairs: str) -> Iterator[Block]:
    """The pairs ranked differently, the units that cause the first of them, and what to make of it."""
    yield text(f"Metrics rank {len(found):,} of {pairs} differently (scope {scope}):")
    yield Bullets(tuple(_pair(result, conflict, scope) for conflict in found[:_MOST]))
    if len(found) > _MOST:
        yield text(f"{count(len(found) - _MOST, 'more pair')} can be read off the JSON result.")
    records = {(d.one, d.two): d for d in result.disagreements if d.scope == scope}
    for conflict in found[:_SPELLED]:
        yield from _units(result, conflict, records.get((conflict.one.name, conflict.two.name)))
    yield text(
        "Where metrics disagree, neither text is better by measure alone: read the texts."
        + ("" if facts.is_lines(result) else " Systems that cover different parts of the reference differ by that too.")
    )


def _of(groups: Mapping[Kind, Sequence[SystemRecord]]) -> str:
    return "of trusted systems of one kind" if len(groups) > 1 else "of trusted systems"


def _sides(
    result: Result, pair: tuple[SystemRecord, SystemRecord], metrics: list[str], scope: Scope
) -> tuple[list[str], list[str]]:
    """The metrics that put the first system ahead, and those that put the second."""
    first: list[str] = []
    second: list[str] = []
    for metric in metrics:
        one, two = (facts.score(system, metric, scope) for system in pair)
        if one is None or two is None or one.value == two.value:
            continue
        ahead = (one.value > two.value) == (facts.better(result, metric) == "higher")
        (first if ahead else second).append(metric)
    return first, second


def _pair(result: Result, conflict: Conflict, scope: Scope) -> Line:
    one, two = conflict.one, conflict.two
    return line(
        name(one.name), f" is ahead by {_listed(result, conflict.for_one, conflict.shown_one, one, two, scope)}; ",
        name(two.name), f" by {_listed(result, conflict.for_two, conflict.shown_two, two, one, scope)}.",
    )  # fmt: skip


def _listed(
    result: Result, metrics: Sequence[str], shown: Sequence[str], one: SystemRecord, two: SystemRecord, scope: Scope
) -> str:
    parts = []
    for metric in metrics:
        here, there = facts.score(one, metric, scope), facts.score(two, metric, scope)
        if here and there:
            sure = ", shown by the test" if metric in shown else ""
            parts.append(f"{facts.title(result, metric)} ({number(here.value)} against {number(there.value)}{sure})")
    return ", ".join(parts)


def _units(result: Result, conflict: Conflict, record: Disagreement | None) -> Iterator[Block]:
    """A table of the units that cause one disagreement, with the texts of both systems."""
    if not record or not record.units:
        return
    one, two = conflict.one, conflict.two
    yield text(
        "The units that pull the metrics apart most for ", name(one.name), " and ", name(two.name),
        ". What a unit adds is the difference of the scores less the same without the unit, in points; + is for ",
        name(one.name), ", - for ", name(two.name), ".",
    )  # fmt: skip
    mine, theirs = ({unit.id: unit for unit in system.units} for system in (one, two))
    rows = tuple(
        (_added(result, unit), _text(mine.get(unit.one or "")), _text(theirs.get(unit.two or "")),
         _reference(mine.get(unit.one or "") or theirs.get(unit.two or "")))
        for unit in record.units[:_MOST_UNITS]
    )  # fmt: skip
    yield Table(("It adds", label(one.name, 40), label(two.name, 40), "Reference"), (False,) * 4, rows)


def _added(result: Result, unit: PullingUnit) -> Cell:
    return cell(
        ", ".join(f"{facts.title(result, metric)} {value:+.3f}" for metric, value in unit.contributions.items())
    )


def _text(unit: UnitRecord | None) -> Cell:
    return cell(shorten(unit.candidate.text, _LONGEST) if unit and unit.candidate else "(nothing)")


def _reference(unit: UnitRecord | None) -> Cell:
    return cell(shorten(unit.references[0].text, _LONGEST) if unit and unit.references else "(nothing)")
