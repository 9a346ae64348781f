"""Where metrics rank two systems differently, and the paired tests between systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from evalkit.model import Kind, Scope
from evalkit.renderers import _facts as facts
from evalkit.renderers._blocks import Block, Bullets, Cell, Heading, Table, cell, line, name, text
from evalkit.renderers._text import count, listing, number, quoted
from evalkit.result import Comparison, Result, SystemRecord

_MOST = 12


def disagreement(result: Result) -> Iterator[Block]:
    """Pairs of trusted systems of one kind that metrics rank differently."""
    scopes, usable = facts.scopes(result), facts.trusted(result)
    if not scopes or len(usable) < 2:
        return
    scope, groups = scopes[0], facts.kinds(usable)
    ranked = [metric for metric in facts.metrics(result, scope) if facts.better(metric)]
    if len(ranked) < 2:
        return
    pairs = [pair for group in groups.values() for pair in combinations(group, 2)]
    found = [pair for pair in pairs if all(_sides(pair, ranked, scope))]
    yield Heading(2, "Where the metrics disagree")
    if len(groups) > 1:
        kinds = listing([f"a {kind}" for kind in groups])
        yield text(f"Systems of different kind ({kinds}) are not comparable; only those of one kind are compared here.")
    if not pairs:
        yield text("There are no two trusted systems of one kind.")
        return
    if not found:
        both = f"the only pair {_of(groups)}" if len(pairs) == 1 else f"all {len(pairs):,} pairs {_of(groups)}"
        yield text(f"All metrics rank {both} the same way (scope {scope}), ties aside.")
        return
    yield text(f"Metrics rank {len(found):,} of {count(len(pairs), 'pair')} {_of(groups)} differently (scope {scope}):")
    items = []
    for one, two in found[:_MOST]:
        first, second = _sides((one, two), ranked, scope)
        items.append(
            line(name(one.name), f" is ahead by {_listed(first, one, two, scope)}; ", name(two.name),
                 f" by {_listed(second, two, one, scope)}.")
        )  # fmt: skip
    yield Bullets(tuple(items))
    if len(found) > _MOST:
        yield text(f"{count(len(found) - _MOST, 'more pair')} can be read off the JSON result.")
    yield text(
        "Where metrics disagree, neither text is better by measure alone: read the texts."
        + ("" if facts.is_lines(result) else " Systems that cover different parts of the reference differ by that too.")
    )


def _of(groups: Mapping[Kind, Sequence[SystemRecord]]) -> str:
    return "of trusted systems of one kind" if len(groups) > 1 else "of trusted systems"


def _sides(pair: tuple[SystemRecord, SystemRecord], metrics: list[str], scope: Scope) -> tuple[list[str], list[str]]:
    """The metrics that put the first system ahead, and those that put the second."""
    first: list[str] = []
    second: list[str] = []
    for metric in metrics:
        one, two = (facts.score(system, metric, scope) for system in pair)
        if one is None or two is None or one.value == two.value:
            continue
        ahead = (one.value > two.value) == (facts.better(metric) == "higher")
        (first if ahead else second).append(metric)
    return first, second


def _listed(metrics: list[str], one: SystemRecord, two: SystemRecord, scope: Scope) -> str:
    parts = []
    for metric in metrics:
        here, there = facts.score(one, metric, scope), facts.score(two, metric, scope)
        if here and there:
            parts.append(f"{facts.title(metric)} ({number(here.value)} against {number(there.value)})")
    return ", ".join(parts)


def comparisons(result: Result, limit: int) -> Iterator[Block]:
    """All paired tests between trusted systems as a table, up to `limit`."""
    bad = {s.name for s in facts.untrusted(result)}
    usable = [c for c in result.comparisons if c.baseline not in bad and c.system not in bad]
    if not result.comparisons:
        return
    yield Heading(2, "Comparisons")
    tested = [c for c in usable if facts.outcome(c) != "not tested"]
    tests = {(c.test, c.trials, c.seed): None for c in tested}
    for test, trials, seed in list(tests)[:_MOST]:
        yield text(f"Test: {quoted(test, 100)}, {trials:,} trials, seed {seed}.")
    head = ("Metric", "Scope", "Baseline", "System", "Difference", "Interval", "p", "p corrected",
            "Wins / ties / losses", "Shown")  # fmt: skip
    if tested:
        rows = tuple(_comparison_row(c) for c in tested[:limit])
        yield Table(head, (False, False, False, False, True, True, True, True, True, False), rows)
        yield text(
            "Difference: system minus baseline; wins are units in which the system is better. Where no difference is "
            "shown the two need not be equal. The coverage of both is in the table of systems."
        )
        kinds = {system.name: system.kind for system in result.systems}
        if any(kinds.get(c.baseline) != kinds.get(c.system) for c in tested):
            yield text(
                "Systems of different kind were not asked for the same text: a difference between them is not one of "
                "quality alone."
            )
        if said := facts.level(tested):
            yield text(said)
    if len(tested) > limit:
        yield text(f"{count(len(tested) - limit, 'more comparison')}: see the JSON result.")
    if len(tested) < len(usable):
        untested = [c for c in usable if facts.outcome(c) == "not tested"]
        yield text(f"{count(len(untested), 'comparison')} not tested: {facts.untested(untested)}.")
    if len(usable) < len(result.comparisons):
        left = count(len(result.comparisons) - len(usable), "comparison")
        yield text(f"{left} with a system whose alignment is not trusted left out.")


def _comparison_row(c: Comparison) -> tuple[Cell, ...]:
    span = f"{number(c.low)} to {number(c.high)}" if c.low is not None and c.high is not None else "–"
    p, adjusted = (number(value, 4) if value is not None else "–" for value in (c.p_value, c.p_adjusted))
    return (
        cell(facts.headline(c.metric)), cell(c.scope), cell(name(c.baseline)), cell(name(c.system)),
        cell(number(c.delta)), cell(span), cell(p), cell(adjusted), cell(f"{c.wins:,} / {c.ties:,} / {c.losses:,}"),
        cell(facts.outcome(c)),
    )  # fmt: skip
