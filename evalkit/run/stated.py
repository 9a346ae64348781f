"""Segments that the reference itself states: the rows of a table, as a test set has them.

They are aligned sentence by sentence and scored as they are stated: everything of the candidate that is linked with a
row's sentences stands beside the row. So a score of running text can be compared with a published one, which is a
score of the rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from evalkit.records import Document, Link, LinkKind, Segment
from evalkit.text.arithmetic import running_sum
from evalkit.text.layout import blocks


def stated_segments(document: Document) -> tuple[Segment, ...]:
    """The rows of a document that hold text."""
    return tuple(
        Segment(
            f"{document.id}:{number}",
            document.id,
            row.start,
            row.end,
            document.text[row.start : row.end],
            row.kind,
            row.paragraph,
        )
        for number, row in enumerate(blocks(document), 1)
    )


def on_rows(links: Sequence[Link], sentences: Sequence[Segment], rows: Sequence[Segment]) -> tuple[Link, ...]:
    """Links with sentences of the reference as links with its rows: what shares a row is one link.

    Its confidence is the mean of theirs, weighted by their segments. A row is omitted where all of it is.
    """
    starts = [row.start for row in rows]
    owner = [bisect_right(starts, sentence.start) - 1 for sentence in sentences]
    paired = [link for link in links if link.candidate and link.reference]
    first = _first_of_each([[owner[j] for j in link.reference] for link in paired], len(rows))
    groups: dict[int, list[Link]] = {}
    for link in paired:
        groups.setdefault(first[owner[link.reference[0]]], []).append(link)
    members: dict[int, list[int]] = {}
    for row in sorted({owner[j] for link in paired for j in link.reference}):
        members.setdefault(first[row], []).append(row)
    joined = [_joined(group, tuple(members[row])) for row, group in groups.items()]
    linked = {row for link in joined for row in link.reference}
    found = sorted([*joined, *(link for link in links if not link.reference)], key=lambda link: link.candidate[0])
    doubt: dict[int, float] = {}
    for link in links:
        for j in link.reference if not link.candidate else ():
            doubt[owner[j]] = min(link.confidence, doubt.get(owner[j], 1.0))
    omitted = [Link((), (row,), "omitted", doubt.get(row, 1.0)) for row in range(len(rows)) if row not in linked]
    return _in_place(found, omitted)


def _first_of_each(together: Sequence[Sequence[int]], count: int) -> list[int]:
    """For each of `count` rows the first of those that are together with it."""
    first = list(range(count))

    def top(row: int) -> int:
        while first[row] != row:
            first[row] = first[first[row]]
            row = first[row]
        return row

    for rows in together:
        for row in rows[1:]:
            one, other = sorted((top(rows[0]), top(row)))
            first[other] = one
    return [top(row) for row in range(count)]


def _joined(links: Sequence[Link], rows: tuple[int, ...]) -> Link:
    """The links of one or more rows as one; moved where all of them are."""
    mine = tuple(sorted({i for link in links for i in link.candidate}))
    sizes = [len(link.candidate) + len(link.reference) for link in links]
    sure = running_sum(size * link.confidence for size, link in zip(sizes, links, strict=True)) / sum(sizes)
    if all(link.kind == "moved" for link in links):
        return Link(mine, rows, "moved", sure, links[0].block)
    return Link(mine, rows, _shape(len(mine), len(rows)), sure)


def _shape(mine: int, theirs: int) -> LinkKind:
    if mine == 1:
        return "1-1" if theirs == 1 else "1-n"
    return "n-1" if theirs == 1 else "n-m"


def _in_place(found: Sequence[Link], omitted: Sequence[Link]) -> tuple[Link, ...]:
    """The links with each omitted row after the link of the row before it; before all where there is none."""
    place = {row: number for number, link in enumerate(found) for row in link.reference}
    waiting: dict[int, list[Link]] = {}
    for link in omitted:
        before = next((place[row] for row in range(link.reference[0] - 1, -1, -1) if row in place), -1)
        place[link.reference[0]] = before
        waiting.setdefault(before, []).append(link)
    result = list(waiting.get(-1, ()))
    for number, link in enumerate(found):
        result += [link, *waiting.get(number, ())]
    return tuple(result)
