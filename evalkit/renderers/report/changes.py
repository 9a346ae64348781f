"""What changed since the baseline: scores, findings, and the units that moved most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.records import Finding
from evalkit.records.comparison import Change, Comparison, ScoreChange, UnitChange, shown_p
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._tested import crossings, how_tested
from evalkit.renderers._text import count, number, quoted, shorten, side_by_side
from evalkit.renderers.report.blocks import Block, Bullets, Cell, Heading, Line, Table, cell, line, name, setting, text

_MOST = 12  # what a reader will look at; the rest is counted
_LONGEST = 300  # characters: two lines of a cell
_STATUS = {"new": " is not in the baseline.", "gone": " is in the baseline only."}


def changed(result: Result) -> Iterator[Block]:
    """A part for every system; nothing where the result was no baseline to compare with."""
    if result.gate is None or not result.gate.changes:
        return
    yield Heading(2, "What changed since the baseline")
    if result.gate.baseline:
        yield text("The baseline is ", name(result.gate.baseline), ".")
    for change in result.gate.changes[:_MOST]:
        yield Heading(3, quoted(change.system, 80))
        if change.status != "both":
            found = count(len(change.new or change.fixed), "finding")
            yield text(name(change.system), _STATUS[change.status], f" It has {found} there.")
            continue
        if change.formerly:
            yield text("The baseline has this system as ", name(change.formerly), ".")
        yield from _scores(result, change)
        if facts.checked(result) or change.new or change.fixed:
            yield from _findings(change)
        yield from _units(result, "Most improved units", change.improved)
        yield from _units(result, "Most worsened units", change.worsened)
    if len(result.gate.changes) > _MOST:
        yield text(f"{count(len(result.gate.changes) - _MOST, 'more system')} in the JSON result.")


def _scores(result: Result, change: Change) -> Iterator[Block]:
    if change.incomparable:
        yield text("Not all scores can be compared: ", quoted(change.incomparable, 600), ".")
    differ = [s for s in change.settings if s.metric != "findings"]
    if differ:
        rows = tuple(
            (cell(facts.title(result, s.metric)), cell(s.scope), cell(setting(s.setting)), cell(setting(s.before)),
             cell(setting(s.now)))
            for s in differ[: 2 * _MOST]
        )  # fmt: skip
        yield Table(("Metric", "Scope", "Setting", "Baseline", "Now"), (False,) * 5, rows)
    values = {(v.metric, v.scope): v for v in change.values}
    tested = [*change.scores, *change.rates]
    if not tested:
        return
    head = ("Metric", "Scope", "Baseline", "Now", "Difference", "Interval", "p corrected",
            "Wins / ties / losses", "Shown")  # fmt: skip
    tests = tuple(_row(result, c, values.get((c.metric, c.scope))) for c in tested)
    yield Table(head, (False, False, *[True] * 6, False), tests)
    few = [c for c in tested if c.p_value is None]
    if few:
        yield text(few[0].verdict)
    for said in filter(None, (how_tested(result, tested), *crossings(result, tested))):
        yield text(said)


def _row(result: Result, c: Comparison, value: ScoreChange | None) -> tuple[Cell, ...]:
    places = facts.places(result, c.metric)
    before, now = (number(value.before, places), number(value.now, places)) if value else ("–", "–")
    span = "–" if c.low is None or c.high is None else f"{number(c.low, places)} to {number(c.high, places)}"
    p = "–" if c.p_adjusted is None else shown_p(c.p_adjusted)
    return (
        cell(facts.headline(result, c.metric)), cell(c.scope), cell(before), cell(now), cell(number(c.delta, places)),
        cell(span), cell(p), cell(facts.won(c)), cell(facts.outcome(c)),
    )  # fmt: skip


def _findings(change: Change) -> Iterator[Block]:
    yield text(f"Findings: {len(change.new):,} new, {len(change.fixed):,} fixed, {change.remaining:,} still there.")
    differ = [s for s in change.settings if s.metric == "findings"]
    if differ:
        said = "; ".join(f"{s.setting}: {quoted(s.before, 60)} against {quoted(s.now, 60)}" for s in differ)
        yield text(f"A finding may be new or gone because other settings looked for it: {said}.")
    for word, found in (("New", change.new), ("Fixed", change.fixed)):
        if found:
            ordered = sorted(found, key=facts.severity_rank)
            yield Bullets(tuple(_finding(word, f) for f in ordered[:_MOST]))
            if len(found) > _MOST:
                yield text(f"{count(len(found) - _MOST, f'more {word.lower()} finding')} in the JSON result.")


def _finding(word: str, f: Finding) -> Line:
    side = "" if f.side == "candidate" else f"{f.side} "
    return line(f"{word}: ", name(f.rule), f" ({f.severity}) at {side}{f.line}:{f.column}: {quoted(f.message, 240)}")


def _units(result: Result, title: str, units: Sequence[UnitChange]) -> Iterator[Block]:
    if not units:
        return
    yield text(f"{title}, by {facts.title(result, units[0].metric)}:")
    rows = tuple(
        (cell(name(u.unit)), cell(f"{number(u.score_before)} → {number(u.score_now)}"),
         *(cell(text or "(nothing)") for text in side_by_side(u.before, u.now, _LONGEST)),
         cell(shorten(u.reference, _LONGEST) or "(nothing)"))
        for u in units
    )  # fmt: skip
    yield Table(("Unit", "Score", "Before", "Now", "Reference"), (False, True, False, False, False), rows)
