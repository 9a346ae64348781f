"""What is drawn: the items two systems have in common, one by one or by whole documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from evalkit.compare.statistics.resampling import matrix_of
from evalkit.errors import InputError
from evalkit.plugins.protocols import Row

if TYPE_CHECKING:
    from evalkit.compare.statistics.resampling import Matrix

Keys = tuple[str, ...]
Pair = tuple[str, str]


class Items(NamedTuple):
    """A system's statistic rows; the key of a row names the item of the reference it belongs to."""

    keys: Keys
    rows: Matrix


def items_of(name: str, given: Items | Sequence[tuple[str, Row]]) -> Items:
    """Items from pairs of key and row; two rows of one key raise InputError."""
    import numpy as np

    found = given
    if not isinstance(found, Items):
        keys = tuple(key for key, _ in found)
        try:
            rows = np.array([row for _, row in found], dtype=np.float64)
        except ValueError:
            raise InputError(f"system {name!r}: statistic rows of one metric must be of one length") from None
        found = Items(keys, rows.reshape(len(keys), -1) if keys else np.zeros((0, 0)))
    if len(set(found.keys)) != len(found.keys):
        double, _ = Counter(found.keys).most_common(1)[0]
        raise InputError(f"system {name!r} has two rows for the item {double!r}; add them up before comparing")
    return found


def common_keys(systems: Mapping[str, Items], pairs: Sequence[Pair]) -> dict[Pair, Keys]:
    """The keys both systems of a pair have, in the first one's order; equal lists are one object."""
    known: dict[Keys, Keys] = {}
    sets = {name: frozenset(items.keys) for name, items in systems.items()}
    found = {}
    for first, second in pairs:
        keys = systems[first].keys
        if sets[first] != sets[second]:
            keys = tuple(key for key in keys if key in sets[second])
        found[first, second] = known.setdefault(keys, keys)
    return found


def chosen(items: Items, keys: Keys) -> Matrix:
    """The rows of some keys, in their order, on a grid on which all sums are exact."""
    if items.keys == keys:
        return matrix_of(items.rows)
    places = {key: place for place, key in enumerate(items.keys)}
    return matrix_of(items.rows[[places[key] for key in keys]])


def groups_of(keys: Keys, groups: Mapping[str, str] | None) -> list[int]:
    """For each key the number of its document, in the order they first occur; without documents its own number."""
    if groups is None:
        return list(range(len(keys)))
    numbers: dict[str, int] = {}
    return [numbers.setdefault(groups[key], len(numbers)) for key in keys]


def gathered(matrix: Matrix, members: Sequence[int]) -> Matrix:
    """Rows added up by their number; exact for the rows of `matrix_of`."""
    import numpy as np

    if len(members) == 0 or members[-1] == len(matrix) - 1:
        return matrix  # every row is its own
    sums = np.zeros((max(members) + 1, matrix.shape[1]))
    np.add.at(sums, np.asarray(members), matrix)
    return sums
