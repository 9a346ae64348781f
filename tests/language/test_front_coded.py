"""Words looked up in packed dictionaries: the answers of simplemma."""

from __future__ import annotations

from itertools import islice

import pytest
from simplemma import lemmatize
from simplemma.strategies import DictionaryLookupStrategy
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory, StreamMap

from evalkit.language import dictionaries
from evalkit.language.front_coded import Keys, KeysOrDictionaries


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["it", "ga"])
def test_every_key_is_known_and_nothing_else(lang: str) -> None:
    theirs, mine = StreamMap(lang), Keys(lang)
    for word in islice(theirs, 0, None, 997):
        for asked in (word, word[:-1], word + "q", word[1:], word.capitalize(), "q" + word):
            assert (mine.get(asked) is None) == (theirs.get(asked) is None), asked
    for asked in ("", "\x00", "z" * 300, "\U0010ffff", "7", "'"):
        assert (mine.get(asked) is None) == (theirs.get(asked) is None), asked


def test_a_file_with_long_records_is_read_by_simplemma() -> None:
    with pytest.raises(ValueError, match="not of the usual form"):
        Keys("en")
    factory = StreamDictionaryFactory(cache_max_size=4)
    mine, theirs = DictionaryLookupStrategy(KeysOrDictionaries(factory)), DictionaryLookupStrategy(factory)
    for word in ("houses", "Houses", "isn't", "hauses", "Bishkek"):
        assert mine.get_lemma(word, "en") == theirs.get_lemma(word, "en")


def test_lemmas_are_simplemmas_however_many_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    dictionaries.lemma.cache_clear()
    assert dictionaries.is_known("house", "en")  # opens the packed file
    monkeypatch.setattr(dictionaries, "_FEW", 4)
    dictionaries._asked.clear()
    asked = ("houses", "Houses", "isn't", "hauses", "Bishkek", "was", "well-known", "12", "pre-chewed")
    assert [dictionaries.lemma(word, "en") for word in asked] == [lemmatize(word, "en") for word in asked]
    assert dictionaries._asked["en"] == 4
