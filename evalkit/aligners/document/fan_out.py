"""One sentence rendered by many short ones, as plain language does: each short one gets its place among the long ones.

A short sentence ("Hart und dick.") shares too little with a long one to be linked by itself. Where the sentences of one
text are far shorter than the other's and both run in the same order, the short ones are read as a walk along the long
ones: most stay at the sentence that the one before rendered, some go on, some render nothing. Forward and backward sums
over all walks say how probable each place is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evalkit.aligners._ascending import longest_ascending
from evalkit.aligners.document.features_words import content_words
from evalkit.aligners.document.vectors import Array
from evalkit.records import Segment
from evalkit.text.words import count_words

# Mean words of the shorter text's segments, of the longer one's: plain language has 0.3 to 0.5, texts for learners of
# a language 0.7, a report of a speech 0.6, which it would spoil (the seeds fall to .77 with 0.7 here).
_FAR_SHORTER = 0.55
_PLAIN = 20  # mean words of the shorter ones, at most: plain language has 6 to 12; longer ones are linked by themselves
_FEWEST = 6  # segments of the shorter text: the mean of fewer says little
# Pairs known by themselves, of the short segments: plain renderings have 0.07 and more, mostly 0.2, texts that belong
# to another 0.04 at most (development; seeds 0.02).
_KNOWN = 0.05
_IN_ORDER = 0.7  # of them: of fewer in one order the place says nothing
_PLACED = 0.5  # probability of a place from which it is taken; between 0.4 and 0.6 little changes
_STRETCH = 150  # segments: longer texts are cut at pairs that are sure
_LARGEST = 200_000_000  # steps of a stretch (a second); a larger one has no sure pair in it and tells nothing
# The walk, chosen on Bible texts in plain German and on made ones in English; all are flat around these.
_STAY, _STAY_AFTER_GAP = 0.55, 0.4
_SKIP = 0.35  # for each sentence passed over
_BACK, _NEVER = 0.01, 1e-4  # all places before together; the least of a place ahead
_ALONE = 0.15  # a sentence that renders nothing
# What a place counts by itself: log odds of the pair, share of the short one's words in it (above 0.3), in all
_BY_ODDS, _BY_SHARE, _USUAL_SHARE, _BIAS = 0.3, 2.0, 0.3, 1.0
_LOWEST, _HIGHEST = 0.005, 0.999  # probabilities beyond these say no more
_LOW, _HIGH = -3.0, 6.0  # the same of what they sum to
_DIGITS = 9
_SLACK = 2.0  # rarity: the share of one or two words says little
Known = Mapping[tuple[int, int], float]


def with_places(known: Known, candidate: Sequence[Segment], reference: Sequence[Segment]) -> Known:
    """The probabilities of pairs, higher where a short segment has its place at a long one.

    `known` itself where neither side's segments are far shorter, or the sides do not run in the same order.
    """
    sizes = [sum(count_words(s.text) for s in side) / max(len(side), 1) for side in (candidate, reference)]
    if not known or min(sizes) > min(_PLAIN, _FAR_SHORTER * max(sizes)):
        return known
    if sizes[0] < sizes[1]:
        placed = _placed(known, candidate, reference)
    else:
        swapped = {(j, i): p for (i, j), p in known.items()}
        placed = {(i, j): p for (j, i), p in _placed(swapped, reference, candidate).items()}
    return {**known, **{pair: max(p, known.get(pair, 0.0)) for pair, p in placed.items()}} if placed else known


def _placed(known: Known, short: Sequence[Segment], long: Sequence[Segment]) -> dict[tuple[int, int], float]:
    """The places that are probable, where the first side is the one with short segments."""
    best: dict[int, tuple[float, int]] = {}  # of each long segment its likeliest short one
    for (i, j), p in known.items():
        if p > 0.5:
            best[j] = max(best.get(j, (0.0, 0)), (p, -i))
    likely = sorted((-i, j) for j, (_, i) in best.items())
    if len(short) < _FEWEST or len(likely) < max(1, _KNOWN * len(short)):
        return {}
    if len(longest_ascending(likely)) < _IN_ORDER * len(likely):
        return {}
    words = [content_words(s.text) for s in short], [content_words(s.text) for s in long]
    counts = Counter(word for side in words for held in side for word in held)
    rare = {word: math.log((len(short) + len(long)) / count) + 0.2 for word, count in counts.items()}
    found = {}
    for part in _stretches(likely, len(short), len(long)):
        rows, columns = range(part.top, part.bottom), range(part.first, part.last)
        share = _shares([words[0][i] for i in rows], [words[1][j] for j in columns], rare)
        # rounded: the last digits of an exponential differ from processor to processor
        probability = _walked(_emissions(known, share, part, short, long)).round(_DIGITS)
        for i, j in zip(*(probability >= _PLACED).nonzero(), strict=True):
            found[part.top + int(i), part.first + int(j)] = float(probability[i, j])
    return found


class _Stretch(NamedTuple):
    """Rows from `top` to before `bottom`, columns from `first` to before `last`."""

    top: int
    bottom: int
    first: int
    last: int


def _stretches(likely: Sequence[tuple[int, int]], rows: int, columns: int) -> list[_Stretch]:
    """The whole texts, long ones cut at likely pairs in order; the long segment of a cut is in both parts."""
    parts = []
    top, first = 0, 0
    for i, j in longest_ascending(likely):
        if max(i - top, j - first) >= _STRETCH:
            parts.append(_Stretch(top, i + 1, first, j + 1))
            top, first = i + 1, j
    parts.append(_Stretch(top, rows, first, columns))
    return [
        part
        for part in parts
        if max(part.bottom - part.top, part.last - part.first) * (part.last - part.first) ** 2 <= _LARGEST
    ]


def _shares(short: Sequence[set[str]], long: Sequence[set[str]], rare: Mapping[str, float]) -> Array:
    """For each pair the share of the short one's words that stand in the long one, rare ones weighing more."""
    import numpy as np

    places: dict[str, list[int]] = {}
    for j, words in enumerate(long):
        for word in words:
            places.setdefault(word, []).append(j)
    found = np.zeros((len(short), len(long)))
    for i, words in enumerate(short):
        total = _SLACK
        for word in sorted(words):
            total += rare[word]
            if word in places:
                found[i, places[word]] += rare[word]
        found[i] /= total
    return found


def _emissions(known: Known, share: Array, part: _Stretch, short: Sequence[Segment], long: Sequence[Segment]) -> Array:
    """How many times likelier each place is than none; 0 for headings and the like."""
    import numpy as np

    probability = np.full(share.shape, _LOWEST)
    for i in range(part.top, part.bottom):
        for j in range(part.first, part.last):
            if (i, j) in known:
                probability[i - part.top, j - part.first] = min(max(known[i, j], _LOWEST), _HIGHEST)
    odds = _BY_ODDS * np.log(probability / (1 - probability)) + _BY_SHARE * (share - _USUAL_SHARE) + _BIAS
    text = (
        [s.kind == "text" for s in short[part.top : part.bottom]],
        [s.kind == "text" for s in long[part.first : part.last]],
    )
    result: Array = np.exp(np.clip(odds, _LOW, _HIGH)) * np.outer(*text)
    return result


def _steps(size: int, stay: float) -> Array:
    """Probabilities to go from each place to each other; place 0 is before the first, from where all are alike."""
    import numpy as np

    ahead = np.arange(size)[None, :] - np.arange(size)[:, None]
    on = (1 - stay - _BACK) * (1 - _SKIP) * _SKIP ** np.maximum(ahead - 1, 0)
    steps = np.where(ahead < 0, _BACK / size, np.where(ahead == 0, stay, np.maximum(on, _NEVER)))
    steps[0], steps[:, 0] = 1.0, 0.0
    result: Array = (1 - _ALONE) * steps / steps.sum(axis=1, keepdims=True)
    return result


def _walked(emissions: Array) -> Array:
    """For each short segment (rows) the probability of each place; sums are scaled row by row."""
    import numpy as np

    count, size = emissions.shape[0], emissions.shape[1] + 1
    after_link, after_gap = _steps(size, _STAY), _steps(size, _STAY_AFTER_GAP)
    likely = np.concatenate([np.zeros((count, 1)), emissions], axis=1)
    linked, alone = np.zeros((count, size)), np.zeros((count, size))
    here, gap = np.zeros(size), np.zeros(size)
    gap[0] = 1.0
    for i in range(count):
        coming = (here[:, None] * after_link + gap[:, None] * after_gap).sum(axis=0)
        here, gap = likely[i] * coming, _ALONE * (here + gap)
        total = here.sum() + gap.sum()
        linked[i], alone[i] = here, gap = here / total, gap / total
    here, gap = np.ones(size), np.ones(size)  # now the walks on from each place
    for i in range(count - 1, -1, -1):
        following = likely[i] * here
        total = (linked[i] * here).sum() + (alone[i] * gap).sum()
        linked[i] *= here / total
        here, gap = (
            (after_link * following).sum(axis=1) + _ALONE * gap,
            (after_gap * following).sum(axis=1) + _ALONE * gap,
        )
        largest = max(here.max(), gap.max())
        here, gap = here / largest, gap / largest
    return linked[:, 1:]
