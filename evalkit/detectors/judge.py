"""The `judge` detector: the errors a language model points at, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from msgspec.structs import replace

from evalkit.errors import ConfigError
from evalkit.models.answers import GRAVEST_FIRST
from evalkit.models.judge import Settings, judge_of
from evalkit.models.texts import rows_of
from evalkit.records import Context, Finding, Rule, Segment, Side, Unit
from evalkit.records.findings import finding

_MQM = {
    "accuracy": "accuracy/mistranslation",
    "fluency": "linguistic-conventions",
    "terminology": "terminology",
    "style": "style",
    "locale": "locale-conventions",
    "non-translation": "accuracy",
}
RULES = {
    weight: Rule(
        f"judge-{weight}", "judge", "custom", weight,
        f"A language model that was asked points at these words as a {weight} error; a suggestion, not a verdict.",
        "The council [adjourned] the meeting.", rank=900 + order,
    )
    for order, weight in enumerate(GRAVEST_FIRST)
}  # fmt: skip


_LOCAL = {"local": True}  # says where and how to ask, and moves no finding


@dataclass(frozen=True)
class JudgeDetector:
    """Error spans of a language model, one rule for each weight it gives. Off unless it is named.

    The options are those of the metric `llm-judge`; with the same ones nothing is asked twice.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "judge"
    default: ClassVar[bool] = False
    rules: ClassVar[tuple[Rule, ...]] = tuple(RULES.values())

    url: str = field(default="", metadata=_LOCAL)
    model: str = ""
    log: str = field(default="", metadata=_LOCAL)
    key: str = field(default="", metadata=_LOCAL)
    requests: int = field(default=0, metadata=_LOCAL)
    per_minute: int = field(default=0, metadata=_LOCAL)
    replay: bool = field(default=False, metadata=_LOCAL)
    reference: bool = True

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:  # noqa: ARG002 - units say all
        """Findings in the order of the units. Like all that was never measured they end up as minor at most."""
        sides: tuple[Side, ...] = ("source", "candidate", *(("reference",) if self.reference else ()))
        settings = Settings(self.url, self.model, self.log, self.key, self.requests, self.per_minute, self.replay)
        if units and not any(unit.source for unit in units):
            raise ConfigError("the detector 'judge' needs the source text; give it with -s/--source, or [source]")
        for unit in units:
            rows = rows_of(unit, sides)[:1]
            if not rows or unit.candidate is None:
                continue
            (said,) = judge_of(settings).judge(rows)
            for error in said.errors:
                segment, start = _segment(unit.candidate.segments, unit.candidate.text, error.start)
                end = min(len(segment.text), start + error.end - error.start)
                said_so = f"{error.reason or 'no reason given'} (the judge: {error.severity}, {error.category})"
                made = finding(RULES[error.severity], self.name, unit, segment, start, end, said_so, confidence=0.5)
                yield replace(made, mqm=_MQM[error.category])


def _segment(segments: Sequence[Segment], text: str, place: int) -> tuple[Segment, int]:
    """The segment in which a place of the joined text stands, and the place in it."""
    at = 0
    for segment in segments:
        start = text.find(segment.text, at)
        if start <= place < start + len(segment.text) or segment is segments[-1]:
            return segment, max(0, place - start)
        at = start + len(segment.text)
    raise ValueError("no segments")
