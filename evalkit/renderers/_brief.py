"""What a run tells at its end beside scores and counts: the first findings that weigh, and each pair's verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.records.comparison import Comparison
from evalkit.records.result import Result, place
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, listing, number, shorten
from evalkit.text.grid import fit, wrapped

_FIRST = 5  # findings: what a screen takes beside the tables
_PAIRS = 6  # pairs spelled out; of more the groups are told
_LONGEST = 150  # characters of a message: two lines


def first_findings(result: Result, columns: int) -> list[str]:
    """The heaviest findings with their places, different ones first; nothing where none weighs."""
    owner = {id(f): s for s in facts.trusted(result) for f in s.standing}
    weigh = [f for s in facts.trusted(result) for f in s.standing if f.severity != "neutral"]
    shown = facts.worst(weigh)[:_FIRST]
    if not shown:
        return []
    lines = ["Look at these first:" if len(weigh) > len(shown) else "Look at these:"]
    for f in shown:
        of = f" ({owner[id(f)].name})" if f.side != "candidate" and len(result.systems) > 1 else ""
        text = f"{place(f, owner[id(f)], result)}{of}: {f.severity} {f.rule}: {shorten(f.message, _LONGEST)}"
        lines += _hanging(text, columns)
    if len(weigh) > len(shown):
        lines.append(
            f"  and {count(len(weigh) - len(shown), 'more finding')} (hints not counted); all are in the report"
        )
    return lines


def verdicts(result: Result, columns: int) -> list[str]:
    """What the tests showed of each pair, a line for each thing shown; nothing where none was to be made."""
    names, scope = {s.name for s in facts.usable(result)}, next(iter(facts.scopes(result)), "")
    mine = [c for c in result.comparisons if c.scope == scope]
    mine += [c for c in result.finding_comparisons if c.metric != "expected_errors_per_1000_words"]
    pairs: dict[tuple[str, str], list[Comparison]] = {}
    for c in mine:
        if c.baseline in names and c.system in names:
            pairs.setdefault((c.baseline, c.system), []).append(c)
    if not pairs:
        return []
    if len(pairs) > _PAIRS and result.rankings:
        return []
    lines = ["Which is better?"]
    if all(facts.outcome(c) == "not tested" for tests in pairs.values() for c in tests):
        told = f"No comparison was possible: {facts.untested(c for of in pairs.values() for c in of)}."
        return [*lines, *wrapped(told, columns, "  ")]
    for tests in list(pairs.values())[:_PAIRS]:
        for text in _of_pair(result, tests):
            lines += _hanging(text, columns)
    if len(pairs) > _PAIRS:
        lines.append(f"  and {count(len(pairs) - _PAIRS, 'more pair')}; all are in the report")
    return lines


def _of_pair(result: Result, tests: Sequence[Comparison]) -> Iterator[str]:
    """One line for what each of the two is better by, one for what does not tell them apart, one for the untested."""
    one, two = (fit(name, 40) for name in (tests[0].system, tests[0].baseline))
    kinds = [s.kind for s in result.systems if s.name in (tests[0].system, tests[0].baseline)]
    apart = f" (but one is a {kinds[0]}, the other a {kinds[1]})" if len(set(kinds)) > 1 else ""
    for outcome, ahead, behind in (("better", one, two), ("worse", two, one)):
        shown = [_size(result, c.metric, c.delta) for c in tests if c.outcome == outcome]
        if shown:
            yield f"{ahead} better than {behind} by {listing(shown, 8)}, shown{apart}"
    if none := [c for c in tests if c.outcome == "none"]:
        measures = listing([facts.title(result, c.metric) for c in none], 8)
        yield f"{one} and {two} not told apart by {measures}{_reach(result, none)}"
    if left := [c for c in tests if facts.outcome(c) == "not tested"]:
        measures = listing([facts.title(result, c.metric) for c in left], 8)
        yield f"{one} and {two} not tested by {measures}: {facts.untested(left)}"


def _reach(result: Result, none: Sequence[Comparison]) -> str:
    """What differences so many items would show, by the measures of the scores."""
    sizes = [_size(result, c.metric, c.detectable) for c in none if c.detectable and c.metric not in facts.RATES]
    if not sizes or not none[0].items:
        return ""
    noun = "document" if none[0].resampled == "documents" else "item"
    verb = "shows" if none[0].items == 1 else "show"
    return f": {count(none[0].items, noun)} {verb} differences from about {listing(sizes, 8)}"


def _size(result: Result, metric: str, value: float) -> str:
    return f"{number(abs(value), facts.places(result, metric, 1))} {facts.title(result, metric)}"


def _hanging(text: str, columns: int) -> list[str]:
    """A text over lines of which all but the first are set in further."""
    first, *rest = wrapped(text, columns - 4, "  ")
    return [first, *(f"    {line.strip()}" for line in rest)]
