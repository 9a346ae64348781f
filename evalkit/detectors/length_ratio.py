"""The `length-ratio` detector: a paired unit whose candidate is far longer or shorter than usual."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import candidate_of, comparable
from evalkit.records import Context, Finding, Rule, Unit
from evalkit.records.findings import finding, whole_span

RULE = Rule(
    "length-ratio", "accuracy", "accuracy/omission", "neutral",
    "The candidate of a pair is far longer or shorter than the run's usual ratio; something may be missing or added.",
    "[He left.]", "reference",
    "He left the house at once, took the first train to the coast and was never seen in the village again.",
    rank=220, compares="length",
)  # fmt: skip


@dataclass(frozen=True)
class LengthRatioDetector:
    """Robust z of the log ratio of characters over the run's pairs (median and median deviation).

    Both limits must be passed: `z` deviations from the median, and `times` the usual ratio. Pairs
    whose longer side has fewer than `floor` characters say nothing. Translations only: a report or
    summary is longer and shorter than its reference by nature.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "length-ratio"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    z: float = 4.0
    times: float = 2.2
    floor: int = 40

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        pairs = [(u, [_ratio(u, i) for i in range(len(u.references))]) for u in units if comparable(u, context)]
        ratios = sorted(r[0] for _, r in pairs)
        if not ratios or context.kind != "translation":
            return
        median = _middle(ratios) if len(ratios) >= 8 else 0.0
        spread = max(0.1, 1.4826 * _middle(sorted(abs(r - median) for r in ratios)) if len(ratios) >= 8 else 0.25)
        for unit, logs in pairs:
            nearest = min(logs, key=lambda r: abs(r - median))
            off = abs(nearest - median)
            if off > self.z * spread and off > math.log(self.times) and _longest(unit) >= self.floor:
                segment = candidate_of(unit).segments[0]
                times = math.exp(nearest)
                message = f"{times:.2f} times as long as the reference; usual here is {math.exp(median):.2f}"
                other = whole_span(unit.references[0])
                yield finding(RULE, self.name, unit, segment, 0, len(segment.text), message, other=other)


def _ratio(unit: Unit, index: int) -> float:
    """Log of candidate length over reference length; a constant keeps short texts from extremes."""
    return math.log((len(candidate_of(unit).text) + 5) / (len(unit.references[index].text) + 5))


def _longest(unit: Unit) -> int:
    return max(len(candidate_of(unit).text), *(len(p.text) for p in unit.references))


def _middle(ordered: list[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
