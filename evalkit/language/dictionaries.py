"""Dictionary forms of words, by simplemma (MIT): about 50 languages, one dictionary file each.

The package and the dictionary of a language are loaded when the first word of that language is asked for.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from evalkit.language.front_coded import KeysOrDictionaries

if TYPE_CHECKING:
    from simplemma import Lemmatizer
    from simplemma.strategies import DictionaryLookupStrategy

# Dictionaries kept open, some 5 MB each: two sides and the languages a loan may come from, so that none is read twice.
_AT_ONCE = 16
# Words: so many are looked up in a packed file that is open anyhow; for more it pays to unpack all of the dictionary,
# half a second and some thirty megabytes for English, which then answers far faster.
_FEW = 2000
_asked: Counter[str] = Counter()
# Codes under which simplemma keeps a language that has a code of its own.
_KEPT_AS = {"no": "nb", "sr": "hbs", "hr": "hbs", "bs": "hbs", "sh": "hbs", "me": "hbs", "fil": "tl", "iw": "he"}


@lru_cache(maxsize=64)
def dictionary(lang: str) -> str:
    """simplemma's code for a language, or "" where it has no dictionary."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    code = lang.partition("-")[0].partition("_")[0].lower()
    code = _KEPT_AS.get(code, code)
    return code if code in SUPPORTED_LANGUAGES else ""


@lru_cache(maxsize=65536)
def lemma(word: str, lang: str) -> str:
    """The dictionary form of a word, or "" where the language has no dictionary."""
    code = dictionary(lang)
    if not code:
        return ""
    import simplemma

    if _asked[code] < _FEW and _packed().opened(code):
        _asked[code] += 1
        return str(_lemmatizer().lemmatize(word, code))
    return str(simplemma.lemmatize(word, lang=code))


@lru_cache(maxsize=65536)
def is_known(word: str, lang: str) -> bool:
    """True where the language's dictionary has the word."""
    code = dictionary(lang)
    if not code:
        return False
    return _lookup().get_lemma(unicodedata.normalize("NFC", word), code) is not None


@lru_cache(maxsize=1)
def _lookup() -> DictionaryLookupStrategy:
    """Looks words up in the packed files: a fraction of the time to load, and of the memory; words are remembered."""
    from simplemma.strategies import DictionaryLookupStrategy

    return DictionaryLookupStrategy(_packed())


@lru_cache(maxsize=1)
def _lemmatizer() -> Lemmatizer:
    """Finds the same forms as simplemma's own, in the packed files."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_packed()))


@lru_cache(maxsize=1)
def _packed() -> KeysOrDictionaries:
    from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

    return KeysOrDictionaries(StreamDictionaryFactory(cache_max_size=_AT_ONCE))


def forget_dictionaries() -> None:
    """Lets the dictionaries go that the package has unpacked and keeps, up to eight of up to 100 MB each."""
    package = sys.modules.get("simplemma.strategies.dictionaries.dictionary_factory")
    known = getattr(getattr(package, "DEFAULT_DICTIONARY_FACTORY", None), "_get_dictionary", None)
    clear = getattr(known, "cache_clear", None)
    if clear is not None:
        clear()
