"""The `latex` renderer: a table of scores for a paper (package booktabs)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Scope
from evalkit.records.result import Result, Score, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import check_width, label, number
from evalkit.text.latex import escape
from evalkit.text.visible import visible


@dataclass(frozen=True)
class LatexRenderer:
    """One `table` per scope with `width` decimals; coverage stands beside the scores in document mode."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "latex"
    suffix: ClassVar[str] = ".tex"

    width: int = 2

    def __post_init__(self) -> None:
        check_width(self.name, self.width)

    def render(self, result: Result) -> str:
        """The tables, a comment where there is none."""
        tables = [self._table(result, scope) for scope in facts.scopes(result)]
        reasons = [_comment(f"{s.name}: not trusted: {s.alignment.reason}") for s in facts.untrusted(result)]
        return (
            "\n".join(["% needs \\usepackage{booktabs}", *reasons, *(tables or ["% the result holds no score"])]) + "\n"
        )

    def _table(self, result: Result, scope: Scope) -> str:
        metrics = facts.metrics(result, scope)
        cover = scope != "corpus"
        head = ["System", "Kind", *(["Ref. covered", "Cand. paired"] if cover else [])]
        head += [facts.headline(result, metric) for metric in metrics]
        rows = [self._row(result, system, metrics, scope) for system in result.systems]
        caption = _caption(result, scope)
        seen = {s.signature: None for system in result.systems for s in system.scores if s.scope == scope}
        notes = [_comment(signature) for signature in seen if signature]
        return "\n".join(
            [
                *notes,
                r"\begin{table}",
                r"\centering",
                rf"\caption{{{escape(caption)}}}",
                rf"\begin{{tabular}}{{ll{'r' * (len(head) - 2)}}}",
                r"\toprule",
                " & ".join(escape(cell) for cell in head) + r" \\",
                r"\midrule",
                *rows,
                r"\bottomrule",
                r"\end{tabular}",
                r"\end{table}",
            ]
        )

    def _row(self, result: Result, system: SystemRecord, metrics: tuple[str, ...], scope: Scope) -> str:
        cells = [escape(label(system.name)), escape(system.kind)]
        if scope != "corpus":
            share = system.alignment.coverage
            cells += [f"{100 * share.reference:.0f}\\%", f"{100 * share.candidate:.0f}\\%"]
        if system in facts.untrusted(result):
            cells.append(rf"\multicolumn{{{len(metrics)}}}{{l}}{{\emph{{not trusted}}}}")
        else:
            found = [facts.score(system, metric, scope) for metric in metrics]
            cells += ["--" if s is None else self._score(result, system, s) for s in found]
        return " & ".join(cells) + r" \\"

    def _score(self, result: Result, system: SystemRecord, score: Score) -> str:
        """The value, bold in the best cluster, with its interval behind it."""
        places = facts.places(result, score.metric, self.width)
        value = _number(score.value, places)
        if (score.metric, score.scope, system.name) in _first(result):
            value = rf"\textbf{{{value}}}"
        if score.low is None or score.high is None:
            return value
        return rf"{value} {{\footnotesize {{[}}{_number(score.low, places)}, {_number(score.high, places)}{{]}}}}"


def _number(value: float, places: int) -> str:
    return number(value, places).replace("-", "$-$")


def _first(result: Result) -> set[tuple[str, str, str]]:
    """(metric, scope, system) of all systems in a first cluster that others come after."""
    several = [r for r in result.rankings if r.systems[-1].cluster > 1]
    return {(r.metric, r.scope, name) for r in several for name in facts.clusters(r)[0]}


def _caption(result: Result, scope: Scope) -> str:
    """What the table shows, and what bold and brackets mean where they occur."""
    said = f"{label(result.name, 80)}: scores, scope {scope}"
    scores = [s for system in facts.trusted(result) for s in system.scores if s.scope == scope]
    if any(s.low is not None for s in scores):
        drawn = "documents" if any(s.resampled == "documents" for s in scores) else "segments"
        said += f"; in brackets the 95% bootstrap interval ({drawn} drawn)"
    if any(of == scope and metric not in facts.RATES for metric, of, _ in _first(result)):
        said += "; bold: the first cluster, each of it shown to be better than every system outside it"
    return said


def _comment(text: str) -> str:
    return f"% {' '.join(visible(text)[:1000].split())}"
