"""Formats that other tools take, and files that come back: workbook, marked XLIFF, memory, Google's MQM table."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records.result import Result
from evalkit.run.reading import read_path
from evalkit.text.its_marks import Mark, marked, unmarked
from evalkit.text.xml_stream import stream
from tests.readers import sample_files as files
from tests.renderers.shown import without_code
from tests.results import empty_result, hostile_result, small_result

REGISTRY = Registry()

SENTENCES = ("The council met on 3 May and", "adopted the  plan.", "Nobody spoke.")


@pytest.fixture
def translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An XLIFF file with errors that rules find."""
    monkeypatch.chdir(tmp_path)
    text = (
        files.XLIFF1.replace("The <g", "It  was <g")
        .replace("One.", "Teh one , two.")
        .replace('target-language="en-GB"', 'target-language="en"')
    )
    Path("a.xlf").write_text(text, encoding="utf-8")
    return Path("a.xlf")


def test_findings_are_marked_in_the_users_own_file_and_taken_out_again(translated: Path) -> None:
    result = evalkit.check(str(translated))
    assert result.systems[0].findings
    data = REGISTRY.make("renderer", "itsxliff").render_file(result)
    before = translated.read_text(encoding="utf-8")
    text = data.decode()
    said = re.findall(r'ProfileRef="urn:evalkit:rule:([a-z-]+)"', text)
    rules = [finding.rule for finding in result.systems[0].findings]
    assert sorted(said) == sorted(rule for rule in rules if rule != "translation-missing")  # there is no target to mark
    assert without_code(unmarked(text)) == without_code(before)
    assert unmarked(text) == before
    Path("b.xlf").write_bytes(data)
    old, new = (read_path(REGISTRY, name, "en", "candidate") for name in ("a.xlf", "b.xlf"))
    assert [d.text for d in new.target] == [d.text for d in old.target]
    assert [d.text for d in new.source] == [d.text for d in old.source]
    removed = REGISTRY.make("renderer", "itsxliff(file=b.xlf, remove=yes)").render_file(result)
    assert removed.decode() == before


@pytest.mark.parametrize("text", [files.XLIFF1, files.XLIFF2], ids=["one", "several"])
def test_one_file_of_a_folder_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p/deep").mkdir(parents=True)
    wrong = text.replace("The <", "The  <")
    for name in ("p/a.xlf", "p/deep/a.xlf"):
        Path(name).write_text(wrong, encoding="utf-8")
    result = evalkit.check("p")
    number = sum(f.document.startswith("deep/a.xlf") for f in result.systems[0].findings)
    made = REGISTRY.make("renderer", "itsxliff(file=p/deep/a.xlf)").render_file(result).decode()
    assert number == len(result.systems[0].findings) / 2
    assert 0 < made.count("ProfileRef=") <= number  # in CDATA no mark can stand
    assert unmarked(made) == wrong
    Path("other.xlf").write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match="is none of the files that were evaluated"):
        REGISTRY.make("renderer", "itsxliff(file=other.xlf)").render_file(result)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n", " "])
def test_the_end_of_a_file_stays_as_it_is(end: str) -> None:
    text = files.XLIFF1.rstrip("\n") + end
    at = text.index("chair")
    made = marked(text, [Mark(at, at + 5, "other", "x", 50, "x")])
    assert made != text
    assert unmarked(made) == text


@pytest.mark.parametrize("text", [files.XLIFF1, files.XLIFF2, files.SDLXLIFF], ids=["1.2", "2.1", "sdl"])
def test_notes_stand_beside_the_target_and_come_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = re.sub(r"(The|Un\.)", r"\1  &lt;x  ", text, count=1)
    Path("a.xlf").write_text(wrong, encoding="utf-8")
    result = evalkit.check("a.xlf", detectors=["whitespace"])
    assert result.systems[0].findings
    data = REGISTRY.make("renderer", "itsxliff(notes=yes)").render_file(result).decode()
    assert "more than one space</note>" in data
    Path("b.xlf").write_text(data, encoding="utf-8")
    old, new = (read_path(REGISTRY, name, "en", "candidate") for name in ("a.xlf", "b.xlf"))
    assert [d.text for d in old.target] == [d.text for d in new.target]
    told = [row.metadata.get("note", "") for d in new.target for row in d.rows or ()]
    assert any("whitespace: more than one space" in note for note in told)
    assert REGISTRY.make("renderer", "itsxliff(file=b.xlf, remove=yes)").render_file(result).decode() == wrong


def test_another_file_than_the_one_evaluated_is_refused(translated: Path) -> None:
    result = evalkit.check(str(translated))
    Path("c.xlf").write_text(translated.read_text().replace("It  was", "There is"))
    with pytest.raises(InputError, match="is not the file that was evaluated"):
        REGISTRY.make("renderer", "itsxliff(file=c.xlf)").render_file(result)
    translated.unlink()
    with pytest.raises(ConfigError, match="name it, for example"):
        REGISTRY.make("renderer", "itsxliff").render_file(result)


@pytest.mark.parametrize("text", [files.XLIFF1, files.XLIFF2, files.SDLXLIFF], ids=["1.2", "2.1", "sdl"])
def test_marks_that_overlap_stay_well_formed_and_leave_the_text_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(text)
    found = read_path(REGISTRY, str(path), "en", "candidate")
    (first, *_) = found.target
    assert first.places is not None
    row = (first.rows or ())[-1 if "sdl" in text else 0]
    at = first.places.offset(row.start)
    spans = [(0, 3), (0, 3), (1, 3), (0, 1), (2, 4), (1, 1)]
    marks = [Mark(at + a, at + b, "other", '"<&>\x1b', 50, "x") for a, b in spans if at + b <= text.find("<", at)]
    made = marked(text, marks, left=2)
    assert len(re.findall(r"<mrk[^>]*urn:evalkit", made)) == len(marks) >= 4
    path.write_text(made)
    again = read_path(REGISTRY, str(path), "en", "candidate")
    assert [d.text for d in again.target] == [d.text for d in found.target]
    assert next(iter(stream(made, "made", "xliff"))).attributes["{http://www.w3.org/2005/11/its}version"] == "2.0"
    assert "2 findings have no words of the target to mark" in made
    assert unmarked(made) == text


def test_a_workbook_is_read_back_and_nothing_in_it_is_a_formula() -> None:
    pytest.importorskip("xlsxwriter", reason="NOT TESTED: XlsxWriter is not installed")
    calamine = pytest.importorskip("python_calamine", reason="NOT TESTED: python-calamine is not installed")
    renderer = REGISTRY.make("renderer", "xlsx")
    result = small_result()
    first = result.systems[0]
    evil = tuple(replace(f, message='=HYPERLINK("http://x")', expected=("@SUM(1)",)) for f in first.findings)
    result = replace(result, systems=(replace(first, findings=evil), *result.systems[1:]))
    data = renderer.render_file(result)
    assert renderer.render_file(result) == data
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names[:2] == ["Findings", "Scores"]
    head, *rows = book.get_sheet_by_name("Findings").to_python()
    assert head[-3:] == ["stood", "verdict", "comment"]
    assert len(rows) == sum(len(s.findings) for s in result.systems)
    assert rows[0][head.index("message")] == '=HYPERLINK("http://x")'
    assert rows[0][0] == first.findings[0].fingerprint
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    assert '<formula1>"right,wrong,unsure"</formula1>' in sheets[0]


@pytest.mark.parametrize("made", [empty_result, hostile_result])
def test_a_workbook_of_any_result(made: object) -> None:
    pytest.importorskip("xlsxwriter", reason="NOT TESTED: XlsxWriter is not installed")
    assert REGISTRY.make("renderer", "xlsx").render_file(made()).startswith(b"PK")  # type: ignore[operator]


def test_a_workbook_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(evalkit.EvalkitError, match=r"mt-evalkit\[office\]"):
        REGISTRY.make("renderer", "xlsx").render_file(small_result())


def test_googles_table_has_a_row_for_every_unit_and_error() -> None:
    result: Result = small_result()
    head, *rows = REGISTRY.make("renderer", "google-mqm").render(result).splitlines()
    assert head.split("\t") == [
        "system",
        "doc",
        "doc_id",
        "seg_id",
        "rater",
        "source",
        "target",
        "category",
        "severity",
    ]
    cells = [row.split("\t") for row in rows]
    assert {len(row) for row in cells} == {9}
    assert {row[8] for row in cells} <= {"Major", "Minor", "Neutral", "No-error"}
    assert len({(row[0], row[1], row[2]) for row in cells}) == sum(len(s.units) for s in result.systems)
    marked_rows = [row for row in cells if row[8] != "No-error"]
    assert all("<v>" in row[5] + row[6] for row in marked_rows)


def test_a_memory_of_a_table_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.tsv").write_text("text\tsource\nOne & two <b>.\tEins & zwei.\nThree.\tDrei.\n")
    result = evalkit.check("a.tsv", source_lang="de")
    Path("a.tmx").write_text(REGISTRY.make("renderer", "tmx").render(result))
    found = read_path(REGISTRY, "a.tmx", "en", "candidate")
    assert (found.target[0].text, found.source[0].text) == ("One & two <b>.\nThree.", "Eins & zwei.\nDrei.")
    assert (found.lang, found.source[0].lang) == ("en", "de")
