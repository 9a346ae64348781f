"""Sentences left out and sentences added at one place of a text: as likely one rendered freely as two errors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from evalkit.records import Unit

# Of two human translations of a sentence one is at most so many times as long in 99.9 % (WMT22 zh-en and en-zh, WMT24
# en-de, NTREX Spanish, Portuguese, French).
_TIMES = 2.5
OR_FREELY = ", or translated freely by the text in its place"


def facing(units: Sequence[Unit]) -> frozenset[str]:
    """The ids of the units without a partner beside which the other side has about as much without a partner, between
    the same neighbours that have one. Units are in the order of their texts."""
    found: set[str] = set()
    for (_, is_open), run in groupby(units, key=lambda u: (u.document, _is_open(u))):
        gap = list(run) if is_open else []
        left_out = sum(len(u.references[0].text) for u in gap if u.references)
        added = sum(len(u.candidate.text) for u in gap if u.candidate is not None)
        if 0 < max(left_out, added) <= _TIMES * min(left_out, added):
            found.update(u.id for u in gap)
    return frozenset(found)


def _is_open(unit: Unit) -> bool:
    """True where one side has no passage at all; an empty line beside a line is proof of its own."""
    return (unit.candidate is None) != (not unit.references)
