"""Jobs as users have them: predictions of a script, a translated file, a set of WMT, a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import evalkit
from evalkit.errors import InputError
from evalkit.records.config import parse
from evalkit.records.result import Result, path_of
from tests.readers import sample_files as files

COLUMNS = {"text": "prediction", "reference": "target", "source": "src.de", "id": "key", "system": "model"}
ROWS = [
    ("base", "a1", "The council met on 5 May 2020."),
    ("base", "a2", "Nobody spoke."),
    ("big", "a1", "The council met on May 3, 2020."),
    ("big", "a2", "No one spoke."),
]
SOURCE = {"a1": "Der Rat tagte am 3. Mai 2020.", "a2": "Niemand sprach."}
TARGET = {"a1": "The council met on 3 May 2020.", "a2": "Nobody spoke."}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    records = [
        {"key": key, "src": {"de": SOURCE[key]}, "target": TARGET[key], "prediction": text, "model": model}
        for model, key, text in ROWS
    ]
    Path("out.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return tmp_path


def run(candidates: list[str], references: tuple[str, ...] = (), **more: object) -> Result:
    data = {"metrics": ["ter"], "statistics": {"test": "none"}, "candidate": [{"path": p} for p in candidates]}
    return evalkit.evaluate(parse({**data, "reference": [{"path": p} for p in references], **more}, "the test"))


def test_a_table_of_several_systems_and_any_columns_needs_no_second_file(folder: Path) -> None:
    result = run(["out.jsonl"], columns=COLUMNS, source={"lang": "de"}, align="lines")
    assert [(s.name, len(s.units)) for s in result.systems] == [("base", 2), ("big", 2)]
    assert [s.text for s in result.references[0].segments] == list(TARGET.values())
    assert result.source is not None
    assert [s.text for s in result.source.segments] == list(SOURCE.values())
    (finding,) = [f for f in result.systems[0].findings if "5 May" in f.text]
    line = (folder / "out.jsonl").read_text().split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith(finding.text)
    assert path_of(finding, result.systems[0], result) == "out.jsonl"


@pytest.mark.parametrize("indent", [None, 2])
def test_a_finding_in_a_list_of_json_has_its_place_in_the_file(folder: Path, indent: int | None) -> None:
    rows = [{"text": f'He said "no\\", \u00e9 {n}.', "doc": n} for n in "ab"] + [{"doc": "b", "text": "So  it is."}]
    Path("list.json").write_text(json.dumps(rows, indent=indent))
    result = run(["list.json"], metrics=[])
    (finding,) = [f for f in result.systems[0].findings if f.rule == "whitespace"]
    line = Path("list.json").read_text().split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith("  it is.")


@pytest.mark.parametrize("as_list", [True, False])
@pytest.mark.parametrize("given_as", ["candidate", "reference"])
def test_a_table_may_hold_several_references(folder: Path, as_list: bool, given_as: str) -> None:
    import sacrebleu

    rows = [
        ("Nobody said anything.", ["Nobody spoke.", "No one said a word."]),
        ("It met in May.", ["It met on 3 May.", ""]),
    ]
    names = ("refs",) if as_list else ("one", "two")
    with Path("many.jsonl").open("w") as file:
        for text, references in rows:
            references = references if references[1] or not as_list else references[:1]
            columns = {"refs": references} if as_list else dict(zip(names, references, strict=True))
            file.write(json.dumps({"mt": text, **columns}) + "\n")
    columns = {"text": "mt", "reference": "|".join(names)}
    if given_as == "candidate":
        result = run(["many.jsonl"], columns=columns, metrics=["bleu"], align="lines")
    else:
        Path("mt.txt").write_text("".join(f"{text}\n" for text, _ in rows))
        result = run(["mt.txt"], ("many.jsonl",), columns=columns, metrics=["bleu"], align="lines")
    assert [r.name for r in result.references] == (["reference-1", "reference-2"] if as_list else ["one", "two"])
    streams = [list(stream) for stream in zip(*(references for _, references in rows), strict=True)]
    expected = sacrebleu.corpus_bleu([text for text, _ in rows], streams).score
    assert result.systems[0].scores[0].value == pytest.approx(expected, abs=1e-9)


def test_a_column_of_a_further_reference_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(InputError, match=r"no column 'golden' \(reference of --columns\)"):
        run(["out.jsonl"], columns={**COLUMNS, "reference": "target|golden"})


def test_a_wrong_column_is_one_message_with_what_there_is(folder: Path) -> None:
    with pytest.raises(InputError, match=r"no column 'predicton' \(text of --columns\) \(columns: key, src"):
        run(["out.jsonl"], columns={"text": "predicton"})


def test_rows_are_paired_by_their_ids_whatever_their_order(folder: Path) -> None:
    Path("ref.csv").write_text("id;text\n2;Nobody spoke.\n1;The council met.\n4;Gone.\n")
    Path("mt.csv").write_text("id,text\n1,The council met.\n2,Nobody at all spoke.\n3,More.\n")
    result = run(["mt.csv"], ("ref.csv",), align="auto")
    pairs = [
        (u.candidate.text if u.candidate else "", u.references[0].text if u.references else "")
        for u in result.systems[0].units
    ]
    assert sorted(pairs) == [
        ("", "Gone."),
        ("More.", ""),
        ("Nobody at all spoke.", "Nobody spoke."),
        ("The council met.", "The council met."),
    ]
    said = " ".join(failure.message for failure in result.failures)
    assert "1 rows are in 'ref' alone, by their ids: '4'" in said
    assert "1 rows are not in 'ref', by their ids: '3'" in said
    assert result.config["align"] == "id"
    assert result.systems[0].alignment.trusted


def test_rows_with_the_same_ids_in_the_same_order_are_lines(folder: Path) -> None:
    for name in ("mt.csv", "ref.csv"):
        Path(name).write_text("id,text\n1,The council met.\n2,Nobody spoke.\n")
    result = run(["mt.csv"], ("ref.csv",), align="auto")
    assert (result.config["align"], result.systems[0].scores[0].scope) == ("lines", "corpus")


def test_a_test_set_of_wmt_with_two_systems(folder: Path) -> None:
    Path("wmt.xml").write_text(files.WMT_XML)
    result = run(["wmt.xml"], align="lines")
    assert [s.name for s in result.systems] == ["S1", "S2"]
    assert [s.text for s in result.references[0].segments] == ["One.", "Two."]
    Path("ref.sgm").write_text(files.SGM.replace("tstset", "refset"))
    Path("sys.sgm").write_text(files.SGM)
    result = run(["sys.sgm"], ("ref.sgm",), align="lines")
    assert [s.text for s in result.systems[0].segments] == ["A title", "Q&A with Smith & Sons & Co."]
    assert result.systems[0].scores[0].value == 0


def test_a_translated_file_brings_its_source_and_its_language(folder: Path) -> None:
    Path("a.xlf").write_text(files.XLIFF1)
    result = evalkit.check("a.xlf")
    assert result.source is not None
    assert (result.systems[0].lang, result.source.lang) == ("en-GB", "zh-CN")
    assert [u.source.text if u.source else None for u in result.systems[0].units][:3] == ["主席讲话", "一。", "二。"]


def test_the_text_of_a_word_document_is_written_beside_the_report(folder: Path) -> None:
    Path("a.docx").write_bytes(files.docx())
    result = evalkit.check("a.docx")
    evalkit.write_reports(result, "out")
    assert Path("out/texts/candidate-a.txt").read_text(encoding="utf-8") == result.systems[0].extracted
    assert result.systems[0].extracted.startswith("A title\nKept added\n")
