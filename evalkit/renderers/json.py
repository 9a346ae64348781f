"""The `json` renderer: the result as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.result import Result


@dataclass(frozen=True)
class JsonRenderer:
    """The same bytes as `result.json`."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "json"
    suffix: ClassVar[str] = ".json"

    def render(self, result: Result) -> str:
        """Strict JSON; ends with a newline."""
        from evalkit.records.json import dumps

        return dumps(result)

    def render_pieces(self, result: Result) -> Iterator[bytes]:
        """The same, bit by bit: that of a large result is never whole in memory."""
        from evalkit.records.layout import written

        return written(result)
