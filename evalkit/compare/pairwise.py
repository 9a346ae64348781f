"""Metrics that compare two candidates directly: how far the second is preferred, for every item two systems have.

Such a scorer has `prefer(first, second)`. It is asked in both orders, and half the difference counts: who stands first
moves nothing. The rows are (preference, 1) for the one system and (0, 1) for the other, so that every paired test
takes them; exchanging the two turns the preference round.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from evalkit.compare.items import Layout
from evalkit.compare.statistics.items import Items, Pair
from evalkit.errors import ConfigError
from evalkit.plugins.guests import hosted
from evalkit.plugins.protocols import Scorer, Statistic
from evalkit.records import Passage, Segment, Unit
from evalkit.records.result import SystemRecord, UnitRecord


class _Preference:
    """The statistic of the rows: the mean preference, its sign that of the metric's better side."""

    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def value(self, row: Sequence[float]) -> float:
        """The mean over the items."""
        return row[0] / row[1] if row[1] else 0.0

    def segment(self, row: Sequence[float]) -> float:
        """The preference in one item."""
        return self.value(row)


class _Lower(_Preference):
    better: ClassVar[Literal["higher", "lower"]] = "lower"


def preference_of(scorer: Scorer) -> Statistic:
    """What the tests of a pairwise metric are made of."""
    return _Preference() if scorer.better == "higher" else _Lower()


def is_pairwise(scorer: Scorer) -> bool:
    """Whether a scorer compares two candidates itself."""
    return hasattr(scorer, "prefer")


def pair_items(
    scorer: Scorer, pair: Pair, systems: Mapping[str, SystemRecord], laid: Mapping[str, Layout], keys: Sequence[str]
) -> dict[str, Items]:
    """The rows of two systems over `keys`; a system without one of them has an empty candidate there."""
    import numpy as np

    by_key = [_by_key(systems[name].units, laid[name]) for name in pair]
    units = [[_unit(key, of.get(key, ()), other.get(key, ())) for key in keys] for of, other in (by_key, by_key[::-1])]
    forth, back = _asked(scorer, *units), _asked(scorer, *units[::-1])
    sign = 1 if scorer.better == "higher" else -1
    preferred = [sign * (one - other) / 2 for one, other in zip(forth, back, strict=True)]
    rows = np.array([(value, 1.0) for value in preferred], dtype=np.float64).reshape(-1, 2)
    nothing = np.tile(np.array([0.0, 1.0]), (len(keys), 1))
    return {pair[0]: Items(tuple(keys), nothing), pair[1]: Items(tuple(keys), rows)}


def shared_keys(pair: Pair, laid: Mapping[str, Layout]) -> tuple[str, ...]:
    """The items both have, in the first one's order."""
    other = set(laid[pair[1]].keys)
    return tuple(key for key in laid[pair[0]].keys if key in other)


def _asked(scorer: Any, first: Sequence[Unit], second: Sequence[Unit]) -> list[float]:
    found = hosted(scorer, lambda: list(scorer.prefer(first, second))) if first else []
    fine = len(found) == len(first) and all(isinstance(x, (int, float)) and math.isfinite(x) for x in found)
    if not fine:
        raise ConfigError(
            f"the metric {scorer.name!r}: prefer() gives {len(found)} preferences for {len(first)} pairs of units; it "
            "gives a finite number for each"
        )
    return [float(x) for x in found]


def _by_key(units: Sequence[UnitRecord], laid: Layout) -> dict[str, list[UnitRecord]]:
    found: dict[str, list[UnitRecord]] = {}
    for unit, place in zip(units, laid.places, strict=True):
        if place >= 0:
            found.setdefault(laid.keys[place], []).append(unit)
    return found


def _unit(key: str, mine: Sequence[UnitRecord], other: Sequence[UnitRecord]) -> Unit:
    """The units of an item as one; what stands on the other sides is taken from the other system where need be."""
    both = mine or other
    document = both[0].document
    names = dict.fromkeys(passage.reference for unit in both for passage in unit.references or ())
    references = (
        _passage(document, [p.text for unit in both for p in unit.references or () if p.reference == name], name)
        for name in names
    )
    return Unit(
        key,
        document,
        "n-m" if len(both) > 1 else both[0].link,
        1.0,
        _passage(document, [unit.candidate.text for unit in mine if unit.candidate]),
        tuple(passage for passage in references if passage),
        source=_passage(document, [unit.source.text for unit in both if unit.source]),
    )


def _passage(document: str, texts: Sequence[str], reference: str = "") -> Passage | None:
    if not texts:
        return None
    text = " ".join(texts)
    return Passage((Segment("", document, 0, len(text), text),), text, reference)
