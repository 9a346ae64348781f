"""Finding listed forms in a text: whole words in order, inflected or not, the longest form first.

Hyphens, spaces and quotation marks between the words of a form are alike; a full stop or comma parts
them. Forms in scripts without spaces are looked for as strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.inflect import same_word, stem
from evalkit.text import fold, has_unspaced

_TOKEN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+(?:['’ʼ](?:[^\W_]|[\u0300-\u036f])+)*")
_BETWEEN = re.compile(r"[\s\-‐‑–—/\"'“”‘’«»]{1,4}")
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")


class Token(NamedTuple):
    """A word with its place; hyphens part words here, unlike in `evalkit.text.words`."""

    text: str
    start: int
    end: int


class Form(NamedTuple):
    """One listed form; `entry` is the number of its entry, `status` what the list says of it."""

    text: str
    entry: int
    status: str
    gap: int = 0


class Match(NamedTuple):
    """A form at `text[start:end]`; a possessive ending is not part of it."""

    start: int
    end: int
    text: str
    form: Form


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, hyphenated ones in parts."""
    return tuple(Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text))


def bare(token: Token) -> Token:
    """The token without a possessive 's."""
    text = _POSSESSIVE.sub("", token.text)
    return Token(text, token.start, token.start + len(text))


class Taken:
    """Which characters of a text belong to something already."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._mask = bytearray(length)
        for start, end in spans:
            self.take(start, end)

    def touches(self, start: int, end: int) -> bool:
        """True where a character of the span is taken."""
        return any(self._mask[start:end])

    def take(self, start: int, end: int) -> bool:
        """Takes the span where all of it is free, and says whether it was."""
        if self.touches(start, end):
            return False
        self._mask[start:end] = b"\x01" * (end - start)
        return True


class FormMatcher:
    """Looks for all listed forms at once.

    With `inflect` the words may be inflected forms; without it only case, diacritics and a possessive
    or plural -s at the end may differ, as for names.
    """

    def __init__(self, forms: Iterable[Form], lang: str, *, inflect: bool = True) -> None:
        self._lang, self._inflect = lang, inflect
        self._strings: list[tuple[str, Form]] = []
        self._by_first: dict[str, list[tuple[tuple[str, ...], Form]]] = {}
        for form in dict.fromkeys(forms):
            if has_unspaced(form.text):
                self._strings.append((form.text.casefold(), form))
                continue
            words = tuple(token.text for token in tokens(form.text))
            for sequence in {words, ("".join(words),)} if "-" in form.text else {words}:
                if sequence:
                    self._by_first.setdefault(self._first(sequence[0]), []).append((sequence, form))
        for entries in self._by_first.values():
            entries.sort(key=lambda e: (-len(e[0]), e[1]))
        self._strings.sort(key=lambda e: (-len(e[0]), e[1]))

    def find(self, text: str) -> list[Match]:
        """Matches in order of place, none overlapping; where two compete the longer one stays."""
        found = [*self._in_words(text), *self._in_strings(text)]
        found.sort(key=lambda m: (m.start - m.end, m.start, m.form))
        taken = Taken(len(text))
        return sorted((m for m in found if taken.take(m.start, m.end)), key=lambda m: m.start)

    def _first(self, word: str) -> str:
        """What all forms of a word share, for looking up: the stem, or its beginning."""
        base = fold(_POSSESSIVE.sub("", word))
        if not self._inflect:
            return base[:3]
        return stem(word, self._lang) if self._lang.startswith("en") else base[:4]

    def _same(self, word: str, listed: str, last: bool) -> bool:
        if self._inflect:
            return same_word(word, listed, self._lang)
        a, b = fold(_POSSESSIVE.sub("", word)), fold(_POSSESSIVE.sub("", listed))
        return a == b or (last and len(b) > 3 and a == b + "s")

    def _in_words(self, text: str) -> Iterator[Match]:
        words = tokens(text)
        for at, token in enumerate(words):
            for sequence, form in self._by_first.get(self._first(token.text), ()):
                last = self._run(text, words, at, sequence, form.gap)
                if last is not None:
                    end = bare(words[last]).end if not tokens(form.text)[-1].text.endswith("s") else words[last].end
                    yield Match(token.start, end, text[token.start : end], form)

    def _run(self, text: str, words: Sequence[Token], at: int, sequence: tuple[str, ...], gap: int) -> int | None:
        """Index of the last word where the sequence stands at `at`, else None."""
        if not self._same(words[at].text, sequence[0], len(sequence) == 1):
            return None
        if len(sequence) == 1 and _is_abbreviation(sequence[0]) and words[at].text[: len(sequence[0])] != sequence[0]:
            return None
        for position, listed in enumerate(sequence[1:], 1):
            for step in range(1, gap + 2):
                here = at + step
                if here >= len(words) or not _BETWEEN.fullmatch(text, words[here - 1].end, words[here].start):
                    return None
                if self._same(words[here].text, listed, position == len(sequence) - 1):
                    at = here
                    break
            else:
                return None
        return at

    def _in_strings(self, text: str) -> Iterator[Match]:
        folded = text.casefold()
        if len(folded) != len(text):
            folded = "".join(low if len(low := char.casefold()) == 1 else char for char in text)
        for needle, form in self._strings:
            start = folded.find(needle)
            while start >= 0:
                end = start + len(needle)
                yield Match(start, end, text[start:end], form)
                start = folded.find(needle, end)


def _is_abbreviation(word: str) -> bool:
    """Short and all capitals: in small letters it may be another word (RATS, WHO)."""
    return word.isupper() and 2 <= len(word) <= 5


def case_differs(found: str, form: str) -> bool:
    """True where a capital of the form is a small letter in the text; more capitals are never wrong."""
    for word, listed in zip(tokens(found), tokens(form), strict=False):
        for a, b in zip(fold_kept(word.text), fold_kept(listed.text), strict=False):
            if b.isupper() and a.islower():
                return True
    return False


def fold_kept(word: str) -> str:
    """A word without diacritics, its case kept."""
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
