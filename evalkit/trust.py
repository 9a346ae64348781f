"""Whether an alignment can be trusted, and why, in plain words.

A candidate that is no rendering of the reference still shares words with it; what it lacks is links
that are strong. The gate looks at the candidate's side, so that a summary, which leaves most of the
reference out, passes where all it says is found there. benchmarks/_alignment_trust.py measured the
bounds on right and deliberately wrong pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evalkit.model import LINK_KINDS, Alignment, Coverage, Link, Segment
from evalkit.text import count_words

STRONG = 0.8  # a link this probable counts as strong
LEAST_STRONG = 0.25  # share of the candidate's words in strong links
LEAST_CONFIDENCE = 0.7  # mean confidence of the paired links
REFUSED_SHARE = 0.05  # a set of documents is trusted while no more of its words stand in refused documents


class _Measured(NamedTuple):
    """The alignment of one document, and the words of its two sides."""

    alignment: Alignment
    candidate_words: int
    reference_words: int


def judge(candidate: Sequence[Segment], reference: Sequence[Segment], links: Sequence[Link], aligner: str) -> Alignment:
    """Counts, coverage and confidence of the links, and whether they can be trusted.

    Coverage of a side without words is 1 where the other side has none either, else 0. Confidence is
    the mean over paired links, weighted by the words of both sides; 0 where nothing is paired.
    """
    mine = [count_words(s.text) for s in candidate]
    theirs = [count_words(s.text) for s in reference]
    paired = [link for link in links if link.candidate and link.reference]
    weights = [sum(mine[i] for i in link.candidate) + sum(theirs[j] for j in link.reference) for link in paired]
    confidence = sum(w * link.confidence for w, link in zip(weights, paired, strict=True)) / max(sum(weights), 1)
    coverage = Coverage(
        _share(sum(theirs[j] for link in paired for j in link.reference), sum(theirs), sum(mine)),
        _share(sum(mine[i] for link in paired for i in link.candidate), sum(mine), sum(theirs)),
    )
    strong = _share(
        sum(mine[i] for link in paired if link.confidence >= STRONG for i in link.candidate), sum(mine), sum(theirs)
    )
    trusted, reason = _verdict(sum(mine), sum(theirs), coverage, confidence, strong)
    counts: dict[str, int] = dict.fromkeys(LINK_KINDS, 0)
    for link in links:
        counts[link.kind] += 1
    return Alignment(
        aligner,
        counts,
        coverage,
        confidence,
        trusted,
        reason,
        len({link.block for link in links if link.block is not None}),
    )


def _share(part: int, whole: int, other: int) -> float:
    if whole:
        return part / whole
    return 0.0 if other else 1.0


def _verdict(mine: int, theirs: int, coverage: Coverage, confidence: float, strong: float) -> tuple[bool, str]:
    if not mine or not theirs:
        missing = "candidate" if not mine else "reference"
        return mine == theirs, f"the {missing} is empty" if mine or theirs else "both sides are empty"
    figures = (
        f"{strong:.0%} of the candidate's words stand in strong links, {coverage.candidate:.0%} in any; "
        f"the links cover {coverage.reference:.0%} of the reference; mean confidence {confidence:.2f}"
    )
    problems = []
    if strong < LEAST_STRONG:
        problems.append(f"under {LEAST_STRONG:.0%} of the candidate has a sure counterpart")
    if confidence < LEAST_CONFIDENCE:
        problems.append(f"the links are weak (mean confidence under {LEAST_CONFIDENCE})")
    if problems:
        return False, f"may be no rendering of this reference: {'; '.join(problems)} ({figures})"
    return True, figures


def total(alignments: Sequence[tuple[Alignment, int] | tuple[Alignment, int, int]]) -> Alignment:
    """The alignments of a system's documents as one: counts added, shares weighted by words.

    Each comes with the words of its candidate and of its reference; a single number holds for both.
    Trusted while the refused documents hold at most `REFUSED_SHARE` of the words of both sides.
    """
    measured = [_Measured(item[0], item[1], item[-1]) for item in alignments]
    if len(measured) == 1:
        return measured[0].alignment
    counts: dict[str, int] = {kind: sum(m.alignment.links[kind] for m in measured) for kind in LINK_KINDS}
    mine, theirs = sum(m.candidate_words for m in measured), sum(m.reference_words for m in measured)
    coverage = Coverage(
        _weighted([(m.alignment.coverage.reference, m.reference_words) for m in measured]),
        _weighted([(m.alignment.coverage.candidate, m.candidate_words) for m in measured]),
    )
    paired = [
        m.alignment.coverage.candidate * m.candidate_words + m.alignment.coverage.reference * m.reference_words
        for m in measured
    ]
    together = sum(paired)
    confidence = sum(m.alignment.confidence * w for m, w in zip(measured, paired, strict=True)) / (together or 1.0)
    refused = [m for m in measured if not m.alignment.trusted]
    words = sum(m.candidate_words + m.reference_words for m in refused)
    trusted = words <= REFUSED_SHARE * (mine + theirs) and len(refused) < max(len(measured), 1)
    return Alignment(
        ", ".join(sorted({m.alignment.aligner for m in measured})),
        counts,
        coverage,
        confidence,
        trusted,
        _total_reason(len(measured), len(refused), words / max(mine + theirs, 1), trusted),
        sum(m.alignment.moved_blocks for m in measured),
    )


def _weighted(shares: Sequence[tuple[float, int]]) -> float:
    words = sum(weight for _, weight in shares)
    return sum(share * weight for share, weight in shares) / words if words else 1.0


def _total_reason(documents: int, refused: int, share: float, trusted: bool) -> str:
    if not documents:
        return "there is no document"
    if not refused:
        return f"all {documents} documents are trusted"
    verdict = "few enough" if trusted else f"more than {REFUSED_SHARE:.0%}"
    return f"{refused} of {documents} documents are not trusted, with {share:.1%} of the words: {verdict}"
