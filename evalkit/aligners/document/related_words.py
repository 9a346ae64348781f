"""English words that are related without a common beginning: died - perished, chairman - presided.

Two renderings of one sentence choose other words. The table english_related.txt.gz holds pairs of such words,
one word and its partners a line; benchmarks/_alignment_related.py made it and says of what. In a text of
another language hardly a word stands in the table, and the evidence says nothing.
"""

from __future__ import annotations

import gzip
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from evalkit.aligners.document.counted import plain
from evalkit.aligners.document.features_words import BEGINNING, Content
from evalkit.aligners.document.model import Column, Made, constant
from evalkit.aligners.document.vectors import Array, Side, dots
from evalkit.text.words import words

_TABLE = "english_related.txt.gz"
_ENGLISH = 0.3  # so many of the words of two English texts stand in the table (as a rule 0.6 to 0.9; German 0.1)
# What the columns are, in their order: weight of words of one side with a relative on the other.
RELATED_NAMES = (
    "lesser weight related",
    "greater weight related",
    "lesser share found or related",
    "greater share found or related",
    "found and related",
    "found and related more than elsewhere, lesser",
    "found and related more than elsewhere, greater",
)


@lru_cache(maxsize=1)
def related() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For each word of the table its partners, and how close each is (0 to 1)."""
    found: dict[str, list[tuple[str, float]]] = {}
    packed = files("evalkit.aligners.document").joinpath(_TABLE).read_bytes()
    for line in gzip.decompress(packed).decode("ascii").splitlines():
        if line.startswith("#"):
            continue
        word, *partners = line.split(" ")
        for partner in partners:
            other, closeness = partner[:-1], int(partner[-1]) / 9
            found.setdefault(word, []).append((other, closeness))
            found.setdefault(other, []).append((word, closeness))
    return {word: tuple(partners) for word, partners in found.items()}


def related_weight(sides: tuple[Sequence[str], Sequence[str]], content: Content, keys: Array) -> tuple[Array, Array]:
    """For each pair the weight of the reference's words with a relative in the candidate, and the other way round."""
    here = {word for side in sides for text in side for word in _plain_words(text)}
    table = related() if len(here & related().keys()) >= _ENGLISH * len(here) else {}
    if not table:
        return constant(0.0, len(keys)), constant(0.0, len(keys))
    known = {
        word: [(content.numbers[other[:BEGINNING]], close) for other, close in partners if other in here]
        for word, partners in table.items()
        if word in here
    }
    del here
    left, right = (_relatives(side, known, content) for side in sides)
    return dots(left, content.right, keys, content.size), dots(content.left, right, keys, content.size)


def related_evidence(found: tuple[Array, Array], both: Array, left: Column, right: Column) -> list[Column]:
    """The columns of RELATED_NAMES up to the last two.

    They come from what `related_weight` found, what pairs share and what their segments weigh.
    """
    import numpy as np

    def share(both: Array, related: Array, whole: Array) -> Array:
        return (both + related) / np.maximum(whole, 1e-9)

    theirs, mine = found
    shares = Made(share, both, mine, left), Made(share, both, theirs, right)
    return [
        Made(lambda mine, theirs: np.log(np.minimum(mine, theirs) + 0.5), mine, theirs),
        Made(lambda mine, theirs: np.log(np.maximum(mine, theirs) + 0.5), mine, theirs),
        Made(np.minimum, *shares),
        Made(np.maximum, *shares),
        Made(lambda both, mine, theirs: np.log(both + (mine + theirs) / 2 + 0.5), both, mine, theirs),
    ]


def _plain_words(text: str) -> tuple[str, ...]:
    """The words that may have relatives, each once."""
    parts = (part.removesuffix("'s") for word in words(plain(text)) for part in word.text.split("-"))
    return tuple({part: None for part in parts if len(part) > 2 and part.isalpha() and part.isascii()})


def _relatives(side: Sequence[str], known: Mapping[str, Sequence[tuple[int, float]]], content: Content) -> Side:
    """For each segment the words that are related to one of it and not in it, by how close and how rare both are."""
    import numpy as np

    starts, features, weights = array("q", [0]), array("q"), array("d")
    for text in side:
        row = _plain_words(text)
        own = {content.numbers[word[:BEGINNING]] for word in row}
        best: dict[int, float] = {}
        for word in row:
            if word not in known:
                continue
            weight = float(content.weights[content.numbers[word[:BEGINNING]]])
            for other, close in known[word]:
                if other not in own:
                    best[other] = max(best.get(other, 0.0), close * min(weight, float(content.weights[other])))
        for other in sorted(best):
            features.append(other)
            weights.append(best[other] / float(np.sqrt(content.weights[other])))
        starts.append(len(features))
    return Side(*(np.array(part) for part in (starts, features, weights)))
