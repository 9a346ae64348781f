"""The `markdown` renderer: the report as GitHub-flavoured Markdown, to be read from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.result import Result
from evalkit.renderers._gfm import write
from evalkit.renderers.charts.drawings import figures, with_figures, without_figures
from evalkit.renderers.report.report import Limits, report


@dataclass(frozen=True)
class MarkdownRenderer:
    """Shows at most `per_rule` findings of each rule and `examples` aligned units; what is cut is counted.

    Of minor and neutral findings, that is: critical and major ones are listed whatever their rule, and
    a short list is listed whole. `figures`: the report stands beside `result.json` and `figures/NAME.svg`,
    as `evalkit run` writes them, and refers to both.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "markdown"
    suffix: ClassVar[str] = ".md"

    per_rule: int = 10
    examples: int = 6
    figures: bool = False

    def render(self, result: Result) -> str:
        """The report; ends with a newline."""
        blocks = report(result, Limits(self.per_rule, self.examples, saved=self.figures))
        return write(with_figures(blocks, result) if self.figures else without_figures(blocks))

    def companions(self, result: Result) -> dict[str, str]:
        """The files the report refers to, by their path beside it."""
        return {f"figures/{name}.svg": svg for name, svg in figures(result).items()} if self.figures else {}
