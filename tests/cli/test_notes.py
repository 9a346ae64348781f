"""A note is told once: on stderr, or with the scores where nothing is said on stderr."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.language.test_recognise import TEXTS


def test_a_note_is_told_once(run: Run, tmp_path: Path) -> None:
    line = "The council met " + "and spoke of rivers " * 40 + ".\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(line)
    score = ("score", "a.txt", "-r", "b.txt", "--align", "document")
    note = "a.txt, line 1: a segment of"
    _, out, err = run(*score)
    assert (out.count(note), err.count(note)) == (0, 1)
    _, out, err = run(*score, "-q")
    assert (out.count(f"Note: {note}"), err.count(note)) == (1, 0)
    _, _, err = run(*score, "-o", "scores.txt")
    assert ((tmp_path / "scores.txt").read_text().count(note), err.count(note)) == (1, 1)


def test_a_file_that_was_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The council met.\n")
    assert run("check", "a.txt", "-o", "a.html")[2] == "evalkit: wrote a.html\n"
    assert run("score", "a.txt", "-r", "a.txt", "-o", "a.json")[2] == "evalkit: wrote a.json\n"
    for more in (("-o", "b.html", "-q"), ("-o", "-"), ()):
        assert run("check", "a.txt", *more)[2] == ""


@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_a_note_names_the_file_where_it_has_one_text(run: Run, tmp_path: Path, quiet: tuple[str, ...]) -> None:
    (tmp_path / "a.json").write_text('{"a": "Eins.", "b": "Zwei."}')
    (tmp_path / "b.json").write_bytes(b"\xef\xbb\xbf" + b'{"b": "Two.", "c": "Three."}')
    err = run("check", "a.json", "-s", "b.json", "--lang", "de", "--source-lang", "en", *quiet)[2]
    assert ("a.json lacks 1 key of the source: 'c'\n" in err) is not bool(quiet)
    assert ("evalkit: note: b.json begins with a byte order mark" in err) is not bool(quiet)
    assert "document '1'" not in err


def test_tests_of_terms_say_what_an_evaluation_says(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TEXTS['de']}\n")
    (tmp_path / "x.terms.yaml").write_text("candidates: [a.txt]\nterms: [{term: Straßenbahn, reject: [Tram]}]\n")
    assert "the texts look like German" in run("terms", "test", "x.terms.yaml")[2]
    assert run("terms", "test", "x.terms.yaml", "-q")[2] == ""
