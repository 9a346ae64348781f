"""Words that stand twice: what tells an error from grammar where a language may double its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from evalkit.text.words import Word, words


def is_part_of_word(text: str, start: int, end: int) -> bool:
    """True where a span begins or ends inside a word: vowel signs of Indian scripts are no letters."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(unicodedata.category(c)[0] == "M" for c in beside)


def stands_once(tokens: Sequence[Word], at: int, size: int, times: int, other: str) -> bool:
    """True where another text has only singly what stands `times` times from `tokens[at]` on, `size` words long, and
    with the same word before or behind it."""
    there = [word.text.lower() for word in words(other)]
    run = [token.text.lower() for token in tokens[at : at + size]]
    before = tokens[at - 1].text.lower() if at else ""
    end = at + size * times
    after = tokens[end].text.lower() if end < len(tokens) else ""
    spots = [i for i in range(len(there) - size + 1) if there[i : i + size] == run]
    if any(there[i + size : i + 2 * size] == run for i in spots):
        return False
    return any(
        (there[i - 1] if i else "") == before or (there[i + size] if i + size < len(there) else "") == after
        for i in spots
    )
