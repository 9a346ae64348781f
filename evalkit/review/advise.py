"""What verdicts say should be changed in the settings: rules to lower or to switch off, by the project's own texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from evalkit.records.verdicts import RuleReview

# As the severity of every rule follows its measured precision (docs/findings.md): below half it is a hint, below 70 %
# no finding that fails a build. The whole interval must lie below, so that few verdicts change nothing.
_HINT, _BUILD = 0.5, 0.7
# With fewer verdicts than this one more of them moves the share by more than a tenth: nothing is advised.
_FEW = 8
# Where three of four findings are surely wrong, reading them costs more than it saves, as a hint too.
_OFF = 0.25


class Advice(Struct, frozen=True):
    """A rule, what to do, and the line of the configuration that does it; nothing to do has none."""

    review: RuleReview
    what: Literal["switch off", "neutral", "minor", "keep", "judge more"]
    setting: str = ""


def advise(rules: Sequence[RuleReview]) -> tuple[Advice, ...]:
    """What to do with each rule that was judged: those to switch off first, then those to lower, then the others."""
    order = ("switch off", "neutral", "minor", "keep", "judge more")
    return tuple(sorted(map(_of, rules), key=lambda advice: (order.index(advice.what), advice.review.rule)))


def _of(review: RuleReview) -> Advice:
    if review.high is None or review.low is None or review.right + review.wrong < _FEW:
        return Advice(review, "judge more")
    if review.high < _OFF:
        return Advice(review, "switch off", f'skip = ["{review.rule}"]')
    if review.high < _HINT:
        return Advice(review, "neutral", f'severity = {{ "{review.rule}" = "neutral" }}')
    if review.high < _BUILD:
        return Advice(review, "minor", f'severity = {{ "{review.rule}" = "minor" }}')
    return Advice(review, "keep" if review.low >= _HINT else "judge more")


def settings(advice: Sequence[Advice]) -> str:
    """The lines of a configuration that follow the advice, empty where there is nothing to change."""
    off = [item.review.rule for item in advice if item.what == "switch off"]
    lowered = {item.review.rule: item.what for item in advice if item.what in ("neutral", "minor")}
    lines = [f"skip = [{', '.join(map(_quoted, off))}]"] if off else []
    if lowered:
        pairs = ", ".join(f"{_quoted(rule)} = {_quoted(severity)}" for rule, severity in lowered.items())
        lines.append(f"severity = {{ {pairs} }}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
