"""What step five hands on."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from evalkit.records.comparison import Comparison, Disagreement, Ranking


class Compared(Struct, frozen=True):
    """What a comparison adds to a result; the fields are the result's."""

    comparisons: tuple[Comparison, ...] = ()
    finding_comparisons: tuple[Comparison, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    disagreements: Sequence[Disagreement] = ()
