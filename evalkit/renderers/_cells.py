"""Text for the cell of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evalkit.text.visible import visible

# Those of full width too: a spreadsheet of a Chinese or Japanese user reads them as the plain ones.
_ACTING = ("=", "+", "-", "@", '"', "＝", "＋", "－", "＠")


def plain(text: str) -> str:
    """One line without invisible characters. An apostrophe goes before what a spreadsheet would take for a formula,
    and before a quotation mark, after which it would read on over tabs and line ends to the next one."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_ACTING) else shown


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A TSV of texts made by `plain` and numbers in full precision; None is an empty field."""
    lines = ["\t".join(head)]
    lines += ["\t".join(_field(value) for value in row) for row in rows]
    return "\n".join(lines) + "\n"


def _field(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else repr(value)
