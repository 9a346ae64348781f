"""The `html` renderer: the report as one self-contained page that works offline, on a phone and in print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from evalkit.renderers._blocks import Block, Bullets, Figure, Heading, Table
from evalkit.renderers._report import Limits, report
from evalkit.renderers._svg import figures, with_figures
from evalkit.result import Result


@dataclass(frozen=True)
class HtmlRenderer:
    """The Markdown report's content and, after it, the aligned texts with the findings marked in place.

    At most `per_rule` findings of each rule, `examples` units as examples and `units` aligned units;
    what is cut is counted in its place. The page loads nothing and forbids itself to.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"

    per_rule: int = 25
    examples: int = 6
    units: int = 400

    def render(self, result: Result) -> str:
        """The page; all text in it is escaped by the template engine, drawings by the chart library."""
        import jinja2

        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("evalkit", "renderers"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            keep_trailing_newline=True,
        )
        blocks = with_figures(report(result, Limits(self.per_rule, self.examples, units=self.units)), result)
        drawn = figures(result)
        views = [_view(block, number, drawn) for number, block in enumerate(blocks)]
        sections = [view for view in views if view["kind"] == "Heading" and view["level"] == 2]
        title = views[0]["text"]
        return environment.get_template("report.html").render(blocks=views, sections=sections, title=title)


def _view(block: Block, number: int, drawn: dict[str, str]) -> dict[str, Any]:
    """A block as the template wants it."""
    view: dict[str, Any] = {"kind": type(block).__name__}
    match block:
        case Heading():
            view |= {"level": block.level, "text": block.text, "id": f"s{number}" if block.level == 2 else ""}
        case Bullets():
            view["items_"] = block.items
        case Figure():
            from markupsafe import Markup

            view |= {"caption": block.caption, "svg": Markup(drawn[block.name])}  # noqa: S704  (our own drawing)
        case Table():
            view |= {"head": block.head, "numeric": block.numeric, "pair": block.pair}
            view["rows"] = [_cells(row, block.numeric) for row in block.rows]
        case _:
            view["line"] = block.line
    return view


def _cells(row: Any, numeric: tuple[bool, ...]) -> list[dict[str, Any]]:
    made, column = [], 0
    for cell in row:
        made.append({"line": cell.line, "span": cell.span, "numeric": numeric[column]})
        column += cell.span
    return made
