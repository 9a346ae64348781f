"""Small files that would fill a machine, or keep it busy without end, are refused before they do."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import evalkit
from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.records import json as jsonio
from evalkit.run.reading import read_path

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return data.getvalue()


def workbook(*cells: tuple[str, int, str], more: str = "") -> bytes:
    rows = "".join(
        f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for column, row, text in cells
    )
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{part}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATED}"><sheets><sheet name="S" sheetId="1" '
            'r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}">{more}<sheetData>{rows}</sheetData></worksheet>',
        }
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check far.xlsx", "check a.txt --terms far.xlsx", "review import far.xlsx"])
def test_two_cells_at_the_ends_of_a_sheet_do_not_end_the_program(tmp_path: Path, command: str) -> None:
    """The library would ask for 512 GB, and the program would be aborted without a word."""
    pytest.importorskip("python_calamine")
    (tmp_path / "far.xlsx").write_bytes(workbook(("A", 1, "text"), ("XFD", 1_048_576, "x")))
    (tmp_path / "a.txt").write_text("The council met.\n")
    line = [sys.executable, "-m", "evalkit", *command.split()]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "far.xlsx: a sheet spans more than" in done.stderr) == (2, True), done.stderr


def binary_workbook(*cells: tuple[int, int, str]) -> bytes:
    """An .xlsb of texts at (row, column), counted from 0."""

    def record(kind: int, content: bytes = b"") -> bytes:
        size = len(content)
        assert size < 1 << 14
        return bytes([kind | 0x80, 1] if kind > 127 else [kind]) + bytes([size & 127 | 128, size >> 7]) + content

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16le")

    sheet = record(0x81) + record(0x94, struct.pack("<IIII", 0, 1, 0, 0)) + record(0x91)
    for row, column, value in cells:
        sheet += record(0, struct.pack("<IIHBBBI", row, 0, 0, 0, 0, 0, 0))
        sheet += record(6, struct.pack("<II", column, 0) + text(value))
    book = record(0x9C, struct.pack("<II", 0, 1) + text("r1") + text("S"))
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_RELATED}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/workbook.bin": record(0x83) + record(0x8F) + book + record(0x90) + record(0x84),
            "xl/worksheets/sheet1.bin": sheet + record(0x92) + record(0x82),
        }
    )


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    (tmp_path / "a.xlsb").write_bytes(binary_workbook((0, 0, "text"), (1, 0, "The council met.")))
    assert "The council met." in str(read_path(Registry(), str(tmp_path / "a.xlsb"), "en", "candidate"))


_FAR = '<c r="XFD1048576"'
_UNUSUAL = [_FAR.lower(), '<c a=">" r="XFD1048576"', '<c r="XFD0001048576"', '<c r="ZZZZ99999999"', ""]


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: bounds of memory are those of Linux")
@pytest.mark.parametrize(
    "place", [_FAR.lower(), '<c a=">" r="XFD1048576"', '<c r="XFD0001048576"', '<c r="ZZZZ99999999"', ""]
)
def test_a_cell_far_out_that_is_written_unusually_is_refused(tmp_path: Path, place: str) -> None:
    """The library ends the process it is in; no place says so in a way that could be looked for beforehand."""
    pytest.importorskip("python_calamine")
    far = tmp_path / ("far.xlsx" if place else "far.xlsb")
    with zipfile.ZipFile(io.BytesIO(workbook(("A", 1, "text"), ("XFD", 1_048_576, "x")))) as usual:
        parts = {name: usual.read(name).decode().replace(_FAR, place) for name in usual.namelist()}
    far.write_bytes(packed(parts) if place else binary_workbook((0, 0, "text"), (1_048_575, 16_383, "x")))
    with pytest.raises(InputError, match=r"far.xls.: cannot be read with 4 GB of memory"):
        read_path(Registry(), str(far), "en", "candidate")


def test_a_sheet_that_only_says_it_is_large_is_read(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    far = '<dimension ref="A1:XFD1048576"/>'
    (tmp_path / "a.xlsx").write_bytes(workbook(("A", 1, "text"), ("A", 2, "The council met."), more=far))
    found = read_path(Registry(), str(tmp_path / "a.xlsx"), "en", "candidate")
    assert "The council met." in str(found)


@pytest.mark.parametrize("piece", ["<w:p/>", "a"])
def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path: Path, piece: str) -> None:
    (tmp_path / "a.docx").write_bytes(packed({"word/document.xml": piece * (17 * 1024**2 // len(piece))}))
    with pytest.raises(InputError, match="200 times its size"):
        read_path(Registry(), str(tmp_path / "a.docx"), "en", "candidate")


@pytest.mark.slow
def test_a_page_nested_without_end_is_refused_and_one_of_unclosed_items_is_read(tmp_path: Path) -> None:
    pytest.importorskip("selectolax")
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text("<div>" * 100_000 + "x")
    with pytest.raises(InputError, match="nested more than 10,000 deep"):
        read_path(Registry(), str(tmp_path / "a.html"), "en", "candidate")
    (tmp_path / "b.html").write_text("<html><ul>" + "<li>One<p>two<br>" * 5_100)
    assert "One" in str(read_path(Registry(), str(tmp_path / "b.html"), "en", "candidate"))[:5000]


def test_a_result_with_a_million_decimals_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The council met.\n")
    saved = json.loads(jsonio.dumps(evalkit.score(tmp_path / "a.txt", tmp_path / "a.txt", metrics=["bleu"])))
    saved["metrics"]["bleu"]["decimals"] = 10**6
    with pytest.raises(InputError, match="decimals, not 0 to"):
        jsonio.loads(json.dumps(saved))
