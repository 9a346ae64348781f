"""The line that many read: nobody is called the best by a mean over other sets than the rivals'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from evalkit.matrix.best import best
from evalkit.matrix.means import means
from evalkit.matrix.overview import SCHEMA, Cell, Measure, Overview, Row


def said(
    scores: Mapping[str, Sequence[float | None]], better: Literal["higher", "lower", ""] = "higher"
) -> tuple[str, ...]:
    """What is said of systems whose scores stand in the order of the sets."""
    rows = []
    for number in range(len(next(iter(scores.values())))):
        cells = [_cell(name, of[number]) for name, of in scores.items()]
        rows.append(Row(f"s{number}", "de", (), f"s{number}.de", "corpus", tuple(cells)))
    shown = Overview(SCHEMA, "0", "n", 1, 0.05, tuple(scores), {"m": Measure("M", better, "")}, tuple(rows))
    return tuple(best(means(shown, "m"), shown))


def _cell(name: str, score: float | None) -> Cell:
    return Cell(name, "missing") if score is None else Cell(name, "scored", scores={"m": score})


def test_the_only_one_without_a_gap_is_not_the_best() -> None:
    assert said({"v11": [60, 58, 46], "v12": [62, 64, None]}) == (
        "Only v11 has a M in every set, so there is no mean to rank by.",
        "v12 is ahead of v11 on the 2 sets that both have: 63.00 to 59.00.",
    )
    assert said({"v11": [60, 58, 46], "v12": [50, None, None]})[1:] == (
        "On the sets that both have, v11 is ahead of v12.",
    )


def test_who_leads_the_complete_is_the_best_only_where_no_other_is_ahead_of_it() -> None:
    lines = said({"a": [60, 50], "b": [50, 40], "c": [61, None], "d": [60, None], "e": [1, None]})
    assert lines[:4] == (
        "a has the highest mean M over 2 sets of the 2 systems with a score in each: 55.00.",
        "c is ahead of a on the 1 set that both have: 61.00 to 60.00.",
        "On the sets that both have, a is level with d.",
        "On the sets that both have, a is ahead of e.",
    )
    assert said({"a": [60, 50], "b": [50, 40]})[0] == "a has the best mean M over 2 sets: 55.00."


def test_lower_may_be_better_and_equal_means_are_both_named() -> None:
    assert (
        said({"a": [4, 4], "b": [3, 5], "c": [9, 9]}, "lower")[0] == "a and b have the best mean M over 2 sets: 4.00."
    )
    assert said({"a": [4, 4], "b": [3, None]}, "lower")[1] == (
        "b is ahead of a on the 1 set that both have: 3.00 to 4.00."
    )
    assert said({"a": [4], "b": [3]}, "") == ("Nobody has said which way of M is better, so nothing is ranked by it.",)


def test_where_nobody_has_all_the_sets_that_all_have_are_compared() -> None:
    assert said({"a": [1, 5, None], "b": [None, 6, 2]}) == (
        "No system has a M in every set, so there is no mean to rank by.",
        "Means over the 1 set that all have, the best first: b 6.00, a 5.00.",
    )
    assert said({"a": [1, None], "b": [None, 2]})[1].startswith("No set has a score of every system either")
