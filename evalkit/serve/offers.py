"""What this installation can read and write: the pages offer that and nothing else."""

from __future__ import annotations

from msgspec import Struct

from evalkit.plugins import Registry
from evalkit.plugins.needs import extra_of, missing

# The readers a form speaks of, as an editor calls their files, in the order of how often they come.
_KINDS = {
    "docx": "Word", "pdf": "PDF", "html": "HTML", "markdown": "Markdown", "text": "plain text", "xliff": "XLIFF",
    "tmx": "TMX", "po": "PO", "strings": "strings of programs", "subtitles": "subtitles", "spreadsheet": "spreadsheets",
    "odt": "OpenDocument",
}  # fmt: skip
_SHEETS = {".xlsx": "workbook", ".csv": "CSV", ".xlf": "XLIFF", ".xliff": ""}


class Offers(Struct, frozen=True):
    """Kinds of files that can be read, those that cannot, with the extras of evalkit that they need, whether a
    workbook can be written, and the endings and names of review sheets that can be taken in."""

    read: tuple[str, ...]
    unread: tuple[str, ...]
    extras: tuple[str, ...]
    xlsx: bool
    sheets: tuple[str, ...]
    sheet_names: str


def offers() -> Offers:
    """What can be read and written here, asked anew: nothing is imported for it but evalkit's own plug-ins."""
    registry = Registry()
    readers = {name: registry.get("reader", name) for name in _KINDS}
    unread = [name for name, reader in readers.items() if missing(reader)]
    xlsx = not missing(registry.get("renderer", "xlsx"))
    sheets = {ending: name for ending, name in _SHEETS.items() if ending != ".xlsx" or "spreadsheet" not in unread}
    named = [name for name in sheets.values() if name]
    return Offers(
        read=tuple(title for name, title in _KINDS.items() if name not in unread),
        unread=tuple(_KINDS[name] for name in unread),
        extras=tuple(dict.fromkeys(extra_of(readers[name]) for name in unread)),
        xlsx=xlsx,
        sheets=tuple(sheets),
        sheet_names=f"{', '.join(named[:-1])} or {named[-1]}",
    )
