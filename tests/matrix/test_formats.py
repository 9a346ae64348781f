"""The overview as LaTeX, as a workbook, and a history drawn: the same numbers, and no name that becomes markup."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from evalkit.matrix.history import Entry, History, Value
from evalkit.matrix.overview import SCHEMA, Cell, Measure, Overview, Row
from evalkit.matrix.pages import html_page
from evalkit.matrix.sheets import workbook
from evalkit.matrix.tex import latex
from evalkit.matrix.trends import trends
from evalkit.records.comparison import Ranked

SYSTEMS = ("a_b", "=HYPERLINK(1)")


def overview(sets: int = 7) -> Overview:
    rows = []
    for number in range(sets):
        a = Cell("a_b", "scored", scores={"chrf": 50.0 + number}, low={"chrf": 49.5}, high={"chrf": 51.25 + number})
        b = Cell("=HYPERLINK(1)", "scored", scores={"chrf": 40.0}, words=100, findings={"major": 2}, penalty=10)
        ranks = (Ranked("a_b", 51.0, 1, 1, 1), Ranked("=HYPERLINK(1)", 40.0, 2, 2, 2))
        cells = (a, b if number else Cell("=HYPERLINK(1)", "missing", "it has no text for this set"))
        row = Row(f"s{number}", "de", ("t1" if number % 2 else "t2",), f"s{number}.de", "corpus", cells)
        rows.append(row if number == 0 else Row(**{**_fields(row), "ranks": {"chrf": ranks}}))
    return Overview(SCHEMA, "0", "A & B", 1, 0.05, SYSTEMS, {"chrf": Measure("chrF", "higher", "")}, tuple(rows))


def _fields(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__struct_fields__}


def sheet(data: bytes, name: str) -> list[list[object]]:
    calamine = pytest.importorskip("python_calamine")
    return list(calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python())


def test_the_workbook_has_numbers_and_says_what_is_missing() -> None:
    pytest.importorskip("xlsxwriter")
    made = workbook(overview())
    rows = sheet(made, "chrF ↑")
    assert rows[0] == ["set", *SYSTEMS, "a_b: low", "a_b: high"]
    assert rows[1] == ["s0/de", 50.0, "missing", 49.5, 51.25]
    assert rows[2] == ["s1/de", 51.0, 40.0, 49.5, 52.25]
    assert rows[8][:3] == ["mean over 7 sets", 53.0, "–"]
    assert sheet(made, "chrF clusters and ranks by set")[2] == ["s1/de", "1 (1–1)", "2 (2–2)"]
    assert sheet(made, "Worst cells first")[1][:3] == ["s0/de", "=HYPERLINK(1)", "missing"]
    assert workbook(overview()) == made


def test_latex_has_each_table_and_no_name_of_its_own_commands() -> None:
    made = latex(overview())
    assert r"s0/de & 50.00 {[}49.50, 51.25{]} & \textcolor{gray}{missing} \\" in made
    assert r"s1/de & \textbf{51.00 {[}49.50, 52.25{]}} & \cellcolor{orange!" in made
    assert r"set & a\_b & =HYPERLINK(1) \\" in made
    assert made.count(r"\begin{longtable}") == made.count(r"\end{longtable}") == 6
    assert not re.search(r"(?<!\\)[&#_]", re.sub(r" & |^%.*$", "", made, flags=re.M))


def value(label: str, score: float, signature: str, system: str = "a<b>") -> Entry:
    return Entry(label, "1", (Value("n/de", system, "bleu", score, signature, "t", score - 1, score + 1),))


def test_a_trend_is_drawn_and_breaks_where_the_measure_changes() -> None:
    entries = (value("v1", 20, "tok:13a"), value("v2", 22, "tok:13a"), value("v3", 40, "tok:zh"))
    section = trends(History(entries=entries))[1]
    (drawn,) = section.figures
    assert drawn.count('class="line"') == 1  # from v1 to v2, and none to v3
    assert drawn.count('class="bar"') == 3
    assert drawn.count('class="change"') == 1
    assert "v3: another measure for a&lt;b&gt;" in drawn
    assert "<title>a&lt;b&gt;, v2: 22.00 [21.00, 23.00]</title>" in drawn
    assert drawn in html_page("h", trends(History(entries=entries)), "0")


def test_a_gap_in_a_trend_is_dotted(tmp_path: Path) -> None:
    entries = (value("v1", 20, "s"), value("v2", 20, "s", "other"), value("v3", 21, "s"))
    (drawn,) = trends(History(entries=entries))[1].figures
    assert drawn.count('class="line gap"') == 1
