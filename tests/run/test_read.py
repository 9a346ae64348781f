"""Reading and matching: references made from raw files, folders, tables, names."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records.config import parse
from evalkit.run.read import read_inputs, shown_path


def inputs(folder: Path, **settings: object) -> object:
    return read_inputs(parse(settings, "test"), folder, Registry())


RAW = "Home | Contact Us\n\nThe text itself.\n\nCopyright 2020 Somebody. All rights reserved.\n"


def test_a_derived_reference_is_checked_and_its_lines_recorded(tmp_path: Path) -> None:
    (tmp_path / "raw.txt").write_text(RAW)
    (tmp_path / "ref.txt").write_text("The text itself.\n")
    (tmp_path / "a.txt").write_text("The text.\n")
    settings = {"candidate": [{"path": "a.txt"}], "reference": [{"path": "ref.txt", "derived_from": "raw.txt"}]}
    found = inputs(tmp_path, **settings)
    assert [item.line for item in found.derived["ref"].left_out] == [1, 5]
    (tmp_path / "ref.txt").write_text("The text itself, edited by hand.\n")
    with pytest.raises(InputError, match=r"evalkit clean raw\.txt -o ref\.txt"):
        inputs(tmp_path, **settings)


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError) as caught:
        inputs(tmp_path, candidate=[{"path": "a.txt"}], reference=[{"path": "none.txt"}])
    assert "a.txt" in str(caught.value)
    assert "none.txt" in str(caught.value)


def test_a_table_matches_a_table_by_document(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"doc": "y", "text": "Two."}\n{"doc": "x", "text": "One."}\n')
    (tmp_path / "r.csv").write_text("doc,text\nx,One!\ny,Two!\nz,Three!\n")
    found = inputs(tmp_path, candidate=[{"path": "a.jsonl"}], reference=[{"path": "r.csv"}])
    assert [[d.id for d in side.documents] for side in (*found.references, *found.candidates)] == [["x", "y", "z"]] * 2
    assert [d.text for d in found.candidates[0].documents] == ["One.", "Two.", ""]
    assert "'z' is missing in candidate 'a'" in found.failures[0].message


def test_a_reader_without_the_option_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"doc": "x", "text": "One."}\n')
    with pytest.raises(InputError, match="has no option `boilerplate`"):
        inputs(tmp_path, candidate=[{"path": "a.jsonl", "boilerplate": True}])


def test_names_come_from_the_paths_and_are_unique(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "out.txt").write_text("Text.\n")
    found = inputs(tmp_path, candidate=[{"path": "one/out.txt"}, {"path": "two/out.txt"}])
    assert [c.name for c in found.candidates] == ["one/out.txt", "two/out.txt"]
    with pytest.raises(ConfigError, match="called 'x'"):
        inputs(tmp_path, candidate=[{"path": "one/out.txt", "name": "x"}, {"path": "two/out.txt", "name": "x"}])


def test_paths_shown_are_never_absolute(tmp_path: Path) -> None:
    assert shown_path("sub/../a.txt", tmp_path) == "a.txt"
    assert shown_path(str(tmp_path / "a.txt"), tmp_path) == "a.txt"
    assert shown_path("/etc/hosts", tmp_path) == "hosts"
    assert shown_path("../up.txt", tmp_path) == "up.txt"
    assert shown_path("-", tmp_path) == "-"


@pytest.mark.parametrize("as_folder", [False, True])
def test_a_byte_order_mark_is_taken_off_and_said(tmp_path: Path, as_folder: bool) -> None:
    for name in ("mine", "theirs"):
        path = tmp_path / name / "a.txt" if as_folder else tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("One.\n", encoding="utf-8-sig" if name == "mine" else "utf-8")
    result = evalkit.score(tmp_path / "mine", tmp_path / "theirs")
    (note,) = result.failures
    assert "begins with a byte order mark" in note.message
    assert note.system == "mine"
