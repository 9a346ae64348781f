"""The verdict: what an editor must know, in plain sentences, before any number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from evalkit.records.comparison import Comparison, Ranking
from evalkit.records.result import Result, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, listing, number, percent, quoted
from evalkit.renderers.report.blocks import Block, Bullets, Heading, Line, Paragraph, Piece, line, name, text
from evalkit.renderers.report.disagreements import in_short
from evalkit.renderers.report.listed import listed
from evalkit.renderers.report.ranks import clustered
from evalkit.text.words import count_words

_WEAK = 0.7  # links less probable are called weak (docs/alignment.md)
_MOST = 6  # systems, findings or comparisons spelled out


def verdict(result: Result, limit: int) -> Iterator[Block]:
    """Which documents are usable, what is worst in them, which is better and whether that is sure.

    `limit` is that of the section Findings, to which it refers.
    """
    yield Heading(2, "Verdict")
    if not result.systems:
        yield text("Nothing was evaluated: the result holds no system.")
        return
    yield from _usable(result)
    yield from _worst(result, limit)
    yield from _better(result)
    if (short := in_short(result)) is not None:
        yield Paragraph(short)
    if result.failures:
        yield text(f"{count(len(result.failures), 'note')} on how the texts were read and paired; see Notes.")


def _usable(result: Result) -> Iterator[Block]:
    good, bad = facts.usable(result), facts.untrusted(result)
    doubtful = [s for s in facts.trusted(result) if s not in good]
    if not result.references:
        yield text(
            "No reference was given: the texts were checked for findings only, nothing was scored."
            if facts.checked(result)
            else "No reference was given and findings were not asked for: nothing was evaluated."
        )
    elif facts.is_lines(result):
        units = max((len(s.units) for s in result.systems), default=0)
        yield text(f"{count(len(good), 'system')} scored line by line on {count(units, 'segment')}.")
        yield from _best(result)
        if not facts.checked(result):
            good = ()
        elif good:
            yield text("What the rules found:")
    else:
        noun = "set of documents" if any(len(s.documents) > 1 for s in result.systems) else "document"
        plural = "sets of documents" if noun != "document" else ""
        share = f"{len(good)} of {count(len(result.systems), noun, plural)}"
        if len(good) == len(result.systems) == 1:
            share = f"The {noun}"
        yield text(f"{share} can be read as a rendering of the reference{':' if good else '.'}")
    yield from _listed([_state(result, s) for s in good])
    if doubtful:
        yield text("Mostly something else: scored, but more than half of the text has no counterpart in the reference:")
        yield from _listed([_state(result, s) for s in doubtful])
    if bad:
        yield text(
            "Not a rendering of the reference, or none that could be aligned with it; scores against it mean "
            "nothing and are not shown:"
        )
        yield from _listed([line(name(s.name), f" ({s.kind}): {_reason(s)}.") for s in bad])


def _listed(items: list[Line]) -> Iterator[Block]:
    if items:
        yield Bullets(tuple(items[:_MOST]))
    yield from _more(len(items), "system", "the table below")


def _best(result: Result) -> Iterator[Block]:
    """The three systems of each kind that each metric puts first."""
    items, scope, groups = [], facts.scopes(result)[0], facts.kinds(facts.trusted(result))
    for kind, metric in product(groups, facts.metrics(result, scope)):
        way = facts.better(result, metric)
        scored = [(found.value, s) for s in groups[kind] if (found := facts.score(s, metric, scope))]
        if not way or len(scored) < 2:
            continue
        scored.sort(key=lambda entry: -entry[0] if way == "higher" else entry[0])
        parts: list[str | Piece] = [f"{facts.headline(result, metric)}{f' ({kind})' if len(groups) > 1 else ''}: "]
        for order, (value, system) in enumerate(scored[:3]):
            parts += [", " if order else "", name(system.name), f" {number(value)}"]
        items.append(line(*parts))
    if items:
        yield text("First by each metric:")
        yield Bullets(tuple(items))


def _reason(system: SystemRecord) -> str:
    return quoted(system.alignment.reason.rstrip("."), 400) or "the alignment is not trusted"


def _doubtful(system: SystemRecord) -> str:
    """The share of the candidate's words whose link is weak or whose content is hardly there, in brackets."""
    new = {f.unit for f in system.findings if f.rule == "addition"}
    linked = [u for u in system.units if u.candidate and u.references]
    weak = [u for u in linked if u.confidence < _WEAK or u.id in new]
    words = sum(count_words(u.candidate.text) for u in weak if u.candidate)
    return f" ({percent(words / system.words)} by weak or doubtful links)" if words and system.words else ""


def _state(result: Result, system: SystemRecord) -> Line:
    counts = system.quality.counts
    critical, major = counts.get("critical", 0), counts.get("major", 0)
    minor = counts.get("minor", 0) + counts.get("neutral", 0)
    parts = [f" ({system.kind}, {count(system.words, 'word')})"]
    if result.references and not facts.is_lines(result):
        cover = system.alignment.coverage
        parts.append(
            f": it renders {percent(cover.reference)} of the reference's words; "
            f"{percent(cover.candidate)} of its own words are linked with it{_doubtful(system)}"
        )
    if not facts.checked(result):
        return line(name(system.name), *parts, ".")
    if critical:
        others = f" and {count(major, 'major one')}" if major else ""
        advice = f". Not to be used before {count(critical, 'critical finding')}{others} have been checked"
    elif major:
        have = "has" if major == 1 else "have"
        advice = f". To be used only after {count(major, 'major finding')} {have} been checked"
    else:
        advice = ". No critical or major finding"
    return line(name(system.name), *parts, advice, f" ({minor:,} minor or neutral)." if minor else ".")


def _worst(result: Result, limit: int) -> Iterator[Block]:
    owner = {id(f): s for s in facts.trusted(result) for f in s.findings}
    everything = [f for s in facts.trusted(result) for f in s.findings if f.severity in ("major", "critical")]
    if not everything:
        return
    yield text("The most serious findings, different ones first:")
    items = []
    for finding in facts.worst(everything)[:_MOST]:
        system, wanted = owner[id(finding)], facts.expected(finding)
        quote = "" if facts.said(finding) else f"“{quoted(finding.text, 120)}” – "
        items.append(
            line(
                Piece(finding.severity, "strong"), ", ", name(system.name), f" at {facts.place(system, finding)}, ",
                name(finding.rule), f": {quote}{quoted(finding.message, 240)}",
                f" (expected {wanted})" if wanted else "",
            )
        )  # fmt: skip
    yield Bullets(tuple(items))
    known = {id(f) for entries in listed(result, limit).values() for _, f in entries}
    there = sum(id(f) in known for f in everything)
    more = len(everything) - len(items)
    if there < len(everything):
        said = f"Findings lists {there:,} of the {len(everything):,} critical and major findings; all are in the JSON"
        yield Paragraph(line(f"{said} result."), cut=True)
    elif more:
        verb = "is" if more == 1 else "are"
        yield text(f"{count(more, 'more critical or major finding')} {verb} listed under Findings.")


def _better(result: Result) -> Iterator[Block]:
    names = {s.name for s in facts.usable(result)}
    penalties = [c for c in result.finding_comparisons if c.metric == "penalty_per_1000_words"]
    usable = [c for c in (*result.comparisons, *penalties) if c.baseline in names and c.system in names]
    if not usable:
        if len(names) > 1:
            yield text("The result holds no significance test, so no statement here that one system is better.")
        return
    pairs: dict[tuple[str, str], list[Comparison]] = {}
    for comparison in usable:
        pairs.setdefault((comparison.baseline, comparison.system), []).append(comparison)
    if len(pairs) > _MOST and result.rankings:
        yield from _clusters(result)
        return
    if len(pairs) > _MOST and len({baseline for baseline, _ in pairs}) == 1:
        yield from _against(result, next(iter(pairs))[0], usable)
        return
    yield text("Which is better, and is the difference real:")
    kinds = {s.name: s.kind for s in result.systems}
    yield Bullets(tuple(_pair(result, pair, group, kinds) for pair, group in list(pairs.items())[:_MOST]))
    yield from _more(len(pairs), "pair", "Comparisons")


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
    if len(leaders) < total and len({frozenset(names) for names in first.values()}) == 1 and len(leaders) <= _MOST:
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
    shown: dict[tuple[str, str], list[str]] = {}
    rates = [c for c in group if c.metric in facts.RATES]
    group = [c for c in group if c.metric not in facts.RATES]
    for c in group:
        shown.setdefault((c.scope, facts.outcome(c)), []).append(facts.title(result, c.metric))
    parts = []
    for scope in facts.SCOPES:
        said = [f"{outcome} by {listing(metrics, 8)}" for (of, outcome), metrics in shown.items() if of == scope]
        if said and all(o == "not tested" for of, o in shown if of == scope):
            said = [f"scores not tested: {facts.untested(c for c in group if c.scope == scope)}"]
        if said:
            parts.append(f"{', '.join(said)} (scope {scope})")
    for c in rates:
        few = f": {facts.untested([c])}" if facts.outcome(c) == "not tested" else ""
        parts.append(f"findings {facts.outcome(c)} by {facts.title(result, c.metric)}{few}")
    one, two = kinds[pair[1]], kinds[pair[0]]
    differ = "" if one == two else f" One is a {one}, the other a {two}: neither is better by scores alone."
    return line(name(pair[1]), " against ", name(pair[0]), f": {'; '.join(parts)}.{differ}")


def _more(total: int, noun: str, where: str, limit: int = _MOST) -> Iterator[Block]:
    if total > limit:
        yield text(f"{count(total - limit, f'more {noun}')}: see {where}.")
