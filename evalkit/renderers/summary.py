"""The `summary` renderer: a comment for a pull request in Markdown, short whatever the result."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from evalkit.errors import ConfigError
from evalkit.records.result import Result, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._gfm import write
from evalkit.renderers._issues import Issue, change_of, issues
from evalkit.renderers._text import count, listing, number, quoted
from evalkit.renderers.report.blocks import Block, Bullets, Heading, Line, Piece, Table, cell, line, name, text

_STEPS = (20, 10, 5, 3, 1, 0)  # how many entries a list may show; the first that fits is taken
_LEAST = 600  # characters: a headline with one line a system
_METRICS = 8  # columns that fit a comment on a change
T = TypeVar("T")


@dataclass(frozen=True)
class SummaryRenderer:
    """The verdict, scores against the baseline, new and fixed findings; never more than `limit` characters.

    What does not fit is counted in a line at the end; all of it is in the other formats.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "summary"
    suffix: ClassVar[str] = ".md"
    claims: ClassVar[bool] = False

    limit: int = 6000

    def __post_init__(self) -> None:
        if self.limit < _LEAST:
            raise ConfigError(f"renderer 'summary': limit={self.limit} is too short; use at least {_LEAST}")

    def render(self, result: Result) -> str:
        """GitHub-flavoured Markdown in which no data can become markup; ends with a newline."""
        for most in _STEPS:
            made = write(list(_Summary(result, most).blocks()))
            if len(made) <= self.limit:
                return made
        raise AssertionError("the verdict alone is longer than the least limit")


class _Summary:
    """The blocks of a summary in which no list is longer than `most`; counts what it leaves out."""

    def __init__(self, result: Result, most: int) -> None:
        self.result, self.most = result, most
        self.left_out: list[str] = []

    def blocks(self) -> Iterator[Block]:
        gate, called = self.result.gate, quoted(self.result.name, 60)
        verdict = "" if gate is None else "passed" if gate.passed else "failed"
        yield Heading(3, ": ".join(filter(None, [called or "evalkit", verdict])))
        reasons = gate.reasons if gate else ()
        yield from self._bullets([line(quoted(r, 300)) for r in reasons], "reason")
        yield from self._bullets([line(quoted(n, 300)) for n in (gate.notes if gate else ())], "note", "Notes:")
        yield from self._scores()
        bad = [line(name(s.name), f": {quoted(facts.why_apart(s), 200)}") for s in facts.untrusted(self.result)]
        yield from self._bullets(bad, "text that is not trusted", "Not trusted, so without scores:")
        yield from self._findings()
        if self.left_out:
            yield text(f"Left out of this summary: {listing(self.left_out, 9)}.")

    def _cut(self, items: Sequence[T], noun: str) -> Sequence[T]:
        if len(items) > self.most:
            self.left_out.append(count(len(items) - self.most, noun))
        return items[: self.most]

    def _bullets(self, items: list[Line], noun: str, head: str = "") -> Iterator[Block]:
        shown = self._cut(items, noun)
        if shown and head:
            yield text(head)
        if shown:
            yield Bullets(tuple(shown))

    def _scores(self) -> Iterator[Block]:
        for scope in facts.scopes(self.result)[:1]:
            every = facts.metrics(self.result, scope)
            metrics = every[:_METRICS]
            if len(every) > _METRICS:
                self.left_out.append(count(len(every) - _METRICS, "metric"))
            systems = self._cut(self._ordered([s for s in facts.trusted(self.result) if s.scores]), "system")
            rows = tuple((cell(name(s.name)), *(cell(self._value(s, m)) for m in metrics)) for s in systems)
            if rows:
                first = "system" if scope == "corpus" else f"system ({scope})"
                head = (first, *(facts.headline(self.result, m) for m in metrics))
                yield Table(head, (False, *(True for _ in metrics)), rows)

    def _ordered(self, systems: list[SystemRecord]) -> list[SystemRecord]:
        """The systems; the best by the first metric first where not all can be shown."""
        scope = facts.scopes(self.result)[0]
        metric = facts.metrics(self.result, scope)[0]
        way = facts.better(self.result, metric)
        if len(systems) <= self.most or not way:
            return systems
        values = {s.name: found.value for s in systems if (found := facts.score(s, metric, scope))}
        worst = -math.inf if way == "higher" else math.inf
        return sorted(systems, key=lambda s: values.get(s.name, worst), reverse=way == "higher")

    def _value(self, system: SystemRecord, metric: str) -> str:
        """A score, and what the test against the baseline showed."""
        scored = facts.score(system, metric, facts.scopes(self.result)[0])
        if scored is None:
            return "–"
        change = change_of(self.result, system)
        tests = change.scores if change else ()
        compared = next((c for c in tests if (c.metric, c.scope) == (metric, scored.scope)), None)
        since = (
            f" ({compared.delta:+.{facts.places(self.result, metric)}f}, {facts.outcome(compared)})" if compared else ""
        )
        return number(scored.value, facts.places(self.result, metric)) + since

    def _findings(self) -> Iterator[Block]:
        if not facts.checked(self.result):
            return
        found = sorted(issues(self.result, fixed=True), key=lambda i: facts.severity_rank(i.finding))
        new, fixed = [i for i in found if i.state == "new"], [i for i in found if i.state == "absent"]
        there = [i for i in found if i.state != "absent"]
        changes = self.result.gate.changes if self.result.gate else ()
        if not any(change.status == "both" for change in changes):
            yield text(f"{count(len(there), 'finding')}{_severities(there)}.")
            yield from self._bullets([_line(i) for i in there], "finding")
            return
        still = f"{len(there) - len(new):,} still there"
        yield text(f"{count(len(new), 'new finding')}, {len(fixed):,} fixed, {still}.")
        yield from self._bullets([_line(i) for i in new], "new finding", "New:")
        yield from self._bullets([_line(i) for i in fixed], "fixed finding", "Fixed:")


def _severities(found: Sequence[Issue]) -> str:
    counts = [(s, sum(i.finding.severity == s for i in found)) for s in facts.WORST_FIRST]
    shown = [f"{number:,} {severity}" for severity, number in counts if number]
    return f" ({', '.join(shown)})" if shown else ""


def _line(issue: Issue) -> Line:
    f = issue.finding
    place = Piece(quoted(f"{issue.path}:{issue.line}:{issue.column}", 120), "code")
    return line(Piece(f.severity, "strong"), " ", place, " ", name(f.rule), f" {quoted(issue.message, 160)}")
