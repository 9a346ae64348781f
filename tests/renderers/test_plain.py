"""Terminal table, TSV and LaTeX: widths, fields, escapes."""

from __future__ import annotations

import csv
import io
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.records.result import Result
from evalkit.renderers._text import labels, number, percent, quoted, shorten
from evalkit.renderers.alignment import wrapped as broken
from evalkit.renderers.latex import LatexRenderer, escape
from evalkit.renderers.table import TableRenderer
from evalkit.renderers.tsv import TsvRenderer
from evalkit.text.grid import fit, grid, wrapped
from evalkit.text.words import width
from tests.results import hostile_result, large_result, small_result


def renamed(result: Result, name: str) -> Result:
    systems = tuple(msgspec.structs.replace(s, name=f"{name}{i}") for i, s in enumerate(result.systems))
    return msgspec.structs.replace(result, systems=systems, comparisons=())


@pytest.mark.parametrize("columns", [40, 80, 132])
@pytest.mark.parametrize(
    "result", [small_result(), hostile_result(), large_result(15, 30, 3), renamed(small_result(), "机器翻译" * 20)]
)
def test_no_line_is_wider_than_the_terminal(result: Result, columns: int) -> None:
    lines = TableRenderer(columns=columns).render(result).split("\n")
    assert max(width(line) for line in lines) <= columns


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=12), st.text(max_size=12)), min_size=1, max_size=4))
def test_a_grid_lines_up(rows: list[tuple[str, str, str]]) -> None:
    lines = grid(("name", "a", "b"), rows, 1, 60)
    assert max(map(width, lines)) <= 60


@given(st.text(max_size=80), st.integers(min_value=3, max_value=40))
def test_fit_fits(text: str, columns: int) -> None:
    assert width(fit(text, columns)) <= columns


def test_wrapped_text_keeps_its_words() -> None:
    lines = wrapped("one two three four", 9, "  ")
    assert lines == ["  one two", "  three", "  four"]


def test_decimals() -> None:
    assert "21.1235" in TableRenderer(width=4).render(small_result())


def test_tsv_has_full_precision_and_one_row_per_score() -> None:
    rows = list(csv.DictReader(io.StringIO(TsvRenderer().render(small_result())), delimiter="\t"))
    assert len(rows) == 3 * 8
    assert rows[0]["value"] == "21.123456"
    assert [row["trusted"] for row in rows].count("no") == 8
    assert all(bool(row["reason"]) == (row["trusted"] == "no") for row in rows)


def test_tsv_fields_stay_fields() -> None:
    lines = TsvRenderer().render(hostile_result()).rstrip("\n").split("\n")
    assert {line.count("\t") for line in lines} == {15}


def test_a_cell_that_starts_with_a_quotation_mark_ends_at_its_tab() -> None:
    quoted = TsvRenderer().render(renamed(small_result(), '"a'))
    as_a_spreadsheet = list(csv.reader(quoted.splitlines(keepends=True), delimiter="\t"))
    assert [len(row) for row in as_a_spreadsheet] == [line.count("\t") + 1 for line in quoted.splitlines()]


def test_tsv_has_no_formulas() -> None:
    assert "\n'=cmd0\t" in TsvRenderer().render(renamed(small_result(), "=cmd"))


def test_latex_escapes() -> None:
    assert escape("a_b & 50% $x$ #1 \\input{x} ~^") == (
        r"a\_b \& 50\% \$x\$ \#1 \textbackslash{}input\{x\} \textasciitilde{}\textasciicircum{}"
    )
    text = LatexRenderer().render(hostile_result())
    assert "\\input" not in text.replace("\\textbackslash{}input", "")
    assert re.findall(r"\\begin\{(\w+)\}", text) == ["table", "tabular"] * 2


@pytest.mark.parametrize(("value", "shown"), [(-0.001, "0.00"), (1234.5, "1,234.50"), (0.0, "0.00"), (-1.005, "-1.00")])
def test_numbers(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(("share", "shown"), [(0, "0%"), (0.001, "<1%"), (0.5, "50%"), (0.999, ">99%"), (1, "100%")])
def test_percent(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_white_space_is_drawn() -> None:
    assert quoted("  ") == "␣␣"
    assert quoted(" .") == "␣."
    assert quoted("a\u00a0 b\n") == "a⟨U+00A0⟩␣b⏎"


def test_a_cut_is_counted() -> None:
    assert shorten("word " * 100, 50).endswith("… [451 more characters]")
    assert shorten("x" * 60, 50) == "x" * 60


def test_labels_stay_apart() -> None:
    made = labels(("a" * 50 + "1" + "b" * 50, "a" * 50 + "2" + "b" * 50), 20)
    assert len(set(made.values())) == 2
    assert max(map(len, made.values())) <= 20


def test_no_line_of_an_alignment_begins_with_a_full_stop() -> None:
    text = "田中花子大臣は、計画には南部の12件の大規模事業が含まれると述べた。国会は半年ごとに計画の実施を監視する。"
    for columns in range(3, 60):
        lines = broken(text, columns)
        assert "".join(lines) == text
        assert max(map(width, lines)) <= columns
        assert columns < 4 or not any(line.startswith(("。", "、")) for line in lines)
