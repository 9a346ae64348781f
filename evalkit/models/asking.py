"""The options of whatever asks a judge: the metric and the detector are asked alike, so that one answer serves both."""

from __future__ import annotations

from dataclasses import dataclass, field

from evalkit.models.answers import Judgement
from evalkit.models.judge import Settings, judge_of
from evalkit.models.texts import rows_of
from evalkit.records import Side, Unit

_LOCAL = {"local": True}  # says where and how to ask, and moves no number


@dataclass(frozen=True)
class Asking:
    """Whom to ask, within which bounds, and whether the judge is shown a reference."""

    url: str = field(default="", metadata=_LOCAL)
    model: str = ""
    log: str = field(default="", metadata=_LOCAL)
    key: str = field(default="", metadata=_LOCAL)
    requests: int = field(default=0, metadata=_LOCAL)
    per_minute: int = field(default=0, metadata=_LOCAL)
    replay: bool = field(default=False, metadata=_LOCAL)
    reference: bool = True
    tokens: int = field(default=0, metadata=_LOCAL)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides the judge is shown."""
        return ("source", "candidate", "reference") if self.reference else ("source", "candidate")

    def judged(self, unit: Unit) -> Judgement | None:
        """What the judge says of a unit, of several references beside the first; None where a side is empty."""
        rows = rows_of(unit, self.sides)[:1]
        if not rows:
            return None
        (said,) = judge_of(self._settings()).judge(rows)
        return said

    def _settings(self) -> Settings:
        return Settings(
            self.url, self.model, self.log, self.key, self.requests, self.per_minute, self.replay, self.tokens
        )
