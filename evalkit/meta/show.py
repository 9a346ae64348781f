"""A finding about metrics as a table, Markdown, LaTeX, HTML, TSV or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import to_builtins

from evalkit.meta.paper import as_html, as_latex
from evalkit.meta.records import MetaResult, Value
from evalkit.meta.words import blocks
from evalkit.text.grid import fit, grid, wrapped
from evalkit.text.guarded import guarded
from evalkit.text.visible import visible

_LISTS = frozenset({"humans", "metrics", "values", "comparisons", "domains", "notes"})
_NUMBERS = frozenset({"systems", "segments", "value", "delta", "p", "adjusted"})
_COLUMNS = 80  # of a terminal
_MARKUP = re.compile(r"([\\`*_\[\]|<>&~$])")


def as_json(result: MetaResult, _: int) -> str:
    """Every field in full precision, an item of a list a line; the same bytes for the same result."""
    compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    lines = []
    fields: dict[str, Any] = to_builtins(result)
    for key, value in fields.items():
        if key in _LISTS and value:
            items = ",\n".join(compact(item) for item in value)
            lines.append(f"{compact(key)}: [\n{items}\n]")
        else:
            lines.append(f"{compact(key)}: {compact(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def as_tsv(result: MetaResult, _: int) -> str:
    """The values, one a line, in full precision; an empty field where there is none."""
    head = ("domain", *(name for name in Value.__struct_fields__))
    rows = [("", value) for value in result.values]
    rows += [(domain.domain, value) for domain in result.domains for value in domain.values]
    lines = ["\t".join(head)]
    for domain, value in rows:
        cells = [domain, *(getattr(value, name) for name in Value.__struct_fields__)]
        lines.append("\t".join(_field(cell) for cell in cells))
    return "\n".join(lines) + "\n"


def _field(cell: object) -> str:
    if isinstance(cell, dict):
        return ";".join(f"{key}={value}" for key, value in cell.items())
    shown = "" if cell is None else visible(str(cell))
    return guarded(shown) if isinstance(cell, str) else shown


def as_table(result: MetaResult, places: int) -> str:
    """Plain text with aligned columns, no line wider than 80."""
    return "\n".join(blocks(result, places, _aligned, _told, _told)) + "\n"


def _told(sentence: str) -> str:
    return "\n".join(wrapped(sentence, _COLUMNS))


def as_markdown(result: MetaResult, places: int) -> str:
    """Tables in Markdown with the sentences a paper needs."""
    return "\n".join(blocks(result, places, _piped, lambda title: f"## {_escaped(title)}", _escaped)) + "\n"


FORMATS: dict[str, Callable[[MetaResult, int], str]] = {
    "table": as_table,
    "json": as_json,
    "markdown": as_markdown,
    "latex": as_latex,
    "html": as_html,
    "tsv": as_tsv,
}


def _aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table for a terminal: what a value is of (level, statistic, average) is a line above those it is true of."""
    start, end = head.index("level"), head.index("average") + 1
    bare = [(*row[:start], *row[end:]) for row in (head, *rows)]
    names = bare[0].index("metric") + 1
    lines = grid(bare[0], bare[1:], names, _COLUMNS)
    kinds = [_kind(*row[start:end]) for row in rows]
    if len(lines) != len(rows) + 2:  # too wide for one table
        groups = [
            (kind, [row for row, of in zip(bare[1:], kinds, strict=True) if of == kind])
            for kind in dict.fromkeys(kinds)
        ]
        return [
            line for kind, some in groups for line in ("", fit(kind, _COLUMNS), *grid(bare[0], some, names, _COLUMNS))
        ]
    made, before = lines[:2], ""
    for kind, line in zip(kinds, lines[2:], strict=True):
        made += [line] if kind == before else [fit(f"{kind}:", _COLUMNS), line]
        before = kind
    return made


def _kind(level: str, statistic: str, average: str) -> str:
    return f"{level} level, {statistic}" + (f", average {average}" if average else "")


def _piped(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---:" if name in _NUMBERS else "---" for name in head]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *([_escaped(cell) for cell in row] for row in rows))]


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", visible(text))
