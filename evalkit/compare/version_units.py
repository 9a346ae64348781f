"""The units of a text that changed most between two results, with both texts."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.compare.columns import Columns, RecordColumns
from evalkit.compare.items import Layout, anchors, layout, metric_items
from evalkit.plugins.protocols import Scorer
from evalkit.records import Scope
from evalkit.records.comparison import UnitChange
from evalkit.records.result import SystemRecord, UnitRecord

_MOST = 5  # what a reader will look at, of each direction
_LEAST_GAIN = 1e-9  # less is the rounding of floats


def unit_changes(
    base: SystemRecord, system: SystemRecord, metric: str, scorer: Scorer
) -> tuple[tuple[UnitChange, ...], tuple[UnitChange, ...]]:
    """The units most improved and most worsened by a metric, strongest first.

    Units are matched by the segments of the reference they belong to; where the two results cut it
    differently the units that overlap are taken together.
    """
    theirs, mine = RecordColumns(base), RecordColumns(system)
    anchored = anchors([theirs, mine])
    scope: Scope = "document" if any(s.scope == "document" for s in system.scores) else "corpus"
    before, now = layout(theirs, scope, anchored), layout(mine, scope, anchored)
    old, new = (_scores(columns, metric, laid, scorer) for columns, laid in ((theirs, before), (mine, now)))
    sign = 1 if scorer.better == "higher" else -1
    gains = [(sign * (new[key] - old[key]), place, key) for place, key in enumerate(now.keys) if key in old]
    best = sorted((gain for gain in gains if gain[0] > _LEAST_GAIN), key=lambda gain: (-gain[0], gain[1]))[:_MOST]
    worst = sorted(gain for gain in gains if gain[0] < -_LEAST_GAIN)[:_MOST]

    def change(gain: float, key: str) -> UnitChange:
        was, is_ = _units(base, before, key), _units(system, now, key)
        first = is_[0]
        return UnitChange(
            metric, first.id, first.document, gain, old[key], new[key], _text(was), _text(is_), _reference(is_)
        )

    return tuple(change(gain, key) for gain, _, key in best), tuple(change(gain, key) for gain, _, key in worst)


def _scores(columns: Columns, metric: str, laid: Layout, scorer: Scorer) -> dict[str, float]:
    items = metric_items(columns, metric, laid)
    return {key: scorer.segment(row) for key, row in zip(items.keys, items.rows.tolist(), strict=True)}


def _units(system: SystemRecord, laid: Layout, key: str) -> list[UnitRecord]:
    place = laid.keys.index(key)
    return [unit for unit, of in zip(system.units, laid.places, strict=True) if of == place]


def _text(units: Sequence[UnitRecord]) -> str:
    return " ".join(unit.candidate.text for unit in units if unit.candidate)


def _reference(units: Sequence[UnitRecord]) -> str:
    return " ".join(unit.references[0].text for unit in units if unit.references)
