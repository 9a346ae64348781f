"""Which system is better, and whether the difference is real, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evalkit.records.comparison import Comparison, Ranking
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, listing
from evalkit.renderers.report.blocks import Block, Bullets, Line, Paragraph, Piece, line, name, text
from evalkit.renderers.report.ranks import clustered

SPELLED = 6  # systems, findings or comparisons spelled out


def which_is_better(result: Result) -> Iterator[Block]:
    """The pairs one by one; of many systems the groups, or all against the baseline."""
    names = {s.name for s in facts.usable(result)}
    penalties = [c for c in result.finding_comparisons if c.metric == "penalty_per_1000_words"]
    usable = [c for c in (*result.comparisons, *penalties) if c.baseline in names and c.system in names]
    pairs: dict[tuple[str, str], list[Comparison]] = {}
    for comparison in usable:
        pairs.setdefault((comparison.baseline, comparison.system), []).append(comparison)
    if len(pairs) > SPELLED and result.rankings:
        yield from _clusters(result)
    elif len(pairs) > SPELLED and len({baseline for baseline, _ in pairs}) == 1:
        yield from _against(result, next(iter(pairs))[0], usable)
    elif pairs:
        yield from _pairs(result, pairs)
    elif len(names) > 1:
        yield text(
            "No significance test was made, so nothing is said about which system is better; --paired-ar makes one."
        )


def _pairs(result: Result, pairs: Mapping[tuple[str, str], list[Comparison]]) -> Iterator[Block]:
    yield text("Which is better, and is the difference real:")
    kinds = {s.name: s.kind for s in result.systems}
    yield Bullets(tuple(_pair(result, pair, group, kinds) for pair, group in list(pairs.items())[:SPELLED]))
    yield from more(len(pairs), "pair", "Comparisons")


def _against(result: Result, baseline: str, tested: Sequence[Comparison]) -> Iterator[Block]:
    """For many systems held against one: which are better, worse or not told apart from it, by each metric."""
    yield text("Against ", name(baseline), ", by what the tests show:")
    items = []
    groups = dict.fromkeys((c.metric, c.scope) for c in tested)
    for metric, scope in groups:
        parts: list[str | Piece] = []
        for outcome in ("better", "worse", "no difference shown", "not tested"):
            of = [c for c in tested if (c.metric, c.scope) == (metric, scope) and facts.outcome(c) == outcome]
            for order, c in enumerate(of):
                parts += [", " if order else f"{'; ' if parts else ''}{outcome}: ", name(c.system)]
        items.append(line(f"{facts.headline(result, metric)} (scope {scope}): ", *parts))
    yield Bullets(tuple(items))


def _clusters(result: Result) -> Iterator[Block]:
    """For many systems: whether one is best, then the groups that can be told apart by each metric."""
    for kind in facts.kinds(facts.trusted(result)):
        rankings = [r for r in result.rankings if r.kind == kind]
        scored = [r for r in rankings if r.metric not in facts.RATES and r.scope == rankings[0].scope]
        if scored:
            yield Paragraph(_best_shown(result, scored))
        items = [
            line(f"{facts.headline(result, r.metric)}: ", *clustered(r))
            for r in (*scored, *(r for r in rankings if r.metric in facts.RATES))
        ]
        yield text(f"Groups that can be told apart ({kind}), numbered from the best; within a group by score:")
        yield Bullets(tuple(items))


def _best_shown(result: Result, rankings: Sequence[Ranking]) -> Line:
    """Which system, or group, is shown to be better than all others, by which metrics."""
    first = {r.metric: facts.clusters(r)[0] for r in rankings}
    total, leaders = len(rankings[0].systems), next(iter(first.values()))
    if len(leaders) < total and len({frozenset(names) for names in first.values()}) == 1 and len(leaders) <= SPELLED:
        metrics = listing([facts.title(result, metric) for metric in first], 8)
        if len(leaders) == 1:
            return line(name(leaders[0]), f" is shown to be better than every other system by {metrics}.")
        parts: list[str | Piece] = []
        for order, leader in enumerate(leaders):
            parts += [" and " if order == len(leaders) - 1 else ", " if order else "", name(leader)]
        among = "among themselves they are not all told apart"
        return line(*parts, f" are each shown to be better than every system below them by {metrics}; {among}.")
    parts = ["No system is shown to be the best by every metric: "]
    for order, (metric, names) in enumerate(first.items()):
        parts += ["; " if order else "", f"by {facts.title(result, metric)} "]
        if len(names) == 1:
            parts += [name(names[0]), " is shown to be better than all others"]
        else:
            parts += [f"{len(names)} systems with ", name(names[0]), " in front are not all told apart"]
    return line(*parts, ".")


def _pair(result: Result, pair: tuple[str, str], group: list[Comparison], kinds: Mapping[str, str]) -> Line:
    """What all tests of one pair of systems showed, by scope and outcome."""
    scores = [c for c in group if c.metric not in facts.RATES]
    parts = []
    for scope in facts.scopes(result):
        if mine := [c for c in scores if c.scope == scope]:
            parts.append(f"{_outcomes(result, mine)} (scope {scope})")
    for c in (c for c in group if c.metric in facts.RATES):
        few = f": {facts.untested([c])}" if facts.outcome(c) == "not tested" else ""
        parts.append(f"findings {facts.outcome(c)} by {facts.title(result, c.metric)}{few}")
    one, two = kinds[pair[1]], kinds[pair[0]]
    differ = "" if one == two else f" One is a {one}, the other a {two}: neither is better by scores alone."
    return line(name(pair[1]), " against ", name(pair[0]), f": {'; '.join(parts)}.{differ}")


def _outcomes(result: Result, tests: Sequence[Comparison]) -> str:
    """What the tests of one scope showed, by which metrics."""
    shown: dict[str, list[str]] = {}
    for c in tests:
        shown.setdefault(facts.outcome(c), []).append(facts.title(result, c.metric))
    if list(shown) == ["not tested"]:
        return f"scores not tested: {facts.untested(tests)}"
    return ", ".join(f"{outcome} by {listing(metrics, 8)}" for outcome, metrics in shown.items())


def more(total: int, noun: str, where: str, limit: int = SPELLED) -> Iterator[Block]:
    """Where the rest of a list stands that was cut."""
    if total > limit:
        yield text(f"{count(total - limit, f'more {noun}')}: see {where}.")
