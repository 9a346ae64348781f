"""From probabilities of pairs to groups: which segments together render which.

The most probable pair comes first; two groups become one where the pairs this adds are, on average,
probable enough. So a half of a split sentence joins the other half, and a chance likeness does not
tie two good pairs together. A heading, a dateline or a salutation joins sentences of its side only on
strong evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evalkit.aligners.document.pair_probabilities import Edges
from evalkit.text.arithmetic import running_sum

_UNITED = 0.5  # mean probability of the pairs that uniting two groups adds
_OTHER_KIND = 0.9  # the same, where a heading joins sentences


class Group(NamedTuple):
    """Candidate and reference indices, the mean probability of their pairs, and the best pair."""

    candidate: tuple[int, ...]
    reference: tuple[int, ...]
    confidence: float
    core: tuple[int, int]


def probabilities(edges: Edges) -> dict[tuple[int, int], float]:
    """The probability of every pair that has one worth the name."""
    triples = zip(edges.rows.tolist(), edges.columns.tolist(), edges.probability.tolist(), strict=True)
    return {(i, j): p for i, j, p in triples if p > 0.01}


def groups(
    known: Mapping[tuple[int, int], float],
    least: float,
    widest: int,
    texts: tuple[Sequence[str], Sequence[str]],
    sentences: tuple[Sequence[bool], Sequence[bool]],
) -> list[Group]:
    """Groups with both sides, by candidate position; no index is in two of them.

    Pairs of at least `least` are linked, a union of groups needs `_UNITED` on average; a side holds at most
    `widest`. Where a text of `texts` (one per segment of each side) recurs, each occurrence has its own
    partner. `sentences` says which segments of each side are running text, not headings or the like.
    """
    # ties: near the diagonal first, then by place; both hold when the sides are exchanged
    ranked = sorted(
        (pair for pair, p in known.items() if p >= least),
        key=lambda pair: (-known[pair], abs(pair[0] - pair[1]), pair[0] + pair[1], pair),
    )
    of_row: dict[int, _Draft] = {}
    of_column: dict[int, _Draft] = {}
    for i, j in ranked:
        mine = of_row.get(i) or _Draft({i}, set(), 0.0, (i, j))
        theirs = of_column.get(j) or _Draft(set(), {j}, 0.0, (i, j))
        if mine is theirs:
            continue
        rows, columns = mine.rows | theirs.rows, mine.columns | theirs.columns
        if max(len(rows), len(columns)) > widest or _recurs(mine, theirs, texts):
            continue
        new = len(rows) * len(columns) - len(mine.rows) * len(mine.columns) - len(theirs.rows) * len(theirs.columns)
        total = running_sum(known.get((a, b), 0.0) for a in rows for b in columns)
        if total - mine.total - theirs.total < _needed(mine, theirs, least, sentences) * new:
            continue
        core = max((mine.core, theirs.core, (i, j)), key=lambda pair: known[pair])
        union = _Draft(rows, columns, total, core)
        of_row.update(dict.fromkeys(rows, union))
        of_column.update(dict.fromkeys(columns, union))
    drafts = {id(draft): draft for draft in of_row.values()}
    return sorted(
        Group(tuple(sorted(d.rows)), tuple(sorted(d.columns)), d.total / (len(d.rows) * len(d.columns)), d.core)
        for d in drafts.values()
    )


class _Draft(NamedTuple):
    rows: set[int]
    columns: set[int]
    total: float
    core: tuple[int, int]


def _needed(mine: _Draft, theirs: _Draft, least: float, sentences: tuple[Sequence[bool], Sequence[bool]]) -> float:
    """The mean probability the pairs added by a union must have."""
    for kinds, ours, others in zip(sentences, (mine.rows, mine.columns), (theirs.rows, theirs.columns), strict=True):
        if ours and others and len({kinds[k] for k in ours | others}) > 1:
            return _OTHER_KIND
    return max(least, _UNITED) if (mine.rows and mine.columns) or (theirs.rows and theirs.columns) else least


def _recurs(mine: _Draft, theirs: _Draft, texts: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Whether two groups that are complete already hold the same text on one side."""
    if not (mine.rows and mine.columns and theirs.rows and theirs.columns):
        return False
    return any(
        not {side[k] for k in ours}.isdisjoint(side[k] for k in others)
        for side, ours, others in zip(texts, (mine.rows, mine.columns), (theirs.rows, theirs.columns), strict=True)
    )
