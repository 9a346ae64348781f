"""The longest run of pairs that goes forward on both sides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs sorted by their first place the longest run whose second places ascend too."""
    ends: list[int] = []  # by length of run, the lowest second place; `last` holds its pair
    last: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [number]
    run, number = [], last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]
