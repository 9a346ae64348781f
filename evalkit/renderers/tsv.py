"""The `tsv` renderer: one row per system, metric and scope, for a spreadsheet or a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.renderers import _facts as facts
from evalkit.renderers._cells import plain
from evalkit.result import Result

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
        lines = ["\t".join(_HEAD)]
        bad = facts.untrusted(result)
        ranks = {
            (ranking.metric, ranking.scope, r.system): (str(r.cluster), str(r.first), str(r.last))
            for ranking in result.rankings
            for r in ranking.systems
        }
        for system in result.systems:
            share = system.alignment.coverage
            for score in system.scores:
                reason = plain(system.alignment.reason) if system in bad else ""
                fields = (
                    plain(system.name), plain(system.kind), "no" if system in bad else "yes", repr(share.reference),
                    repr(share.candidate), plain(score.metric), score.scope, repr(score.value), exact(score.low),
                    exact(score.high), plain(score.signature), reason, score.resampled,
                    *ranks.get((score.metric, score.scope, system.name), ("", "", "")),
                )  # fmt: skip
                lines.append("\t".join(fields))
        return "\n".join(lines) + "\n"


def exact(value: float | None) -> str:
    """A number that reads back as it was; nothing where there is none."""
    return "" if value is None else repr(value)
