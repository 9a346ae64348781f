"""Packed files that lie, or hold one text a million times: refused before they fill the machine."""

from __future__ import annotations

import gzip
import io
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.records.texts import Bitext
from evalkit.run.reading import read_path
from tests.robust.test_bombs import packed, workbook

pytestmark = pytest.mark.slow
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPH = "<w:p><w:r><w:t>The council met.</w:t></w:r></w:p>"
_BODY = f"<w:document {_W}><w:body>{{}}</w:body></w:document>"


def read(path: Path) -> object:
    return read_path(Registry(), str(path), "en", "candidate")


def lied(data: bytes, place: int, value: int) -> bytes:
    """The archive with another number in the directory's entry of its last part."""
    made = bytearray(data)
    struct.pack_into("<I", made, made.rfind(b"PK\x01\x02") + place, value)
    return bytes(made)


def overlapping(number: int) -> bytes:
    """Many entries that all stand for the bytes of one part."""
    base = packed({"word/document.xml": _BODY.format(_PARAGRAPH * 2000)})
    at, end = base.rfind(b"PK\x01\x02"), base.rfind(b"PK\x05\x06")
    entry, directory = base[at:end], b""
    for turn in range(number):
        name = f"word/header{turn:06}.xml".encode()
        head = bytearray(entry[:46])
        struct.pack_into("<H", head, 28, len(name))
        directory += bytes(head) + name
    directory += entry
    last = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, number + 1, number + 1, len(directory), at, 0)
    return base[:at] + directory + last


def test_a_part_that_says_it_is_packed_larger_than_it_is_unpacks_no_further(tmp_path: Path) -> None:
    bomb = packed({"word/document.xml": _BODY.format(_PARAGRAPH * 400_000)})
    (tmp_path / "a.docx").write_bytes(lied(bomb, 20, 10**9))
    (tmp_path / "b.docx").write_bytes(overlapping(1900))
    for name in ("a.docx", "b.docx"):
        with pytest.raises(InputError, match="200 times its size"):
            read(tmp_path / name)
    (tmp_path / "c.docx").write_bytes(lied(bomb, 24, 100))
    with pytest.raises(InputError, match=r"is damaged|larger than it says"):
        read(tmp_path / "c.docx")


def test_names_that_lead_out_of_an_archive_write_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    parts = {"../out.txt": "x", "/evalkit-out.txt": "x", "word/document.xml": _BODY.format(_PARAGRAPH)}
    (tmp_path / "in/a.docx").write_bytes(packed(parts))
    assert "The council met." in str(read(tmp_path / "in/a.docx"))
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.docx"]


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_or_encrypted_archive_is_one_error(tmp_path: Path, cut: float) -> None:
    whole = packed({"word/document.xml": _BODY.format(_PARAGRAPH * 50)})
    (tmp_path / "a.docx").write_bytes(whole[: int(cut * len(whole))])
    with pytest.raises(InputError, match="is not a Word document"):
        read(tmp_path / "a.docx")
    locked = bytearray(whole)
    locked[6] |= 1
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "b.docx").write_bytes(bytes(locked))
    with pytest.raises(InputError, match="encrypted"):
        read(tmp_path / "b.docx")


def test_a_text_that_many_cells_share_is_counted_for_each(tmp_path: Path) -> None:
    """100 kB of such a sheet are gigabytes of text."""
    pytest.importorskip("python_calamine")
    with zipfile.ZipFile(io.BytesIO(workbook(("A", 1, "text")))) as usual:
        parts = {name: usual.read(name).decode() for name in usual.namelist()}
    main = parts["xl/worksheets/sheet1.xml"].partition("<sheetData>")[0]
    schema = main.partition('xmlns="')[2].partition('"')[0]
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n > 1:d}</v></c></row>' for n in range(1, 9002))
    parts["xl/worksheets/sheet1.xml"] = f"{main}<sheetData>{rows}</sheetData></worksheet>"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{schema}"><si><t>text</t></si><si><t>{"ab " * 10_600}</t></si></sst>'
    related = parts["xl/_rels/workbook.xml.rels"]
    kind = related.partition(' Type="')[2].partition('/worksheet"')[0]
    more = f'<Relationship Id="r2" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = related.replace("</Relationships>", more)
    (tmp_path / "a.xlsx").write_bytes(packed(parts))
    with pytest.raises(InputError, match="cannot be read with 4 GB"):
        read(tmp_path / "a.xlsx")


def test_a_packed_text_that_says_one_line_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"The council met.\n" * 4_500_000))
    with pytest.raises(InputError, match="200 times its size"):
        read(tmp_path / "a.txt.gz")


def test_a_column_that_says_one_text_without_end_is_refused(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table({"doc": ["a"] * 400_000, "text": ["The council met in the hall of the city. " * 5] * 400_000})
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(InputError, match="200 times its size"):
        read(tmp_path / "a.parquet")


def repeating(path: Path, rows: str) -> None:
    """An OpenDocument workbook of one sheet."""
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    sheet = f'<table:table table:name="S">{rows}</table:table>'
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    content = f"<office:document-content{names}><office:body><office:spreadsheet>{sheet}</office:spreadsheet>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mime, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"{content}</office:body></office:document-content>")
    path.write_bytes(made.getvalue())


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
ROW = "<table:table-row{}>{}</table:table-row>"
HEAD = ROW.format("", CELL.format("", "text"))
ROWS, COLUMNS = ' table:number-rows-repeated="{}"', ' table:number-columns-repeated="{}"'


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROW.format(ROWS.format(900), CELL.format("", "x" * 20_000)), "more than 16,777,216 characters"),
        (ROW.format(ROWS.format(90), CELL.format(COLUMNS.format(10), "x" * 20_000)), "more than 16,777,216 characters"),
        (ROW.format(ROWS.format(900), CELL.format("", '<text:s text:c="20000"/>')), "more than 16,777,216 characters"),
        (ROW.format(ROWS.format(5000), CELL.format(COLUMNS.format(5000), "")), "spans more than 16,777,216 cells"),
        (
            ROW.format("", f"<table:table-cell{COLUMNS.format(9000)}/>{CELL.format('', 'x')}")
            + ROW.format(ROWS.format(9000), "<table:table-cell/>")
            + HEAD,
            "spans more than 16,777,216 cells",
        ),
    ],
)
def test_what_an_open_document_says_to_repeat_is_counted_before_it_is_read(
    tmp_path: Path, rows: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Less than 1 kB of such a file was 200 MB of text."""
    pytest.importorskip("python_calamine")
    monkeypatch.setattr(subprocess, "run", None)  # no process has to read it
    repeating(tmp_path / "a.ods", HEAD + rows)
    with pytest.raises(InputError, match=told):
        read(tmp_path / "a.ods")


def test_an_open_document_with_empty_cells_to_the_ends_of_the_sheet_is_read(tmp_path: Path) -> None:
    """As office programs write every sheet."""
    pytest.importorskip("python_calamine")
    rest = f"<table:table-cell{COLUMNS.format(16_383)}/>"
    note = f"<office:annotation><text:p>{'n' * 20_000}</text:p></office:annotation>"
    rows = ROW.format(ROWS.format(900), CELL.format("", "x").replace("<text:p>", note + "<text:p>") + rest)
    empty = ROW.format(ROWS.format(1_047_675), f"<table:table-cell{COLUMNS.format(16_384)}/>")
    repeating(tmp_path / "a.ods", HEAD + rows + empty)
    found = read(tmp_path / "a.ods")
    assert isinstance(found, Bitext)
    assert "".join(document.text for document in found.target).count("x") == 900
