"""Which of a result's tables a format writes: the one asked for, or what the command was after."""

from __future__ import annotations

from evalkit.errors import ConfigError
from evalkit.records.frames import NAMES, Columns, tables
from evalkit.records.links_table import HEADER
from evalkit.records.result import Result
from evalkit.renderers._links import links

_ALIGNMENT = "alignment"
TABLES = (*NAMES, _ALIGNMENT)


def check_table(format_: str, table: str) -> None:
    """Raises ConfigError for a table that no result has."""
    if table not in ("", *TABLES):
        raise ConfigError(f"renderer {format_!r}: table={table!r} is none of: {', '.join(TABLES)}")


def chosen(result: Result, table: str) -> tuple[str, Columns]:
    """The name and columns of the table asked for; of none, the findings where rules looked at the texts, the scores
    where there are metrics, else the alignment."""
    name = table or ("findings" if result.rules else "scores" if result.metrics else _ALIGNMENT)
    if name != _ALIGNMENT:
        return name, tables(result)[name]
    rows = [row for _, _, row in links(result)]
    return name, {column: [row[k] for row in rows] for k, column in enumerate(HEADER)}
