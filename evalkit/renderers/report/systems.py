"""The table of systems, its signatures, and what the numbers mean."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.records import SEVERITY_WEIGHTS, Scope
from evalkit.records.result import Result, Score, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._order import by_rank, groups
from evalkit.renderers._text import count, number, percent
from evalkit.renderers.report.blocks import (
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    Line,
    Piece,
    Table,
    cell,
    line,
    name,
    setting,
    text,
)

_SCOPE_TEXT = {
    "aligned": "Scores of paired units only (scope `aligned`): omissions and additions do not count, so "
    "systems that render different parts of the reference cannot be compared by them.",
    "document": "Scores of the whole texts (scope `document`): a reference unit left out is scored against an empty "
    "text, an added one against an empty reference.",
    "corpus": "Every line of a system is scored against the same line of the reference (scope `corpus`).",
}
_MOST = 24  # what a reader will look at; the rest is counted


def systems(result: Result) -> Iterator[Block]:
    """One table for the first scope with everything about a system, short ones for other scopes."""
    if not result.systems:
        return
    yield Heading(2, "Systems")
    scopes = facts.scopes(result)
    yield _table(result, scopes[0] if scopes else None, findings=facts.checked(result))
    yield from _footnote(result)
    if scopes and groups(result, scopes[0]):
        first = facts.headline(result, facts.metrics(result, scopes[0])[0])
        yield text(
            f"In order of {first}. Systems of one group cannot all be told apart by it, which does not mean they are "
            "equal."
        )
    if scopes:
        yield text(_SCOPE_TEXT[scopes[0]].replace("`", ""), " ↑ higher is better, ↓ lower is better.")
    if scopes and len(facts.kinds(facts.trusted(result))) > 1:
        yield text("Scores of systems of different kind are not comparable: they were not asked for the same text.")
    yield from _intervals(result, scopes)
    yield Figure("scores", "Scores by system and metric; systems that are not trusted have no bar.")
    for scope in scopes[1:]:
        yield text(_SCOPE_TEXT[scope].replace("`", ""))
        yield _table(result, scope, findings=False)
    yield from _hidden(result)


def _table(result: Result, scope: Scope | None, *, findings: bool) -> Table:
    metrics = facts.metrics(result, scope) if scope else ()
    cover = bool(result.references) and scope != "corpus" and not facts.is_lines(result)
    head = ["System", "Kind", *(("Reference covered", "Candidate paired") if cover else ())]
    head += [facts.headline(result, metric) for metric in metrics]
    if findings:
        head += [severity.capitalize() for severity in facts.WORST_FIRST] + ["Penalty per 1,000 words"]
    rows = []
    ranked = groups(result, scope) if scope else {}
    if ranked:
        head.insert(2, "Group")
    for system in by_rank(result, scope):
        row = [cell(name(system.name)), cell(system.kind)]
        if ranked:
            row.append(cell(str(ranked.get(system.name, "–"))))
        if cover:
            share = system.alignment.coverage
            row += [cell(percent(share.reference)), cell(percent(share.candidate))]
        row += _score_cells(result, system, metrics, scope)
        if findings:
            rated = facts.rated(result, system)
            row += [cell(f"{system.quality.counts.get(s, 0):,}" if rated else "–") for s in facts.WORST_FIRST]
            row.append(cell(number(system.quality.penalty_per_1000_words) if rated else "–"))
        rows.append(tuple(row))
    return Table(tuple(head), (False, False, *[True] * (len(head) - 2)), tuple(rows))


def _footnote(result: Result) -> Iterator[Block]:
    """What the table does not say of systems that are not trusted."""
    bad = facts.untrusted(result)
    if not bad:
        return
    parts: list[str | Piece] = []
    for order, system in enumerate(bad[:_MOST]):
        parts += [", " if order else "Not compared, for the reason given in the Verdict: ", name(system.name)]
    said = f" and {len(bad) - _MOST:,} more." if len(bad) > _MOST else "."
    if any(s.scores for s in bad):
        said += " Their scores would mean nothing; the JSON result has them for the record."
    if facts.checked(result):
        said += " Only rules that need no reference ran there; what they found is listed, not counted here."
    yield text(*parts, said)


def _intervals(result: Result, scopes: tuple[Scope, ...]) -> Iterator[Block]:
    """Confidence intervals in a table of their own, so that the first one stays readable."""
    usable, scope = facts.trusted(result), scopes[0] if scopes else None
    if scope is None or not any(s.low is not None for system in usable for s in system.scores if s.scope == scope):
        return
    metrics = facts.metrics(result, scope)
    cover = scope != "corpus"
    rows = []
    for system in usable:
        covered = [cell(percent(system.alignment.coverage.reference))] if cover else []
        spans = [cell(_span(result, facts.score(system, metric, scope))) for metric in metrics]
        rows.append((cell(name(system.name)), *covered, *spans))
    heads = [facts.headline(result, metric) for metric in metrics]
    head = ("System", *(["Reference covered"] if cover else []), *heads)
    drawn = {s.resampled for system in usable for s in system.scores if s.scope == scope and s.low is not None}
    what = ", whole documents drawn" if drawn == {"documents"} else ", segments drawn" if drawn == {"segments"} else ""
    yield text(f"Confidence intervals (95% bootstrap, scope {scope}{what}):")
    yield Table(head, (False, *[True] * (len(head) - 1)), tuple(rows))


def _span(result: Result, score: Score | None) -> str:
    if score is None or score.low is None or score.high is None:
        return "–"
    places = facts.places(result, score.metric)
    return f"{number(score.low, places)} to {number(score.high, places)}"


def _score_cells(result: Result, system: SystemRecord, metrics: tuple[str, ...], scope: Scope | None) -> Iterator[Cell]:
    if not metrics or scope is None:
        return
    if system in facts.untrusted(result):
        yield cell("not trusted", span=len(metrics))
        return
    for metric in metrics:
        score = facts.score(system, metric, scope)
        if score is None:
            yield cell("–")
        else:
            yield cell(number(score.value, facts.places(result, metric)))


def _hidden(result: Result) -> Iterator[Block]:
    """What the reader of the tables must know."""
    said = "Numbers are rounded for reading; exact values are in the JSON result."
    yield text(said + (" Findings come from programs and are not confirmed by a human." * facts.checked(result)))


def signatures(result: Result) -> Iterator[Block]:
    """What the scores were computed with, to be cited beside them."""
    if not result.systems:
        return
    yield Heading(2, "Signatures")
    found = {(s.metric, s.signature): None for system in result.systems for s in system.scores if s.signature}
    items = [line(f"{facts.title(result, metric)}: ", setting(signature)) for metric, signature in list(found)[:_MOST]]
    items.append(line("evaluation: ", setting(result.signature or "none")))
    yield Bullets(tuple(items))
    if len(found) > _MOST:
        yield text(f"{count(len(found) - _MOST, 'more signature')} in the JSON result.")


def meaning(result: Result) -> Iterator[Block]:
    """What each number says and does not say about texts like these."""
    present = {metric: None for scope in facts.scopes(result) for metric in facts.metrics(result, scope)}
    if not result.systems or not (present or facts.checked(result)):
        return
    yield Heading(2, "What the numbers mean")
    items: list[Line] = []
    for metric in list(present)[:_MOST]:
        way = facts.better(result, metric)
        better = f" ({way} is better)" if way else ""
        items.append(line(f"{facts.title(result, metric)}{better}: {facts.meaning(result, metric)}."))
    if "aligned" in facts.scopes(result) or "document" in facts.scopes(result):
        items += [
            line(
                "Reference covered: share of the reference's words in paired units. Candidate paired: the "
                "same for the candidate's words. A good score at a low coverage is a good score of a small part."
            ),
            line(
                "Aligned and document: the first scores what was rendered, the second charges what was not. For a "
                "report or summary the second is low by nature. Scores of different scopes, or of systems that cover "
                "different parts of the reference, can't be compared with each other."
            ),
        ]
    if present:
        items.append(
            line(
                "No score here says that a text is right. It says how near the text is to the reference's wording, "
                "and a free, correct rendering can be far from it."
            )
        )
    if items:
        yield Bullets(tuple(items))
    if facts.checked(result):
        yield from _penalty(result)


def _penalty(result: Result) -> Iterator[Block]:
    weights = ", ".join(f"{s} {SEVERITY_WEIGHTS[s]}" for s in facts.WORST_FIRST)
    yield text(
        f"Penalty: the sum of the findings' weights ({weights}). Penalty per 1,000 words = 1,000 × penalty / words of "
        "the candidate; raw score = 100 - 100 × penalty / words. In a short text a few findings have a large "
        "effect. Expected errors: each finding, including hints about content, counts with the share of its kind that "
        "was right when measured."
    )
    items = []
    rated = [system for system in result.systems if facts.rated(result, system)]
    for system in rated[:_MOST]:
        q = system.quality
        terms = " + ".join(f"{q.counts.get(s, 0):,} × {SEVERITY_WEIGHTS[s]}" for s in facts.WORST_FIRST)
        per, raw = number(q.penalty_per_1000_words), number(q.raw_score)
        body = f": {terms} = {q.penalty:,}; {count(q.words, 'word')}; {per} per 1,000 words; raw score {raw}"
        if q.expected_errors is not None and q.expected_errors_per_1000_words is not None:
            expected = number(q.expected_errors), number(q.expected_errors_per_1000_words)
            body += "; expected errors {}, {} per 1,000 words".format(*expected)
        items.append(line(name(system.name), f"{body}."))
    yield Bullets(tuple(items))
    if len(rated) > _MOST:
        yield text(f"{count(len(rated) - _MOST, 'more system')} in the JSON result.")
    if len(rated) < len(result.systems):
        left = count(len(result.systems) - len(rated), "system")
        yield text(f"{left} without a trusted alignment left out: only rules that need no reference ran there.")
