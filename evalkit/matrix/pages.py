"""The overview as Markdown and as one HTML page that loads nothing; in neither can a name become markup."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from importlib.resources import files
from urllib.parse import quote

from evalkit.matrix.overview import Overview
from evalkit.matrix.shown import Section, Shown, Table
from evalkit.matrix.tables import sections
from evalkit.text.gfm import escape
from evalkit.text.grid import grid, wrapped
from evalkit.text.visible import visible


def markdown(overview: Overview) -> str:
    """The overview for a code host or a terminal."""
    return markdown_page(f"{overview.name}: overview", sections(overview), overview.evalkit)


def markdown_page(title: str, parts: Sequence[Section], version: str) -> str:
    """Sections as Markdown."""
    blocks = [f"# {escape(title)}"]
    for section in parts:
        blocks += [f"## {escape(section.heading)}", *_markdown(section)]
    return "\n\n".join([*blocks, f"Made by evalkit {escape(version)}."]) + "\n"


def _markdown(section: Section) -> list[str]:
    lines = [_bullets(section.sentences)] if len(section.sentences) > 1 else list(map(escape, section.sentences))
    return [
        *lines,
        *([_table(section.table)] if section.table else []),
        *([_bullets(section.notes)] if len(section.notes) > 1 else map(escape, section.notes)),
    ]


def text_page(title: str, parts: Sequence[Section], version: str, columns: int = 80) -> str:
    """Sections as plain text for a terminal, no line wider than `columns`."""
    blocks = [wrapped(title, columns)]
    for section in parts:
        said = [line for sentence in section.sentences for line in wrapped(sentence, columns)]
        rows = _grid(section.table, columns) if section.table else []
        notes = [line for note in section.notes for line in wrapped(note, columns)]
        blocks.append([*wrapped(section.heading, columns), *said, *rows, *notes])
    return "\n\n".join("\n".join(lines) for lines in [*blocks, wrapped(f"Made by evalkit {version}.", columns)]) + "\n"


def _grid(table: Table, columns: int) -> list[str]:
    """A table for a terminal; a name that is the same in all its lines is said once above it."""
    rows = [[cell.text or "–" for cell in row] for row in table.rows]
    same = [place for place in range(table.texts - 1) if len(rows) > 1 and len({row[place] for row in rows}) == 1]
    said = [line for place in same for line in wrapped(f"{table.head[place]}: {rows[0][place]}", columns)]
    kept = [place for place in range(len(table.head)) if place not in same]
    shown = [[row[place] for place in kept] for row in rows]
    made = grid([table.head[place] for place in kept], shown, table.texts - len(same), columns, evenly=True)
    return [*said, *([""] if said else []), *made]


def _bullets(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)


def _table(table: Table) -> str:
    lines = [table.head, tuple(":---" if n < table.texts else "---:" for n in range(len(table.head)))]
    made = ["| " + " | ".join(escape(cell) for cell in lines[0]) + " |", "| " + " | ".join(lines[1]) + " |"]
    return "\n".join([*made, *("| " + " | ".join(map(_cell, row)) + " |" for row in table.rows)])


def _cell(cell: Shown) -> str:
    text = escape(cell.text) or "–"
    if cell.link:
        return f"[{text}]({quote(cell.link).replace('report.html', 'report.md')})"
    return f"**{text}**" if cell.strong else text


def html(overview: Overview) -> str:
    """The overview as a page; what is darker is further behind the best of its set, and every number is written out."""
    return html_page(f"{overview.name}: overview", sections(overview), overview.evalkit)


def html_page(title: str, parts: Sequence[Section], version: str) -> str:
    """Sections as one HTML page without scripts."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("evalkit", "matrix"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": visible, "address": quote, "drawn": Markup}
    style = _asset("renderers/assets/base.css") + _asset("matrix/overview.css")
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
    return environment.get_template("overview.html").render(
        title=title,
        sections=parts,
        version=version,
        style=Markup(style),  # noqa: S704  (our own file)
        policy=policy,
    )


def _asset(path: str) -> str:
    return files("evalkit").joinpath(path).read_text(encoding="utf-8")
