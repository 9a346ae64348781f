"""The `findings-tsv` renderer: one row a finding, for a spreadsheet or a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Finding
from evalkit.records.result import Result
from evalkit.renderers._cells import plain, table

_HEAD = (
    "system", "document", "side", "line", "column", "start", "end", "rule", "category", "severity", "confidence",
    "text", "expected", "message", "fingerprint",
)  # fmt: skip


@dataclass(frozen=True)
class FindingsTsvRenderer:
    """All findings that stand, in the order of the result; accepted forms are parted by ` / `.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "findings-tsv"
    suffix: ClassVar[str] = ".tsv"
    claims: ClassVar[bool] = False

    def render(self, result: Result) -> str:
        """Head line and rows; tabs and line ends inside a field are shown as signs."""
        rows = (_row(system.name, finding) for system in result.systems for finding in system.standing)
        return table(_HEAD, rows)


def _row(system: str, f: Finding) -> list[object]:
    return [
        plain(system), plain(f.document), f.side, f.line, f.column, f.start, f.end, plain(f.rule), plain(f.category),
        f.severity, f.confidence, plain(f.text), plain(" / ".join(f.expected)), plain(f.message), plain(f.fingerprint),
    ]  # fmt: skip
