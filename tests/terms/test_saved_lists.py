"""Lists and alignments as people hand them back: plain text, a CSV that a spreadsheet saved, a workbook."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import evalkit
from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records import Languages, Termbase
from evalkit.records.config import parse
from evalkit.records.links_table import read_links
from evalkit.terms.load import load

REGISTRY = Registry()
REFERENCE = "The council met on 3 May. It adopted the plan. Nobody spoke against it.\n"
CANDIDATE = "The council met on 3 May and adopted the plan. Nobody spoke against it.\n"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def workbook(path: str, sheets: dict[str, list[list[str]]]) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="NOT TESTED: XlsxWriter is not installed")
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def test_a_names_list_is_one_name_a_line() -> None:
    Path("names.txt").write_text("\ufeff# who was there\r\nSadyr Japarov\r\n\r\nEmomali Rahmon\r\n", encoding="utf-8")
    assert [name.name for name in load(["names.txt"]).names] == ["Sadyr Japarov", "Emomali Rahmon"]


@pytest.mark.parametrize(("text", "message"), [("", "empty|no name"), ("# x\n", "no name"), ("names:\n- A\n", "YAML")])
def test_a_list_without_names_is_refused(text: str, message: str) -> None:
    Path("names.txt").write_text(text)
    with pytest.raises(InputError, match=message):
        load(["names.txt"])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_is_read_as_a_spreadsheet_saves_it(separator: str, mark: str, end: str) -> None:
    rows = [["term", "accept", "", ""], ["shared future", "common future | joint future", "", ""], ["", "", "", ""]]
    Path("t.csv").write_text(mark + end.join(separator.join(row) for row in rows) + end, encoding="utf-8", newline="")
    (term,) = load(["t.csv"]).terms
    assert (term.term, term.accept) == ("shared future", ("common future", "joint future"))


def test_a_list_is_read_from_a_workbook() -> None:
    workbook("t.xlsx", {"About": [["what"], ["x"]], "Names": [["name", "accept"], ["Emomali Rahmon", "Rahmon"]]})
    (name,) = load(["t.xlsx"]).names
    assert (name.name, name.accept) == ("Emomali Rahmon", ("Rahmon",))
    workbook("u.xlsx", {"About": [["what"], ["x"]]})
    with pytest.raises(InputError, match="no sheet has in its first row any of the columns: term, name"):
        load(["u.xlsx"])


@pytest.mark.parametrize("format_", ["workbook", "names"])
def test_a_format_that_is_only_read_says_so(format_: str) -> None:
    with pytest.raises(ConfigError, match="only read"):
        REGISTRY.make("termbase", format_).write(Termbase(), Languages())


def aligned(links: str = "") -> evalkit.Result:
    Path("a.txt").write_text(CANDIDATE)
    Path("r.txt").write_text(REFERENCE)
    align = {"name": "file", "path": links} if links else "document"
    data = {"metrics": ["bleu"], "align": align, "segment": "sentences", "statistics": {"test": "none"}}
    return evalkit.evaluate(parse({**data, "candidate": [{"path": "a.txt"}], "reference": [{"path": "r.txt"}]}, "t"))


def links_of(result: evalkit.Result) -> list[tuple[str, ...]]:
    return [(*(p.text for p in (u.candidate, *(u.references or ())) if p),) for u in result.systems[0].units]


@pytest.mark.parametrize("saved", ["tsv", "csv", "semicolons", "utf-16"])
def test_an_alignment_comes_back_from_a_spreadsheet(saved: str) -> None:
    result = aligned()
    text = REGISTRY.make("renderer", "alignment-tsv").render(result)
    sign = {"csv": ",", "semicolons": ";"}.get(saved, "\t")
    if sign != "\t":
        import csv

        made = io.StringIO()
        csv.writer(made, delimiter=sign).writerows(line.split("\t") for line in text.splitlines())
        text = made.getvalue().replace("0.", "0,") if saved == "semicolons" else made.getvalue()
    Path("links.csv").write_bytes(text.encode("utf-16") if saved == "utf-16" else text.encode("utf-8-sig"))
    again = aligned("links.csv")
    assert links_of(again) == links_of(result)


def test_an_alignment_comes_back_from_the_workbook_of_a_report() -> None:
    pytest.importorskip("xlsxwriter", reason="NOT TESTED: XlsxWriter is not installed")
    result = aligned()
    Path("report.xlsx").write_bytes(REGISTRY.make("renderer", "xlsx").render_file(result))
    assert len(read_links("report.xlsx")) == len(result.systems[0].units)
    assert links_of(aligned("report.xlsx")) == links_of(result)


@pytest.mark.parametrize("format_", ["csv", "csv(table=alignment, excel=yes)"])
def test_an_alignment_is_written_with_commas_and_comes_back(format_: str) -> None:
    config = {"metrics": [], "detectors": [], "align": "document", "statistics": {"test": "none"}}
    result = aligned()
    alone = evalkit.evaluate(parse({**config, "candidate": [{"path": "a.txt"}], "reference": [{"path": "r.txt"}]}, "t"))
    Path("links.csv").write_text(REGISTRY.make("renderer", format_).render(alone), encoding="utf-8")
    assert links_of(aligned("links.csv")) == links_of(result)
