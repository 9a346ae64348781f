"""Whether a dictionary of simplemma has a word, without decoding the dictionary.

simplemma's files are sorted keys, each written as the bytes it shares with the key before and those that are new,
with its value. To look a word up one needs places to begin at. simplemma decodes every record to find them, which takes
seconds for a language of millions of forms; here a regular expression skips all records that share more than a few
bytes, and what it stops at are the beginnings of groups of words with the same first letters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Any

# Bytes that all keys of a group share beyond: with fewer the groups are long to look through, with more they are many.
_SHARED = 4
_SAME_VALUE = 254  # in simplemma's format: the value is that of the record before, and nothing follows


class Keys:
    """The keys of one dictionary, as simplemma's lookup asks for them."""

    def __init__(self, lang: str) -> None:
        """Raises ValueError where the file is not of the format, or has a record longer than 127 bytes."""
        from simplemma.strategies.dictionaries import frontcode
        from simplemma.strategies.dictionaries.dictionary_factory import _read_decompressed

        self._data = _read_decompressed(lang)
        self._reversed, _, start = frontcode._read_header(self._data)
        self._firsts, self._starts = [], []
        key, at = b"", start
        for found in _group().finditer(self._data, start):
            if found.start() != at:
                break
            key = key[: found[1][0]] + found[2][1:]
            self._firsts.append(key)
            self._starts.append(at)
            at = found.end()
        if at != len(self._data):
            raise ValueError(f"{lang}: a record at {at} is not of the usual form")
        self._starts.append(at)

    def get(self, word: str) -> str | None:
        """The word itself where it is a key, else None."""
        wanted = word.encode("utf-8", "surrogatepass")
        wanted = wanted[::-1] if self._reversed else wanted
        group = bisect_right(self._firsts, wanted) - 1
        if group < 0:
            return None
        key = self._firsts[group]
        for found in _record().finditer(self._data, self._starts[group], self._starts[group + 1]):
            key = key[: found[1][0]] + found[2][1:]
            if key >= wanted:
                return word if key == wanted else None
        return None


class KeysOrDictionaries:
    """Keys by language, all kept; simplemma's own dictionaries where the keys cannot be had."""

    def __init__(self, others: Any) -> None:
        self._others = others
        self._keys: dict[str, Any] = {}

    def opened(self, lang: str) -> bool:
        """Whether simplemma's own dictionary of the language is open here, with all that it says of a word."""
        return lang in self._keys and not isinstance(self._keys[lang], Keys)

    def get_dictionary(self, lang: str) -> Any:
        """What answers `get(word)`."""
        if lang not in self._keys:
            try:
                self._keys[lang] = Keys(lang)
            except (ImportError, AttributeError, TypeError, ValueError):  # another version of simplemma, a long record
                self._keys[lang] = self._others.get_dictionary(lang)
        return self._keys[lang]


def _counted() -> bytes:
    """A byte that is a number, and as many bytes; the usual lengths are tried first."""
    usual = [*range(2, 14), 0, 1, *range(14, 128)]
    return b"(?:" + b"|".join(re.escape(bytes([n])) + b".{%d}" % n for n in usual) + b")"


@lru_cache(maxsize=1)
def _value() -> bytes:
    same = re.escape(bytes([_SAME_VALUE]))
    return b"(?:" + same + b"|[^" + same + b"]" + _counted() + b")"


@lru_cache(maxsize=1)
def _record() -> re.Pattern[bytes]:
    """A record: the number of bytes shared, the new ones with their number before, the value."""
    return re.compile(b"(?s)([\x00-\x7f])(" + _counted() + b")" + _value())


@lru_cache(maxsize=1)
def _group() -> re.Pattern[bytes]:
    """A record that shares few bytes, and all after it that share more."""
    few, more = b"[\x00-%c]" % _SHARED, b"[%c-\x7f]" % (_SHARED + 1)
    rest = b"(?:" + more + _counted() + _value() + b")*+"
    return re.compile(b"(?s)(" + few + b")(" + _counted() + b")" + _value() + rest)
