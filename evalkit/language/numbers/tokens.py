"""The words of a text as number words are read from it: folded, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import regex

from evalkit.language.numbers.lexicon import fold

TOKEN = regex.compile(r"[\p{L}\p{M}\u00ad\u200c\u200d]+")
_SIMPLE_TOKEN = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u00ad]+[^\W\d_]*)*")
_NO_MARKS = re.compile(r"[\x00-\u058f\u1e00-\u215f]*")  # scripts whose words have no marks but accents


class Token(NamedTuple):
    text: str  # folded
    start: int
    end: int


class Tokens(Sequence[Token]):
    """The words of a text, each folded when it is first looked at."""

    def __init__(self, text: str) -> None:
        self.places = list((_SIMPLE_TOKEN if _NO_MARKS.fullmatch(text) else TOKEN).finditer(text))
        self.made: dict[int, Token] = {}

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self.places)))]
        if at not in self.made:
            m = self.places[at]
            self.made[at] = Token(fold(m.group()), m.start(), m.end())
        return self.made[at]


def with_prefixes(items: Sequence[Token], prefixes: Sequence[str]) -> Sequence[Token]:
    """The words with a prefix that stands alone put to the word after it."""
    if not prefixes:
        return items
    found: list[Token] = []
    for token in items:
        if found and found[-1].text in prefixes and found[-1].end + 1 == token.start:
            before = found.pop()
            found.append(Token(before.text + token.text, before.start, token.end))
        else:
            found.append(token)
    return found


def beside(text: str, end: int, start: int) -> bool:
    """True where nothing but a blank or a hyphen parts two words."""
    between = text[end:start]
    return len(between) <= 3 and not between.strip(" \u00a0-‐‑\u202f")
