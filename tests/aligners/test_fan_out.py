"""One long sentence rendered by many short ones, and the other way round; other texts stay as they were."""

from __future__ import annotations

from evalkit.aligners.document.beads import Group
from evalkit.aligners.document.fan_out import with_fan_out
from evalkit.records import Segment

LONG = ["The harbour was closed for two days after the storm because of the damage to the outer wall."] * 3
SHORT = ["The storm came.", "The wall broke.", "Ships waited.", "They were shut.", "It took days.", "They left."]


def made(texts: list[str]) -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(text), text) for k, text in enumerate(texts))


def pairs(groups: list[Group]) -> set[tuple[int, int]]:
    return {(i, j) for group in groups for i in group.candidate for j in group.reference}


FOUND = [Group((0,), (0,), 0.9, (0, 0)), Group((5,), (2,), 0.8, (5, 2))]
KNOWN = {(0, 0): 0.9, (5, 2): 0.8, (1, 0): 0.3, (2, 1): 0.2, (3, 1): 0.15, (4, 2): 0.04}


def test_left_over_short_sentences_go_to_the_long_ones_between_their_neighbours() -> None:
    groups = with_fan_out(FOUND, KNOWN, made(SHORT), made(LONG), 16)
    assert pairs(groups) == {(0, 0), (1, 0), (2, 1), (3, 1), (5, 2)}
    assert [round(group.confidence, 3) for group in groups] == [0.6, 0.175, 0.8]


def test_exchanging_the_sides_mirrors_it() -> None:
    swapped = [Group(g.reference, g.candidate, g.confidence, (g.core[1], g.core[0])) for g in FOUND]
    known = {(j, i): p for (i, j), p in KNOWN.items()}
    mirrored = {(i, j) for j, i in pairs(with_fan_out(swapped, known, made(LONG), made(SHORT), 16))}
    assert mirrored == pairs(with_fan_out(FOUND, KNOWN, made(SHORT), made(LONG), 16))


def test_the_order_is_kept_and_a_side_holds_no_more_than_it_may() -> None:
    known = {**KNOWN, (1, 2): 0.9, (2, 0): 0.1}
    assert (1, 2) not in pairs(with_fan_out(FOUND, known, made(SHORT), made(LONG), 16)) or (2, 0) not in pairs(
        with_fan_out(FOUND, known, made(SHORT), made(LONG), 16)
    )
    assert pairs(with_fan_out(FOUND, KNOWN, made(SHORT), made(LONG), 1)) == {(0, 0), (2, 1), (5, 2)}


def test_texts_of_sentences_as_long_stay_as_they_are() -> None:
    alike = made([text + " And nobody knew how long that would go on or what was to be done." for text in SHORT])
    assert with_fan_out(FOUND, KNOWN, alike, made(LONG), 16) == FOUND
    assert with_fan_out([], KNOWN, made(SHORT), made(LONG), 16) == []
