"""Formats of the trade: the rows they must give, counted in two ways, their places in the file, and what is said."""

from __future__ import annotations

import importlib.util
import re
import sys
import time
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from evalkit.errors import EvalkitError, InputError
from evalkit.plugins import Registry
from evalkit.records import Bitext
from evalkit.run.reading import make_reader, read_path
from evalkit.testing import check_reader
from tests.readers import sample_files as files

REGISTRY = Registry()
NEEDS = {
    "html": ("trafilatura", "selectolax"),
    "pdf": ("pypdf",),
    "markdown": ("markdown_it",),
    "spreadsheet": ("python_calamine",),
}


def need(reader: str) -> None:
    for package in NEEDS.get(reader.partition("(")[0], ()):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"NOT TESTED: {package} is not installed")


def read(path: Path, reader: str = "") -> Bitext:
    return read_path(REGISTRY, str(path), "en", "candidate", spec=reader)


@pytest.fixture(params=files.SAMPLES, ids=lambda sample: sample.name)
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[files.Sample, Path]:
    made: files.Sample = request.param
    need(made.reader)
    path = tmp_path / made.name
    path.write_bytes(made.content())
    return made, path


def test_a_file_is_read_by_the_reader_of_its_kind_into_its_rows(sample: tuple[files.Sample, Path]) -> None:
    expected, path = sample
    assert make_reader(REGISTRY, str(path), "", furniture=False).name == expected.reader.partition("(")[0]
    found = read(path, expected.reader)
    rows = None if found.target[0].rows is None else sum(len(d.rows or ()) for d in found.target)
    assert rows == expected.rows
    assert found.target[0].text.startswith(expected.begins)


def test_what_is_in_a_file_says_its_kind_whatever_its_ending(sample: tuple[files.Sample, Path], tmp_path: Path) -> None:
    expected, path = sample
    if path.suffix in (".csv", ".md", ".jsonl", ".strings", ".properties", ".json", ".arb", ".xcstrings", ".odt"):
        return  # nothing in them tells them from a text
    other = tmp_path / "renamed.txt"
    other.write_bytes(path.read_bytes())
    assert make_reader(REGISTRY, str(other), "", furniture=False).name == expected.reader.partition("(")[0]


def test_each_keeps_the_contract_of_readers(sample: tuple[files.Sample, Path]) -> None:
    expected, path = sample
    check_reader(REGISTRY.make("reader", expected.reader), sample=path)


def test_characters_stand_in_the_file_where_their_places_say(sample: tuple[files.Sample, Path]) -> None:
    """Every letter of every side, looked up in the file by its line and column."""
    expected, path = sample
    found = read(path, expected.reader)
    if found.target[0].extracted:
        return
    data = path.read_bytes()
    text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig")
    lines = text.split("\n")
    for document in (*found.target, *found.source, *found.reference):
        if document.places is None:
            continue
        for place, char in enumerate(document.text):
            if char.isalnum() and char.isascii():
                line, column = document.places.at(place)
                assert lines[line - 1][column - 1] == char, (place, char, line, column)
    assert all(d.places is not None for d in found.target)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_markdown_with_any_line_end_has_the_same_text_and_lines(tmp_path: Path, end: str) -> None:
    pytest.importorskip("markdown_it")
    (tmp_path / "a.md").write_bytes(end.join(["# A title", "", "The council", "met.", "", "Nobody came."]).encode())
    (document,) = read_path(Registry(), str(tmp_path / "a.md"), "en", "candidate").target
    assert document.text.split() == ["A", "title", "The", "council", "met.", "Nobody", "came."]
    assert document.places
    assert document.places.at(document.text.index("Nobody")) == (6, 1)


def _xpath(path: Path, query: str) -> int:
    tree = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    return int(tree.xpath(f"count({query})"))


def _by_lxml(path: Path) -> int:
    name = "*[local-name()='{}']".format
    if path.suffix == ".tmx":
        return _xpath(path, f"//{name('tu')}")
    if path.suffix == ".xml":
        return _xpath(path, f"//{name('src')}//{name('seg')}")
    if path.suffix == ".xliff":
        return _xpath(path, f"//{name('segment')}")
    whole = _xpath(path, f"//{name('trans-unit')}[not({name('seg-source')})]")
    return whole + _xpath(path, f"//{name('seg-source')}//{name('mrk')}[@mtype='seg']")


@pytest.mark.parametrize("name", ["a.xlf", "b.xliff", "c.sdlxliff", "utf16.xlf", "d.tmx", "i.xml"])
def test_lxml_counts_as_many_segments(tmp_path: Path, name: str) -> None:
    files.write_all(tmp_path)
    expected = next(s.rows for s in files.SAMPLES if s.name == name)
    assert _by_lxml(tmp_path / name) == expected


def test_polib_and_pysubs2_count_as_many(tmp_path: Path) -> None:
    polib = pytest.importorskip("polib", reason="NOT TESTED: polib is not installed")
    pysubs2 = pytest.importorskip("pysubs2", reason="NOT TESTED: pysubs2 is not installed")
    files.write_all(tmp_path)
    entries = [entry for entry in polib.pofile(str(tmp_path / "e.po")) if not entry.obsolete]
    assert sum(len(entry.msgstr_plural) or 1 for entry in entries) == 4
    texts = [text for entry in entries for text in (entry.msgstr_plural.values() or [entry.msgstr])]
    (document,) = read(tmp_path / "e.po").target
    assert [document.text[row.start : row.end] for row in document.rows or ()] == texts
    for name in ("f.srt", "g.vtt", "h.ass"):
        cues = pysubs2.load(str(tmp_path / name), format_=name[2:])
        (document,) = read(tmp_path / name).target
        plain = [" ".join(cue.plaintext.split()) for cue in cues]
        assert [document.text[row.start : row.end] for row in document.rows or ()] == plain
        assert [int(row.metadata["start"]) for row in document.rows or ()] == [cue.start for cue in cues]


def test_what_an_xliff_file_says_of_a_row(tmp_path: Path) -> None:
    files.write_all(tmp_path)
    found = read(tmp_path / "a.xlf")
    (target,), (source,) = found.target, found.source
    assert (target.lang, source.lang, found.lang) == ("en-GB", "zh-CN", "en-GB")
    rows = {row.id: row for row in target.rows or ()}
    assert list(rows) == ["u1", "u2/1", "u2/2", "u3", "u4"]
    assert dict(rows["u1"].metadata) == {"state": "translated", "max-length": "80", "note": "The opening"}
    assert [(c.kind, c.id, c.offset) for c in rows["u1"].codes] == [("g+", "1", 4), ("g-", "1", 9), ("x", "2", 22)]
    assert rows["u3"].metadata["translate"] == "no"
    assert "has 1 of 5 segments without a translation" in target.changed
    (target,) = read(tmp_path / "c.sdlxliff").target
    said = [dict(row.metadata) for row in target.rows or ()]
    assert said == [{"state": "Translated", "match": "99", "note": "Check it"}, {"state": "Draft", "locked": "yes"}]
    assert [d.id for d in read(tmp_path / "b.xliff").target] == ["f1", "f2"]


def test_languages_of_a_memory(tmp_path: Path) -> None:
    path = tmp_path / "d.tmx"
    path.write_text(files.TMX.replace("Bye</seg></tuv>", 'Bye</seg></tuv><tuv xml:lang="de"><seg>Ade</seg></tuv>'))
    found = read(path, "tmx(target=de)")
    assert (found.lang, found.source[0].lang) == ("de", "en-US")
    assert "was read as en-US to de; has other languages too (fr-CA)" in found.target[0].changed
    assert read(path, "tmx(source=fr, target=en)").lang == "en-US"
    with pytest.raises(InputError, match=r"has no language 'it' \(there are: en-US, fr-CA, de\)"):
        read(path, "tmx(target=it)")


@pytest.mark.parametrize("blank", ["\n", "\r\n", " \t", "\t\n"], ids=repr)
def test_blank_lines_in_subtitles_are_gone_through_once(tmp_path: Path, blank: str) -> None:
    """Steps that grow as the square of them would take some minutes."""
    (tmp_path / "a.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n" + blank * (90_000 // len(blank)))
    start = time.process_time()
    assert len(read(tmp_path / "a.srt").target[0].rows) == 1
    assert time.process_time() - start < 3  # .1 on an idle machine


def test_subtitles_know_their_speed(tmp_path: Path) -> None:
    files.write_all(tmp_path)
    (document,) = read(tmp_path / "f.srt").target
    first = dict((document.rows or ())[0].metadata)
    assert first == {
        "start": "1000",
        "end": "3000",
        "lines": "2",
        "longest-line": "12",
        "characters-per-second": "11.5",
    }
    assert [row.id for row in read(tmp_path / "g.vtt").target[0].rows or ()] == ["intro", "2"]


def test_a_pdf_without_running_heads_and_parted_words(tmp_path: Path) -> None:
    need("pdf")
    files.write_all(tmp_path)
    (document,) = read(tmp_path / "p.pdf").target
    assert "Report of 2020" not in document.text
    assert "a conclusion about it.\nA third page.\n" in document.text
    assert "6 lines at the edges of pages were left out" in document.changed
    assert document.extracted


def test_what_was_done_to_a_word_document_is_said(tmp_path: Path) -> None:
    files.write_all(tmp_path)
    (document,) = read(tmp_path / "o.docx").target
    assert "tracked changes were taken as accepted; hidden text was left out" in document.changed
    (document,) = read(tmp_path / "o.docx", "docx(hidden=yes)").target
    assert "Kept added secret" in document.text


def test_a_page_whole_or_its_main_text(tmp_path: Path) -> None:
    need("html")
    files.write_all(tmp_path)
    (whole,) = read(tmp_path / "n.html", "html(main=no)").target
    assert whole.text.split("\n")[:3] == [
        "Home",
        "A speech",
        "First paragraph with bold words, long enough to be the main text of a page.",
    ]
    assert "Home" not in read(tmp_path / "n.html").target[0].text


def test_a_workbook_as_a_table_and_cell_by_cell(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="NOT TESTED: XlsxWriter is not installed")
    need("spreadsheet")
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("MT")
        for number, row in enumerate([["id", "text", "reference"], ["a", "One.", "One"], ["b", "Two.", "Two"]]):
            sheet.write_row(number, 0, row)
        book.add_worksheet("Secret").hide()
    found = read(path)
    (document,) = found.target
    assert [row.id for row in document.rows or ()] == ["a", "b"]
    assert document.places is not None
    assert document.places.at(document.text.index("Two")) == (3, 1)
    assert found.reference[0].text == "One\nTwo"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Plain")
        sheet.write(1, 1, "A sentence.")
        sheet.write(2, 27, "Another.")
        sheet.write(3, 0, 12.5)
        book.add_worksheet("Secret").hide()
    (document,) = read(path).target
    assert [row.id for row in document.rows or ()] == ["B2", "AB3"]
    assert "hidden sheets that were left out (Secret)" in document.changed


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlf", b"<xliff><file><body><trans-unit></xliff>", r"a\.xlf:1: not valid XML"),
        ("a.xlf", b"<html/>", "is no XLIFF"),
        ("a.xlf", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>', "entities are not expanded"),
        ("a.xlf", b"<g>" * 300, "nested more than 256 deep"),
        ("a.tmx", b"<xliff/>", "is no TMX"),
        ("a.po", b"msgid 'x'", r"a\.po:1: not a line of a PO file"),
        ("a.po", b'msgid "x\n', r"a\.po:1: a text without its closing quotation mark"),
        ("a.srt", b"hello", "holds no cues"),
        ("a.docx", b"\xd0\xcf\x11\xe0" * 9, "is encrypted, or an old Word file"),
        ("a.docx", b"PK\x03\x04" + b"x" * 40, "is not a Word document|is no Word document"),
        ("a.sgm", b'<refset><doc docid="x"><seg id="1">cut off', r"a\.sgm:1: a <seg> without its </seg>"),
        ("a.xml", b"<?xml version='1.0'?><rules/>", "not running text but XML"),
        ("a.txt", b"<!DOCTYPE rules><rules/>", "not running text but markup"),
        ("a.json", b"[1, 2]", "no list of objects"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(EvalkitError, match=said) as caught:
        read(path)
    assert str(path) in str(caught.value)


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(b" " * 1024**2)
    assert path.stat().st_size < 1024**2
    with pytest.raises(InputError, match="unpacks to more than 256 MB"):
        read(path)


def test_a_sentence_that_begins_with_a_tag_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<s> Hello there </s>\n<unk> and <b>more</b>\n")
    assert read(path).target[0].text.startswith("<s> Hello")


def test_utf16_with_its_mark_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Grüße\n".encode("utf-16"))
    (document,) = read(path).target
    assert (document.text, "UTF-16" in document.changed) == ("Grüße\n", True)


def test_a_missing_extra_is_named_with_what_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write_all(tmp_path)
    (tmp_path / "q.xlsx").write_bytes(b"")
    for package in ("trafilatura", "pypdf", "python_calamine", "markdown_it"):
        monkeypatch.setitem(sys.modules, package, None)
    for name, extra in (("n.html", "html"), ("p.pdf", "pdf"), ("q.xlsx", "office"), ("m.md", "markdown")):
        with pytest.raises(EvalkitError, match=re.escape(f'pip install "mt-evalkit[{extra}]"')):
            read(tmp_path / name)


@pytest.mark.parametrize(
    ("runs", "usual", "stated"),
    [
        ("", "<w:lang w:val='de-AT' w:eastAsia='ja-JP'/>", "de-AT"),
        ("", "", ""),
        ("<w:r><w:rPr><w:lang w:val='fr-FR'/></w:rPr><w:t>Un</w:t></w:r>", "<w:lang w:val='de-AT'/>", "de-AT"),
        ("<w:r><w:rPr><w:lang w:val='fr-FR'/></w:rPr><w:t>" + 20 * "Un mot. " + "</w:t></w:r>", "", "fr-FR"),
        ("<w:r><w:t>" + 20 * "日本語の文章" + "</w:t></w:r>", "<w:lang w:val='de-AT' w:eastAsia='ja-JP'/>", "ja-JP"),
        ("", "<w:lang w:val='x-none'/>", ""),
    ],
)
def test_the_language_that_a_word_document_states(tmp_path: Path, runs: str, usual: str, stated: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(files.docx(files.DOCX_BODY.replace("</w:body>", f"<w:p>{runs}</w:p></w:body>"), usual))
    assert read(path).lang == stated


@pytest.mark.parametrize(
    ("body", "usual", "stated"),
    [
        (
            files.ODT_BODY,
            "fo:language='de' fo:country='AT' style:language-asian='ja' style:country-asian='JP'",
            "de-AT",
        ),
        (files.ODT_BODY, "", ""),
        ("<text:p text:style-name='T1'>" + 20 * "Un mot. " + "</text:p>", "fo:language='de'", "fr-FR"),
        ("<text:p>" + 20 * "日本語" + "</text:p>", "fo:language='de' style:language-asian='ja'", "ja"),
        (files.ODT_BODY, "fo:language='zxx' fo:country='none'", ""),
    ],
)
def test_the_language_that_an_opendocument_text_states(tmp_path: Path, body: str, usual: str, stated: str) -> None:
    (tmp_path / "a.odt").write_bytes(files.odt(body, usual))
    found = read(tmp_path / "a.odt")
    assert found.lang == stated
    assert ("tracked changes" in found.target[0].changed) == (body == files.ODT_BODY)
