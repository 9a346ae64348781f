"""Whether lines taken as they stand belong together: line k of the candidate renders line k of the reference unless
the words say otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.kernel.lines import DocumentLines
from evalkit.kernel.packing import blocks
from evalkit.kernel.words import LineWords
from evalkit.records import LINK_KINDS, Alignment, Coverage
from evalkit.text.arithmetic import running_sum

LEAST_IN_COMMON = 0.05  # share of words that lines taken as they stand must have in common
LEAST_GAIN = 1.5  # shifted lines: so many lines' worth of common words more one line on


def assess_lines(candidate: DocumentLines, reference: DocumentLines, aligner: str) -> Alignment:
    """What `assess_alignment` says of as many lines of both sides: all of both is paired, surely."""
    said = judge_lines(candidate.words, reference.words) if len(candidate) else (True, "")
    mine, theirs = candidate.words.total, reference.words.total
    trusted, reason = empty_sides(mine, theirs) or said
    counts: dict[str, int] = {**dict.fromkeys(LINK_KINDS, 0), "1-1": len(candidate)}
    coverage = Coverage(share(theirs, theirs, mine), share(mine, mine, theirs))
    return Alignment(aligner, counts, coverage, 1.0 if mine + theirs else 0.0, trusted, reason)


def share(part: int, whole: int, other: int) -> float:
    """A part of a side's words; of a side without words all, where the other has none either."""
    if whole:
        return part / whole
    return 0.0 if other else 1.0


def empty_sides(mine: int, theirs: int) -> tuple[bool, str] | None:
    """Trust and reason where a side has no words."""
    if mine and theirs:
        return None
    if not mine and not theirs:
        return True, "both sides are empty"
    return False, f"the {'candidate' if theirs else 'reference'} is empty"


def judge_lines(candidate: LineWords, reference: LineWords) -> tuple[bool, str]:
    """Trusted unless the words say that the lines do not belong together: shifted, or another text."""
    here, after, before = _likenesses(candidate, reference)
    for beside, what in ((after, "one line further on"), (before, "one line before")):
        gain, first, last = _best_run([b - a for a, b in zip(here, beside, strict=True)])
        if gain >= LEAST_GAIN and running_sum(beside[first : last + 1]) >= 2 * running_sum(here[first : last + 1]):
            return False, (
                f"from line {first + 1} to line {last + 1} the candidate fits the reference's line {what} better than "
                "its own: a line is probably missing or too many there; use `--align document`, or mend the file"
            )
    # figures alone on one side may be number words on the other
    silent = sum(
        like == 0 and not (candidate.has_letters(k) and reference.has_letters(k)) for k, like in enumerate(here)
    )
    if silent == len(here):
        return True, "the lines are taken to correspond; they have no words to test that by"
    common = running_sum(here) / (len(here) - silent)
    if len(here) - silent >= 3 and common < LEAST_IN_COMMON:
        return False, f"line by line the two sides have hardly a word in common ({common:.0%}): probably another text"
    return True, f"the lines correspond; they have {common:.0%} of their words in common on average"


def _likenesses(candidate: LineWords, reference: LineWords) -> tuple[list[float], list[float], list[float]]:
    """How like each line is to the reference's own, to the one after it and to the one before it, 0 where there is
    none."""
    here: list[float] = []
    after: list[float] = []
    before: list[float] = []
    lines = len(candidate)
    for start, stop in blocks(lines):
        lead, size = min(start, 1), stop - start  # the block and a line of the reference on each side
        mine, theirs = candidate.block(start, stop), reference.block(start - lead, min(stop + 1, lines))
        here += mine.likeness(theirs, 0, lead, size)
        after += mine.likeness(theirs, 0, lead + 1, size - (stop == lines))
        before += [] if lead else [0.0]
        before += mine.likeness(theirs, 1 - lead, 0, size - 1 + lead)
    return here, [*after, 0.0], before


def _best_run(values: Sequence[float]) -> tuple[float, int, int]:
    """The highest sum of neighbouring values, with its first and last place."""
    best, first, last = 0.0, 0, -1
    total, start = 0.0, 0
    for place, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, place
        total += value
        if total > best:
            best, first, last = total, start, place
    return best, first, last
