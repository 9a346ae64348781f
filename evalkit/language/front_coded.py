"""Whether a dictionary of simplemma has a word, without decoding the dictionary.

simplemma's files are sorted keys, each written as the bytes it shares with the key before and those that are new,
with its value. To look a word up one needs places to begin at. simplemma decodes every record to find them, which takes
seconds for a language of millions of forms; here a regular expression skips all records that share more than a few
bytes, and what it stops at are the beginnings of groups of words with the same first letters.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from evalkit.language.kept_dictionaries import Blocks, Index, remember, remembered

# Bytes that all keys of a group share beyond: with fewer the groups are long to look through, with more they are many.
_SHARED = 3
_BLOCK = 8192  # bytes unpacked for a word, in some 50 µs; with fewer a dictionary packs badly
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
        for found in self._records(group):
            key = key[: found[1][0]] + found[2][1:]
            if key >= wanted:
                return word if key == wanted else None
        return None

    def _records(self, group: int) -> Iterator[re.Match[bytes]]:
        return _record().finditer(self._data, self._starts[group], self._starts[group + 1])

    def blocks(self) -> Blocks:
        """The groups one after another in blocks."""
        heads = [0]
        for group, start in enumerate(self._starts[:-1]):
            if start - self._starts[heads[-1]] >= _BLOCK:
                heads.append(group)
        ends = [*(self._starts[group] for group in heads[1:]), self._starts[-1]]
        packed = [
            zlib.compress(self._data[self._starts[group] : end], level=1)  # the quickest; others save little more
            for group, end in zip(heads, ends, strict=True)
        ]
        return Blocks(self._reversed, [self._firsts[group] for group in heads], packed)


class KeysInBlocks(Keys):
    """The same keys, of which a block is unpacked when a word of it is asked for."""

    def __init__(self, blocks: Blocks) -> None:
        self._reversed, self._firsts, self._packed = blocks.reversed, blocks.firsts, blocks.packed

    def _records(self, group: int) -> Iterator[re.Match[bytes]]:
        return _record().finditer(zlib.decompress(self._packed[group]))


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
            self._keys[lang] = self._open(lang)
        return self._keys[lang]

    def _open(self, lang: str) -> Any:
        kept = remembered(lang)
        if kept is not None:
            return KeysInBlocks(kept) if isinstance(kept, Blocks) else kept.opened()
        try:
            made = Keys(lang)
        except (ImportError, AttributeError, TypeError, ValueError):  # another version of simplemma, a long record
            other = self._others.get_dictionary(lang)
            remember(lang, lambda: Index.of(other))
            return other
        remember(lang, made.blocks)
        return made


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
