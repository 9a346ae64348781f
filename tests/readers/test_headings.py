"""A bilingual table whose columns nobody has named is known by its headings, and that is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.errors import InputError
from evalkit.readers._headers import guessed
from evalkit.readers.table import TableReader


@pytest.mark.parametrize(
    ("header", "lang", "text", "source", "source_lang"),
    [
        (["Source", "Target", "Comment"], "de", "Target", "Source", ""),
        (["translation", "src"], "de", "translation", "src", ""),
        (["ID", "English", "German"], "de", "German", "English", "en"),
        (["en-US", "de-DE"], "de-AT", "de-DE", "en-US", "en"),
        (["Englisch", "Deutsch"], "de", "", "", ""),  # a language's name in a third one
        (["German", "English"], "de", "", "", ""),  # the first is mostly the source
        (["English", "German", "French"], "de", "", "", ""),
        (["Target", "Translation", "Source"], "de", "", "", ""),
        (["a", "b"], "de", "", "", ""),
    ],
)
def test_headings(header: list[str], lang: str, text: str, source: str, source_lang: str) -> None:
    guess = guessed(header, lang)
    assert (guess.columns if guess else {}) == ({"text": text, "source": source} if text else {})
    assert (guess.source_lang if guess else "") == source_lang


def test_both_sides_of_a_table_and_of_a_workbook(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    rows = [("ID", "English", "German"), ("a", "Open 3 files now.", "Jetzt 4 Dateien öffnen.")]
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    (tmp_path / "t.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    for name in ("t.xlsx", "t.csv"):
        result = evalkit.check(tmp_path / name, lang="de")
        assert [f.text for f in result.systems[0].findings if f.rule == "number-mismatch"] == ["4"]
        assert any("took 'German' as text, 'English' as source" in f.message for f in result.failures)


def test_named_columns_are_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Source,Target\nA,B\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'Ziel'"):
        TableReader(columns="text=Ziel").read(str(tmp_path / "t.csv"), "de")
