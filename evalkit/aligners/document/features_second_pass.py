"""What a pair looks like once the other links are known: the second look at every pair.

What no pair can say by itself: whether words that stand on one side alone keep company (a text
that says "pension" throughout and a reference that says "annuity": two segments that share these with two
linked ones are probably linked too); how the pair lies in the order that the better links suggest, and how
complete the two texts are (where nothing is left out, two unlinked neighbours of links belong together); and,
where a segment has another partner already, what that one leaves for this.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from evalkit.aligners.document.features import Pairs
from evalkit.aligners.document.features_order import in_order, log_odds_in_order
from evalkit.aligners.document.features_words import Content, length_gap
from evalkit.aligners.document.model import Column, constant, in_memory, product, stacked
from evalkit.aligners.document.vectors import Array, Side, dots

_COMPLETE = 0.6  # texts of which less than this share is linked are all alike: free reports
_MANY = 10  # so many segments and more are alike
_DIFFERENT = 0.25  # so far and farther apart are two numbers of segments: the log of their ratio
_LINKED = 0.3  # a pair at least so probable tells which words keep company
_RECURRING = 30  # a word in more segments of its side tells nothing
_MOST = 6.0  # so much weight in common counts, no more
_UNIT = float(1 << 24)  # sums of whole numbers are the same in any order
# What the columns are, in their order; "first" is the side of the pair whose other partner is surer.
HINDSIGHT_NAMES = (
    "words that keep company",
    "in order again",
    "in order again, log odds",
    "complete, lesser side",
    "complete, greater side",
    "in order again, complete texts",
    "in order again, log odds, complete texts",
    "segments of the shorter text",
    "numbers of segments apart",
    "as many segments",
    "in order again, by segments of the shorter text",
    "in order again, as many segments",
    *(f"{what}, {side}" for what in ("new", "share new", "length mended", "left open") for side in ("first", "second")),
)


def with_hindsight(pairs: Pairs, evidence: Array, probability: Array) -> Array:
    """The evidence with what the probabilities of all pairs add, as HINDSIGHT_NAMES."""
    import numpy as np

    return np.concatenate([evidence, stacked(hindsight(pairs, probability))], axis=1)


def hindsight(pairs: Pairs, probability: Array) -> list[Column]:
    """The columns of HINDSIGHT_NAMES."""
    import numpy as np

    order = in_order(pairs, probability)
    odds = log_odds_in_order(order)
    lesser, greater = sorted(
        _complete(probability, *side) for side in ((pairs.rows, pairs.height), (pairs.columns, pairs.width))
    )
    added: list[Column] = [np.log1p(_company(pairs, probability)), order, odds]
    added += [constant(value, len(order)) for value in (lesser, greater)]
    added += [product(order, lesser), product(odds, lesser)]
    # in a text of three segments a place says little, unless the other text has three too
    fewer, more = sorted((pairs.height, pairs.width))
    size = float(np.log(min(fewer, _MANY)))
    differ = min(float(np.log(more) - np.log(fewer)), _DIFFERENT)
    equal = float(fewer == more)
    added += [constant(value, len(order)) for value in (size, differ, equal)]
    added += [product(order, size), product(order, equal)]
    return in_memory([*added, *_left_over(pairs, probability)])


def _complete(probability: Array, places: Array, count: int) -> float:
    """How far the segments of a side have a partner, from 0 (at most `_COMPLETE` of them) to 1 (all)."""
    import numpy as np

    best = np.zeros(count)
    np.maximum.at(best, places, probability)
    return max(float(best.mean()) - _COMPLETE, 0.0) / (1 - _COMPLETE)


# --- words that keep company ------------------------------------------------------------------------


def _company(pairs: Pairs, probability: Array) -> Array:
    """For each pair (i, j) the sum over other links (k, l) of what i shares with k and j with l, by words of
    one side alone, weighted by how probable the link is."""
    import numpy as np

    content = pairs.content
    above, beside = _Kin(content, content.left, content.only_left), _Kin(content, content.right, content.only_right)
    total = np.zeros(len(pairs.keys), dtype=np.int64)
    linked = probability > _LINKED
    links = zip(pairs.rows[linked].tolist(), pairs.columns[linked].tolist(), probability[linked].tolist(), strict=True)
    for row, column, sure in links:
        (rows, mine), (columns, theirs) = above.of(row), beside.of(column)
        if not len(rows) or not len(columns):
            continue
        wanted = (rows[:, None] * pairs.width + columns[None, :]).ravel()
        worth = np.rint((mine[:, None] * theirs[None, :]).ravel() * sure * _UNIT).astype(np.int64)
        places = np.minimum(np.searchsorted(pairs.keys, wanted), len(pairs.keys) - 1)
        known = pairs.keys[places] == wanted
        total[places[known]] += worth[known]  # no key stands twice in `wanted`
    return total / _UNIT


class _Kin:
    """For each segment the others of its side with common words that stand on this side alone.

    Made when asked for and soon forgotten: of a long text all of them together would take more than all else.
    """

    def __init__(self, content: Content, side: Side, alone: Array) -> None:
        import numpy as np

        counts = np.bincount(side.features, minlength=content.size)
        self._tells = alone & (counts > 1) & (counts <= _RECURRING)
        order = np.argsort(side.features, kind="stable")
        self._members = np.repeat(np.arange(len(side)), np.diff(side.starts))[order]
        self._counts, self._starts = counts, np.cumsum(counts) - counts
        self._side, self._weights = side, content.weights
        self.of = lru_cache(maxsize=1024)(self._of)  # links of a row and its neighbours come one after another

    def _of(self, number: int) -> tuple[Array, Array]:
        """The kin of a segment, and the root of the weight it shares with each."""
        import numpy as np

        mine = self._side.features[int(self._side.starts[number]) : int(self._side.starts[number + 1])]
        mine = mine[self._tells[mine]]
        if not len(mine):
            return mine, mine
        counts = self._counts[mine]
        ends = np.cumsum(counts)
        places = np.arange(int(ends[-1])) + np.repeat(self._starts[mine] - (ends - counts), counts)
        kin, which = np.unique(self._members[places], return_inverse=True)
        weight = np.bincount(which, weights=np.repeat(self._weights[mine], counts))
        others = kin != number
        return kin[others], np.sqrt(np.minimum(weight[others], _MOST))


# --- what another partner leaves ---------------------------------------------------------------------


class _View(NamedTuple):
    """Pairs seen from one side: `mine` are the places of its segments, in ascending order."""

    mine: Array
    theirs: Array
    left: Side
    right: Side
    both: Array
    weight: Array
    lengths: tuple[Array, Array]


def _left_over(pairs: Pairs, probability: Array) -> list[Array]:
    """Seen from either side: weight shared beyond what the best other partner shares, as a share of what that one
    leaves open too; how much better the lengths fit with both; what is open."""
    import numpy as np

    size, shared, (mine, theirs) = pairs.content.size, pairs.shared, pairs.lengths
    order = np.argsort(pairs.columns * pairs.height + pairs.rows)
    back = np.argsort(order)
    left, right = pairs.content.left, pairs.content.right
    here = _View(pairs.rows, pairs.columns, left, right, shared.both, shared.left, (mine, theirs))
    there = _View(
        pairs.columns[order], pairs.rows[order], right, left, shared.both[order], shared.right, (theirs, mine)
    )
    across = _beyond(here, probability, size)
    down = [column[back] for column in _beyond(there, probability[order], size)]
    swapped, equal = across[0] < down[0], across[0] == down[0]
    found = []
    for a, b in zip(across[1:], down[1:], strict=True):
        first, second = np.where(swapped, b, a), np.where(swapped, a, b)
        found += [np.where(equal, np.maximum(a, b), first), np.where(equal, np.minimum(a, b), second)]
    return found


def _beyond(view: _View, probability: Array, size: int) -> list[Array]:
    """The probability of the best other partner of each pair's own segment, then what it leaves for the pair."""
    import numpy as np

    best, second = _two_best(view.mine, probability, len(view.left))
    top = best[view.mine] == np.arange(len(view.mine))
    other = np.where(top, second[view.mine], best[view.mine])
    none = other < 0
    sure = np.where(none, 0.0, probability[other])
    common = np.zeros(len(view.mine))
    for which, rivals in ((~top, best), (top, second)):
        partner = np.where(rivals < 0, -1, view.theirs[rivals])
        keys = (view.mine * len(view.right) + view.theirs)[which]
        common[which] = dots(_common_with(view.left, view.right, partner, size), view.right, keys, size)
    new = view.both - sure * common
    rest = view.weight[view.mine] - sure * np.where(none, 0.0, view.both[other])
    lengths, theirs = view.lengths
    own, partner_length = lengths[view.mine], np.where(none, 0.0, theirs[view.theirs[other]])
    mended = sure * (length_gap(own, partner_length) - length_gap(own, theirs[view.theirs] + partner_length))
    return [sure, np.log(new + 0.5), new / (rest + 1), mended, np.log(rest + 1)]


def _two_best(mine: Array, probability: Array, count: int) -> tuple[Array, Array]:
    """For each segment the places of its two most probable pairs; -1 where there is none."""
    import numpy as np

    order = np.lexsort((-probability, mine))
    starts = np.searchsorted(mine, np.arange(count))
    sizes = np.searchsorted(mine, np.arange(count), side="right") - starts
    padded = np.append(order, [-1, -1])
    return np.where(sizes > 0, padded[starts], -1), np.where(sizes > 1, padded[starts + 1], -1)


def _common_with(left: Side, right: Side, partner: Array, size: int) -> Side:
    """The rows of `left` with only the words that each one's `partner` of `right` has too; -1: no word."""
    import numpy as np

    known = np.repeat(np.arange(len(right)), np.diff(right.starts)) * size + right.features
    theirs = np.repeat(partner, np.diff(left.starts))
    wanted = np.where(theirs < 0, -1, theirs * size + left.features)
    places = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    shared = known[places] == wanted if len(known) else np.zeros(len(wanted), dtype=bool)
    return left.weighed(left.weights * shared)
