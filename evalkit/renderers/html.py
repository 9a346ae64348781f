"""The `html` renderer: the report as one self-contained page that works offline, on a phone and in print."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.result import Result
from evalkit.renderers.charts.drawings import views
from evalkit.renderers.page.page import laid_out
from evalkit.renderers.page.payload import payload, script_safe
from evalkit.renderers.report.report import Limits, sections

_STYLES = ("base", "cards", "tables", "charts", "workbench", "texts", "print")
_SCRIPTS = ("dom", "virtual", "tips", "roving", "marks", "diff", "rows", "steps", "texts", "findings", "verdicts",
            "units", "charts", "sort", "jumps", "main")  # fmt: skip
_DATA = '<script type="application/json" id="data">'
# Runs before the page is drawn: what only readers without JavaScript need is not shown first and then taken away.
_EARLY = 'document.documentElement.classList.add("js");'


@dataclass(frozen=True)
class HtmlRenderer:
    """The report as a page: all of the Markdown report, and to it the findings to filter, the units to sort
    and the texts side by side with every finding in its place, of all systems and units.

    `per_rule` findings of each rule, `examples` units as examples and `units` aligned units stand in the page
    without JavaScript and in print; what is cut there is counted in its place. The page loads nothing and
    forbids itself to.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"

    per_rule: int = 25
    examples: int = 6
    units: int = 400

    def render(self, result: Result) -> str:
        """The page. All text in it is escaped by the template engine, drawings by the chart library."""
        return b"".join(self.render_encoded(result)).decode()

    def render_encoded(self, result: Result) -> tuple[bytes, ...]:
        """The same as UTF-8 in pieces: that of a long text is held once."""
        import jinja2
        from markupsafe import Markup

        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("evalkit", "renderers/assets"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            keep_trailing_newline=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        charts = views(result)
        data = script_safe(payload(result, {name: chart["targets"] for name, chart in charts.items()}))
        style = "".join(_asset(f"{name}.css") for name in _STYLES)
        script = '"use strict";\n(() => {\n' + "".join(_asset(f"{name}.js") for name in _SCRIPTS) + "})();\n"
        page = laid_out(result, sections(result, Limits(self.per_rule, self.examples, units=self.units)), charts)
        around = environment.get_template("report.html").render(
            page=page,
            style=Markup(style),  # noqa: S704  (our own file)
            script=Markup(script),  # noqa: S704  (our own file)
            early=Markup(_EARLY),  # noqa: S704
            size=len(data) / 1e6,
            policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(_EARLY)} {_hash(script)}",
        )
        # put in at the end: a template would copy megabytes several times. No `<` is left in them, nor in other texts.
        before, begin, after = around.partition(_DATA)
        return before.encode(), begin.encode(), data, after.encode()


def _asset(name: str) -> str:
    """A file of the page, as it is in the package."""
    from importlib.resources import files

    return (files("evalkit") / "renderers" / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
