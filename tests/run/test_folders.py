# ruff: noqa: E501 - files as they are written
"""Folders of files of the trade, several references in one file, and the sets that sacrebleu knows."""

from __future__ import annotations

from pathlib import Path

import pytest
import sacrebleu

import evalkit
from evalkit.errors import InputError
from evalkit.records.config import parse
from evalkit.records.result import Result
from tests.language.test_recognise import TEXTS
from tests.readers import sample_files as files

WMT = """<?xml version="1.0" encoding="utf-8"?>
<dataset id="t"><collection id="general">
<doc origlang="en" id="d1" domain="news"><src lang="en"><p><seg id="1">One two three four five.</seg><seg id="2">Six.</seg></p></src>
<ref lang="de" translator="refA"><p><seg id="1">Eins zwei drei vier fünf.</seg><seg id="2">Sechs sind es jetzt.</seg></p></ref>
<ref lang="de" translator="refB"><p><seg id="1">Ein zwei und drei vier fünf.</seg><seg id="2">Es sind sechs.</seg></p></ref>
<hyp lang="de" system="A"><p><seg id="1">Eins zwei drei vier und fünf.</seg><seg id="2">Es sind jetzt sechs.</seg></p></hyp>
<hyp lang="de" system="B"><p><seg id="1">Eins, zwei, drei.</seg><seg id="2">Sechs.</seg></p></hyp></doc>
<doc origlang="en" id="d2" domain="news"><src lang="en"><p><seg id="1">Seven eight nine ten.</seg></p></src>
<ref lang="de" translator="refA"><p><seg id="1">Sieben acht neun zehn.</seg></p></ref>
<hyp lang="de" system="A"><p><seg id="1">Sieben acht neun zehn.</seg></p></hyp>
<hyp lang="de" system="B"><p><seg id="1">Acht neun zehn elf.</seg></p></hyp></doc>
</collection></dataset>
"""
REFERENCES = [
    ["Eins zwei drei vier fünf.", "Sechs sind es jetzt.", "Sieben acht neun zehn."],
    ["Ein zwei und drei vier fünf.", "Es sind sechs.", ""],
]
SYSTEM = ["Eins zwei drei vier und fünf.", "Es sind jetzt sechs.", "Sieben acht neun zehn."]


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(path: str, content: str | bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content if isinstance(content, bytes) else content.encode())


def run(candidate: str, reference: str = "", **more: object) -> Result:
    data = {"metrics": ["bleu"], "statistics": {"test": "none"}, "candidate": [{"path": candidate}], "detectors": []}
    return evalkit.evaluate(parse({**data, "reference": [{"path": reference}] if reference else [], **more}, "test"))


def test_names_of_files_match_however_their_letters_are_put_together() -> None:
    """A Mac writes `e` and an accent where others write `é`; two files of a folder stay two."""
    for name in ("mt/caf\u00e9.txt", "ref/cafe\u0301.txt", "mt/b.txt", "ref/b.txt"):
        write(name, "One two three four five.\n")
    result = run("mt", "ref")
    assert ([d.id for d in result.systems[0].documents], result.failures) == (["b.txt", "cafe\u0301.txt"], ())
    write("mt/cafe\u0301.txt", "Another.\n")
    assert len(run("mt", "ref").systems[0].documents) == 3


def test_a_folder_of_bitexts_is_a_set_of_documents_with_their_sources() -> None:
    write("mt/a.xlf", files.XLIFF1)
    write("mt/deep/b.xlf", files.XLIFF1)
    result = run("mt")
    assert [d.id for d in result.systems[0].documents] == ["a.xlf", "deep/b.xlf"]
    assert result.source is not None
    assert {s.document for s in result.source.segments} == {"a.xlf", "deep/b.xlf"}


def test_a_file_of_several_documents_in_a_folder_gives_each_its_own() -> None:
    write("mt/a.xlf", files.XLIFF2)
    assert [d.id for d in run("mt").systems[0].documents] == ["a.xlf/f1", "a.xlf/f2"]


def test_office_files_stand_beside_texts_whose_names_differ_in_the_ending() -> None:
    write("mt/speech.docx", files.docx())
    write("ref/speech.txt", "The council met.\nNobody spoke.\n")
    result = run("mt", "ref", align="document")
    assert [d.id for d in result.systems[0].documents] == ["speech.txt"]
    assert not [f for f in result.failures if "is missing" in f.message]


def test_the_texts_taken_out_of_a_folder_of_documents_stand_beside_the_report() -> None:
    for name in ("a", "deep/b"):
        write(f"mt/{name}.docx", files.docx())
        write(f"ref/{name}.txt", "The council met.\nNobody spoke.\n")
    result = run("mt", "ref", align="document")
    evalkit.write_reports(result, "out")
    texts = {path.name: path.read_text() for path in Path("out/texts").iterdir()}
    assert set(texts) == {"candidate-mt-a.txt.txt", "candidate-mt-deep-b.txt.txt"}
    assert len(set(texts.values())) == 1
    assert evalkit.read_result("out/result.json") == result


def test_a_finding_in_a_table_without_lines_has_its_row() -> None:
    pa = pytest.importorskip("pyarrow", reason="NOT TESTED: pyarrow is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    rows = [{"text": "Nobody spoke.", "doc": d, "system": s} for d in ("a", "b") for s in ("x", "y")]
    rows[3]["text"] = "Nobody  spoke."
    pq.write_table(pa.Table.from_pylist(rows), "t.parquet")
    result = evalkit.check("t.parquet")
    (finding,) = result.systems[1].findings
    assert (finding.line, finding.column) == (4, 7)
    assert "t.parquet:4:7: whitespace minor more than one space [y]" in evalkit.render(result, "lint")


def test_documents_that_are_only_numbered_are_not_taken_for_each_other() -> None:
    write("mt/news.1", "The council met.\n")
    write("ref/news.2", "The council met.\n")
    with pytest.raises(InputError, match="none of its documents"):
        run("mt", "ref")


def test_a_reader_named_for_a_folder_reads_each_file() -> None:
    write("mt/a.dat", files.TMX)
    write("mt/b.dat", files.TMX)
    result = run("mt", reader="tmx(target=fr)")
    assert [u.candidate.text for u in result.systems[0].units if u.candidate][:1] == ["Bonjour monde"]
    assert len(result.systems[0].documents) == 2


def test_files_with_and_without_a_source_do_not_go_together() -> None:
    write("mt/a.xlf", files.XLIFF1)
    write("mt/b.txt", "Nobody spoke.\n")
    with pytest.raises(InputError, match=r"bring a source \(a.xlf\) and some do not \(b.txt\)"):
        run("mt")


def test_files_of_several_languages_do_not_go_together() -> None:
    write("mt/a.xlf", files.XLIFF1)
    write("mt/b.xlf", files.SDLXLIFF)
    with pytest.raises(InputError, match=r"several languages \(en-GB: a.xlf, fr-FR: b.xlf\)"):
        run("mt")
    assert {system.lang for system in run("mt", lang="fr").systems} == {"fr"}


def test_kinds_of_one_language_are_told() -> None:
    write("mt/a.xlf", files.XLIFF1)
    write("mt/b.xlf", files.XLIFF1.replace("en-GB", "en-US"))
    result = run("mt")
    assert {system.lang for system in result.systems} == {"en-GB"}
    assert "mt: its files state en-GB: a.xlf, en-US: b.xlf; all are taken to be en-GB" in result.failures[0].message


def test_pages_that_state_several_languages_are_read_by_their_words() -> None:
    pytest.importorskip("trafilatura", reason="NOT TESTED: trafilatura is not installed")
    write("mt/a.html", page("de", TEXTS["de"]))
    write("mt/b.html", page("en", TEXTS["de"]))
    result = run("mt")
    assert {system.lang for system in result.systems} == {"de"}
    assert "mt: its files state several languages (de: a.html, en: b.html)" in " ".join(
        f.message for f in result.failures
    )


@pytest.mark.parametrize(("stated", "given", "taken"), [("de-AT", "", "de-AT"), ("en", "", "de"), ("de", "fr", "fr")])
def test_the_language_of_a_page(stated: str, given: str, taken: str) -> None:
    """What it states, unless its words surely say another, or the user does."""
    pytest.importorskip("trafilatura", reason="NOT TESTED: trafilatura is not installed")
    write("mt.html", page(stated, TEXTS["de"]))
    result = run("mt.html", lang=given)
    assert {system.lang for system in result.systems} == {taken}
    assert ("mt.html: states 'en' as its language" in " ".join(f.message for f in result.failures)) == (taken == "de")


def page(lang: str, text: str) -> str:
    return f"<!DOCTYPE html><html class=x lang='{lang}'><body><main><p>{text}</p></main></body></html>"


def test_every_file_of_a_folder_that_cannot_be_used_is_named_at_once() -> None:
    write("mt/a.xlf", "<xliff")
    write("mt/b.docx", b"PK\x03\x04")
    write("mt/c.txt", b"\xff")
    with pytest.raises(InputError) as caught:
        run("mt")
    assert all(name in str(caught.value) for name in ("a.xlf", "b.docx", "c.txt"))


def test_all_references_of_a_set_are_taken_as_sacrebleu_takes_them() -> None:
    write("set.xml", WMT)
    result = run("set.xml", align="lines")
    assert [r.name for r in result.references] == ["refA", "refB"]
    assert [s.name for s in result.systems] == ["A", "B"]
    expected = sacrebleu.corpus_bleu(SYSTEM, REFERENCES).score
    assert result.systems[0].scores[0].value == pytest.approx(expected, abs=1e-9)
    assert any("2 references (refA, refB)" in f.message for f in result.failures)


def test_one_reference_of_a_set_is_named() -> None:
    write("set.xml", WMT)
    result = run("set.xml", align="lines", reader="wmt(translator=refB)")
    assert [s.text for s in result.references[0].segments] == REFERENCES[1]


def test_a_set_given_as_reference_gives_all_of_them() -> None:
    write("set.xml", WMT)
    write("mt.sgm", '<tstset sysid="A" trglang="de"><doc docid="d1"><seg id="1">Eins</seg><seg id="2">Sechs</seg></doc>'
          '<doc docid="d2"><seg id="1">Sieben</seg></doc></tstset>')  # fmt: skip
    result = run("mt.sgm", "set.xml", align="lines")
    assert [r.name for r in result.references] == ["refA", "refB"]
    assert result.source is not None


def test_a_folder_of_sets_has_their_systems_and_references() -> None:
    write("sets/a.xml", WMT)
    write("sets/b.xml", WMT)
    result = run("sets", align="lines")
    assert [s.name for s in result.systems] == ["A", "B"]
    assert [r.name for r in result.references] == ["refA", "refB"]
    assert [d.id for d in result.systems[0].documents] == ["a.xml/d1", "a.xml/d2", "b.xml/d1", "b.xml/d2"]


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """sacrebleu's wmt23 as it lies in its folder once fetched."""
    from sacrebleu.dataset import DATASETS

    wmt23 = DATASETS["wmt23"]
    monkeypatch.setattr(wmt23, "_outdir", str(tmp_path / "cache"))
    monkeypatch.setattr(wmt23, "_rawdir", str(tmp_path / "cache" / "raw"))
    write(f"cache/raw/{wmt23._get_tarball_filename(wmt23.data[0])}", b"fetched before")
    write(f"cache/raw/{wmt23.langpairs['en-de'][0]}", WMT)
    monkeypatch.setattr("sacrebleu.utils.extract_tarball", lambda *_: None)


@pytest.mark.usefixtures("known")
def test_a_set_of_sacrebleu_is_reference_and_source() -> None:
    write("mt.txt", "\n".join(SYSTEM) + "\n")
    result = run("mt.txt", "sacrebleu:wmt23/en-de", align="lines")
    assert result.systems[0].scores[0].value == pytest.approx(sacrebleu.corpus_bleu(SYSTEM, REFERENCES[:1]).score)
    assert result.source is not None
    assert (result.source.segments[0].text, result.source.lang) == ("One two three four five.", "en")
    assert result.references[0].path == "sacrebleu:wmt23/en-de"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sacrebleu:wmt33/en-de", "has no set 'wmt33'"),
        ("sacrebleu:wmt23/en-fr", "has no pair 'en-fr'"),
    ],
)
def test_a_set_that_sacrebleu_does_not_know_is_said(name: str, message: str) -> None:
    write("mt.txt", "Eins\n")
    with pytest.raises(InputError, match=message):
        run("mt.txt", name)


def test_a_set_that_cannot_be_fetched_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from sacrebleu.dataset import DATASETS

    def no_network(*_: object) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr(DATASETS["wmt23"], "maybe_download", no_network)
    write("mt.txt", "Eins\n")
    with pytest.raises(InputError, match="cannot be fetched \\(no route to host\\)"):
        run("mt.txt", "sacrebleu:wmt23/en-de")
    with pytest.raises(InputError, match="has no translation"):
        run("sacrebleu:wmt23/en-de")
