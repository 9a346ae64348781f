"""The `judge` and `xcomet` detectors: the errors that a language model, or XCOMET, points at, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace

from evalkit.errors import ConfigError
from evalkit.models.answers import GRAVEST_FIRST, Weight
from evalkit.models.asking import Asking
from evalkit.models.spans import Mark, identity, marks
from evalkit.models.texts import rows_of
from evalkit.records import Context, Finding, Rule, Segment, Side, Unit
from evalkit.records.findings import finding
from evalkit.text.visible import shown

_MQM = {
    "accuracy": "accuracy/mistranslation",
    "fluency": "linguistic-conventions",
    "terminology": "terminology",
    "style": "style",
    "locale": "locale-conventions",
    "non-translation": "accuracy",
}
_SIDES: tuple[Side, ...] = ("source", "candidate", "reference")
RULES = {
    weight: Rule(
        f"judge-{weight}", "judge", "custom", weight,
        f"A language model that was asked points at these words as a {weight} error; a suggestion, not a verdict.",
        "The council [adjourned] the meeting.", rank=900 + order,
    )
    for order, weight in enumerate(GRAVEST_FIRST)
}  # fmt: skip


@dataclass(frozen=True)
class JudgeDetector(Asking):
    """Error spans of a language model, one rule for each weight it gives. Off unless it is named.

    The options are those of the metric `llm-judge`; with the same ones nothing is asked twice.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "judge"
    default: ClassVar[bool] = False
    in_process: ClassVar[bool] = True  # one budget, one pace, one file of answers
    rules: ClassVar[tuple[Rule, ...]] = tuple(RULES.values())

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:  # noqa: ARG002 - units say all
        """Findings in the order of the units. Like all that was never measured they end up as minor at most."""
        if units and not any(unit.source for unit in units):
            raise ConfigError("the detector 'judge' needs the source text; give it with -s/--source, or [source]")
        for unit in units:
            said = self.judged(unit)
            if said is None or unit.candidate is None:
                continue
            for error in said.errors:
                segment, start = _segment(unit.candidate.segments, unit.candidate.text, error.start)
                end = min(len(segment.text), start + error.end - error.start)
                said_so = f"{error.reason or 'no reason given'} (the judge: {error.severity}, {error.category})"
                made = finding(RULES[error.severity], self.name, unit, segment, start, end, said_so, confidence=0.5)
                yield replace(made, mqm=_MQM[error.category])


MARKED = {
    weight: Rule(
        f"xcomet-{weight}", "judge", "custom", weight,
        f"XCOMET marks these words as a {weight} error; a suggestion, not a verdict.",
        "The council [adjourned] the meeting.", rank=910 + order,
    )
    for order, weight in enumerate(GRAVEST_FIRST)
}  # fmt: skip
_TOGETHER = 64  # units a request, as the metric asks: then the model reads nothing twice


@dataclass(frozen=True)
class XcometDetector:
    """Error spans of XCOMET, one rule for each weight it gives. Off unless it is named.

    With the `model` and `size` of the metric `xcomet`, which marks them while it scores, no text is read twice. A span
    that is not found in the text, and a text too long for the model, are neutral findings on the whole text.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "xcomet"
    default: ClassVar[bool] = False
    in_process: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = tuple(MARKED.values())

    model: str = "Unbabel/XCOMET-XL"
    size: int = 16

    @property
    def identity(self) -> str:
        """The model and its hash, versions, precision and batches, as signatures name them."""
        return identity(self.model, self.size)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:  # noqa: ARG002 - units say all
        """Findings in the order of the units, by the source and the first reference."""
        if units and not any(unit.source for unit in units):
            raise ConfigError("the detector 'xcomet' needs the source text; give it with -s/--source, or [source]")
        for first in range(0, len(units), _TOGETHER):
            whole = ((unit, rows_of(unit, _SIDES)[:1]) for unit in units[first : first + _TOGETHER])
            asked = [(unit, rows[0]) for unit, rows in whole if rows]
            found = marks(self.model, self.size, [row for _, row in asked]) if asked else []
            for (unit, _), of_unit in zip(asked, found, strict=True):
                yield from self._findings(unit, of_unit)

    def _findings(self, unit: Unit, found: Sequence[Mark] | str) -> Iterator[Finding]:
        if unit.candidate is None:
            return
        whole = unit.candidate.segments[0]
        if isinstance(found, str):
            yield self._said(unit, whole, "minor", f"XCOMET did not read this text: {found}")
            return
        for mark in found:
            if mark.place is None:
                message = f"XCOMET marks {shown(mark.words)} as {mark.severity}; these words are not in the text"
                yield self._said(unit, whole, mark.severity, message)
                continue
            segment, start = _segment(unit.candidate.segments, unit.candidate.text, mark.place[0])
            end = min(len(segment.text), start + mark.place[1] - mark.place[0])
            message = f"marked by XCOMET as {mark.severity}"
            rule = MARKED[mark.severity]
            yield finding(rule, self.name, unit, segment, start, end, message, confidence=round(mark.confidence, 4))

    def _said(self, unit: Unit, segment: Segment, weight: Weight, message: str) -> Finding:
        end = len(segment.text)
        return finding(MARKED[weight], self.name, unit, segment, 0, end, message, severity="neutral", confidence=0.0)


def _segment(segments: Sequence[Segment], text: str, place: int) -> tuple[Segment, int]:
    """The segment in which a place of the joined text stands, and the place in it."""
    at = 0
    for segment in segments:
        start = text.find(segment.text, at)
        if start <= place < start + len(segment.text) or segment is segments[-1]:
            return segment, max(0, place - start)
        at = start + len(segment.text)
    raise ValueError("no segments")
