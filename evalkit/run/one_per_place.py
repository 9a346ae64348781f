"""Part of step four: of several findings at one place the one that stands, in the order of the text."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from evalkit.records import Finding, Rule, Unit
from evalkit.records.findings import UNRANKED
from evalkit.records.packed import gathered, in_order

_Text = tuple[str, str, str]  # document, side, name of the reference
_MARKS = " .!?…。！？।؟"
_LONG = 20  # characters: of shorter ones the mark may be what is wrong
_NEAR = 8  # a named span is short: of those that can hold a place only the last few before it need a look


def one_per_place(
    found: Iterable[Finding], rules: Mapping[str, Rule], documents: Sequence[str], units: Sequence[Unit] = ()
) -> Iterable[Finding]:
    """The findings that stand, in the order of `documents` and of the candidate's text: unit by unit, on whichever
    side they are.

    Of findings of one span, marks at its end aside, a hint (`neutral`) yields to what weighs, then that of the lowest
    `Rule.rank` stands;
    rules of form say nothing inside a span that another has named (`Rule.role`).
    """
    order = {document: number for number, document in enumerate(documents)}
    ranks = {id_: rule.rank for id_, rule in rules.items()}
    ranked = gathered(
        in_order(
            found,
            lambda f: (order[f.document], f.side, f.start, -_end(f), *_standing(f, ranks), f.rule, f.message),
            Finding,
        ),
        Finding,
    )
    roles = {id_: rule.role for id_, rule in rules.items()}
    named: dict[_Text, list[tuple[int, int]]] = {}
    for f in ranked:
        if roles.get(f.rule) == "names" and f.severity != "neutral":
            named.setdefault((f.document, f.side, f.reference), []).append((f.start, f.end))

    def standing() -> Iterator[Finding]:
        for _, here in groupby(ranked, lambda f: (f.document, f.side, f.start)):
            taken: set[tuple[str, int]] = set()
            for f in here:
                inside = roles.get(f.rule) == "form" and _holds(named.get((f.document, f.side, f.reference), []), f)
                if (f.reference, _end(f)) not in taken and not inside:
                    taken.add((f.reference, _end(f)))
                    yield f

    place = _places(units)
    return in_order(standing(), lambda f: (order[f.document], place(f), f.side, f.start), Finding)


def _places(units: Sequence[Unit]) -> Callable[[Finding], int]:
    """Where in the candidate's text the unit of a finding begins; one that the candidate leaves out stands where the
    one before it does."""
    of_unit: dict[str, int] = {}
    starts: dict[str, list[int]] = {}
    for unit in units:
        mine = starts.setdefault(unit.document, [])
        if unit.candidate is not None:
            mine.append(unit.candidate.start)
        of_unit[unit.id] = mine[-1] if mine else 0
    for mine in starts.values():
        mine.sort()

    def place(f: Finding) -> int:
        if f.side != "candidate":
            return of_unit.get(f.unit, f.start)
        mine = starts.get(f.document, [])  # what a finding marks may stand in another unit than its own
        at = bisect_right(mine, f.start)
        return mine[at - 1] if at else 0 if mine else f.start

    return place


def _end(finding: Finding) -> int:
    """Where what a finding marks ends: a sentence without its last mark is the sentence."""
    if not finding.text or finding.text[-1].isalnum():
        return finding.end
    core = len(finding.text.rstrip(_MARKS))
    return finding.end - (len(finding.text) - core if core >= _LONG else 0)


def _standing(finding: Finding, ranks: Mapping[str, int]) -> tuple[bool, int]:
    return finding.severity == "neutral", ranks.get(finding.rule, UNRANKED)


def _holds(spans: list[tuple[int, int]], finding: Finding) -> bool:
    """Whether one of the spans, in order, holds the finding's."""
    at = bisect_right(spans, (finding.start, sys.maxsize))
    return any(start <= finding.start and finding.end <= end for start, end in spans[max(0, at - _NEAR) : at])
