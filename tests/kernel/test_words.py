"""Words and likeness of lines by the kernel: what `evalkit.text.words` says, character by character."""

from __future__ import annotations

import random
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.kernel import native, packing
from evalkit.kernel import words as linewords
from evalkit.kernel.words import CountedLines, LineWords, likeness, stems
from evalkit.text.words import count_words

PIECES = [
    "don't", "l’été", "3rd", "3rd2", "1,000", "1.000,5", "12-year", "Straße", "naïve", "co–op", "１，０００", "half½",
    "x²", "Ａｂｃ", "ﬁne", "中文字", "e\u0301t", "1…5", "a'b'c'", "Œuvre", "İstanbul", "ŉ", "ĳs", "—dash—", "“q”", "",
    "слово", "한국어", "ไทย", "a\u302cb", "\u200ba", "a_b", "`a`", "\x00", "\U0001d7d8", "か", "，", "．5", "１．５",
]  # fmt: skip


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = spec_from_file_location("word_classes", root / "benchmarks" / "word_classes.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_text(left: list[str], right: list[str]) -> list[float]:
    return [likeness(stems(a), stems(b)) for a, b in zip(left, right, strict=True)]


def test_the_table_is_what_the_script_writes(script: ModuleType) -> None:
    """To renew it, run `python benchmarks/word_classes.py` and build again."""
    assert script.TARGET.read_text(encoding="utf-8") == script.header()


def test_every_character_of_the_tables_and_around_them(script: ModuleType) -> None:
    codes = [c for first, last in script.RANGES for c in range(first - 20, last + 20)] + list(range(0x3400, 0xA000, 7))
    texts = [frame.format(chr(c)) for c in [*range(0x250), *codes] for frame in ("{}", "a{}b", "1{}2", "A{0}{0}-{0}a1")]
    assert linewords.word_counts(texts[::5]) == [count_words(text) for text in texts[::5]]
    assert sum(linewords.word_counts(texts)) == sum(CountedLines(texts).words()) == sum(map(count_words, texts))
    turned = [text[::-1] + "b" for text in texts]
    assert CountedLines(texts).likeness(CountedLines(turned), 0, 0, len(texts)) == by_text(texts, turned)


def test_long_lines_are_sorted_too() -> None:
    rng = random.Random(1)
    texts = [" ".join(f"w{rng.randrange(900)}" for _ in range(400)) for _ in range(20)]
    assert CountedLines(texts).likeness(CountedLines(texts[::-1]), 0, 0, 20) == by_text(texts, texts[::-1])


@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=4)).map(" ".join), min_size=1), st.data())
def test_any_texts(texts: list[str], data: st.DataObject) -> None:
    others = data.draw(st.permutations(texts))
    assert sum(linewords.word_counts(texts)) == sum(CountedLines(texts).words()) == sum(map(count_words, texts))
    first, second = (data.draw(st.integers(0, len(texts) - 1)) for _ in "ab")
    size = len(texts) - max(first, second)
    found = CountedLines(texts).likeness(CountedLines(others), first, second, size)
    assert found == by_text(texts[first : first + size], others[second : second + size])


def test_the_same_without_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, others = ["The cat sat.", "中文 and 3rd", ""], ["A cat sat", "", ""]
    assert native.load() is not None
    found = CountedLines(texts).likeness(CountedLines(others), 0, 0, 3), sum(linewords.word_counts(texts))
    monkeypatch.setenv("EVALKIT_KERNEL", "off")
    assert (CountedLines(texts).likeness(CountedLines(others), 0, 0, 3), sum(linewords.word_counts(texts))) == found


def test_a_lone_surrogate_is_left_to_python() -> None:
    assert linewords.word_counts(["a \ud800 b", "c"]) == [2, 1]
    assert CountedLines(["a \ud800 b"]).likeness(CountedLines(["a"]), 0, 0, 1) == by_text(["a \ud800 b"], ["a"])
    assert CountedLines(["a"]).likeness(CountedLines(["a \ud800 b"]), 0, 0, 1) == by_text(["a"], ["a \ud800 b"])


@pytest.mark.parametrize(
    "text", ["a中" * 50, "1中" * 50, "1a" * 50, "中" * 50, "a1" * 50, "ß" * 50, "1²" * 50, "a " * 50, "1a中" * 50]
)
def test_the_room_for_stems_is_enough(text: str) -> None:
    """One for every two bytes and one a text."""
    for cut in range(4):
        mine = text[cut:]
        assert len(stems(mine)) <= count_words(mine) <= len(mine.encode()) // 2 + 1
        assert CountedLines([mine]).likeness(CountedLines([text]), 0, 0, 1) == by_text([mine], [text])


def test_lines_looked_at_in_blocks_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "BLOCK", 2)
    texts = ["a b", "c", "", "d e f", "g"]
    lines = LineWords(texts)
    assert lines.block(0, 2) is lines.block(0, 2)
    assert lines.block(1, 4).words() == [1, 0, 3]
    assert lines.total == 7
    assert LineWords(texts).total == 7
    assert LineWords([]).total == 0
