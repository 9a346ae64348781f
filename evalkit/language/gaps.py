"""Runs of content words of one text that the other has nothing for."""

from __future__ import annotations

from typing import NamedTuple

from evalkit.language.overlap import Difference, Weights
from evalkit.text import Word, count_words


def room(longer: str, shorter: str) -> int:
    """By how many words the one text is longer than the other: what is left out leaves it shorter."""
    return count_words(longer) - count_words(shorter)


class Gap(NamedTuple):
    """A run of words without counterpart: its place and how much it tells."""

    start: int
    end: int
    mass: float


Item = tuple[Word, str]
_ROOM = 0.8


def gaps(
    everything: list[Item], unmatched: list[Item], weights: Weights, least: float, excess: float, spare: int
) -> list[Gap]:
    """Runs of unmatched words heavy enough to be content, not wording.

    `excess` is by how much the unmatched weight of this side exceeds the other's: a paraphrase
    leaves about as much on both; `spare` by how many words this side is longer, which must give room
    for most of a run. One matched word inside a run does not end it.
    """
    if excess < least:
        return []
    missing = {word.start for word, _ in unmatched}
    found: list[Gap] = []
    run: list[Item] = []
    skipped = 0
    for item in [*everything, None]:
        if item is not None and item[0].start in missing:
            run.append(item)
            skipped = 0
            continue
        skipped += 1
        if run and (item is None or skipped > 1):
            mass = weights.mass(run)
            if mass >= least and spare >= _ROOM * len(run):
                found.append(Gap(run[0][0].start, run[-1][0].end, mass))
            run = []
    return found


def excess_of_reference(diff: Difference, weights: Weights) -> float:
    """Unmatched weight of the reference less the candidate's; negative where the candidate has more."""
    return weights.mass(diff.reference) - weights.mass(diff.candidate)
