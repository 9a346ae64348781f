"""Whether an alignment can be trusted, and why, in plain words.

A text on the same subject shares words, even whole phrases, with a reference it does not render; what
it lacks is links that are probable and whose two sides say the same. So the gate multiplies the root
of the share of the candidate that is probably linked (a free rendering may leave half of it without a
link) by the share of words that the linked passages have in common, rare words counting more and those of a
doubtful link less. A longer text of which hardly anything is linked, however well, quotes and does not render. It looks
at the candidate's side: a summary leaves most of the reference out, and passes where what it says is
found there. benchmarks/_alignment_trust.py chose and measured the bound on right and deliberately
wrong pairs of documents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evalkit.kernel.words import LineWords, stems
from evalkit.records import LINK_KINDS, Alignment, Coverage, Link, Segment
from evalkit.run.languages_apart import apart
from evalkit.run.trust_lines import empty_sides, judge_lines, share
from evalkit.run.trust_phrases import SHORT, in_han, known, reserve, too_little_known
from evalkit.text.arithmetic import running_sum
from evalkit.text.words import count_words

LEAST_AGREEMENT = 0.17  # root of the linked share of the candidate x share of words surely in common
# Share of the words of a candidate of more than `SHORT` segments that must be linked, as far as the links are
# probable: a passage or two in common make no rendering. Right pairs have 60 % and more, letters made of the same
# phrases 15 to 50; of a longer text plain language may link no more than 25. A candidate that renders all of the
# reference and adds to it passes.
LEAST_LINKED = 0.3
LEAST_LINKED_LONGER = 0.2
# In Han and kana characters are counted, which set phrases of another chat share as a right text does: it links up to
# half, right excerpts of Chinese documents 58 % and more (development half).
LEAST_LINKED_HAN = 0.5
_LONGER = 10  # segments: letters of set phrases are shorter
_ALL = 0.9  # of the reference's words linked: the candidate renders it, whatever it adds
# What is linked by its place alone, below the probability from which the aligner links by words (its `least`), speaks
# neither for a rendering nor against one: left-over short sentences of plain language.
_BY_WORDS = 0.4
WEAK = 0.7  # a link less probable than this is weak
REFUSED_SHARE = 0.05  # a set of documents is trusted while no more of its words stand in refused documents


class Assessed(NamedTuple):
    """The alignment of one document, and the words of its two sides."""

    alignment: Alignment
    candidate_words: int
    reference_words: int


def assess_alignment(
    candidate: Sequence[Segment],
    reference: Sequence[Segment],
    links: Sequence[Link],
    aligner: str,
    *,
    line_by_line: bool = False,
) -> Assessed:
    """Counts, coverage and confidence of the links, and whether they can be trusted.

    Coverage of a side without words is 1 where the other side has none either, else 0. Confidence is
    the mean over paired links, weighted by the words of both sides; 0 where nothing is paired.
    """
    mine, theirs = ([count_words(s.text) for s in side] for side in (candidate, reference))
    paired = [link for link in links if link.candidate and link.reference]
    weights = [sum(mine[i] for i in link.candidate) + sum(theirs[j] for j in link.reference) for link in paired]
    confidence = running_sum(w * link.confidence for w, link in zip(weights, paired, strict=True)) / max(
        sum(weights), 1
    )
    coverage = Coverage(
        share(sum(theirs[j] for link in paired for j in link.reference), sum(theirs), sum(mine)),
        share(sum(mine[i] for link in paired for i in link.candidate), sum(mine), sum(theirs)),
    )
    trusted, reason = empty_sides(sum(mine), sum(theirs)) or (
        judge_lines(*(LineWords([s.text for s in side]) for side in (candidate, reference)))
        if line_by_line
        else _rendering(candidate, reference, paired, mine, coverage)
    )
    counts: dict[str, int] = dict.fromkeys(LINK_KINDS, 0)
    for link in links:
        counts[link.kind] += 1
    blocks = {link.block for link in links if link.block is not None}
    alignment = Alignment(aligner, counts, coverage, confidence, trusted, reason, len(blocks))
    return Assessed(alignment, sum(mine), sum(theirs))


# --- a free alignment ------------------------------------------------------------------------------


def _rendering(
    candidate: Sequence[Segment],
    reference: Sequence[Segment],
    paired: Sequence[Link],
    mine: Sequence[int],
    coverage: Coverage,
) -> tuple[bool, str]:
    """Whether the links are those of a rendering."""
    by_words = [link for link in paired if link.confidence >= _BY_WORDS]
    linked = running_sum(mine[i] * link.confidence for link in by_words for i in link.candidate) / sum(mine)
    weak = sum(mine[i] for link in paired if link.confidence < WEAK for i in link.candidate) / sum(mine)
    common, surely = _in_common(candidate, reference, paired)
    figures = (
        f"paired: {coverage.candidate:.0%} of the candidate's words ({weak:.0%} doubtfully) and "
        f"{coverage.reference:.0%} of the reference's; pairs have {common:.0%} of their words in common"
    )
    if not paired:
        figures = "paired: nothing of the candidate with anything of the reference"
    agreement = math.sqrt(linked) * surely
    whole = coverage.reference >= _ALL and len(reference) > SHORT
    least = _least_linked(candidate)
    quoted = len(candidate) > SHORT and linked < least and not whole
    short = min(len(candidate), len(reference)) <= SHORT
    if agreement >= LEAST_AGREEMENT and quoted:
        return False, (
            "the candidate is probably no rendering of this reference: the two have only a passage or two in common "
            f"({figures})"
        )
    said = apart(candidate, reference)
    if said:
        return False, f"{said} ({figures})"
    if agreement >= LEAST_AGREEMENT:
        share_known = known(candidate, reference, agreement)
        # what renders all of the reference may add what stands nowhere in it
        if too_little_known(share_known) and not (whole and linked < least):
            return False, (
                "the candidate is probably no rendering of this reference: the two have phrases in common, and much of "
                f"the candidate stands nowhere in the reference ({figures})"
            )
        return True, figures + reserve(linked, coverage.reference, share_known, short=short, han=in_han(candidate))
    if not paired:
        return False, f"{_verdict(short=short)} ({figures})"
    shown = "below 1%" if agreement < 0.01 else f"{math.floor(100 * agreement)}%"
    return False, (
        f"{_verdict(short=short)}: too little of the two agrees (agreement {shown}, "
        f"of a rendering {LEAST_AGREEMENT:.0%} or more; {figures})"
    )


def _least_linked(candidate: Sequence[Segment]) -> float:
    """The share of a candidate's words that a rendering has linked at least."""
    if in_han(candidate):
        return LEAST_LINKED_HAN
    return LEAST_LINKED_LONGER if len(candidate) > _LONGER else LEAST_LINKED


def _verdict(*, short: bool) -> str:
    if short:
        return "the text is too short to tell whether the candidate is a rendering of this reference"
    return "the candidate is probably no rendering of this reference"


def _in_common(
    candidate: Sequence[Segment], reference: Sequence[Segment], paired: Sequence[Link]
) -> tuple[float, float]:
    """Share of the words of the shorter side of each link that the other side has too; rare words count more.

    First of all links alike, then of those by words, what they have in common as far as the link is probable.
    """
    left, right = ([tuple(stems(s.text)) for s in side] for side in (candidate, reference))  # a set takes more
    spread = Counter(stem for of_segment in (*left, *right) for stem in of_segment)
    weigh = {stem: math.log(1 + (len(left) + len(right)) / n) * len(stem) for stem, n in spread.items()}
    shared = whole = surely = by_words = 0.0
    for link in paired:
        mine = {stem for i in link.candidate for stem in left[i]}
        theirs = {stem for j in link.reference for stem in right[j]}
        both, most = _sum(weigh, mine & theirs), min(_sum(weigh, mine), _sum(weigh, theirs))
        shared, whole = shared + both, whole + most
        if link.confidence >= _BY_WORDS:
            surely, by_words = surely + both * link.confidence, by_words + most
    return shared / (whole or 1.0), surely / (by_words or 1.0)


def _sum(weights: dict[str, float], found: Iterable[str]) -> float:
    return math.fsum(weights[stem] for stem in found)


# --- all documents of a system ---------------------------------------------------------------------


def total(measured: Sequence[Assessed]) -> Alignment:
    """The alignments of a system's documents as one: counts added, shares weighted by words.

    Trusted while the refused documents hold at most `REFUSED_SHARE` of the words of both sides.
    """
    if len(measured) == 1:
        return measured[0].alignment
    counts: dict[str, int] = {kind: sum(m.alignment.links[kind] for m in measured) for kind in LINK_KINDS}
    coverage = Coverage(
        _weighted([(m.alignment.coverage.reference, m.reference_words) for m in measured]),
        _weighted([(m.alignment.coverage.candidate, m.candidate_words) for m in measured]),
    )
    paired = [
        m.alignment.coverage.candidate * m.candidate_words + m.alignment.coverage.reference * m.reference_words
        for m in measured
    ]
    confidence = math.fsum(m.alignment.confidence * w for m, w in zip(measured, paired, strict=True))
    trusted, reason = _all_trusted(measured)
    return Alignment(
        ", ".join(sorted({m.alignment.aligner for m in measured})),
        counts,
        coverage,
        confidence / (math.fsum(paired) or 1.0),
        trusted,
        reason,
        sum(m.alignment.moved_blocks for m in measured),
    )


def _weighted(shares: Sequence[tuple[float, int]]) -> float:
    whole = sum(weight for _, weight in shares)
    return math.fsum(share * weight for share, weight in shares) / whole if whole else 1.0


def _all_trusted(measured: Sequence[Assessed]) -> tuple[bool, str]:
    if not measured:
        return False, "there is no document"
    refused = [m for m in measured if not m.alignment.trusted]
    if not refused:
        return True, f"all {len(measured)} documents are trusted"
    whole = sum(m.candidate_words + m.reference_words for m in measured)
    out = sum(m.candidate_words + m.reference_words for m in refused) / whole if whole else 1.0
    trusted = out <= REFUSED_SHARE
    verdict = f"no more than {REFUSED_SHARE:.0%}" if trusted else f"over {REFUSED_SHARE:.0%}"
    return trusted, (
        f"{len(refused)} of {len(measured)} documents are not trusted; they hold {out:.1%} of the words ({verdict})"
    )
