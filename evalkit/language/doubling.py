"""Words that stand twice: what tells an error from grammar where a language may double its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.function_words import capitalises_nouns
from evalkit.text.shared import shared
from evalkit.text.words import SHARED, Word, words

_Run = tuple[str, ...]
_OPENING = " \t\n\"'„“«»‚‘(["
_MOST_OPENING = 8  # characters before a word in which the end of the last sentence stands
_ENDS = ("", *".!?:…")  # what stands before a word that has its capital as the first of a sentence


class _Stands(NamedTuple):
    """How a run of words stands in a text: twice at once anywhere, and the words before and behind it."""

    twice: bool
    before: frozenset[str]
    after: frozenset[str]


class _Places:
    """The words of a text by where they stand, and what is known of their runs: in a long line each is asked often."""

    def __init__(self, text: str) -> None:
        self._words = [word.text.lower() for word in words(text)]
        self._at: dict[str, list[int]] = {}
        for at, word in enumerate(self._words):
            self._at.setdefault(word, []).append(at)
        self._known: dict[_Run, _Stands] = {}

    def of(self, run: _Run) -> _Stands:
        """How a run stands; nowhere, where it has no words before or behind."""
        if run not in self._known:
            self._known[run] = self._found(run)
        return self._known[run]

    def _found(self, run: _Run) -> _Stands:
        size, there = len(run), self._words
        spots = [i for i in self._at.get(run[0], ()) if tuple(there[i : i + size]) == run]
        return _Stands(
            any(tuple(there[i + size : i + 2 * size]) == run for i in spots),
            frozenset(there[i - 1] if i else "" for i in spots),
            frozenset(there[i + size] if i + size < len(there) else "" for i in spots),
        )


_places_of = shared(_Places)


def is_part_of_word(text: str, start: int, end: int) -> bool:
    """True where a span begins or ends inside a word: vowel signs of Indian scripts are no letters."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(unicodedata.category(c)[0] == "M" for c in beside)


def may_stand(text: str, run: Sequence[Word], lang: str) -> bool:
    """True where words that stand twice are no repetition: a part of a word, or a noun beside another word, where nouns
    have capitals (beim Kochen kochen)."""
    if is_part_of_word(text, run[0].start, run[-1].end):
        return True
    if len(run) != 2 or not capitalises_nouns(lang):
        return False
    begins = text[max(0, run[0].start - _MOST_OPENING) : run[0].start].rstrip(_OPENING)[-1:] in _ENDS
    return not begins and {word.text[0].isupper() for word in run} == {True, False}


def stands_once(tokens: Sequence[Word], at: int, size: int, times: int, other: str) -> bool:
    """True where another text has only singly what stands `times` times from `tokens[at]` on, `size` words long, and
    with the same word before or behind it."""
    stands = _places_of(other).of(tuple(token.text.lower() for token in tokens[at : at + size]))
    before = tokens[at - 1].text.lower() if at else ""
    end = at + size * times
    after = tokens[end].text.lower() if end < len(tokens) else ""
    return not stands.twice and (before in stands.before or after in stands.after)


@lru_cache(maxsize=SHARED)
def says(text: str, said: str) -> bool:
    """True where a text has these words one after another; of a long one the same are asked for often."""
    return said in _in_small(text)


@shared
def _in_small(text: str) -> str:
    return f" {' '.join(w.text.lower() for w in words(text.replace('-', ' ')))} "


@shared
def lowered_text(text: str) -> str:
    """The text in small letters."""
    return text.lower()
