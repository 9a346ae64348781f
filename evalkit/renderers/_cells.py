"""Text for the cell of a spreadsheet."""

from __future__ import annotations

from evalkit.renderers._text import visible


def plain(text: str) -> str:
    """One line without invisible characters; what a spreadsheet would take for a formula gets an apostrophe."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@")) else shown
