"""The small part of a split sentence joins the link that lacks its length; an added sentence does not."""

from __future__ import annotations

from evalkit.aligners._groups import Group
from evalkit.aligners._parts import with_parts

LINK = Group((0,), (0,), 0.9, (0, 0))
NEXT = Group((2,), (1,), 0.9, (2, 1))


def test_a_part_joins_the_link_that_is_too_short() -> None:
    (first, second) = with_parts([LINK, NEXT], {(1, 0): 0.35}, ([60, 30, 80], [95, 80]), widest=8)
    assert (first.candidate, first.reference) == ((0, 1), (0,))
    assert 0.6 < first.confidence < 0.9
    assert second == NEXT


def test_an_added_sentence_stays_alone_where_the_lengths_fit_already() -> None:
    assert with_parts([LINK, NEXT], {(1, 0): 0.2}, ([90, 30, 80], [95, 80]), widest=8) == [LINK, NEXT]


def test_the_other_side_is_treated_alike() -> None:
    mirrored = [Group((0,), (0,), 0.9, (0, 0)), Group((1,), (2,), 0.9, (1, 2))]
    (first, _) = with_parts(mirrored, {(0, 1): 0.35}, ([95, 80], [60, 30, 80]), widest=8)
    assert (first.candidate, first.reference) == ((0,), (0, 1))


def test_a_link_does_not_grow_beyond_its_bound() -> None:
    assert with_parts([LINK, NEXT], {(1, 0): 0.9}, ([60, 30, 80], [95, 80]), widest=1) == [LINK, NEXT]
