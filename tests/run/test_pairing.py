"""Lines without an object each: the same result as with them, to the byte, and nothing made that nobody reads."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evalkit
from evalkit.errors import ConfigError
from evalkit.kernel import packing
from evalkit.kernel.lines import DocumentLines
from evalkit.plugins import Registry
from evalkit.records import Document, LeftOut, Row
from evalkit.records import json as jsonio
from evalkit.records.config import RunConfig, parse
from evalkit.records.lazy import Deferred
from evalkit.run import align as aligning
from evalkit.text.layout import line_places

pytestmark = pytest.mark.slow

WORDS = [
    "the",
    "cat",
    "sat",
    "on",
    "a",
    "mat",
    ",",
    "and",
    "1,000",
    "dogs",
    ";",
    "«",
    "été",
    "»",
    "中文",
    "x²",
    "don't",
]


def lines(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(rng.choice(WORDS) for _ in range(rng.randrange(12))) for _ in range(count)]


@pytest.fixture
def config(tmp_path: Path) -> RunConfig:
    reference = lines(60, 1)
    (tmp_path / "ref.txt").write_text("\n".join(reference) + "\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text("\r\n".join(lines(60, 2)) + "\r\n", encoding="utf-8")
    for name in "abc":
        rng = random.Random(name)
        texts = [text if rng.random() < 0.6 else text[::-1] for text in reference]
        (tmp_path / f"{name}.txt").write_text("\n".join(texts), encoding="utf-8")
    return made(["ref.txt", "other.txt"], ["a.txt", "b.txt", "c.txt"])


def made(references: list[str], candidates: list[str], **settings: object) -> RunConfig:
    data: dict[str, Any] = {
        "name": "test",
        "metrics": ["bleu", "chrf++", "ter", "wer"],
        "align": "lines",
        "detectors": [],
        "statistics": {"test": "bootstrap", "trials": 200, "confidence": True},
        "reference": [{"path": path} for path in references],
        "candidate": [{"path": path} for path in candidates],
    }
    return parse(data | settings, "test")


def as_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run as it is where lines are nothing special."""
    monkeypatch.setattr(aligning, "stands_line_by_line", lambda *_: False)


@pytest.mark.parametrize("kernel", ["", "off"])
@pytest.mark.parametrize("settings", [{}, {"detectors": ["whitespace", "untranslated"]}])
def test_the_result_is_that_of_objects(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kernel: str, settings: dict[str, object]
) -> None:
    monkeypatch.setenv("EVALKIT_KERNEL", kernel)
    config = made(["ref.txt", "other.txt"], ["a.txt", "b.txt", "c.txt"], **settings)
    packed = jsonio.dumps(evalkit.evaluate(config, folder=tmp_path))
    as_objects(monkeypatch)
    assert jsonio.dumps(evalkit.evaluate(config, folder=tmp_path)) == packed


def test_tables_with_documents_and_a_missing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, last in (("ref", "d3"), ("a", "d3"), ("b", "d4")):
        rows = [f"{doc}\t{text}" for doc, n in (("d1", 12), ("d2", 5), (last, 9)) for text in lines(n, len(doc) + n)]
        (tmp_path / f"{name}.tsv").write_text("doc\ttext\n" + "\n".join(rows) + "\n", encoding="utf-8")
    config = made(["ref.tsv"], ["a.tsv", "b.tsv"])
    packed = jsonio.dumps(evalkit.evaluate(config, folder=tmp_path))
    as_objects(monkeypatch)
    assert jsonio.dumps(evalkit.evaluate(config, folder=tmp_path)) == packed


def test_a_table_makes_no_unit_and_shows_the_same(config: RunConfig, tmp_path: Path) -> None:
    result = evalkit.evaluate(config, folder=tmp_path)
    text = evalkit.render(result, "table")
    deferred: list[Any] = [
        result.disagreements,
        *(s.units for s in result.systems),
        *(s.segments for s in result.systems),
    ]
    deferred += [reference.segments for reference in result.references]
    assert [type(items).__name__ for items in deferred if not isinstance(items, Deferred)] == []
    assert all(items._make is not None for items in deferred if isinstance(items, Deferred))
    saved = jsonio.loads(jsonio.dumps(result))
    assert Registry().make("renderer", "table").render(saved) == text
    assert jsonio.seen(result) == saved
    assert result == saved


@pytest.mark.parametrize("jobs", [2, 5])
def test_threads_change_nothing(config: RunConfig, tmp_path: Path, jobs: int) -> None:
    one = jsonio.dumps(evalkit.evaluate(config, folder=tmp_path))
    assert jsonio.dumps(evalkit.evaluate(config, folder=tmp_path, jobs=jobs)) == one


def test_blocks_change_nothing(config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = jsonio.dumps(evalkit.evaluate(config, folder=tmp_path))
    monkeypatch.setattr(packing, "BLOCK", 7)
    assert jsonio.dumps(evalkit.evaluate(config, folder=tmp_path)) == whole


@given(st.text(alphabet="a\n\r \u2028\x0b", max_size=20))
def test_the_lines_of_a_text(text: str) -> None:
    document = Document("1", "x", text, "")
    starts, ends, ids = line_places(document)
    whole = text.split("\n")
    rest = whole.pop() if text.endswith("\n") or not text else None
    expected = [
        line.removesuffix("\r") if k < len(whole) - 1 or rest is not None else line for k, line in enumerate(whole)
    ]
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == expected
    assert ids is None


def test_lines_left_out_and_rows_keep_their_names() -> None:
    left_out = (LeftOut("1", 2, 3, 5, "cd", "menu"),)
    found = DocumentLines(Document("1", "x", "ab\ncd\nef", "", left_out=left_out))
    assert (list(found.texts), list(found.ids())) == (["ab", "ef"], ["1:1", "1:3"])
    rows = (Row("x", 0, 2), Row("y", 3, 5))
    found = DocumentLines(Document("d", "x", "ab\ncd", "", rows=rows))
    assert (list(found.texts), list(found.ids())) == (["ab", "cd"], ["d:x", "d:y"])


def test_a_segmenter_that_only_says_it_keeps_the_lines_is_named(tmp_path: Path) -> None:
    (tmp_path / "plugin.py").write_text(LIAR, encoding="utf-8")
    for name in ("ref", "a"):
        (tmp_path / f"{name}.txt").write_text("One.\n\nTwo.\n", encoding="utf-8")
    config = made(["ref.txt"], ["a.txt"], plugins=["plugin.py"], segment="liar", metrics=["bleu"])
    with pytest.raises(ConfigError, match=r"'liar' says that it keeps the lines .* more or fewer segments"):
        jsonio.dumps(evalkit.evaluate(config, folder=tmp_path))


LIAR = """
from dataclasses import dataclass
from typing import ClassVar
from evalkit.records import Segment

@dataclass(frozen=True)
class Liar:
    kind: ClassVar[str] = "segmenter"
    name: ClassVar[str] = "liar"
    keeps_lines: ClassVar[bool] = True

    def split(self, document):
        return [Segment("1:1", document.id, 0, len(document.text), document.text)]
"""
