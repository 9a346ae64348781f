"""The overview as LaTeX: a table that breaks over pages for each section, to be read in by a paper."""

from __future__ import annotations

from evalkit.matrix.overview import Overview
from evalkit.matrix.shown import Section, Shown, Table
from evalkit.matrix.tables import sections
from evalkit.text.latex import escape

_DARKEST = 40  # percent of the colour in the darkest cell: black figures on it stay legible in print
_STEP = _DARKEST // 5


def latex(overview: Overview) -> str:
    """Every table of the overview with its heading as caption; what is said beside it stands above as text."""
    parts = [
        f"% {' '.join(escape(overview.name).split())}: overview, made by evalkit {escape(overview.evalkit)}",
        r"% needs \usepackage{booktabs,longtable} and \usepackage[table]{xcolor}",
    ]
    for section in sections(overview):
        parts += _section(section)
    return "\n".join(parts) + "\n"


def _section(section: Section) -> list[str]:
    said = [rf"\par\noindent {escape(sentence)}" for sentence in section.sentences]
    notes = [rf"\par\noindent\footnotesize {escape(note)}\normalsize" for note in section.notes]
    if section.table is None:
        return ["", rf"\paragraph{{{escape(section.heading)}}}", *said, *notes]
    return ["", *said, *_table(section.heading, section.table), *notes]


def _table(heading: str, table: Table) -> list[str]:
    columns = "l" * table.texts + "r" * (len(table.head) - table.texts)
    head = " & ".join(map(escape, table.head)) + r" \\"
    return [
        rf"\begin{{longtable}}{{{columns}}}",
        rf"\caption{{{escape(heading)}}}\\",
        r"\toprule",
        head,
        r"\midrule\endfirsthead",
        r"\toprule",
        head,
        r"\midrule\endhead",
        r"\bottomrule\endfoot",
        *(" & ".join(map(_cell, row)) + r" \\" for row in table.rows),
        r"\end{longtable}",
    ]


def _cell(cell: Shown) -> str:
    text = escape(cell.text) or "--"
    if cell.strong:
        text = rf"\textbf{{{text}}}"
    elif cell.soft:
        text = rf"\textcolor{{gray}}{{{text}}}"
    return rf"\cellcolor{{orange!{_STEP * cell.shade}}}{text}" if cell.shade else text
