"""Neighbouring lines encoded together are what the same lines are one by one."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.kernel import native
from evalkit.kernel.lines import DocumentLines
from evalkit.kernel.packing import LineTexts, Packed, pack
from evalkit.kernel.words import CountedLines
from evalkit.plugins import Registry
from evalkit.records import Document, LeftOut

LINE = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30)
LINES = st.lists(LINE, min_size=1, max_size=12)


def neighbours(lines: list[str]) -> LineTexts:
    """The lines with something before and behind them."""
    starts, at = [], 4
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    text = "\n".join(["one", *lines, "end"])
    ends = [start + len(line) for start, line in zip(starts, lines, strict=True)]
    return LineTexts(text, starts, ends, together=True)


def kernel() -> native.Kernel:
    found = native.load()
    if not found:
        pytest.skip("the kernel is not built")
    return found


@given(LINES)
def test_packed_as_the_lines_are(lines: list[str]) -> None:
    together = neighbours(lines)
    assert list(together) == list(together[:]) == lines
    assert [together[i] for i in range(len(together))] == lines
    assert pack(together, kernel().find_lines) == pack(lines, kernel().find_lines)


@given(LINES)
def test_same_words_and_likeness(lines: list[str]) -> None:
    together, single = CountedLines(neighbours(lines)), CountedLines(lines)
    assert together.words() == single.words()
    others = CountedLines(lines[::-1])
    assert together.likeness(others, 0, 0, len(lines)) == single.likeness(others, 0, 0, len(lines))


def test_a_lone_surrogate_is_packed_one_by_one() -> None:
    lines = ["a", "\ud800", "b"]
    assert neighbours(lines).packed(kernel().find_lines) is None
    assert pack(neighbours(lines), kernel().find_lines) == Packed(
        b"ab", pack(["a", "", "b"], lambda *_: None).bounds, (1,)
    )
    assert CountedLines(neighbours(lines)).words() == [1, 0, 1]


@pytest.mark.parametrize(
    ("text", "left_out", "unbroken"),
    [
        ("a b\nc\n\nd", (), True),
        ("a b\nc\n", (), True),
        ("", (), False),
        ("a b\r\nc\nd", (), False),
        ("a\nheader\nb", (LeftOut("1", 2, 2, 8, "header", "running head"),), False),
    ],
)
def test_lines_are_together_only_where_a_newline_stands_between(
    text: str, left_out: tuple[LeftOut, ...], unbroken: bool
) -> None:
    document = Document("1", "x.txt", text, "", "en", left_out=left_out)
    segments = Registry().make("segmenter", "lines").split(document)
    texts = DocumentLines(document).texts
    assert (texts.packed(lambda _, number: array("q", bytes(16 * number))) is not None) == unbroken
    assert list(texts) == [segment.text for segment in segments]
    assert list(texts[1:2]) == [segment.text for segment in segments][1:2]


def test_no_line_is_none() -> None:
    texts = neighbours(["a", "b"])
    assert None not in texts
    assert "b" in texts
    assert "c" not in texts
