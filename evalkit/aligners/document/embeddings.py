"""Segments as vectors of an embedding model, for the option `semantic` of the document aligner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.aligners.document.vectors import Array
from evalkit.language.encoders import vectors_of

_BLOCK = 4_000_000  # numbers held at once where many pairs are looked at


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
    """The vectors of two texts' segments by the model of that name; raises what `vectors_of` raises."""
    return Meanings(*vectors_of(candidate, reference, model))


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
