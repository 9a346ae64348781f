"""What the content of two segments says: words by their beginnings, figures, and how much neither side shares.

The cosine of words and letter groups (_vectors.py) says how alike two segments are; this says how much
that is. Two long sentences with one common word contradict each other, two headings with one do not;
three figures on both sides of which none agrees are evidence against a pair.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from evalkit.aligners.document.counted import plain
from evalkit.aligners.document.model import Column, Made, taken
from evalkit.aligners.document.vectors import Array, Side, dots
from evalkit.text.words import has_unspaced, words

BEGINNING = 5  # letters; inflected forms of a word share them
_SLACK = 5  # characters: the length of a short segment tells little
# What the columns are, in their order; "lesser" and "greater" order the two sides of a pair by the figure itself.
CONTENT_NAMES = (
    "lesser share found",
    "greater share found",
    "found",
    "weight",
    "not found",
    "rare words found",
    "lengths apart",
    "figures agree",
    "figures disagree",
    "counts of figures apart",
    "lesser share of what is known",
    "greater share of what is known",
    "lesser share known",
    "found more than elsewhere, lesser",
    "found more than elsewhere, greater",
)


class Content(NamedTuple):
    """The content words of both sides. A row's squared length is its weight in all, a product what is shared.

    `numbers` are the features by their text; `only_left` and `only_right` mark the words that stand on one side alone.
    """

    left: Side
    right: Side
    size: int
    numbers: Mapping[str, int]
    weights: Array
    figures: Array
    only_left: Array
    only_right: Array

    def weighed(self, weights: Array) -> tuple[Side, Side]:
        """Both sides with another weight for each word."""
        return self.left.weighed(weights[self.left.features]), self.right.weighed(weights[self.right.features])


class Shared(NamedTuple):
    """Of pairs of segments the weight of the words both have, and of all words of each segment of both sides."""

    both: Array
    left: Array
    right: Array


def content(candidate: Sequence[str], reference: Sequence[str]) -> Content:
    """The content of both texts. A word weighs by how few segments have it and how long it is."""
    import numpy as np

    features, lengths, names = _numbered((*candidate, *reference))
    bounds = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    middle = int(bounds[len(candidate)])
    here, there = (np.bincount(part, minlength=len(names)) for part in (features[:middle], features[middle:]))
    long = np.fromiter((_length(name) for name in names), dtype=np.float64, count=len(names))
    weights = np.log(1.0 + len(lengths) / np.maximum(here + there, 1)) * long / BEGINNING
    roots = np.sqrt(weights)[features]
    return Content(
        Side(bounds[: len(candidate) + 1], features[:middle], roots[:middle]),
        Side(bounds[len(candidate) :] - middle, features[middle:], roots[middle:]),
        len(names),
        {name: k for k, name in enumerate(names)},
        weights,
        np.fromiter((name[0].isdigit() for name in names), dtype=np.float64, count=len(names)),
        there == 0,
        here == 0,
    )


def _numbered(texts: Iterable[str]) -> tuple[Array, list[int], list[str]]:
    """The content words of the texts one after another by their number, in ascending order within each text, how many
    each has, and the words by number. In one plain array: a set a text would take more than its words."""
    import numpy as np

    seen: dict[str, int] = {}
    found, lengths = array("i"), []
    for text in texts:
        row = content_words(text)
        found.extend(seen.setdefault(word, len(seen)) for word in row)
        lengths.append(len(row))
    names = sorted(seen)
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.fromiter((seen[name] for name in names), dtype=np.int64, count=len(names))] = np.arange(len(names))
    features = rank[np.frombuffer(found, dtype=np.int32)]
    return features[np.lexsort((features, np.repeat(np.arange(len(lengths)), lengths)))], lengths, names


def shared(words_of: Content, keys: Array) -> Shared:
    """What the pairs of `keys` share."""
    left, right = words_of.left, words_of.right
    return Shared(dots(left, right, keys, words_of.size), left.squares, right.squares)


def content_evidence(
    words_of: Content, found: Shared, keys: Array, places: tuple[Array, Array], lengths: tuple[Array, Array]
) -> list[Column]:
    """The columns of CONTENT_NAMES up to the last two for the pairs of `keys`, which are at `places` (rows, columns);
    `lengths` are characters."""
    import numpy as np

    rows, columns = places
    both, left, right = found.both, taken(found.left, rows), taken(found.right, columns)
    known = words_of.weighed(np.sqrt(words_of.weights * ~words_of.only_left * ~words_of.only_right))
    known_left, known_right = taken(known[0].squares, rows), taken(known[1].squares, columns)
    rare = dots(*words_of.weighed(words_of.weights**1.5), keys, words_of.size)
    figures = words_of.weighed(words_of.figures)
    agree = dots(*figures, keys, words_of.size)
    counts = taken(figures[0].squares, rows), taken(figures[1].squares, columns)
    fewer, more = Made(np.minimum, *counts), Made(np.maximum, *counts)
    least = Made(np.minimum, left, right)
    return [
        *_sorted(Made(_share, both, left), Made(_share, both, right)),
        Made(lambda both: np.log(both + 0.5), both),
        Made(lambda least: np.log(least + 1), least),
        Made(lambda least, both: np.log(least - np.minimum(both, least) + 1), least, both),
        Made(lambda rare: np.log(rare + 0.5), rare),
        Made(length_gap, taken(lengths[0], rows), taken(lengths[1], columns)),
        Made(lambda agree, fewer: agree / (fewer + 1), agree, fewer),
        Made(lambda fewer, agree: np.log(np.maximum(fewer - agree, 0) + 1), fewer, agree),
        Made(lambda more, fewer: np.log((more + 1) / (fewer + 1)), more, fewer),
        *_sorted(Made(_share_known, both, known_left), Made(_share_known, both, known_right)),
        Made(np.minimum, Made(_share, known_left, left), Made(_share, known_right, right)),
    ]


def _share(part: Array, whole: Array) -> Array:
    import numpy as np

    return part / np.maximum(whole, 1e-9)


def _share_known(part: Array, whole: Array) -> Array:
    import numpy as np

    return part / np.maximum(whole, 0.5)


def length_gap(mine: Array, theirs: Array) -> Array:
    """How far two lengths in characters are apart: the absolute log of their ratio."""
    import numpy as np

    return np.log((np.maximum(mine, theirs) + _SLACK) / (np.minimum(mine, theirs) + _SLACK))


def _sorted(a: Column, b: Column) -> tuple[Made, Made]:
    import numpy as np

    return Made(np.minimum, a, b), Made(np.maximum, a, b)


def content_words(text: str) -> set[str]:
    """Beginnings of words; characters and pairs of them without spaces; figures also by their digits alone.

    19.54 (million) and 19,540 (thousand) have the same digits.
    """
    found: set[str] = set()
    end, before = -1, ""
    for word in words(plain(text)):
        if has_unspaced(word.text):
            found.add(word.text)
            if before and word.start == end:
                found.add(before + word.text)
            before, end = word.text, word.end
            continue
        before = ""
        for part in word.text.split("-"):
            bare = part.removesuffix("'s")
            if bare[:1].isdigit():
                digits = "".join(c for c in bare if c.isdigit()).rstrip("0")
                found |= {bare, digits + "#"} if len(digits) > 1 else {bare}
            elif bare:
                found.add(bare[:BEGINNING])
    return found


def _length(name: str) -> int:
    """Letters, as far as they count; a figure and a character of a script without spaces say more than a letter."""
    return min(len(name) + name[0].isdigit() + 2 * has_unspaced(name), BEGINNING)
