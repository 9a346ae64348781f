"""What the `resegment` aligner holds at once, counted in bytes: it grows with the texts, not with their table."""

from __future__ import annotations

import random
import tracemalloc

import pytest

from evalkit.aligners.resegment.edit_path import partners
from evalkit.plugins import Registry
from evalkit.records import Segment

pytestmark = pytest.mark.slow

FEW, MANY = 500, 2_000  # words a side


def peak(words: list[str], others: list[str]) -> int:
    """The most bytes held at once for two texts, one line against lines of ten words."""
    lines = [" ".join(others[start : start + 10]) for start in range(0, len(others), 10)]
    sides = made([" ".join(words)]), made(lines)
    aligner = Registry().make("aligner", "resegment")
    tracemalloc.start()
    try:
        aligner.align(*sides)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def made(texts: list[str]) -> tuple[Segment, ...]:
    found, at = [], 0
    for number, text in enumerate(texts):
        found.append(Segment(f"d:{number}", "d", at, at + len(text), text))
        at += len(text) + 1
    return tuple(found)


def drawn(seed: int, size: int, known: int) -> list[str]:
    """Words of which so many are different ones."""
    draw = random.Random(seed)
    return [f"w{draw.randrange(known)}" for _ in range(size)]


@pytest.mark.parametrize("known", [30, 10**9], ids=["few words again and again", "no word twice"])
def test_memory_of_an_alignment_grows_far_less_than_its_table(known: int) -> None:
    peak(drawn(1, 50, known), drawn(2, 50, known))  # what is loaded on the way is not counted
    few, many = (peak(drawn(1, size, known), drawn(2, size, known)) for size in (FEW, MANY))
    # Four times the words: the table would be sixteen times as large, the rows that are kept of it eight times.
    assert many < 10 * few
    assert many < MANY * MANY  # bytes: less than one a cell


def test_the_path_keeps_some_rows_of_its_table() -> None:
    sizes = {}
    for size in (FEW, MANY):
        mine, theirs = drawn(1, size, 30), drawn(2, size, 30)
        tracemalloc.start()
        try:
            partners(mine, theirs)
            sizes[size] = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert sizes[MANY] < 10 * sizes[FEW]
    rows = 3 * int(MANY**0.5)
    assert sizes[MANY] < rows * MANY * 4 + 500 * MANY  # bytes: rows of four a cell, and some for each word
