"""Cells of tables that are read again, by which no spreadsheet acts when it opens them."""

from __future__ import annotations

# What a spreadsheet takes for the beginning of a formula, those of full width too.
_ACTING = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_APOSTROPHE = "'"


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what would be taken for a formula; one more where some stand there already."""
    return _APOSTROPHE + cell if _acts(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell.startswith(_APOSTROPHE) and _acts(cell) else cell


def _acts(cell: str) -> bool:
    return cell.lstrip(_APOSTROPHE).startswith(_ACTING)
