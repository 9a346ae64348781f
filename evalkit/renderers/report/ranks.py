"""Ranks: groups of systems that can be told apart, and who is shown to be better than whom."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.records.comparison import Comparison, Ranking
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import number
from evalkit.renderers.report.blocks import Block, Cell, Heading, Line, Piece, Table, cell, line, name, text

_MOST = 12  # what a reader will look at; the rest is counted
_LEAST = 3  # two systems are a pair, and the verdict has said what there is to say
_LEAST_MATRIX, _WIDEST_MATRIX = 4, 24  # systems: fewer are clearer in words, more fit on no page
_SIGNS = {"better": "▲", "worse": "▼", "none": "·", "untested": "?"}
_TURNED = {"better": "worse", "worse": "better"}


def ranks(result: Result) -> Iterator[Block]:
    """A table of ranks and clusters for each metric, with the matrix of all pairs where there are many."""
    rankings = [ranking for ranking in result.rankings if len(ranking.systems) >= _LEAST]
    if not rankings:
        return
    yield Heading(2, "Ranks")
    yield text(
        "Systems are ordered by score. A new cluster begins where every system above is shown to be better than every "
        "system from there on; systems of one cluster are not all told apart, which does not mean they are equal. "
        "Ranks: the places the tests leave open to a system."
    )
    kinds = len({ranking.kind for ranking in rankings}) > 1
    for ranking in rankings[:_MOST]:
        yield Heading(3, heading(result, ranking, kinds=kinds))
        yield _table(result, ranking)
        if _LEAST_MATRIX <= len(ranking.systems) <= _WIDEST_MATRIX:
            yield from _matrix(ranking, (*result.comparisons, *result.finding_comparisons))
    if len(rankings) > _MOST:
        yield text(f"{len(rankings) - _MOST:,} more rankings in the JSON result.")


def heading(result: Result, ranking: Ranking, *, kinds: bool) -> str:
    """What is ranked by what."""
    return f"By {facts.headline(result, ranking.metric)} (scope {ranking.scope}{f', {ranking.kind}' if kinds else ''})"


def clustered(ranking: Ranking) -> Line:
    """The clusters in a line, numbered from the best, systems of one cluster joined by commas."""
    parts: list[str | Piece] = []
    for order, names in enumerate(facts.clusters(ranking), 1):
        parts.append(f"{'; ' if order > 1 else ''}{order}: ")
        for place, system in enumerate(names):
            parts += [", " if place else "", name(system)]
    return line(*parts)


def _table(result: Result, ranking: Ranking) -> Table:
    rows = tuple(
        (cell(str(r.cluster)), cell(str(r.first) if r.first == r.last else f"{r.first}–{r.last}"),
         cell(name(r.system)), cell(number(r.value, facts.places(result, ranking.metric))))
        for r in ranking.systems
    )  # fmt: skip
    return Table(
        ("Cluster", "Ranks", "System", facts.headline(result, ranking.metric)), (True, True, False, True), rows
    )


def _matrix(ranking: Ranking, comparisons: tuple[Comparison, ...]) -> Iterator[Block]:
    shown: dict[tuple[str, str], str] = {}
    for c in comparisons:
        if (c.metric, c.scope) == (ranking.metric, ranking.scope):
            shown[c.system, c.baseline] = c.outcome
            shown[c.baseline, c.system] = _TURNED.get(c.outcome, c.outcome)
    names = [ranked.system for ranked in ranking.systems]
    yield text("Row against column: ▲ shown to be better, ▼ shown to be worse, · no difference shown.")
    rows = tuple(
        (cell(str(place)), cell(name(row)), *(_sign(row, column, shown) for column in names))
        for place, row in enumerate(names, 1)
    )
    head = ("No.", "System", *(str(place) for place in range(1, len(names) + 1)))
    yield Table(head, (True, False, *[False] * len(names)), rows)


def _sign(row: str, column: str, shown: dict[tuple[str, str], str]) -> Cell:
    return cell("" if row == column else _SIGNS.get(shown.get((row, column), ""), "?"))
