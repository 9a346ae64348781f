"""Blocks as GitHub-flavoured Markdown in which no data can become markup."""

from __future__ import annotations

import re

from evalkit.renderers.report.blocks import Block, Bullets, Cell, Figure, Heading, Line, Paragraph, Table
from evalkit.text.gfm import escape
from evalkit.text.visible import visible

_START = re.compile(r"\s*(?:[#+\-=]|\d{1,9}(?=[.)]))")
_RUNS = re.compile(r"`+")


def code(text: str, *, in_table: bool = False) -> str:
    """A code span; the only markup inside one is its own fence, and in a table the bar between cells."""
    text = visible(text).replace("\u200c", "⟨U+200C⟩").replace("\u200d", "⟨U+200D⟩")
    if not text.strip():
        text = "␣" * max(1, len(text))
    fence = "`" * (max((len(run) for run in _RUNS.findall(text)), default=0) + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    span = f"{fence}{pad}{text}{pad}{fence}"
    return span.replace("|", "\\|") if in_table else span


def inline(line: Line, *, in_table: bool = False) -> str:
    """A line of pieces. Bold where the rules for asterisks allow it, else the HTML element."""
    made = ""
    for position, piece in enumerate(line):
        after = next((p.text for p in line[position + 1 :] if p.text), "")
        if piece.style == "code":
            made += code(piece.text, in_table=in_table)
        elif piece.style in ("mark", "strong") and piece.text.strip():
            made += _bold(piece.text, made, after)
        else:
            made += escape(piece.text)
    return made


def _bold(text: str, before: str, after: str) -> str:
    core = text.strip()
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    opens = core[0].isalnum() or not before or before[-1].isspace() or bool(lead)
    closes = core[-1].isalnum() or not after or after[0].isspace() or bool(tail)
    free = not before.endswith("*") and core[0] not in "*\\" and core[-1] not in "*\\"
    mark = ("**", "**") if opens and closes and free else ("<b>", "</b>")
    return f"{escape(lead)}{mark[0]}{escape(core)}{mark[1]}{escape(tail)}"


def start(text: str) -> str:
    """A line's beginning that can't open a heading, list or rule."""
    found = _START.match(text)
    if not found:
        return text.lstrip()
    at = found.end() if text[found.end() - 1].isdigit() else found.end() - 1
    return (text[:at] + "\\" + text[at:]).lstrip()


def write(blocks: list[Block]) -> str:
    """The document, one empty line between blocks."""
    return "\n\n".join(filter(None, (_block(block) for block in blocks))) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {start(escape(block.text))}"
        case Paragraph():
            return start(inline(block.line))
        case Bullets():
            return "\n".join(f"- {start(inline(item))}" for item in block.items)
        case Figure():
            return f"![{escape(block.caption)}](figures/{block.name}.svg)"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    rows = [
        "| " + " | ".join(escape(head) for head in table.head) + " |",
        "| " + " | ".join("---:" if numeric else ":---" for numeric in table.numeric) + " |",
    ]
    rows += ["| " + " | ".join(text for c in row for text in _cell(c)) + " |" for row in table.rows]
    return "\n".join(rows)


def _cell(cell: Cell) -> list[str]:
    return [inline(cell.line, in_table=True).strip(), *["–"] * (cell.span - 1)]
