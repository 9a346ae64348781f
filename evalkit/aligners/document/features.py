"""The pairs worth a look of two segment lists, and what the words say about each.

Evidence for a pair: its cosine, how much of the shorter text the longer one holds, how far other
pairs of the same row and column lie behind, and whether joining a neighbour makes the text fit better.
"""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.aligners.document.embeddings import Meanings
from evalkit.aligners.document.features_words import CONTENT_NAMES, content, content_evidence, shared
from evalkit.aligners.document.model import Column, constant, in_memory, taken
from evalkit.aligners.document.nearest import nearest_pairs
from evalkit.aligners.document.related_words import RELATED_NAMES, related_evidence, related_weight
from evalkit.aligners.document.vectors import Array, Side, dots, vectors
from evalkit.records import Segment
from evalkit.text.memory import give_back
from evalkit.text.words import fold_text

_NEAREST = 6  # best rows looked at per segment, on each side
_SMALL = 40_000  # up to this many pairs all are looked at
# About so many pairs are looked at in all, some 500 bytes each: texts of more than 20,000 segments a side get fewer
# pairs a segment instead of more memory.
_MOST = 480_000
# What the columns of a pair's own evidence are, in their order.
OWN_NAMES = ("bias", "cosine", "contained", "shorter", "row", "column", "gain", "same", *CONTENT_NAMES, *RELATED_NAMES)
MEANING_NAMES = ("meaning", "row by meaning", "column by meaning", "row by both", "column by both", "gain by meaning")


class Pairs:
    """Pairs of two segment lists in ascending order of `keys` (row * width + column)."""

    def __init__(
        self,
        candidate: Sequence[Segment],
        reference: Sequence[Segment],
        sure: Sequence[tuple[int, int]] = (),
        meanings: Meanings | None = None,
    ) -> None:
        import numpy as np

        self.height, self.width = len(candidate), len(reference)
        self.left, self.right, self.size = vectors([s.text for s in candidate], [s.text for s in reference])
        if self.height * self.width <= _SMALL:
            self.keys = np.arange(self.height * self.width, dtype=np.int64)
        else:
            nearest = min(_NEAREST, max(1, _MOST // (2 * (self.height + self.width))))
            near, best = nearest_pairs(self.left, self.right, self.size, nearest)
            if meanings:
                near = np.union1d(near, meanings.nearest_pairs(nearest))
            certain = np.array([i * self.width + j for i, j in sure], dtype=np.int64)
            best = np.union1d(best, certain)
            self.keys = np.union1d(near, self._around(best) if 9 * len(best) <= _MOST else best)
            del near, best, certain
            give_back()
        self.rows, self.columns = self.keys // self.width, self.keys % self.width
        self.meanings = meanings
        self.dots = dots(self.left, self.right, self.keys, self.size)
        a, b = self.left.squares[self.rows], self.right.squares[self.columns]
        self.shorter, self.longer = np.minimum(a, b), np.maximum(a, b)
        self.cosine = np.minimum(self.dots / np.sqrt(np.maximum(a * b, 1e-12)), 1.0)
        self.kinds = (
            np.array([s.kind == "text" for s in candidate])[self.rows]
            != np.array([s.kind == "text" for s in reference])[self.columns]
        )
        mine, theirs = ([_plain(s) for s in side] for side in (candidate, reference))
        pairs = zip(self.rows.tolist(), self.columns.tolist(), strict=True)
        self.same = np.fromiter((mine[i] == theirs[j] for i, j in pairs), dtype=bool, count=len(self.keys))
        del mine, theirs, pairs
        texts = [s.text for s in candidate], [s.text for s in reference]
        self.content = content(*texts)
        self.shared = shared(self.content, self.keys)
        self.related = related_weight(texts, self.content, self.keys)
        self.content = self.content._replace(numbers={})  # by text: the largest part of it
        self.lengths = _characters(candidate), _characters(reference)

    def drop_vectors(self) -> None:
        """Gives back what the evidence alone needs, once there is no more of it to make."""
        del self.left, self.right, self.dots, self.shorter, self.longer, self.related

    def _around(self, keys: Array) -> Array:
        """The pairs and their neighbours, which may be weak pairs between strong ones."""
        import numpy as np

        rows, columns = keys // self.width, keys % self.width
        found = [keys]
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                i, j = rows + down, columns + right
                inside = (i >= 0) & (i < self.height) & (j >= 0) & (j < self.width)
                found.append(i[inside] * self.width + j[inside])
        return np.unique(np.concatenate(found))

    def at(self, values: Array, down: int, right: int, outside: float = 0.0) -> Array:
        """`values` of the pairs that lie `down` rows and `right` columns further; `outside` at the corners."""
        import numpy as np

        i, j = self.rows + down, self.columns + right
        inside = (i >= 0) & (i < self.height) & (j >= 0) & (j < self.width)
        wanted = np.where(inside, i * self.width + j, -1)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found = np.where(inside & (self.keys[places] == wanted), values[places], 0.0)
        corner = ((i == -1) & (j == -1)) | ((i == self.height) & (j == self.width))
        return np.where(corner, outside, found)

    def evidence(self) -> Array:
        """One row of evidence per pair, columns as OWN_NAMES, with an embedding model MEANING_NAMES too."""
        import numpy as np

        return np.stack([column[:] for column in self.columns_of_evidence()], axis=1)

    def columns_of_evidence(self) -> list[Column]:
        """The evidence column by column."""
        import numpy as np

        columns: list[Column] = [
            constant(1.0, len(self.keys)),
            self.cosine,
            np.minimum(self.dots / np.maximum(self.shorter, 1e-12), 1.0),
            np.log(np.maximum(self.shorter, 1e-6) / np.maximum(self.longer, 1e-6)),
            # where the row or the column lies behind matters, which is which does not
            *self._more_than_elsewhere(self.cosine),
            np.maximum(self._gain_right(), self._gain_down()),
            self.same,
        ]
        places = self.rows, self.columns
        columns += content_evidence(self.content, self.shared, self.keys, places, self.lengths)
        columns += self._more_than_elsewhere(self.shared.both)
        heavy = taken(self.shared.left, self.rows), taken(self.shared.right, self.columns)
        columns += related_evidence(self.related, self.shared.both, *heavy)
        columns += self._more_than_elsewhere(self.shared.both + (self.related[0] + self.related[1]) / 2)
        return in_memory(columns if self.meanings is None else [*columns, *self._meant(self.meanings)])

    def _meant(self, meanings: Meanings) -> list[Array]:
        """What the embedding model adds: its cosine, rivals by it and by both measures, the gain of joining."""
        import numpy as np

        alike = meanings.cosines(self.rows, self.columns)
        mixed = 0.6 * self.cosine + 0.4 * alike
        found = [alike]
        for values in (alike, mixed):
            row = values - self.best_other(values, self.rows, self.height)
            column = values - self.best_other(values, self.columns, self.width)
            found += [np.minimum(row, column), np.maximum(row, column)]
        gains = [
            meanings.joined(self.rows, self.columns, side, sign) - np.maximum(alike, self.at(alike, *step))
            for side, sign, step in ((0, 1, (1, 0)), (0, -1, (-1, 0)), (1, 1, (0, 1)), (1, -1, (0, -1)))
        ]
        return [*found, np.maximum.reduce([*gains, np.full(len(self.keys), -0.2)])]

    def _more_than_elsewhere(self, values: Array) -> tuple[Array, Array]:
        """How far each value lies above the others of its row and its column, the lesser difference first."""
        import numpy as np

        row = values - self.best_other(values, self.rows, self.height)
        column = values - self.best_other(values, self.columns, self.width)
        return np.minimum(row, column), np.maximum(row, column)

    def best_other(self, values: Array, group: Array, count: int) -> Array:
        """For each pair the highest value among the other pairs of its row (or column)."""
        import numpy as np

        best = np.full(count, 0.0)
        np.maximum.at(best, group, values)
        top = values >= best[group]
        tops = np.bincount(group[top], minlength=count)
        second = np.full(count, 0.0)
        np.maximum.at(second, group[~top], values[~top])
        return np.where(top & (tops[group] == 1), second[group], best[group])

    def _gain_right(self) -> Array:
        """How much better the row fits this column joined with its better neighbour than it fits one alone."""
        return self._gain(self.right, self.columns, self.left.squares[self.rows], 0, 1)

    def _gain_down(self) -> Array:
        return self._gain(self.left, self.rows, self.right.squares[self.columns], 1, 0)

    def _gain(self, side: Side, places: Array, other: Array, down: int, right: int) -> Array:
        import numpy as np

        beside = neighbour_dots(side, self.size)
        best = np.full(len(self.keys), -1.0)
        for sign in (-1, 1):
            near = places + sign
            inside = (near >= 0) & (near < len(side))
            near = np.where(inside, near, places)
            mutual = beside[np.minimum(places, near)]
            joined = side.squares[places] + side.squares[near] + 2 * mutual
            alone = self.at(self.cosine, sign * down, sign * right)
            together = (self.dots + self.at(self.dots, sign * down, sign * right)) / np.sqrt(
                np.maximum(joined * other, 1e-12)
            )
            best = np.where(inside, np.maximum(best, together - np.maximum(self.cosine, alone)), best)
        return np.maximum(best, -0.2)


def neighbour_dots(side: Side, size: int) -> Array:
    """The inner product of each row with the next of the same side; the last has 0."""
    import numpy as np

    count = len(side)
    first = np.arange(count - 1, dtype=np.int64)
    return np.append(dots(side, side, first * count + first + 1, size), 0.0)


def _characters(side: Sequence[Segment]) -> Array:
    import numpy as np

    return np.array([len(s.text) for s in side], dtype=np.float64)


def _plain(segment: Segment) -> str:
    return " ".join(fold_text(segment.text).split())
