"""The `changes-tsv` renderer: what changed since the baseline, one row per score, setting, finding and unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.comparison import Change
from evalkit.records.result import Result
from evalkit.renderers._cells import plain, table

_HEAD = ("system", "what", "name", "scope", "outcome", "before", "now", "delta", "low", "high", "p_adjusted", "place",
         "text")  # fmt: skip


@dataclass(frozen=True)
class ChangesTsvRenderer:
    """`what` is score, rate, setting, new, fixed, improved or worsened; a field that has no meaning there is empty.

    `name` is the metric, setting, rule or unit, `text` a message or the unit's text now.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "changes-tsv"
    suffix: ClassVar[str] = ".tsv"
    claims: ClassVar[bool] = False

    def render(self, result: Result) -> str:
        """Head line and rows; the head alone where the result was no baseline to compare with."""
        changes = result.gate.changes if result.gate else ()
        return table(_HEAD, [[plain(change.system), *row] for change in changes for row in _rows(change)])


def _rows(change: Change) -> Iterator[list[object]]:
    values = {(v.metric, v.scope): (v.before, v.now) for v in change.values}
    for what, tests in (("score", change.scores), ("rate", change.rates)):
        for c in tests:
            pair = values.get((c.metric, c.scope), (None, None))
            yield [what, plain(c.metric), c.scope, c.outcome, *pair, c.delta, c.low, c.high, c.p_adjusted, "",
                   plain(c.verdict)]  # fmt: skip
    for s in change.settings:
        name = f"{s.metric} {s.setting}"
        yield ["setting", plain(name), s.scope, "", plain(s.before), plain(s.now), *[None] * 4, "", ""]
    for what, findings in (("new", change.new), ("fixed", change.fixed)):
        for f in findings:
            yield [what, plain(f.rule), f.side, f.severity, *[None] * 6, f"{f.line}:{f.column}", plain(f.message)]
    for what, units in (("improved", change.improved), ("worsened", change.worsened)):
        for u in units:
            yield [what, plain(u.unit), plain(u.metric), "", u.score_before, u.score_now, u.gain, None, None, None, "",
                   plain(u.now)]  # fmt: skip
