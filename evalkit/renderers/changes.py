"""The `changes` renderer: what changed since the baseline, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Finding
from evalkit.records.comparison import Change, Comparison, UnitChange, p_is
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._tested import crossings, how_tested
from evalkit.renderers._text import count, shorten, side_by_side
from evalkit.text.grid import fit, wrapped
from evalkit.text.visible import visible

_STATUS = {"both": "", "new": " (not in the baseline)", "gone": " (only in the baseline)"}


@dataclass(frozen=True)
class ChangesRenderer:
    """Scores with significance, findings new (+), fixed (-) and still there, units most improved and worsened,
    system by system. No line is wider than `columns`, but for the findings."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "changes"
    suffix: ClassVar[str] = ".txt"
    claims: ClassVar[bool] = False

    columns: int = 80

    def render(self, result: Result) -> str:
        """All changes; a line that says so where the result was no baseline to compare with."""
        if result.gate is None or not result.gate.changes:
            return "no baseline to compare with\n"
        checked = facts.checked(result)
        return "\n".join(
            "\n".join(self._system(result, change, checked=checked)) + "\n" for change in result.gate.changes
        )

    def _system(self, result: Result, change: Change, *, checked: bool) -> Iterator[str]:
        formerly = f" (in the baseline: {visible(change.formerly)})" if change.formerly else ""
        yield fit(f"{change.system}{_STATUS[change.status]}{formerly}", self.columns)
        if change.incomparable:
            yield from self._wrapped(f"scores cannot be compared: {change.incomparable}")
        values = {(v.metric, v.scope): f"{v.before:.2f} -> {v.now:.2f}, " for v in change.values}
        for c in change.scores:
            yield from self._score(f"{c.metric} ({c.scope}): {values.get((c.metric, c.scope), '')}", c)
        for c in change.rates:
            yield from self._score(f"{facts.title(result, c.metric)}: ", c)
        if change.status == "both":
            tests = (*change.scores, *change.rates)
            for said in (how_tested(result, tests), *crossings(result, tests)):
                yield from self._wrapped(said)
        if checked or change.new or change.fixed:
            yield f"  findings: {len(change.new)} new, {len(change.fixed)} fixed, {change.remaining} still there"
        if differ := [f"{s.setting}: {s.before} against {s.now}" for s in change.settings if s.metric == "findings"]:
            yield from self._wrapped(f"a finding may be new or gone by other settings: {', '.join(differ)}")
        for sign, findings in (("+", change.new), ("-", change.fixed)):
            yield from (_finding(sign, f) for f in findings)
        yield from self._units("most improved", change.improved)
        yield from self._units("most worsened", change.worsened)

    def _score(self, start: str, c: Comparison) -> Iterator[str]:
        if c.p_value is None:
            yield from self._wrapped(f"{start}{c.delta:+.2f}; {c.verdict}")
            return
        span = f" (95% interval {c.low:+.2f} to {c.high:+.2f})" if c.low is not None else ""
        p = f", {p_is(c.p_adjusted)}" if c.p_adjusted is not None else ""
        units = f"better in {c.wins}, worse in {c.losses} of {count(c.wins + c.ties + c.losses, 'unit')}"
        yield from self._wrapped(f"{start}{c.delta:+.2f}{span}{p}: {facts.outcome(c)}; {units}")

    def _units(self, what: str, units: Sequence[UnitChange]) -> Iterator[str]:
        if not units:
            return
        yield f"  {what}, by {fit(units[0].metric, 40)}:"
        for u in units:
            yield from self._wrapped(f"{u.unit}: {u.score_before:.2f} -> {u.score_now:.2f} ({u.gain:+.2f})", 4)
            before, now = side_by_side(u.before, u.now, 240)
            for name, text in (("before", before), ("now", now), ("reference", shorten(u.reference, 240))):
                yield from self._wrapped(f"{name}: {text or '(nothing)'}", 6)

    def _wrapped(self, text: str, indent: int = 2) -> list[str]:
        return wrapped(text, self.columns, " " * indent) if text else []


def _finding(sign: str, f: Finding) -> str:
    side = "reference " if f.side == "reference" else ""
    return visible(f"  {sign} {side}{f.line}:{f.column}: {f.rule} {f.severity} {f.message}")
