"""Whether rows paired by their ids belong together, and which rows have no mate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from evalkit.kernel.words import LineWords
from evalkit.records import Failure, Link, Segment
from evalkit.run.trust import Assessed, assess_alignment
from evalkit.run.trust_lines import LEAST_IN_COMMON, empty_sides
from evalkit.text.arithmetic import running_sum

_FEW = 3  # rows: of fewer the words say nothing
_NAMED = 5  # ids in a message


def assess_ids(
    candidate: Sequence[Segment], reference: Sequence[Segment], links: Sequence[Link], aligner: str
) -> Assessed:
    """What `assess_alignment` says, but for trust: ids are believed unless the rows have hardly a word in common."""
    assessed = assess_alignment(candidate, reference, links, aligner)
    known = empty_sides(assessed.candidate_words, assessed.reference_words)
    trusted, reason = known or _in_common(candidate, reference, links)
    return assessed._replace(alignment=replace(assessed.alignment, trusted=trusted, reason=reason))


def _in_common(candidate: Sequence[Segment], reference: Sequence[Segment], links: Sequence[Link]) -> tuple[bool, str]:
    pairs = [
        (candidate[link.candidate[0]].text, reference[link.reference[0]].text)
        for link in links
        if link.candidate and link.reference
    ]
    pairs = [pair for pair in pairs if all(text.strip() for text in pair)]  # one not translated yet says nothing
    mine, theirs = (LineWords([pair[side] for pair in pairs]) for side in (0, 1))
    size = len(pairs)
    common = running_sum(mine.block(0, size).likeness(theirs.block(0, size), 0, 0, size)) / max(size, 1)
    if size >= _FEW and common < LEAST_IN_COMMON:
        return False, f"rows of the same id have hardly a word in common ({common:.0%}): probably of another text"
    return True, f"rows of the same id belong together; they have {common:.0%} of their words in common on average"


def without_mate(
    system: str, reference: str, candidate: Sequence[Segment], theirs: Sequence[Segment], links: Sequence[Link]
) -> Iterator[Failure]:
    """Names the rows that only one side has."""
    gone = [theirs[number] for link in links if not link.candidate for number in link.reference]
    more = [candidate[number] for link in links if not link.reference for number in link.candidate]
    for segments, what in ((gone, f"are in {reference!r} alone"), (more, f"are not in {reference!r}")):
        if segments:
            ids = [segment.id.removeprefix(f"{segment.document}:") for segment in segments[:_NAMED]]
            listed = ", ".join(map(repr, ids)) + (" ..." if len(segments) > _NAMED else "")
            message = f"document {segments[0].document!r}: {len(segments)} rows {what}, by their ids: {listed}"
            yield Failure("align", "id", system, "", message)
