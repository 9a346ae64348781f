"""The `table` renderer: scores, finding counts and comparisons as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import ConfigError
from evalkit.records import Scope
from evalkit.records.comparison import Comparison, shown_p
from evalkit.records.notes import noted
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._brief import first_findings, verdicts
from evalkit.renderers._checklist import has_checklists
from evalkit.renderers._checklist import in_short as in_short_of
from evalkit.renderers._order import by_rank, groups
from evalkit.renderers._tested import any_corrected, crossings, how_tested, level
from evalkit.renderers._text import check_width, count, number, percent, shorten
from evalkit.renderers.report.disagreements import in_short
from evalkit.text.grid import broken, fit, grid, wrapped
from evalkit.text.visible import visible

_MOST = 20  # comparisons; all are in the JSON result
_SPELLED = 4  # comparisons whose verdict is written out
_SHOWN = {"none": "not shown", "untested": "not tested", "better": "better", "worse": "worse"}
_SHORT = {
    "penalty_per_1000_words": "penalty",
    "findings_per_1000_words": "findings",
    "expected_errors_per_1000_words": "expected errors",
}


@dataclass(frozen=True)
class TableRenderer:
    """Plain text without colour, no line wider than `columns`; `width` is the number of decimals.

    `short` leaves out all scopes but the first and the comparisons; `verbose` adds each score's signature and what its
    own tool shows beside it. `brief` adds the first findings and what the tests showed of each pair, in a line or two.
    `told`: the notes are told elsewhere. A name that does not fit stands in full below the
    tables.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "table"
    suffix: ClassVar[str] = ".txt"
    claims: ClassVar[bool] = False

    columns: int = 80
    width: int = 2
    short: bool = False
    verbose: bool = False
    brief: bool = False
    told: bool = False

    def __post_init__(self) -> None:
        check_width(self.name, self.width)
        if self.columns < 40:
            raise ConfigError(f"renderer 'table': columns={self.columns} is too narrow; use at least 40")

    def render(self, result: Result) -> str:
        """The tables, one scope after the other; ends with a newline."""
        parts = [[fit(f"{result.name or 'evaluation'} (evalkit {result.evalkit})", self.columns)]]
        if not result.systems:
            parts.append(["no system was evaluated"])
        parts += [self._scores(result, scope) for scope in facts.scopes(result)[: 1 if self.short else None]]
        if facts.untrusted(result):
            parts.append(self._untrusted(result))
        if result.systems and facts.checked(result):
            parts.append(self._findings(result))
        if summary := self._summary(result):
            parts.append(summary)
        if self.brief:
            parts += filter(None, (first_findings(result, self.columns), verdicts(result, self.columns)))
        if (result.comparisons or result.finding_comparisons) and not self.short:
            parts.append(self._comparisons(result))
        if result.failures and not self.told:
            several = f"{len(result.failures):,} notes, the first" if len(result.failures) > 1 else "Note"
            parts.append(wrapped(f"{several}: {shorten(noted(result, result.failures[0]), 200)}", self.columns))
        if self.verbose:
            parts.append(self._signatures(result))
        # However odd the names or the metrics' number, no line passes the limit.
        made = "\n\n".join("\n".join(fit(line, self.columns) for line in part) for part in parts) + "\n"
        return made + self._in_full(result, made)

    def _signatures(self, result: Result) -> list[str]:
        """Every score with its detail and signature; what is the same for all systems is said once."""
        lines = ["Details and signatures"] if any(system.scores for system in result.systems) else []
        said: dict[str, str] = {}
        for system in result.systems if lines else ():
            for score in system.scores if system not in facts.untrusted(result) else ():
                title = facts.title(result, score.metric)
                if score.detail:
                    shown = number(score.value, facts.places(result, score.metric, self.width))
                    text = f"{system.name}, {title}, {score.scope}: {shown} {score.detail}"
                    lines += broken(text, self.columns)
                said.setdefault(f"{title}, {score.scope}: {score.signature}", "")
        for text in said:
            lines += broken(text, self.columns)
        return lines

    def _in_full(self, result: Result, made: str) -> str:
        """The names that the tables had to shorten, whole, over as many lines as they take."""
        names = [visible(system.name) for system in result.systems]
        missing = [name for name in names if name not in made]
        lines = [line for name in missing for line in broken(name, self.columns)]
        return "\n".join(["", "Names in full", *lines]) + "\n" if missing else ""

    def _scores(self, result: Result, scope: Scope) -> list[str]:
        metrics = facts.metrics(result, scope)
        cover, bad = scope != "corpus", facts.untrusted(result)
        ranked = groups(result, scope)
        head = [
            "system",
            *(["ref/cand"] if cover else []),
            *(["group"] if ranked else []),
            *(facts.headline(result, metric) for metric in metrics),
        ]
        rows = []
        for system in by_rank(result, scope):
            share = system.alignment.coverage
            names = [system.name]
            if cover:
                names.append(f"{percent(share.reference)}/{percent(share.candidate)}")
            names += [str(ranked.get(system.name, "–"))] if ranked else []
            found = [facts.score(system, metric, scope) for metric in metrics]
            values = ["–" if s is None else number(s.value, facts.places(result, s.metric, self.width)) for s in found]
            rows.append([*names, *(["not trusted", *["–"] * (len(metrics) - 1)] if system in bad else values)])
        covered = "; ref/cand: share of words in paired units" if cover else ""
        return [
            *wrapped(f"Scores, scope {scope}{covered}", self.columns),
            *grid(head, rows, 1 + cover + bool(ranked), self.columns),
            *self._intervals(result, scope),
        ]

    def _intervals(self, result: Result, scope: Scope) -> list[str]:
        """The confidence intervals of the scores, where there are any, in a table below theirs."""
        metrics, rows, drawn = facts.metrics(result, scope), [], set()
        for system in (s for s in by_rank(result, scope) if s not in facts.untrusted(result)):
            cells = []
            for score in (facts.score(system, metric, scope) for metric in metrics):
                span = "–"
                if score and score.low is not None and score.high is not None:
                    places = facts.places(result, score.metric, self.width)
                    span = f"{number(score.low, places)} to {number(score.high, places)}"
                    drawn.add(score.resampled)
                cells.append(span)
            rows.append([system.name, *cells])
        if not drawn:
            return []
        what = f", {drawn.pop()} drawn" if len(drawn) == 1 and "" not in drawn else ""
        head = ["system", *(facts.title(result, metric) for metric in metrics)]
        return ["", *wrapped(f"95% intervals (bootstrap{what})", self.columns), *grid(head, rows, 1, self.columns)]

    def _untrusted(self, result: Result) -> list[str]:
        lines = ["Not trusted, so without scores:"]
        for system in facts.untrusted(result):
            said = system.alignment.reason if self.verbose else facts.why_apart(system)
            reason = shorten(said, 300) or "no reason given"
            lines += wrapped(f"{fit(system.name, 40)}: {reason}", self.columns, "  ")
        return lines

    def _findings(self, result: Result) -> list[str]:
        rows = []
        for system in result.systems:
            counts = [f"{system.quality.counts.get(severity, 0):,}" for severity in facts.WORST_FIRST]
            values = [*counts, number(system.quality.penalty_per_1000_words, self.width)]
            rows.append([system.name, *(values if facts.rated(result, system) else ["–"] * len(values))])
        head = ["system", *facts.WORST_FIRST, "penalty/1,000 words"]
        lines = ["Findings (by programs, not confirmed)", *grid(head, rows, 1, self.columns)]
        if facts.untrusted(result):
            lines += wrapped("–: not trusted; only rules that need no reference ran", self.columns)
        if said := facts.judged(result):
            words = ", ".join(f"{n:,} {word}" for word, n in said.items())
            wrong = "; findings judged wrong do not count" if "wrong" in said else ""
            lines += wrapped(f"Verdicts of people: {words}{wrong}", self.columns)
        for people in result.human.systems if result.human else ():
            said_by = (
                f"{count(sum(people.counts.values()), 'error')} marked by people in {count(people.segments, 'segment')}"
            )
            penalties = (people.penalty_per_1000_words, people.automatic_per_1000_words)
            shown, found = (number(penalty, self.width) for penalty in penalties)
            text = f"{fit(people.system, 40)}: {said_by}, {shown} per 1,000 words; the findings there {found}"
            lines += wrapped(text, self.columns)
        for system in result.systems if has_checklists(result) else ():
            lines += wrapped(f"{fit(system.name, 40)}: {in_short_of(result, system)}", self.columns)
        return lines

    def _summary(self, result: Result) -> list[str]:
        """Groups of systems that can be told apart, and whether the metrics agree."""
        lines = []
        rankings = [r for r in result.rankings if len(r.systems) > 2]
        if rankings:
            lines += wrapped("Groups that can be told apart, the best first; within a group by score", self.columns)
        for ranked in rankings:
            groups = " > ".join(", ".join(fit(name, 30) for name in names) for names in facts.clusters(ranked))
            lines += wrapped(
                f"{_SHORT.get(ranked.metric, facts.title(result, ranked.metric))}: {groups}", self.columns, "  "
            )
        if (short := in_short(result)) is not None:
            lines += wrapped("".join(piece.text for piece in short), self.columns)
        return lines

    def _comparisons(self, result: Result) -> list[str]:
        bad = {system.name for system in facts.untrusted(result)}
        everything = (*result.comparisons, *result.finding_comparisons)
        usable = [c for c in everything if c.baseline not in bad and c.system not in bad]
        tested = [c for c in usable if c.p_value is not None and c.outcome != "untested"]
        after = "; p and, after it, p corrected for the number of tests" if any_corrected(tested) else ""
        lines = wrapped(
            f"Comparisons (difference: system minus baseline{after}; not shown: the difference may be chance)",
            self.columns,
        )
        for said in (how_tested(result, tested), level(tested)):
            lines += wrapped(said, self.columns) if said else []
        near = facts.neighbours(result, tested) if len(tested) > _MOST else []
        if near:
            lines.append("Neighbours in rank:")
        shown = near or tested[:_MOST]
        lines += self._tests(result, [*shown, *[c for c in usable if facts.no_plugin(c)][:_MOST]])
        if 0 < len(tested) <= _SPELLED:
            lines += ["", *(line for c in tested for line in wrapped(c.verdict, self.columns))]
        elif whys := crossings(result, shown):
            lines += ["", *(line for why in whys for line in wrapped(why, self.columns))]
        few = facts.untested(c for c in usable if c.outcome == "untested")
        left = [(len(tested) - len(shown), "more comparison", "in the JSON result (-f json)"),
                (len(usable) - len(tested), "comparison", f"not tested: {few}"),
                (len(everything) - len(usable), "comparison", "with an untrusted system left out")]  # fmt: skip
        for amount, noun, what in left:
            lines += wrapped(f"{count(amount, noun)} {what}", self.columns) if amount > 0 else []
        return lines

    def _tests(self, result: Result, comparisons: Sequence[Comparison]) -> list[str]:
        """A table a scope."""
        lines, corrected = [], any_corrected(comparisons)
        head = ["system", "baseline", "metric", "difference", "p", *(["corrected"] if corrected else []), "shown"]
        for scope in facts.scopes(result):
            rows = [self._test(result, c, corrected=corrected) for c in comparisons if c.scope == scope]
            lines += ["", f"Scope {scope}", *grid(head, rows, 2, self.columns)] if rows else []
        return lines

    def _test(self, result: Result, c: Comparison, *, corrected: bool) -> list[str]:
        metric = _SHORT.get(c.metric, facts.title(result, c.metric))
        difference = f"{c.delta:+,.{facts.places(result, c.metric, self.width)}f}"
        values = (c.p_value, c.p_adjusted) if corrected else (c.p_value,)
        return [
            c.system,
            c.baseline,
            metric,
            difference,
            *("–" if p is None else shown_p(p) for p in values),
            _SHOWN[c.outcome],
        ]
