"""What holds for every aligner: each segment in one link, in order, and identical texts aligned one to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evalkit.plugins.protocols import Aligner
from evalkit.records import GAPS, Link, Segment
from evalkit.testing.units import GOOD


def segments_of(texts: Sequence[str]) -> list[Segment]:
    """Texts as the segments of a document whose lines they are."""
    found, start = [], 0
    for number, text in enumerate(texts, 1):
        found.append(Segment(f"d:{number}", "d", start, start + len(text), text, paragraph=number))
        start += len(text) + 1
    return found


def check_aligner(aligner: Aligner, *, texts: Sequence[str] = GOOD) -> None:
    """Each index stands in exactly one link, gaps are marked as such, and a copy is aligned 1-1.

    Unequal numbers of segments are tried too, unless the aligner is `line_by_line`, which may refuse them.
    """
    mine = segments_of(texts)
    links = list(aligner.align(mine, segments_of(texts)))
    _check(links, len(texts), len(texts))
    wanted = [((k,), (k,), "1-1") for k in range(len(texts))]
    assert [(x.candidate, x.reference, x.kind) for x in links] == wanted, "identical texts are not aligned 1-1"
    assert list(aligner.align(mine, segments_of(texts))) == links, "the same texts have other links the second time"
    if getattr(aligner, "line_by_line", False):
        return
    for one, other in ((texts, texts[1:]), (texts[:-1], texts), (texts[:1], texts), (texts[::-1], texts)):
        _check(aligner.align(segments_of(one), segments_of(other)), len(one), len(other))


def _check(links: Sequence[Link], candidate: int, reference: int) -> None:
    for side, number in (("candidate", candidate), ("reference", reference)):
        counts = Counter(index for link in links for index in getattr(link, side))
        assert counts == Counter(range(number)), f"{side}: not each of {number} indices once: {dict(counts)}"
    for link in links:
        both = bool(link.candidate) and bool(link.reference)
        assert link.candidate or link.reference, "a link of nothing with nothing"
        assert both == (link.kind not in GAPS), f"{link.kind!r} is the kind of {link.candidate} with {link.reference}"
        assert 0 <= link.confidence <= 1, f"the confidence {link.confidence} is no probability"
