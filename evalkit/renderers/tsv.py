"""The `tsv` renderer: one row per system, metric and scope, for a spreadsheet or a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.result import Result, Score, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._cells import plain, table

_HEAD = (
    "system", "kind", "trusted", "reference_coverage", "candidate_coverage", "metric", "scope", "value", "low", "high",
    "signature", "reason", "resampled", "cluster", "rank_first", "rank_last",
)  # fmt: skip


@dataclass(frozen=True)
class TsvRenderer:
    """Full precision. A system that is not trusted keeps its rows, with `no` and the reason; its values mean nothing.

    A name that a spreadsheet would take for a formula gets an apostrophe in front.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "tsv"
    suffix: ClassVar[str] = ".tsv"

    def render(self, result: Result) -> str:
        """Head line and rows; tabs and line ends inside a field are shown as signs."""
        ranks = {
            (ranking.metric, ranking.scope, r.system): (r.cluster, r.first, r.last)
            for ranking in result.rankings
            for r in ranking.systems
        }
        bad = facts.untrusted(result)
        return table(
            _HEAD,
            (
                _row(system, score, system not in bad, ranks.get((score.metric, score.scope, system.name)))
                for system in result.systems
                for score in system.scores
            ),
        )


def _row(system: SystemRecord, score: Score, trusted: bool, rank: tuple[int, int, int] | None) -> list[object]:
    share = system.alignment.coverage
    return [
        plain(system.name), plain(system.kind), "yes" if trusted else "no", share.reference, share.candidate,
        plain(score.metric), score.scope, score.value, score.low, score.high, plain(score.signature),
        "" if trusted else plain(system.alignment.reason), score.resampled, *(rank or (None, None, None)),
    ]  # fmt: skip
