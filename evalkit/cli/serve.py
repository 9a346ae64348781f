"""The command that starts the web application."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evalkit.cli.options import option
from evalkit.cli.output import note


def serve(
    what: Annotated[
        str, typer.Argument(help="A result or a configuration to begin with.", metavar="[RESULT or CONFIG]")
    ] = "",
    host: Annotated[str, option("--host", text="Address to listen at. [127.0.0.1]", metavar="ADDRESS")] = "127.0.0.1",
    port: Annotated[int, option("--port", text="Port; 0 is any that is free. [8765]", metavar="N")] = 8765,
    token: Annotated[
        str, option("--token", text="What a browser must know; by default one that works once.", metavar="TEXT")
    ] = "",
    name: Annotated[
        list[str], option("--name", text="A name it is reached by, behind a proxy; repeat.", metavar="HOST")
    ] = [],
    data: Annotated[str, option("--data", text="Folder for texts and results; by default the user's own.")] = "",
) -> None:
    """The web application: evaluate, read and review in the browser.

    It listens on this machine alone and prints an address that lets in one browser. Texts stay here; what nobody
    keeps is deleted after 24 hours. With a configuration it works with that project's lists and verdicts.

    Example: evalkit serve evalkit.toml
    """
    from evalkit.serve.limits import Settings
    from evalkit.serve.start import data_folder
    from evalkit.serve.start import serve as run

    folder = Path(data) if data else data_folder()
    run(Settings(folder, host, port, token, tuple(name)), what, say=note)
