"""Segments that are the same text on both sides, paired before anything is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.text.words import count_words

_LONG_ENOUGH = 5  # words: a shorter sentence may well stand in both texts by chance


def anchors(candidate: Sequence[str], reference: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal texts that can't be otherwise: single on both sides and long, or beside such a pair.

    The two ends of the texts count as pairs, so equal texts are paired from the first segment on,
    repeated sentences too.
    """
    single = set(_single(candidate)) & set(_single(reference))
    where = {text: j for j, text in enumerate(reference)}
    sure = [(i, where[t]) for i, t in enumerate(candidate) if t in single and count_words(t) >= _LONG_ENOUGH]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in sure:
        found[i] = j
        taken.add(j)
    for step in (1, -1):
        ends = (-1, -1) if step == 1 else (len(candidate), len(reference))
        for start in (ends, *sure):
            i, j = start[0] + step, start[1] + step
            while (
                0 <= i < len(candidate)
                and 0 <= j < len(reference)
                and i not in found
                and j not in taken
                and candidate[i] == reference[j]
            ):
                found[i] = j
                taken.add(j)
                i, j = i + step, j + step
    return sorted(found.items())


def _single(texts: Sequence[str]) -> list[str]:
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    return [text for text, count in counts.items() if count == 1]
