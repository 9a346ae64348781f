"""Where two long texts surely say the same: cuts between which the edit path is looked for.

Three words in a row that both texts have once are an island; the longest run of islands that goes forward on both
sides, without those that lie off its line, cuts the texts into stretches. So time grows with the length of the texts
and not with its square, and a text without any island is cut evenly before memory would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.aligners._ascending import longest_ascending

_WORDS = 3  # two recur by chance in long texts, four are seldom left in a free rendering
_SMALL = 250_000  # pairs of words: a table of that size takes a twentieth of a second, and stays whole
_APART = 100  # words between two cuts: a shorter stretch gains nothing, since each row has its fixed cost
_LARGEST = 100_000_000  # pairs of words: more of them take half a minute; 10,000 words a side
_SLACK = 25  # words: so far two islands next to each other may lie off one line ...
_SLOPE = 0.5  # ... and by this share of what lies between them
Stretch = tuple[int, int, int, int]


def stretches(candidate: Sequence[str], reference: Sequence[str]) -> Iterator[Stretch]:
    """Places (from, to, of the candidate, then of the reference) that cover both texts in order."""
    top, first = 0, 0
    height, width = len(candidate), len(reference)
    for i, j in _islands(candidate, reference) if height * width > _SMALL else ():
        if min(i - top, j - first) >= _APART:
            yield from _evenly(top, i, first, j)
            top, first = i, j
    yield from _evenly(top, height, first, width)


def _evenly(top: int, bottom: int, first: int, last: int) -> Iterator[Stretch]:
    """The stretch in as many even parts as it takes to stay below `_LARGEST`."""
    parts = 1
    while (bottom - top) * (last - first) > _LARGEST * parts * parts:
        parts += 1
    rows = [top + (bottom - top) * k // parts for k in range(parts + 1)]
    columns = [first + (last - first) * k // parts for k in range(parts + 1)]
    for part in range(parts):
        yield rows[part], rows[part + 1], columns[part], columns[part + 1]


def _islands(candidate: Sequence[str], reference: Sequence[str]) -> list[tuple[int, int]]:
    """Places of islands, forward on both sides."""
    here, there = _once(candidate), _once(reference)
    pairs = sorted((i, there[words]) for words, i in here.items() if words in there)
    run = longest_ascending(pairs)
    return [pair for before, pair, after in zip(run, run[1:], run[2:], strict=False) if _near(before, pair, after)]


def _near(before: tuple[int, int], pair: tuple[int, int], after: tuple[int, int]) -> bool:
    """True where a pair lies about as far from both neighbours on either side."""
    steps = (pair[0] - before[0], pair[1] - before[1]), (after[0] - pair[0], after[1] - pair[1])
    return all(abs(a - b) <= _SLACK + _SLOPE * max(a, b) for a, b in steps)


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The groups of words that stand in a text once, with their place."""
    found: dict[tuple[str, ...], int] = {}
    for place in range(len(words) - _WORDS + 1):
        group = tuple(words[place : place + _WORDS])
        found[group] = -1 if group in found else place
    return {group: place for group, place in found.items() if place >= 0}
