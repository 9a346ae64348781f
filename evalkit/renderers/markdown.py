"""The `markdown` renderer: the report as GitHub-flavoured Markdown, to be read from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.renderers._gfm import write
from evalkit.renderers._report import Limits, report
from evalkit.renderers._svg import with_figures
from evalkit.result import Result


@dataclass(frozen=True)
class MarkdownRenderer:
    """Shows at most `per_rule` findings of each rule and `examples` aligned units; what is cut is counted.

    Figures are expected beside the report as `figures/NAME.svg`; a figure with nothing to show is
    replaced by a line that says so.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "markdown"
    suffix: ClassVar[str] = ".md"

    per_rule: int = 10
    examples: int = 6

    def render(self, result: Result) -> str:
        """The report; ends with a newline."""
        return write(with_figures(report(result, Limits(self.per_rule, self.examples)), result))
