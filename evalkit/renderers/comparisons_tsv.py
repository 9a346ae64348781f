"""The `comparisons-tsv` renderer: one row per paired test, for a spreadsheet or a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.comparison import Comparison, Effect
from evalkit.records.result import Result
from evalkit.renderers._cells import plain, table

_EXACT = ("delta", "low", "high", "p_value", "p_adjusted", "error", "detectable")
_WHOLE = ("needed", "wins", "ties", "losses", "items", "trials", "seed", "sides", "level")
_EFFECT = Effect.__struct_fields__
_HEAD = ("metric", "scope", "baseline", "system", "outcome", *_EXACT, *_EFFECT, *_WHOLE, "resampled", "test", "verdict")


@dataclass(frozen=True)
class ComparisonsTsvRenderer:
    """Full precision, tests of metrics first, then of finding rates; a field without a value is empty.

    A name that a spreadsheet would take for a formula gets an apostrophe in front.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "comparisons-tsv"
    suffix: ClassVar[str] = ".tsv"
    claims: ClassVar[bool] = False

    def render(self, result: Result) -> str:
        """Head line and rows; tabs and line ends inside a field are shown as signs."""
        return table(_HEAD, [_row(c) for c in (*result.comparisons, *result.finding_comparisons)])


def _row(c: Comparison) -> list[object]:
    effect = [getattr(c.effect, field) if c.effect else None for field in _EFFECT]
    return [
        plain(c.metric), c.scope, plain(c.baseline), plain(c.system), c.outcome,
        *(getattr(c, field) for field in _EXACT), *effect, *(getattr(c, field) for field in _WHOLE),
        c.resampled, plain(c.test), plain(c.verdict),
    ]  # fmt: skip
