"""The commands that work on saved results: report, compare."""

from __future__ import annotations

from typing import Annotated

import typer

from evalkit.cli import options as o
from evalkit.cli.app import app
from evalkit.cli.output import put


@app.command()
def report(
    result: Annotated[str, typer.Argument(help="A result that `evalkit run` or `-f json` has written.")],
    format_: o.Format = "table",
    output: o.Output = "-",
    width: o.Width = 2,
    plugin: o.Plugins = [],
) -> None:
    """Renders a saved result in any format; no text files are needed.

    Example: evalkit report reports/sco-2020/result.json -f latex
    """
    import evalkit
    from evalkit.cli.output import make_renderer

    renderer = make_renderer(format_, evalkit.Registry(tuple(plugin)), {"width": width})
    put(renderer.render(evalkit.read_result(result)), output)
