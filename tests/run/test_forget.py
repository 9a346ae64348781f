"""What a run forgets, packs or writes bit by bit where texts are long changes nothing of what it finds."""

from __future__ import annotations

import tempfile
import tracemalloc
from pathlib import Path

import pytest

import evalkit
from evalkit.cli import output
from evalkit.detectors import numbers
from evalkit.language import dictionaries, word_frequencies
from evalkit.records import json as jsonio
from evalkit.records import packed
from evalkit.records.config import parse
from evalkit.run import find, forget, pipeline, reports
from evalkit.text import outputs, words
from evalkit.text.shared import shared

CANDIDATE = "Mr Smyth met 12 ministers on 4 May 2020. They spoke of peace and trade. Nobody else came.\n"
REFERENCE = "Mr Smith met 21 ministers on 5 May 2020. They spoke of peace and trade. It was a long day.\n"


def reports_of(folder: Path) -> dict[str, bytes]:
    """The files of a run of two systems, by name."""
    sides = {"a.txt": CANDIDATE, "b.txt": REFERENCE.replace("peace", "war"), "reference.txt": REFERENCE}
    folder.mkdir()
    for name, text in sides.items():
        (folder / name).write_text(text * 3, encoding="utf-8")
    settings = {"candidate": [{"path": "a.txt"}, {"path": "b.txt"}], "reference": [{"path": "reference.txt"}]}
    result = evalkit.evaluate(parse(settings, "settings"), folder=folder)
    evalkit.write_reports(result, folder / "out")
    return {path.name: path.read_bytes() for path in sorted((folder / "out").rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_a_run_that_holds_nothing_writes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = reports_of(tmp_path / "usual")
    for room in (find, pipeline, jsonio, reports):
        monkeypatch.setattr(room, "MANY", 0)
    monkeypatch.setattr(packed, "MANY", 2)
    monkeypatch.setattr(find, "BLOCK", 2)
    monkeypatch.setattr(numbers, "_HELD", 1)
    monkeypatch.setattr(outputs, "_HELD", 100)
    monkeypatch.setattr(forget, "_LARGE", 0)
    assert reports_of(tmp_path / "sparing") == usual
    assert b"Smyth" in usual["result.json"]


def test_what_is_known_of_words_can_be_forgotten() -> None:
    asked = []
    known = shared(lambda text: asked.append(text) or len(text))
    for text in ("a word", "a " * words.SEGMENT, "a word", "a " * words.SEGMENT):
        known(text)
    assert len(asked) == 2
    assert words.count_words("two words") == 2
    forget.forget_all()
    assert words._shared.cache_info().currsize == 0
    known("a word")
    known("a " * words.SEGMENT)
    assert len(asked) == 4


def test_the_dictionaries_of_a_package_can_be_forgotten() -> None:
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY as FACTORY

    known = dictionaries.lemma("cathod", "cy")
    assert FACTORY._get_dictionary.cache_info().currsize > 0
    forget.forget_all()
    assert FACTORY._get_dictionary.cache_info().currsize == 0
    assert dictionaries.lemma("cathod", "cy") == known != ""


def test_the_lists_of_a_package_can_be_forgotten() -> None:
    wordfreq = pytest.importorskip("wordfreq")
    known = word_frequencies.frequency("at", "fil")
    assert wordfreq.get_frequency_dict.cache_info().currsize > 0
    forget.forget_all()
    assert wordfreq.get_frequency_dict.cache_info().currsize == 0
    assert wordfreq.get_frequency_list.cache_info().currsize == 0
    assert word_frequencies.frequency("at", "fil") == known > 0


@pytest.mark.slow
def test_a_folder_of_reports_holds_no_large_file_in_memory(tmp_path: Path) -> None:
    block = b"x" * 999 + b"\n"
    outputs.write_folder(tmp_path, {"large.txt": (block for _ in range(40_000))})
    tracemalloc.start()
    outputs.write_folder(tmp_path, {"large.txt": (block for _ in range(40_000))})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000 < (tmp_path / "large.txt").stat().st_size


def test_what_goes_to_standard_output_waits_on_the_disk(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    made, on_disk = [], []

    class Spool(tempfile.SpooledTemporaryFile[bytes]):
        def rollover(self) -> None:
            on_disk.append(len(made))
            super().rollover()

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Spool)
    monkeypatch.setattr(output, "_HELD", 100)
    output.put_pieces((made.append(n) or b"ten bytes\n" for n in range(50)), "-")
    assert capsysbinary.readouterr().out == b"ten bytes\n" * 50
    assert on_disk == [11]
