"""What a judge's answer says: errors with their place in the candidate, and a score out of them."""

from __future__ import annotations

import json
from typing import Any, Literal

from msgspec import Struct

CATEGORIES = ("accuracy", "fluency", "terminology", "style", "locale", "non-translation")
Weight = Literal["critical", "major", "minor"]
GRAVEST_FIRST: tuple[Weight, ...] = ("critical", "major", "minor")
# The weights of MQM as the metrics tasks of WMT use them.
WEIGHTS: dict[str, int] = {"critical": 25, "major": 5, "minor": 1}
FLOOR = -25  # a segment there loses no more: it is all wrong, and one of fifty errors is no worse
_MOST_ERRORS = 100  # of one answer: who lists more lists no errors
_LONGEST_REASON = 300  # characters


class Error(Struct, frozen=True):
    """An error the judge sees: words of the candidate from `start` to `end`, what kind, how grave, and why."""

    start: int
    end: int
    category: str
    severity: Weight
    reason: str


class Judgement(Struct, frozen=True):
    """The errors that stand in the candidate; `lost` are the spans that do not, `readable` is False for no answer."""

    errors: tuple[Error, ...] = ()
    lost: tuple[str, ...] = ()
    readable: bool = True

    @property
    def score(self) -> float:
        """Minus the weights of the errors that stand in the candidate, -25 at the least."""
        return float(max(FLOOR, -sum(WEIGHTS[error.severity] for error in self.errors)))


def judgement(answer: str, candidate: str) -> Judgement:
    """What an answer says of a candidate. Errors that name no words of it are not counted, but told."""
    listed = _errors(answer)
    if listed is None:
        return Judgement(readable=False)
    found: list[Error] = []
    lost: list[str] = []
    taken: set[tuple[int, int]] = set()
    for entry in listed[:_MOST_ERRORS]:
        span, severity = entry.get("span"), str(entry.get("severity", "")).strip().lower()
        category = str(entry.get("category", "")).strip().lower()
        place = _place(span, candidate, taken) if isinstance(span, str) else None
        if place is None or severity not in WEIGHTS:
            lost.append(_told(span))
            continue
        taken.add(place)
        kind = category if category in CATEGORIES else "accuracy"
        found.append(Error(*place, kind, severity, _told(entry.get("reason", ""))))  # type: ignore[arg-type]
    return Judgement(tuple(sorted(found, key=lambda error: (error.start, error.end))), tuple(lost))


def _told(value: object) -> str:
    """What an answer says, as a result can hold it: not too long, and without halves of characters."""
    return str(value)[:_LONGEST_REASON].encode("utf-8", "replace").decode("utf-8")


def _place(span: str, candidate: str, taken: set[tuple[int, int]]) -> tuple[int, int] | None:
    """The first place of a span that no error has yet."""
    start = candidate.find(span) if span.strip() else -1
    while start >= 0:
        if (start, start + len(span)) not in taken:
            return start, start + len(span)
        start = candidate.find(span, start + 1)
    return None


def _errors(answer: str) -> list[dict[str, Any]] | None:
    """The list of errors of an answer, which may stand in a code fence or among words; None where there is none."""
    start, end = answer.find("{"), answer.rfind("}") + 1
    if not 0 <= start < end:
        return None
    try:
        found = json.loads(answer[start:end])
    except (ValueError, RecursionError):
        return None
    errors = found.get("errors") if isinstance(found, dict) else None
    if not isinstance(errors, list) or not all(isinstance(entry, dict) for entry in errors):
        return None
    return errors
