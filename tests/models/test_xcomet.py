"""XCOMET's marks as findings: where they stand, what of them is not in the text, and one process for both."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

import evalkit
from evalkit.models.spans import located
from evalkit.plugins import Registry
from evalkit.records.config import parse

WORKER = Path(__file__).parent / "worker.py"


@pytest.fixture(autouse=True)
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter for COMET that runs the small worker instead."""
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(WORKER))} "$2" "$3"\n', encoding="utf-8"
    )
    python.chmod(0o755)
    monkeypatch.setenv("EVALKIT_PYTHON_COMET", str(python))
    monkeypatch.setenv("EVALKIT_CACHE", "off")


def found(tmp_path: Path, model: str, candidate: str) -> list[tuple[str, str, str, str]]:
    texts = {"c": candidate, "r": "The council met on Monday.\n", "s": "Der Rat tagte am Montag.\n"}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = {
        "metrics": [{"name": "xcomet", "model": model}], "detectors": [{"name": "xcomet", "model": model}],
        "align": "lines", "lang": "en", "reference": [{"path": str(tmp_path / "r.txt")}],
        "source": {"path": str(tmp_path / "s.txt"), "lang": "de"}, "candidate": [{"path": str(tmp_path / "c.txt")}],
    }  # fmt: skip
    result = evalkit.evaluate(parse(settings, "test"))
    assert str(tmp_path) not in result.signature
    return [(f.rule, f.severity, f.text, f.message) for f in result.systems[0].findings]


def test_a_mark_stands_at_its_words(tmp_path: Path) -> None:
    marked = found(tmp_path, "words", "The councillor met on Monday.\n")
    assert marked == [("xcomet-major", "minor", "councillor", "marked by XCOMET as major")]


def test_what_is_not_in_the_text_is_said_and_not_counted(tmp_path: Path) -> None:
    ((rule, severity, text, message),) = found(tmp_path, "elsewhere", "The councillor met on Monday.\n")
    assert (rule, severity, text) == ("xcomet-major", "neutral", "The councillor met on Monday.")
    assert message == "XCOMET marks 'elsewhere' as major; these words are not in the text"


def test_a_good_text_has_none(tmp_path: Path) -> None:
    assert found(tmp_path, "words", "The council met on Monday.\n") == []


@pytest.mark.parametrize(
    ("span", "text", "place"),
    [
        ({"text": "met", "start": 4, "end": 7}, "met, met", (5, 8)),  # the offsets are off: the nearest
        ({"text": "met", "start": 0, "end": 3}, "met, met", (0, 3)),
        ({"text": "met", "start": 4, "end": 8}, "met, met", (5, 8)),  # with the space before it
        ({"text": "10 km", "start": 0, "end": 5}, "１０\u3000ｋｍ away", (0, 5)),  # the model reads other widths
        ({"text": "gone", "start": 0, "end": 3}, "met, met", None),
        ({"text": "met", "start": -5, "end": 999}, "met, met", (0, 3)),
        ({"text": "met", "start": "x", "end": None}, "we met", (3, 6)),
        ({"text": " ", "start": 0, "end": 1}, " met", None),
        ({"text": "<s> Fishermen as", "start": 0, "end": 12}, "Fishermen asked.", (0, 12)),  # as the library has it
        ({"text": "we <unk> it", "start": 0, "end": 7}, "we ☃ it now", (0, 7)),
        ({"text": "it <unk> we", "start": 0, "end": 7}, "we ☃ it now", None),
        ({"text": "<s>", "start": 0, "end": 3}, "<s> met", None),
        ({}, "met", None),
    ],
)
def test_where_a_span_stands(span: dict[str, object], text: str, place: tuple[int, int] | None) -> None:
    assert located(span, text) == place


def test_the_detector_is_off_unless_named() -> None:
    assert not Registry().get("detector", "xcomet").default
