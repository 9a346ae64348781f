"""Which gold edges are missed and which links are false, by cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
from _alignment_baselines import cosines
from _alignment_data import Case, Edge

LOW, CLEARLY = 0.1, 0.1  # hardly a common word; so much more like another line


def causes(cases: Iterable[Case], find: Callable[[Case], set[Edge]]) -> Counter[str]:
    """How many edges there are of each kind."""
    found: Counter[str] = Counter()
    for case in cases:
        alike, said = cosines(case), find(case) - case.ignore
        rows, columns = Counter(i for i, _ in case.gold), Counter(j for _, j in case.gold)
        linked = {i for i, _ in said}, {j for _, j in said}
        found["gold"] += len(case.gold)
        found["gold: hardly a common word, or both lines clearly more like others"] += sum(
            doubtful(alike, edge) for edge in case.gold
        )
        for i, j in case.gold - said:
            free = i not in linked[0] and j not in linked[1]
            place = "half of a merged one" if max(rows[i], columns[j]) > 1 else "alone" if free else "taken by another"
            found[f"missed: {place}"] += 1
            found[f"missed: {place}, hardly a common word"] += alike[i, j] < LOW
        for i, j in said - case.gold:
            gone = not rows[i] or not columns[j]
            found["false: a partner was dropped" if gone else "false: both have other partners"] += 1
    return found


def doubtful(alike: np.ndarray, edge: Edge) -> bool:
    """Whether the words speak against a gold edge."""
    here = alike[edge]
    elsewhere = min(alike[edge[0]].max(), alike[:, edge[1]].max())
    return bool(here < LOW or elsewhere > here + CLEARLY)
