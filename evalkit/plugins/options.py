"""Options of a plug-in that the command line offers under a name of their own."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple


class Flag(NamedTuple):
    """How the command line shows a field of a plug-in.

    `varies`: the default depends on the language or the metric, so the field is set only where the user gives a value.
    """

    name: str
    help: str
    metavar: str = ""
    varies: bool = False


def option(default: object, name: str, help: str, metavar: str = "", *, varies: bool = False) -> Any:
    """A field of a plug-in with a default and its name and text on the command line: the one place they stand.

    Any field can be set as `metric(field=value)`; this is for the few that deserve an option.
    """
    return dataclasses.field(default=default, metadata={"flag": Flag(name, help, metavar, varies)})


def flags(plugin: type[Any]) -> dict[str, Flag]:
    """The fields of a plug-in class that have an option of their own, in their order."""
    return {f.name: f.metadata["flag"] for f in dataclasses.fields(plugin) if "flag" in f.metadata}
