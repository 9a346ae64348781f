"""The `text` renderer: verdict, scores and every finding as plain lines, for a log or a mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.comparison import Comparison, p_is
from evalkit.records.notes import noted
from evalkit.records.result import Result, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._checklist import checklists, has_checklists, in_short
from evalkit.renderers._issues import change_of, issues
from evalkit.renderers._text import check_width, count, number, percent
from evalkit.text.visible import visible


@dataclass(frozen=True)
class TextRenderer:
    """Nothing but lines of text, none of them cut; `width` is the number of decimals."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "text"
    suffix: ClassVar[str] = ".txt"
    claims: ClassVar[bool] = False

    width: int = 2

    def __post_init__(self) -> None:
        check_width(self.name, self.width)

    def render(self, result: Result) -> str:
        """The verdict, then system by system; ends with a newline."""
        lines = [f"{visible(result.name) or 'evaluation'} (evalkit {visible(result.evalkit)})"]
        if result.gate:
            lines.append("gate: passed" if result.gate.passed else "gate: failed")
            lines += [f"  {visible(reason)}" for reason in result.gate.reasons]
            lines += [f"  note: {visible(note)}" for note in result.gate.notes]
        for system in result.systems:
            lines += ["", *self._system(result, system)]
        if result.failures:
            lines += ["", *(f"note: {visible(noted(result, failure))}" for failure in result.failures)]
        return "\n".join(lines) + "\n"

    def _system(self, result: Result, system: SystemRecord) -> Iterator[str]:
        yield f"{visible(system.name)} ({system.kind}, {count(system.words, 'word')})"
        bad = system in facts.untrusted(result)
        if bad:
            yield f"  alignment not trusted: {visible(facts.why_apart(system))}"
        elif result.references and not facts.is_lines(result):
            cover = system.alignment.coverage
            yield f"  renders {percent(cover.reference)} of the reference, {percent(cover.candidate)} of it is linked"
        change = change_of(result, system)
        before = {(c.metric, c.scope): c for c in change.scores} if change else {}
        for score in () if bad else system.scores:
            places = facts.places(result, score.metric, self.width)
            value = f"  {visible(score.metric)} ({score.scope}): {number(score.value, places)}"
            compared = before.get((score.metric, score.scope))
            yield value + (self._compared(compared, places) if compared else "")
        if change and change.incomparable:
            yield f"  scores cannot be compared with the baseline: {visible(change.incomparable)}"
        yield from self._findings(result, system)

    def _compared(self, c: Comparison, places: int) -> str:
        p = f", {p_is(c.p_adjusted)}" if c.p_adjusted is not None else ""
        return f" ({c.delta:+.{places}f} since the baseline: {facts.outcome(c)}{p})"

    def _findings(self, result: Result, system: SystemRecord) -> Iterator[str]:
        if not facts.checked(result):
            return
        if has_checklists(result):
            yield f"  {in_short(result, system)}"
            for one in checklists(result, system):
                failed = ", ".join(f"{visible(rule)} ({number:,})" for rule, number in one.failed.items())
                yield f"  {visible(one.document)}: {f'failed: {failed}' if failed else 'passed all'}"
        mine = [i for i in issues(result, fixed=True) if i.system is system]
        fixed = sum(i.state == "absent" for i in mine)
        new = sum(i.state == "new" for i in mine)
        since = f" ({new:,} new, {fixed:,} fixed since the baseline)" if change_of(result, system) else ""
        yield f"  {count(len(mine) - fixed, 'finding')}{since}"
        for i in mine:
            f, word = i.finding, {"new": "new: ", "absent": "fixed: "}.get(i.state, "")
            yield f"  {word}{visible(f'{i.path}:{i.line}:{i.column}: {f.rule} {f.severity} {i.message}')}"
