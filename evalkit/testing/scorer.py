"""What holds for every scorer: rows that add up, and a score that is better for the better text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evalkit.plugins.protocols import Row, Scorer
from evalkit.records import Unit
from evalkit.testing.units import BAD, GOOD, units_of

_NEEDS = ("candidate", "reference")


def check_scorer(
    scorer: Scorer, *, good: Sequence[Unit] | None = None, bad: Sequence[Unit] | None = None, tolerance: float = 0.0
) -> None:
    """Rows add up, chunks change nothing, the direction is true, and a copy is the best there is.

    `good` and `bad` are units of which the first must have the better score; by default copies of the reference, and
    damaged sentences. A scorer that needs no reference has to be given both to have its direction tested.
    `tolerance` is the difference between two ways of counting that is none, for models.
    """
    source = GOOD if "source" in getattr(scorer, "needs", _NEEDS) else ()
    alone = "reference" not in getattr(scorer, "needs", _NEEDS)
    assert scorer.better in ("higher", "lower"), f"better is {scorer.better!r}; write 'higher' or 'lower'"
    copies, damaged = units_of(GOOD, [GOOD], source), units_of(BAD, [GOOD], source)
    rows = _rows(scorer, [*copies, *damaged])
    if getattr(scorer, "batch", 0) is None or getattr(scorer, "reach", 0) > 0:  # rows look at more than their own unit
        _check_sums(scorer, rows)
    else:
        _check_chunks(scorer, [*copies, *damaged], rows, tolerance)
    odd = [*units_of([None, "", "A word."], [["A word.", "A word.", ""]], ["A word."] * 3 if source else ())]
    _rows(scorer, odd)
    _rows(scorer, units_of(GOOD, [GOOD, BAD], source))
    assert list(scorer.measure([])) == [], "no units have no rows"
    for count in ("1", "2", "var"):
        assert isinstance(scorer.signature(count), str), "signature gives no text"
    if alone and (good is None or bad is None):
        return
    better, worse = (_value(scorer, _rows(scorer, given)) for given in (good or copies, bad or damaged))
    assert _beats(scorer, better, worse), f"{scorer.better} is better, but good texts have {better}, bad ones {worse}"
    if not alone:
        best = _value(scorer, _rows(scorer, copies))
        for other in (damaged, units_of(["", *GOOD[1:]], [GOOD], source)):
            value = _value(scorer, _rows(scorer, other))
            assert not _beats(scorer, value, best), f"{value} is better than {best}, the score of a copy"


def _rows(scorer: Scorer, units: Sequence[Unit]) -> list[Row]:
    rows = scorer.measure(units)
    assert len(rows) == len(units), f"{len(rows)} rows for {len(units)} units; `measure` gives a row for every unit"
    assert len({len(row) for row in rows}) == 1, "rows have different lengths; they are to be added up"
    assert all(math.isfinite(x) for row in rows for x in row), "a row holds what is no finite number"
    for row in rows:
        for value in (scorer.value(row), scorer.segment(row)):
            assert math.isfinite(value), f"the score of the row {row} is {value}"
    return rows


def _check_chunks(scorer: Scorer, units: Sequence[Unit], rows: Sequence[Row], tolerance: float) -> None:
    for size in (1, 3):
        again = [row for i in range(0, len(units), size) for row in scorer.measure(units[i : i + size])]
        _same(again, rows, tolerance, f"measured {size} units at a time")
    _same([*scorer.measure(units[::-1])][::-1], rows, tolerance, "measured in the other order")
    _check_sums(scorer, rows)


def _check_sums(scorer: Scorer, rows: Sequence[Row]) -> None:
    parts = [_sum(rows[:3]), _sum(rows[3:])]
    whole, summed = _value(scorer, rows), scorer.value(_sum(parts))
    assert math.isclose(whole, summed, rel_tol=1e-9, abs_tol=1e-9), f"rows do not add up: {whole} and {summed}"


def _same(found: Sequence[Row], wanted: Sequence[Row], tolerance: float, how: str) -> None:
    for one, other in zip(found, wanted, strict=True):
        near = all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))
        assert near, f"{how}, a unit has the row {one} in the place of {other}: a row is of its unit alone"


def _value(scorer: Scorer, rows: Sequence[Row]) -> float:
    return float(scorer.value(_sum(rows)))


def _sum(rows: Sequence[Row]) -> Row:
    return tuple(math.fsum(column) for column in zip(*rows, strict=True))


def _beats(scorer: Scorer, one: float, other: float) -> bool:
    return one > other if scorer.better == "higher" else one < other
