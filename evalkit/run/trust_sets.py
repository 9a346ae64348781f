"""Whether another document of the reference fits a text better than its own: files that were mixed up.

Texts made of the same set phrases (chats, forms) look like renderings of each other; what tells them apart are the
few words that hardly any other document of the set has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from evalkit.records import Alignment, Failure, Segment
from evalkit.run.trust import Assessed
from evalkit.text.words import folded_words

_SPREAD = 5  # documents: what more of them hold tells no two of them apart
_STEM = 5  # inflected forms share this beginning
# The other document must have so many times more of the text's rare words, and so many of them at least: so no right
# text was told so, and nearly all exchanged ones were (benchmarks/alignment.py mixed).
_TIMES = 2.0
_LEAST = 4.0


def with_better_mates(
    system: str,
    ids: Sequence[str],
    candidate: Sequence[Sequence[Segment]],
    reference: Sequence[Sequence[Segment]],
    assessed: list[Assessed],
) -> tuple[list[Assessed], list[Failure]]:
    """What was assessed of each document, with a word to those that another document of the reference fits better."""
    mine, theirs = (
        {name: [segment.text for segment in segments] for name, segments in zip(ids, side, strict=True) if segments}
        for side in (candidate, reference)
    )
    found = better_mates(mine, theirs) if len(theirs) > 1 else {}
    if not found:
        return assessed, []
    first = next(iter(found))
    message = (
        f"{len(found)} {'document fits' if len(found) == 1 else 'documents fit'} another document of the reference "
        f"better than {'its' if len(found) == 1 else 'their'} own, perhaps the files were mixed up: {first!r} shares "
        f"more rare words with {found[first]!r}"
    )
    return [
        one._replace(alignment=_told(one.alignment, found[name])) if name in found else one
        for name, one in zip(ids, assessed, strict=True)
    ], [Failure("align", "", system, "", message)]


def _told(alignment: Alignment, other: str) -> Alignment:
    return replace(alignment, reason=f"{alignment.reason}; the reference's document {other!r} fits it better")


def better_mates(candidate: Mapping[str, Sequence[str]], reference: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Of each document (by id, with its texts) that shares clearly more rare words with another document of the
    reference than with its own: that other document."""
    holders = _holders(tuple((name, *texts) for name, texts in reference.items()))
    found: dict[str, str] = {}
    for name, texts in candidate.items():
        shared: dict[str, float] = defaultdict(float)
        for feature in features(texts) if name in reference else ():
            holding = holders.get(feature, ())
            for other in holding if len(holding) <= _SPREAD else ():
                shared[other] += 1 / len(holding)
        best = max(shared, key=lambda other: (shared[other], other), default=name)
        if shared[best] >= max(_LEAST, _TIMES * shared[name]) and best != name:
            found[name] = best
    return found


@lru_cache(maxsize=1)  # all systems have the same references
def _holders(reference: tuple[tuple[str, ...], ...]) -> dict[str, list[str]]:
    """The documents of the reference, each with its texts, that have a feature."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, *texts in reference:
        for feature in features(texts):
            found[feature].append(name)
    return dict(found)


def features(texts: Sequence[str]) -> list[str]:
    """Beginnings of words, and pairs of neighbours, each once and in order; of texts without spaces the pairs alone."""
    found: dict[str, None] = {}
    for text in texts:
        stems = [word[:_STEM] for word in folded_words(text)]
        found.update(dict.fromkeys([stem for stem in stems if len(stem) > 1]))
        found.update(dict.fromkeys([f"{one} {other}" for one, other in pairwise(stems)]))
    return list(found)
