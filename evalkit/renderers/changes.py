"""The `changes` renderer: what changed since the baseline, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from evalkit.model import Finding
from evalkit.renderers._visible import visible
from evalkit.result import Change, Comparison, Result

_STATUS = {"both": "", "new": " (not in the baseline)", "gone": " (only in the baseline)"}


@dataclass(frozen=True)
class ChangesRenderer:
    """Scores with significance, findings new (+), fixed (-) and still there, system by system."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "changes"
    suffix: ClassVar[str] = ".txt"

    def render(self, result: Result) -> str:
        """All changes; a line that says so where the result was held against no baseline."""
        if result.gate is None or not result.gate.changes:
            return "held against no baseline\n"
        return "\n".join("\n".join(_system(change)) + "\n" for change in result.gate.changes)


def _system(change: Change) -> Iterator[str]:
    yield f"{visible(change.system)}{_STATUS[change.status]}"
    if change.incomparable:
        yield f"  scores cannot be compared: {visible(change.incomparable)}"
    yield from map(_score, change.scores)
    yield f"  findings: {len(change.new)} new, {len(change.fixed)} fixed, {change.remaining} still there"
    for sign, findings in (("+", change.new), ("-", change.fixed)):
        yield from (_finding(sign, f) for f in findings)


def _score(c: Comparison) -> str:
    p = f", p = {c.p_adjusted:.4f}" if c.p_adjusted is not None else ""
    units = f"better in {c.wins}, worse in {c.losses} of {c.wins + c.ties + c.losses} units"
    return f"  {visible(c.metric)} ({c.scope}): {c.delta:+.2f}{p}; {units}"


def _finding(sign: str, f: Finding) -> str:
    side = "reference " if f.side == "reference" else ""
    return visible(f"  {sign} {side}{f.line}:{f.column}: {f.rule} {f.severity} {f.message}")
