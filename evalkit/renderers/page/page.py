"""The sections of a report as the page's template wants them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalkit.records.result import Result
from evalkit.renderers.page.cards import beyond, cards
from evalkit.renderers.page.glossary import explained
from evalkit.renderers.report.blocks import Block, Bullets, Figure, Heading, Line, Table
from evalkit.renderers.report.report import Section

# The tabs: few enough to be seen at once, each with its sections in order; without the script they are one page.
_TABS = (
    ("Overview", ("title", "verdict", "changed", "checklist")),
    ("Systems", (
        "systems", "coverage", "ranks", "scorecard", "human", "kinds-of-metric", "sizes", "disagreement", "comparisons",
    )),
    ("Findings", ("examples", "findings", "reviewed", "terms")),
    ("Texts", ("aligned",)),
    ("About", ("meaning", "left-out", "notes", "caveats", "origin", "signatures")),
)  # fmt: skip
_ORDER = tuple(name for _, names in _TABS for name in names)
# Columns that say how it stands: on a phone, where a row is a list, they come before the figures.
_LEAD = frozenset({"Shown", "Verdict", "Severity", "Group"})
# What the script shows in a better way: only for print and for readers without JavaScript.
_STATIC = ("examples", "findings", "aligned")


def laid_out(result: Result, sections: Sequence[Section], charts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The title, the sections in the order of the page and, section by section, what the script replaces."""
    order = {name: place for place, name in enumerate(_ORDER)}
    made: list[dict[str, Any]] = []
    title = ""
    for section in sorted(sections, key=lambda s: order.get(s.name, len(order))):
        blocks = [b for b in section.blocks if not isinstance(b, Figure) or b.name in charts]
        if section.name == "coverage" and "coverage" in charts:
            blocks = _drawn(blocks)
        if section.name == "title":
            title = next(b.text for b in blocks if isinstance(b, Heading))
            continue
        heading = blocks[0].text if isinstance(blocks[0], Heading) else ""
        kept = _kept(section.name, blocks)
        made.append({
            "name": section.name,
            "heading": heading,
            "blocks": [_view(result, block, charts) for block in blocks[1:kept]],
            "static": [_view(result, block, charts) for block in blocks[kept:]],
            "whole": section.name == "examples",
        })  # fmt: skip
    return {
        "title": title,
        "cards": cards(result),
        "beyond": beyond(result),
        "sections": made,
        "tabs": _tabs([section["name"] for section in made if not section["whole"]]),
    }


def _tabs(shown: Sequence[str]) -> list[dict[str, str]]:
    """The contents: a word, the section it leads to, and the sections it stands for."""
    left = [name for name in shown if name not in _ORDER]
    parts = [(text, [*(n for n in names if n in shown), *(left if text == "About" else ())]) for text, names in _TABS]
    return [{"text": text, "to": names[0], "parts": " ".join(names)} for text, names in parts if names]


def _drawn(blocks: list[Block]) -> list[Block]:
    """Without what stands before the map: the same map, drawn with signs."""
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Figure))
    return [blocks[0], *blocks[place:]]


def _kept(name: str, blocks: Sequence[Block]) -> int:
    """How many blocks of a section are always shown: of the findings the chart and the totals."""
    if name not in _STATIC:
        return len(blocks)
    tables = [place for place, block in enumerate(blocks) if isinstance(block, Table)]
    return tables[0] + 1 if name == "findings" and tables else 1


def _view(result: Result, block: Block, charts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    view: dict[str, Any] = {"kind": type(block).__name__}
    match block:
        case Heading():
            view |= {"level": block.level, "text": block.text}
        case Bullets():
            view["items_"] = block.items
        case Figure():
            from markupsafe import Markup

            chart = charts[block.name]
            panels = [p | {"svg": Markup(p["svg"])} for p in chart["panels"]]  # noqa: S704  (drawn by the library)
            view |= {"name": block.name, "caption": block.caption, "chart": {**chart, "panels": panels}}
        case Table():
            view |= {
                "head": [_head(result, h, n) for h, n in zip(block.head, block.numeric, strict=True)],
                "pair": block.pair,
            }
            view["many"] = len(block.head) > 9
            view["listed"] = not block.pair and not any(head.isdecimal() for head in block.head)
            view["rows"] = [_cells(result, row, block) for row in block.rows]
        case _:
            view |= {"line": block.line, "cut": block.cut}
    return view


def _head(result: Result, head: str, numeric: bool) -> dict[str, Any]:
    return {"text": head, "numeric": numeric, "hint": explained(result, head)}


def _cells(result: Result, row: Any, table: Table) -> list[dict[str, Any]]:
    made, column = [], 0
    for cell in row:
        view: dict[str, Any] = {"line": cell.line, "span": cell.span, "numeric": table.numeric[column], "hint": ""}
        view["prose"] = table.head[column] == "Message"  # English, whatever stands in it first
        view["head"] = table.head[column] if cell.span == 1 and (column or table.pair) else ""
        view["lead"] = table.head[column] in _LEAD
        view["none"] = _plain(cell.line) in ("", "–")
        view["short"] = len(_plain(cell.line)) < 9
        meaning = explained(result, table.head[column])
        if view["numeric"] and cell.span == 1 and meaning:
            view["hint"] = f"{_plain(row[0].line)}, {table.head[column]}: {_plain(cell.line)}. {meaning}"
        made.append(view)
        column += cell.span
    return made


def _plain(line: Line) -> str:
    return "".join(piece.text for piece in line)
