"""Which of a result's tables a format writes: the one asked for, or what the command was after."""

from __future__ import annotations

from evalkit.errors import ConfigError
from evalkit.records.frames import NAMES, Columns, tables
from evalkit.records.result import Result


def check_table(format_: str, table: str) -> None:
    """Raises ConfigError for a table that no result has."""
    if table not in ("", *NAMES):
        raise ConfigError(f"renderer {format_!r}: table={table!r} is none of: {', '.join(NAMES)}")


def chosen(result: Result, table: str) -> tuple[str, Columns]:
    """The name and columns of the table asked for; of none, the findings where rules looked at the texts, else the
    scores."""
    name = table or ("findings" if result.rules else "scores")
    return name, tables(result)[name]
