"""Runs of content words of one text that the other has nothing for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evalkit.language.overlap import Difference, Weights
from evalkit.text.words import Word, count_words

# A gap is believed where the one side has hardly anything unmatched of its own, or clearly less than the
# other and much fewer words; else the two may say one thing in different words. Chosen on WMT23 zh-en: of
# what is flagged as omitted in the best systems' output an eighth remains, of clauses cut out of it 59 instead of 81 %.
_LITTLE = 0.3
_LESS = 0.5  # a run is missing where the other side has less than half of its weight
_SHORTER = 0.3  # and where the other side is shorter by about a third of it: else it is worded otherwise


class Balance(NamedTuple):
    """Two texts side by side: unmatched weight of the one with the gap and of the other, by how many words
    the one is longer, and of how many words it is."""

    mine: float
    theirs: float
    spare: int
    size: int

    def tells(self, least: float) -> bool:
        """True where what is unmatched here is no other wording of what is unmatched there."""
        if self.mine - self.theirs < least:
            return False
        if self.theirs <= _LITTLE * self.mine:
            return True
        return self.theirs <= _LESS * self.mine and self.spare >= _SHORTER * self.size


def of_reference(diff: Difference, weights: Weights, candidate: str, reference: str) -> Balance:
    """The balance seen from the reference: what may be omitted."""
    size = count_words(reference)
    return Balance(weights.mass(diff.reference), weights.mass(diff.candidate), size - count_words(candidate), size)


def of_candidate(diff: Difference, weights: Weights, candidate: str, reference: str) -> Balance:
    """The balance seen from the candidate: what may be added."""
    size = count_words(candidate)
    return Balance(weights.mass(diff.candidate), weights.mass(diff.reference), size - count_words(reference), size)


class Gap(NamedTuple):
    """A run of words without counterpart: its place, how much it tells and of how many content words it is."""

    start: int
    end: int
    mass: float
    size: int


Item = tuple[Word, str]
_ROOM = 0.8  # the other side must be short of nearly as many words as the run has


def gaps(
    everything: Sequence[Item], unmatched: Sequence[Item], weights: Weights, least: float, spare: int
) -> list[Gap]:
    """Runs of unmatched words of at least the weight `least`.

    `spare` is by how many words this side is longer, which must give room for most of a run. One
    matched word inside a run does not end it.
    """
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
                found.append(Gap(run[0][0].start, run[-1][0].end, mass, len(run)))
            run = []
    return found
