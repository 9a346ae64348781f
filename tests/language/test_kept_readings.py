"""What was read in references: the same as read anew, and nothing believed that it could not be."""

from __future__ import annotations

from functools import wraps

import msgspec
import pytest

from evalkit.language.kept_readings import Readings, lasting_of_all, within
from evalkit.language.name_cues import Vocabulary
from evalkit.language.name_places import find_places
from evalkit.language.numbers import scan as scanner
from evalkit.language.numbers.scan import Quantity, scan
from evalkit.text.shared import forget_shared

TEXTS = [
    "On 3 May 2020 at 10:30 pm some 1,234.5 million euros, a third of 12 per cent, went to G20.",
    "Nobody came.",
    "Minus 3 degrees, 2/3 of 1.5 kg, the nineties, IV, Monday.",
]


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which texts were read."""
    texts: list[str] = []
    whole = scanner._scan

    def watched(text: str, lang: str) -> list[Quantity]:
        texts.append(text)
        return whole(text, lang)

    monkeypatch.setattr(scanner, "_scan", watched)
    forget_shared()  # as a new process, which remembers nothing
    return texts


def read(readings: Readings | None) -> list[list[Quantity]]:
    with within(readings):
        return [scan(text, lang) for text in TEXTS for lang in ("en", "de")]


def kept() -> bytes:
    first = Readings(TEXTS, None)
    read(first)
    content = first.grown()
    assert content
    return content


def test_what_is_kept_is_what_is_read(scanned: list[str]) -> None:
    content, fresh = kept(), read(None)
    scanned.clear()
    forget_shared()
    again = Readings(TEXTS, content)
    assert read(again) == fresh
    assert scanned == []
    assert again.grown() is None
    assert [type(q.value) for found in read(again) for q in found] == [type(q.value) for found in fresh for q in found]


def test_other_texts_are_read_and_not_kept(scanned: list[str]) -> None:
    readings = Readings(TEXTS[:1], kept())
    with within(readings):
        assert scan("a hundred and four", "en")
    assert readings.grown() is None


@pytest.mark.parametrize("change", [b"", b"\x81", b"no pack", None])
def test_what_is_damaged_is_read_anew(change: bytes | None) -> None:
    content = kept()
    if change is None:  # a place that is beyond its text
        rows = msgspec.msgpack.decode(content)
        for _, listed in rows:
            for _, _, found in listed:
                for item in found:
                    item[1] += 1000
        change = msgspec.msgpack.encode(rows)
    assert read(Readings(TEXTS, change)) == read(None)


def test_what_all_references_say_is_kept_for_a_later_run() -> None:
    asked: list[str] = []

    @lasting_of_all(int)
    def longest(texts: tuple[str, ...], what: str) -> int:
        asked.append(what)
        return max(map(len, texts))

    first = Readings(TEXTS, None)
    with within(first):
        assert [longest(tuple(TEXTS), what) for what in ("a", "b", "a")] == [len(TEXTS[0])] * 3
    assert asked == ["a", "b"]
    forgotten = longest.__wrapped__  # type: ignore[attr-defined]
    again = Readings(TEXTS, first.grown())
    asked.clear()

    @lasting_of_all(int)  # as a new process, which remembers nothing
    @wraps(forgotten)
    def once_more(texts: tuple[str, ...], what: str) -> int:
        return int(forgotten(texts, what))

    with within(again):
        assert once_more(tuple(TEXTS), "a") == len(TEXTS[0])
        assert asked == []
        assert once_more(tuple(TEXTS[1:]), "a") == len(TEXTS[2])
    assert asked == ["a"]


def test_words_and_places_of_references_are_the_same_as_read_anew() -> None:
    references = ("The mayor of Paris met Li Wei in New York.", "Nobody in Chad laughed, and Paris slept.")

    def found(readings: Readings | None) -> list[object]:
        forget_shared()
        with within(readings):
            words = Vocabulary((), references)
            told = [(w, words.has(w), words.is_name(w), words.repeats(w)) for w in ("Paris", "laughed", "Chad", "Li")]
            return [told, *(find_places(text, lang) for text in references for lang in ("en", "fr"))]

    first = Readings(references, None)
    assert found(first) == found(None)
    assert found(Readings(references, first.grown())) == found(None)
