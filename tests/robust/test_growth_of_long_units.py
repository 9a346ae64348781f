"""A unit as long as its file: a value of JSON, a cell, a paragraph, a line.

Work is counted in calls, Python's and C's, which are the same on every machine. Of three lengths, each twice the one
before, the last step may cost little more than twice the step before it; what grows as the square costs four times.
"""

from __future__ import annotations

import cProfile
import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import evalkit
from evalkit.detectors.numbers import pairs
from evalkit.detectors.numbers.reckoned import reckoned
from evalkit.detectors.shape import _last
from evalkit.plugins import Registry
from evalkit.run.reading import read_path

REGISTRY = Registry()
pytestmark = pytest.mark.slow
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ENGLISH = "the council met in that city and said it would not give more money to people of this country"
MONTHS = "January March April June July August October December"
MOST = 2.8  # times the work of the step before: 2 for a line, a little more for sorting and for what begins late
SLACK = 2000  # calls: what one text has and another of its kind has not


def _of(piece: Callable[[random.Random], str], between: str = " ") -> Callable[[int], str]:
    """A text of at least so many characters, the same for each length."""

    def text(size: int, seed: int = 1) -> str:
        draw, made, length = random.Random(size * seed), list[str](), 0
        while length < size:
            made.append(piece(draw))
            length += len(made[-1]) + len(between)
        return between.join(made)

    return text


def _word(draw: random.Random) -> str:
    return "".join(draw.choices(LETTERS, k=6))


SHAPES: dict[str, Callable[..., str]] = {
    "words": _of(_word),
    "no spaces": _of(_word, ""),
    "numbers": _of(lambda draw: str(draw.randint(1000, 99999))),
    "one number": _of(lambda draw: str(draw.randint(0, 9)), ""),
    "dates": _of(lambda draw: f"{draw.randint(1, 28)} {draw.choice(MONTHS.split())} {draw.randint(1900, 2030)}"),
    "dates in figures": _of(lambda draw: f"{draw.randint(1900, 2030)}-{draw.randint(10, 12)}-{draw.randint(10, 28)},"),
    "brackets": _of(lambda _: "(["),
    "quotation marks": _of(lambda draw: draw.choice(('"a', 'b"', "“c", "(d", "[e", "'f"))),
    "capitals": _of(lambda draw: _word(draw).upper()),
    "names": _of(lambda draw: _word(draw).capitalize()),
    "Chinese": _of(lambda draw: chr(draw.randint(0x4E00, 0x5DFF)), ""),
    "one word": _of(lambda _: "word"),
    "negators": _of(lambda _: "not"),
    "prose": _of(lambda draw: draw.choice(ENGLISH.split())),
}


def _zipped(kind: str, name: str, content: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(name, content)
    return made.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
FORMATS: dict[str, Callable[[str], str | bytes]] = {
    "a.txt": lambda text: text + "\n",
    "a.md": lambda text: text + "\n",
    "a.html": lambda text: f"<html><body><p>{escape(text)}</p></body></html>",
    "a.json": lambda text: json.dumps({"a": text}),
    "a.arb": lambda text: json.dumps({"@@locale": "en", "a": text}),
    "a.xcstrings": lambda text: json.dumps(
        {"sourceLanguage": "de", "version": "1.0", "strings": {"a": {"localizations": {
            "en": {"stringUnit": {"state": "translated", "value": text}}}}}}
    ),
    "a.strings": lambda text: f'"a" = {json.dumps(text, ensure_ascii=False)};\n',
    "a.properties": lambda text: f"a={text}\n",
    "strings.xml": lambda text: "<resources><string name='a'>{}</string></resources>".format(
        escape(text, {"'": "\\'", '"': '\\"'})
    ),
    "a.csv": lambda text: 'id,text\n1,"' + text.replace('"', '""') + '"\n',
    "a.tsv": lambda text: "id\ttext\n1\t" + text.replace('"', "'") + "\n",
    "a.jsonl": lambda text: json.dumps({"id": "1", "text": text}) + "\n",
    "a.srt": lambda text: f"1\n00:00:01,000 --> 00:00:04,000\n{text}\n",
    "a.vtt": lambda text: f"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n{text}\n",
    "a.po": lambda text: 'msgid "a"\nmsgstr ' + json.dumps(text, ensure_ascii=False) + "\n",
    "a.xlf": lambda text: (
        '<xliff version="1.2"><file source-language="en" target-language="de"><body><trans-unit id="1">'
        f"<source>a</source><target>{escape(text)}</target></trans-unit></body></file></xliff>"
    ),
    "b.xlf": lambda text: (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de"><file id="f">'
        f'<unit id="1"><segment><source>a</source><target>{escape(text)}</target></segment></unit></file></xliff>'
    ),
    "a.tmx": lambda text: (
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="de">'
        f"<seg>{escape(text)}</seg></tuv></tu></body></tmx>"
    ),
    "a.docx": lambda text: _zipped(
        "", "word/document.xml",
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:body></w:document>',
    ),
    "a.odt": lambda text: _zipped(
        "application/vnd.oasis.opendocument.text", "content.xml",
        f'<office:document-content xmlns:office="{OPEN}office:1.0" xmlns:text="{OPEN}text:1.0"><office:body>'
        f"<office:text><text:p>{escape(text)}</text:p></office:text></office:body></office:document-content>",
    ),
}  # fmt: skip


def calls(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def grows_evenly(counts: list[int]) -> bool:
    """True where the last step costs little more than the one before, or the last length than the one before:
    where of very many numbers each is held against fewer, one step may cost nothing."""
    first, second, third = counts
    return third - second <= MOST * max(second - first, second // 2) + SLACK


@pytest.mark.parametrize("name", FORMATS)
def test_a_reader_reads_one_long_unit_of_any_shape_in_work_that_grows_with_it(tmp_path: Path, name: str) -> None:
    uneven = {}
    for shape, text in SHAPES.items():
        counts = []
        for size in (200, 1500, 3000, 6000):  # the first for what is loaded once
            path = tmp_path / str(size) / name
            path.parent.mkdir(exist_ok=True)
            made = FORMATS[name](text(size))
            path.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8"))
            counts.append(calls(partial(read_path, REGISTRY, str(path), "en", "candidate")))
        if not grows_evenly(counts[1:]):
            uneven[shape] = counts
    assert not uneven


FIGURES = ("numbers", "one number", "dates", "dates in figures")  # beside a source rules of their own judge them


@pytest.mark.parametrize(
    ("shape", "beside"), [*((shape, "reference") for shape in SHAPES), *((shape, "source") for shape in FIGURES)]
)
def test_a_check_of_one_long_line_grows_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str, beside: str
) -> None:
    monkeypatch.setattr(pairs, "_MANY", 20)  # numbers that each is held against: with all 200 it takes minutes
    lang = "zh" if shape == "Chinese" else "en"
    counts = []
    for size in (500, 3000, 6000, 12_000):  # the first for what is loaded once
        paths = [tmp_path / f"{name}{size}.txt" for name in "ab"]
        for seed, path in enumerate(paths, 1):
            path.write_text(SHAPES[shape](size, seed) + "\n", encoding="utf-8")

        def checked(candidate: Path = paths[0], other: Path = paths[1]) -> object:
            if beside == "reference":
                return evalkit.check(candidate, other, lang=lang)
            return evalkit.check(candidate, source=other, lang=lang, source_lang="de")

        counts.append(calls(checked))
    assert grows_evenly(counts[1:]), counts


@pytest.mark.parametrize("piece", ["\n", '" ', "”"])
def test_the_end_of_a_text_is_looked_for_once(piece: str) -> None:
    """In a run that is not the end of it, a pattern would be tried from each character: an hour for this one."""
    assert _last(f"a.{piece * 500_000}b") == "b"
    assert _last(f"a.{piece * 500_000}") == "."


@pytest.mark.parametrize("piece", ["1.", "1", "1,-"])
def test_a_measure_behind_figures_without_end_is_looked_for_once(piece: str) -> None:
    begun = time.process_time()
    assert not list(reckoned(piece * 50_000 + "a", "en"))
    assert time.process_time() - begun < 20  # an hour before
