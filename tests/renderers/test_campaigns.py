"""Files for annotators' tools and for programs: Pearmut, Label Studio, CSV, Parquet, scores by document."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

import evalkit
from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.records.result import Result
from evalkit.renderers.pearmut import pearmut_index
from tests.results import empty_result, hostile_result, small_result

REGISTRY = Registry()
# One place of Pearmut, as its page cuts a text.
PLACE = re.compile(r"(</?(?:br|strong|b|i|p|em|h1|h2|h3)>)|(\n)|(.)")


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Two systems with errors after an emoji."""
    monkeypatch.chdir(tmp_path)
    rows = [("A", "It \N{GRINNING FACE} <b>met</b>  in May , then left."), ("B", "It met in May.")]
    with Path("a.jsonl").open("w", encoding="utf-8") as file:
        for system, text in rows:
            file.write(json.dumps({"text": text, "source": "Es tagte im Mai.", "system": system, "id": "1"}) + "\n")
    result = evalkit.check("a.jsonl", source_lang="de")
    assert result.systems[0].findings
    assert not result.systems[1].findings
    return result


def utf16(text: str) -> list[str]:
    data = text.encode("utf-16-le")
    return [data[i : i + 2].decode("utf-16-le", "surrogatepass") for i in range(0, len(data), 2)]


def places(text: str) -> list[str]:
    """The characters that Pearmut's page makes of a text, by their number."""
    return [m[3] for m in PLACE.finditer("".join(utf16(text))) if m[3] is not None]


@pytest.mark.parametrize("text", ["plain", "A \N{GRINNING FACE} b\nc <b>x</b> d", "<i>\n\n</i>", "a < b > c <br>"])
def test_a_place_of_pearmut_is_found_for_every_character(text: str) -> None:
    for offset, char in enumerate(text):
        if char == "\n" or any(m[1] and m.start() <= offset < m.end() for m in PLACE.finditer(text)):
            continue
        assert "".join(places(text)[pearmut_index(text)(offset) :]).startswith(utf16(char)[0])


def test_a_campaign_has_both_systems_in_an_item_and_the_spans_where_pearmut_sees_them(checked: Result) -> None:
    campaign = json.loads(REGISTRY.make("renderer", "pearmut").render(checked))
    ((item,),) = campaign["data"]
    assert (set(item["tgt"]), item["src"]) == ({"A", "B"}, "Es tagte im Mai.")
    assert item["error_spans"]["B"] == []
    seen = places(item["tgt"]["A"])
    spans = ["".join(seen[s["start_i"] : s["end_i"] + 1]) for s in item["error_spans"]["A"]]
    found = [f.text for f in checked.systems[0].findings if f.side == "candidate"]
    assert spans == [text for text in found if not text.startswith("<")]  # Pearmut shows tags as such: no place
    assert {s["category"] for s in item["error_spans"]["A"]} == {None}


def test_a_campaign_of_mqm_has_categories(checked: Result) -> None:
    campaign = json.loads(REGISTRY.make("renderer", "pearmut(protocol=MQM, users=3)").render(checked))
    assert campaign["info"]["users"] == 3
    assert all(span["category"] for span in campaign["data"][0][0]["error_spans"]["A"])
    with pytest.raises(ConfigError, match="none of ESA, cESA, MQM"):
        REGISTRY.make("renderer", "pearmut(protocol=XYZ)")


@pytest.mark.parametrize("made", [small_result, hostile_result, empty_result])
def test_a_campaign_is_as_pearmut_wants_it(made: object) -> None:
    campaign = json.loads(REGISTRY.make("renderer", "pearmut").render(made()))  # type: ignore[operator]
    for document in campaign["data"]:
        assert document
        for item in document:
            assert item["tgt"]
            assert not any(name.isdigit() for name in item["tgt"])
            assert set(item["error_spans"]) == set(item["tgt"])
            for name, spans in item["error_spans"].items():
                assert all(0 <= s["start_i"] <= s["end_i"] < len(places(item["tgt"][name])) for s in spans)


def test_tasks_of_label_studio_mark_what_the_findings_mark(checked: Result) -> None:
    renderer = REGISTRY.make("renderer", "label-studio")
    tasks = json.loads(renderer.render(checked))
    assert [task["data"]["system"] for task in tasks] == ["A", "B"]
    (prediction,) = tasks[0]["predictions"]
    assert prediction["result"]
    for label in prediction["result"]:
        units = utf16(tasks[0]["data"][label["to_name"]])
        assert "".join(units[label["value"]["start"] : label["value"]["end"]]) == label["value"]["text"]
    (name, interface), *more = renderer.companions(checked).items()
    assert (name, more) == ("label-studio.xml", [])
    used = {label["from_name"] for task in tasks for p in task["predictions"] for label in p["result"]}
    assert all(f'name="{control}"' in interface for control in used)


@pytest.mark.parametrize("table", ["findings", "units", "documents", "scores"])
def test_a_table_with_commas_has_a_row_for_each(checked: Result, table: str) -> None:
    head, *rows = csv.reader(io.StringIO(REGISTRY.make("renderer", f"csv(table={table})").render(checked)))
    assert len(rows) == len(next(iter(evalkit.Result.to_arrow(checked)[table].columns)))
    assert {len(row) for row in rows} <= {len(head)}


def test_a_table_for_excel_has_a_mark_and_semicolons(checked: Result) -> None:
    text = REGISTRY.make("renderer", "csv(excel=yes)").render(checked)
    assert text.startswith("\ufeffsystem;document;")
    assert REGISTRY.make("renderer", "csv").render(checked).startswith("system,document,")
    with pytest.raises(ConfigError, match="is none of: units, documents"):
        REGISTRY.make("renderer", "csv(table=words)")


def test_nothing_in_a_table_is_a_formula() -> None:
    for table in ("findings", "units", "scores"):
        for row in csv.reader(io.StringIO(REGISTRY.make("renderer", f"csv(table={table})").render(hostile_result()))):
            assert not [cell for cell in row if cell.startswith(("=", "@")) or re.match(r"[+-]\D", cell)]


@pytest.mark.parametrize("table", ["findings", "units", "documents", "scores"])
def test_a_parquet_file_holds_the_texts_as_they_are(checked: Result, table: str) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="NOT TESTED: pyarrow is not installed")
    renderer = REGISTRY.make("renderer", f"parquet(table={table})")
    data = renderer.render_file(checked)
    assert renderer.render_file(checked) == data
    assert pq.read_table(io.BytesIO(data)).equals(checked.to_arrow()[table])


def test_a_post_edited_file_is_told_by_document_and_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mt = {"a": ["One two three four.", "Five six."], "b": ["Seven eight.", "Nine ten eleven twelve."]}
    edited = {"a": ["One two three four.", "Five six."], "b": ["Seven ate.", "Nine ten eleven twelve."]}
    for name, documents in (("mt", mt), ("pe", edited)):
        Path(name).mkdir()
        for id_, lines in documents.items():
            Path(name, id_).write_text("\n".join(lines) + "\n")
    result = evalkit.score("mt", "pe", metrics=["ter", "cer", "untouched"])
    (system,) = result.systems
    assert {s.metric: s.value for s in system.scores}["untouched"] == 75
    assert [(d.id, d.scores["untouched"]) for d in system.documents] == [("a", 100.0), ("b", 50.0)]
    assert system.documents[0].scores["ter"] == 0.0
    head, *rows = REGISTRY.make("renderer", "documents-tsv").render(result).splitlines()
    assert head.split("\t") == ["system", "document", "words", "trusted", "ter", "cer", "untouched"]
    assert [row.split("\t")[-1] for row in rows] == ["100.0", "50.0"]
