"""Readers: documents with offsets into the original, one clear error for what cannot be used."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from evalkit.errors import EvalkitError, InputError
from evalkit.plugins import Registry
from evalkit.records.config import parse
from evalkit.run.pipeline import evaluate

REGISTRY = Registry()


def read(reader: str, path: Path) -> tuple:
    return REGISTRY.make("reader", reader).read(str(path), "en")


def test_text_is_one_document_with_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    (document,) = read("text", path)
    assert (document.id, document.text) == ("1", "one\r\ntwo\r\n")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match="empty"):
        read("text", path)


def test_furniture_is_left_out_and_recorded(root: Path) -> None:
    (document,) = read("text(boilerplate=yes)", root / "seeds" / "001_9ad0c85d99907b88.txt")
    assert [(item.line, item.reason) for item in document.left_out] == [
        (1, "navigation menu"),
        (5, "byline"),
        (65, "copyright notice"),
        (66, "site registration number"),
        (67, "site registration number"),
    ]
    for item in document.left_out:
        assert document.text[item.start : item.end] == item.text


def test_furniture_inside_the_text_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    body = [f"Sentence number {n} of this text." for n in range(20)]
    path.write_text("\n".join([*body[:10], "Copyright law was debated at length.", *body[10:]]))
    (document,) = read("text(boilerplate=yes)", path)
    assert document.left_out == ()


def test_folder_documents_by_relative_path(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("two\n")
    (tmp_path / "a.txt").write_text("one\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / ".hidden").write_text("no")
    assert [(d.id, d.text) for d in read("folder", tmp_path)] == [
        ("a.txt", "one\n"),
        ("empty.txt", ""),
        ("sub/b.txt", "two\n"),
    ]


def test_folder_names_all_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "b.bin").write_bytes(b"\0\0\0")
    with pytest.raises(InputError) as caught:
        read("folder", tmp_path)
    assert "a.txt" in str(caught.value)
    assert "b.bin" in str(caught.value)


def test_folder_refuses_markup_that_would_be_scored_as_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A sentence.\n")
    (tmp_path / "b.xlf").write_text('<?xml version="1.0"?>\n<xliff version="1.2"></xliff>\n')
    with pytest.raises(InputError, match=r"b\.xlf: this is not running text but XML \(`<xliff>`\)"):
        read("folder", tmp_path)


def test_folder_refuses_links_that_lead_out(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inside = tmp_path / "docs"
    inside.mkdir()
    (inside / "a.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(InputError, match="leads out"):
        read("folder", inside)


def test_folder_leaves_nothing_out_without_a_word(tmp_path: Path) -> None:
    """Links to folders and to nothing, pipes and folders closed to us were skipped, and gates passed without them."""
    inside = tmp_path / "docs"
    (inside / "deep").mkdir(parents=True)
    (inside / "a.txt").write_text("A sentence.\n")
    (inside / ".hidden").symlink_to("nowhere")
    assert len(read("folder", inside)) == 1
    (inside / "gone.txt").symlink_to("nowhere")
    (inside / "more").symlink_to("deep")
    (inside / "out").symlink_to(tmp_path)
    os.mkfifo(inside / "pipe.txt")
    with pytest.raises(InputError) as caught:
        read("folder", inside)
    said = str(caught.value)
    assert [name for name in ("gone.txt", "more", "out", "pipe.txt") if f"{name}: " not in said] == [], said


def test_folder_says_which_folders_cannot_be_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("A sentence.\n")
    (tmp_path / "closed").mkdir()
    really = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(InputError, match=r"closed: cannot be looked into \(Permission denied\)"):
        read("folder", tmp_path)


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text files"):
        read("folder", tmp_path)


JSONL = (
    '{"doc": "d1", "text": "One.", "id": "x"}\n\n'
    '{"doc": "d2", "text": "Deux\\tmots.", "lang": "fr"}\n{"doc": "d1", "text": "Two."}\n'
)
CSV = 'text,doc\r\n"One, with ""quotes""",d1\r\n"NA",d1\r\n'
TSV = 'doc\ttext\nd1\tsaid "no\nd1\t\n'


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jsonl", JSONL, {"d1": ["One.", "Two."], "d2": ["Deux\tmots."]}),
        ("a.csv", CSV, {"d1": ['One, with "quotes"', "NA"]}),
        ("a.tsv", TSV, {"d1": ['said "no', ""]}),
    ],
)
def test_tables(tmp_path: Path, name: str, content: str, expected: dict[str, list[str]]) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode())
    found = {d.id: [d.text[r.start : r.end] for r in d.rows] for d in read("table", path)}
    assert found == expected


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", '{"doc": "d", "text": "x"}\n{"doc": ', ":2: not valid JSON"),
        ("a.jsonl", '["x"]\n', ":1: not an object"),
        ("a.jsonl", '{"doc": "d", "txt": "x"}\n', "did you mean 'txt'"),
        ("a.jsonl", '{"doc": "d", "text": 5}\n', "not a text"),
        ("a.jsonl", '{"doc": "d", "text": "\\ud800"}\n', "lone surrogate"),
        (
            "a.jsonl",
            '{"doc": "d", "text": "x", "id": 1}\n{"doc": "d", "text": "y", "id": 1}\n',
            ":2: the id '1' occurs",
        ),
        ("a.tsv", "doc\ttext\nd\tx\ty\n", ":2: the row has another number"),
        ("a.csv", "doc,text\n", "no rows"),
        ("a.csv", "doc,text,text\nd,x,y\n", ":1: the column 'text' stands twice"),
    ],
)
def test_bad_tables_name_file_and_line(tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read("table", path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_datasets_reads_parquet_as_the_table_reader_reads_jsonl(tmp_path: Path) -> None:
    pytest.importorskip("datasets", reason="NOT TESTED: the extra `datasets` is not installed")
    import pyarrow
    import pyarrow.parquet

    jsonl, parquet = tmp_path / "a.jsonl", tmp_path / "a.parquet"
    jsonl.write_text('{"doc": "d1", "text": "One."}\n{"doc": "d2", "text": "NA"}\n')
    table = pyarrow.table({"doc": ["d1", "d2"], "text": ["One.", "NA"]})
    pyarrow.parquet.write_table(table, parquet)
    expected = [(d.id, d.text, d.rows) for d in read("table", jsonl)]
    assert [(d.id, d.text, d.rows) for d in read("datasets", parquet)] == expected
    with pyarrow.OSFile(str(tmp_path / "a.arrow"), "wb") as sink, pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    assert [(d.id, d.text, d.rows) for d in read("datasets", tmp_path / "a.arrow")] == expected
    assert "HF_HUB_OFFLINE" not in os.environ


def test_datasets_says_what_is_no_data_set(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with pytest.raises(EvalkitError, match="no such file"):
        read("datasets", path)


def test_a_folder_is_called_by_its_whole_name(tmp_path: Path) -> None:
    for name in ("Claude-3.5", "reference"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("One sentence.\n", encoding="utf-8")
    data = {"reference": [{"path": "reference"}], "candidate": [{"path": "Claude-3.5"}]}
    assert evaluate(parse(data, "the test"), folder=tmp_path).systems[0].name == "Claude-3.5"
