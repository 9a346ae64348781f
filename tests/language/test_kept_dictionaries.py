"""Dictionaries opened as they were left by another process: the same answers."""

from __future__ import annotations

import pytest
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory, StreamMap

from evalkit.language.front_coded import Keys, KeysInBlocks, KeysOrDictionaries
from evalkit.language.kept_dictionaries import kept_in

WORDS = ("città", "cittaa", "mangiare", "Roma", "", "\x00", "zzz", "z" * 300, "perché", "abbandon", "houses", "isn't")


class Shelf(dict[str, bytes]):
    """Keeps in memory."""

    def put(self, key: str, content: bytes) -> None:
        self[key] = content


def opened(lang: str, memory: Shelf | None) -> object:
    """The dictionary as a new process opens it."""
    with kept_in(memory):
        return KeysOrDictionaries(StreamDictionaryFactory()).get_dictionary(lang)


@pytest.mark.parametrize(("lang", "made", "again"), [("it", Keys, KeysInBlocks), ("en", StreamMap, StreamMap)])
def test_what_is_kept_answers_the_same(lang: str, made: type, again: type) -> None:
    memory = Shelf()
    first, second = opened(lang, memory), opened(lang, memory)
    assert type(first) is made
    assert type(second) is again
    assert len(memory) == 1
    assert [second.get(word) for word in WORDS] == [first.get(word) for word in WORDS]
    assert any(first.get(word) for word in WORDS)


def test_every_key_stands_in_its_block() -> None:
    theirs, kept = StreamMap("fr"), KeysInBlocks(Keys("fr").blocks())
    for number, word in enumerate(theirs):
        if number % 499 == 0:
            assert kept.get(word) == word
            assert (kept.get(word + "q") is None) == (theirs.get(word + "q") is None)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x94\xa6Blocks\xc3\x91\xc4\x01a\x90"])
def test_what_is_no_dictionary_is_made_anew(content: bytes) -> None:
    memory = Shelf()
    opened("it", memory)
    (name,) = memory
    memory[name] = content
    assert type(opened("it", memory)) is Keys
    assert type(opened("it", memory)) is KeysInBlocks


def test_nothing_is_kept_where_nobody_keeps() -> None:
    assert type(opened("it", None)) is Keys
