"""A gap that is open on both sides is filled in nearly complete texts in one order, and nowhere else."""

from __future__ import annotations

from evalkit.aligners.document.beads import Group, groups
from evalkit.aligners.document.gaps import CONFIDENCE, with_gaps

SIZE = 20
LENGTHS = [80] * SIZE, [90] * SIZE
TEXT = [True] * SIZE, [True] * SIZE


def diagonal(*without: int) -> list[Group]:
    """Links of all segments in order but for some."""
    return [Group((k,), (k,), 0.9, (k, k)) for k in range(SIZE) if k not in without]


def test_what_is_left_between_two_links_on_both_sides_is_a_weak_link() -> None:
    found = with_gaps(diagonal(7, 8), LENGTHS, TEXT)
    assert found == sorted([*diagonal(7, 8), Group((7, 8), (7, 8), CONFIDENCE, (7, 7))])


def test_a_gap_at_the_beginning_and_at_the_end_is_filled_too() -> None:
    assert len(with_gaps(diagonal(0, SIZE - 1), LENGTHS, TEXT)) == SIZE


def test_the_other_way_round_it_is_the_mirror_image() -> None:
    found = with_gaps(diagonal(3, 12), LENGTHS, TEXT)
    turned = with_gaps(diagonal(3, 12), (LENGTHS[1], LENGTHS[0]), TEXT)
    assert sorted(Group(g.reference, g.candidate, g.confidence, g.core[::-1]) for g in turned) == found


def test_lengths_that_do_not_fit_stay_apart() -> None:
    assert with_gaps(diagonal(7), ([80] * 7 + [500] + [80] * 12, LENGTHS[1]), TEXT) == diagonal(7)


def test_a_heading_fills_no_gap() -> None:
    assert with_gaps(diagonal(7), LENGTHS, ([k != 7 for k in range(SIZE)], TEXT[1])) == diagonal(7)


def test_where_more_is_left_over_nothing_is_filled() -> None:
    dropped = [80] * (SIZE + 4), LENGTHS[1]  # four more candidate segments at the end, no gap on the other side
    text = [True] * (SIZE + 4), TEXT[1]
    assert with_gaps(diagonal(7), dropped, text) == diagonal(7)
    half = diagonal(*range(0, SIZE, 2))
    assert with_gaps(half, LENGTHS, TEXT) == half


def test_where_something_moved_nothing_is_filled() -> None:
    moved = [*diagonal(2, 7, 12), Group((2,), (12,), 0.9, (2, 12)), Group((12,), (2,), 0.9, (12, 2))]
    assert with_gaps(moved, LENGTHS, TEXT) == moved


def test_a_salutation_joins_no_sentence_but_on_strong_evidence() -> None:
    texts = ["the meeting"], ["Dear President,", "Let me thank the President."]
    for probability, columns in ((0.65, (1,)), (0.95, (0, 1))):
        known = {(0, 0): probability, (0, 1): 0.96}
        (group,) = groups(known, 0.4, 16, texts, ([True], [False, True]))
        assert group.reference == columns


def test_two_halves_unite_where_their_pairs_are_probable_on_average() -> None:
    texts = ["a whole sentence"], ["a half", "another"]
    for probability, columns in ((0.45, (1,)), (0.55, (0, 1))):
        (group,) = groups({(0, 0): probability, (0, 1): 0.96}, 0.4, 16, texts, ([True], [True, True]))
        assert group.reference == columns
