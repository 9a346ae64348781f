"""The paired tests between systems as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.records.comparison import Comparison, shown_p
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._tested import any_corrected, crossings, how_tested, level
from evalkit.renderers._text import count, number
from evalkit.renderers.report.blocks import Block, Cell, Heading, Table, cell, name, text


def comparisons(result: Result, limit: int) -> Iterator[Block]:
    """All paired tests between trusted systems, metrics first, then findings; of very many the neighbours in rank."""
    bad = {s.name for s in facts.untrusted(result)}
    everything = (*result.comparisons, *result.finding_comparisons)
    usable = [c for c in everything if c.baseline not in bad and c.system not in bad]
    if not everything:
        return
    yield Heading(2, "Comparisons")
    tested = [c for c in usable if facts.outcome(c) != "not tested" or facts.no_plugin(c)]
    if said := how_tested(result, tested):
        yield text(said)
    if tested:
        yield from _tests(result, tested, limit)
    untested = [c for c in usable if facts.outcome(c) == "not tested"]
    if untested:
        yield text(f"{count(len(untested), 'comparison')} not tested: {facts.untested(untested)}.")
    if len(usable) < len(everything):
        left = count(len(everything) - len(usable), "comparison")
        yield text(f"{left} with a system whose alignment is not trusted left out.")


def _tests(result: Result, tested: Sequence[Comparison], limit: int) -> Iterator[Block]:
    """The table, and what a reader of it must know."""
    shown, corrected = list(tested), any_corrected(tested)
    if len(tested) > limit and (near := facts.neighbours(result, tested)):
        shown = near
        yield text(
            f"Of {len(tested):,} comparisons the table has those of neighbours in rank; all are in the JSON result."
        )
    head = ("Metric", "Scope", "Baseline", "System", "Difference", "Interval", "p",
            *(["p corrected"] if corrected else []),
            "Wins / ties / losses", "Better on", "Detectable", "Shown")  # fmt: skip
    numeric = (*[False] * 4, *[True] * (len(head) - 5), False)
    yield Table(head, numeric, tuple(_row(result, c, corrected=corrected) for c in shown[:limit]))
    if len(shown) > limit:
        yield text(f"{count(len(shown) - limit, 'more comparison')}: see the JSON result.")
    yield text(
        "Difference: system minus baseline, with its 95% interval; wins are units in which the system is better. "
        "Better on: the share of units on which the system is better, ties half, with its interval. Detectable: the "
        "true difference that this test set shows with a chance of 80%, before correction. Where no difference is "
        "shown the two need not be equal. The coverage of both is in the table of systems."
    )
    for why in crossings(result, shown[:limit]):
        yield text(why)
    kinds = {system.name: system.kind for system in result.systems}
    if any(kinds.get(c.baseline) != kinds.get(c.system) for c in tested):
        yield text(
            "Systems of different kind were not asked for the same text: a difference between them is not one of "
            "quality alone."
        )
    if said := level(tested):
        yield text(said)


def _row(result: Result, c: Comparison, *, corrected: bool) -> tuple[Cell, ...]:
    places = facts.places(result, c.metric)
    span = "–" if c.low is None or c.high is None else f"{number(c.low, places)} to {number(c.high, places)}"
    shown = (c.p_value, c.p_adjusted) if corrected else (c.p_value,)
    reach = "–" if c.detectable is None else number(c.detectable, places)
    return (
        cell(facts.headline(result, c.metric)), cell(c.scope), cell(name(c.baseline)), cell(name(c.system)),
        cell(number(c.delta, places)), cell(span),
        *(cell("–" if p is None else shown_p(p)) for p in shown), cell(facts.won(c)),
        cell(_better_on(c)), cell(reach), cell(facts.outcome(c)),
    )  # fmt: skip


def _better_on(c: Comparison) -> str:
    if c.effect is None:
        return "–"
    share, low, high = (100 * v for v in (c.effect.superiority, c.effect.superiority_low, c.effect.superiority_high))
    return f"{share:.1f}% ({low:.1f} to {high:.1f})"
