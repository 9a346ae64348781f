"""Finding listed forms in a text: whole words in order, inflected or not, the longest form first.

Hyphens, spaces and quotation marks between the words of a form are alike; a full stop or comma parts
them. Forms in scripts without spaces are looked for as strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise, takewhile
from typing import NamedTuple

import regex

from evalkit.language.stems import keys, same_word
from evalkit.text.addresses import addresses
from evalkit.text.shared import shared
from evalkit.text.words import SEGMENT, SHARED, fold, has_unspaced

# Scripts written without spaces: a character is a word. Vowel signs and marks belong to their letter.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]"
_TOKEN = regex.compile(rf"(?V1)[[{_UNSPACED}]&&[\p{{L}}\p{{N}}]]\p{{M}}*|{_LETTER}+(?:['’ʼ\u00ad]{_LETTER}+)*")
# The same for ASCII: half the time.
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
_BETWEEN = re.compile(r"[\s\-‐‑–—/\"'“”‘’«»]{1,4}")
_APOSTROPHES = ("'", "’", "ʼ")
_SOFT = "\u00ad"
_HYPHENS = ("-", "‐", "‑")
_OF_ADDRESS = frozenset("./@:")  # a form with one of these may be an address itself


class Token(NamedTuple):
    """A word with its place; hyphens part words here, unlike in `evalkit.text.words.words`."""

    text: str
    start: int
    end: int


class Form(NamedTuple):
    """One listed form; `entry` is the number of its entry, `status` what the list says of it.

    `gap` words may stand between its words; an `exact` form matches letter for letter.
    """

    text: str
    entry: int
    status: str
    gap: int = 0
    exact: bool = False


class Match(NamedTuple):
    """A form at `text[start:end]`; a possessive ending is not part of it."""

    start: int
    end: int
    text: str
    form: Form


@partial(shared, size=2 * SHARED)  # of words of lists too
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, hyphenated ones in parts; soft hyphens, which only say where a line may break, left out."""
    if len(text) > SEGMENT or _SOFT in text:
        return tuple(_tokens(text))
    pattern = _ASCII_TOKEN if text.isascii() else _TOKEN
    return tuple([_make(Token, (m[0], *m.span())) for m in pattern.finditer(text)])


def each_token(text: str) -> Iterable[Token]:
    """The same, one after another: those of a whole document, gone through once, are not remembered."""
    return tokens(text) if len(text) <= SEGMENT else _tokens(text)


def _tokens(text: str) -> Iterator[Token]:
    if _SOFT in text:
        for m in _TOKEN.finditer(text):
            yield Token(m[0].replace(_SOFT, ""), m.start(), m.end())
        return
    start = 0
    lines = (text,) if text.isascii() else text.splitlines(keepends=True)
    for line in lines:  # no word goes over a line's end, and most lines are ASCII
        end = start + len(line)
        pattern = _ASCII_TOKEN if line.isascii() else _TOKEN
        yield from (_make(Token, (m[0], *m.span())) for m in pattern.finditer(text, start, end))
        start = end


_make = tuple.__new__  # what Token(...) comes to, without a call in between


def bare(token: Token) -> Token:
    """The token without a possessive 's."""
    text = _owner(token.text)
    if token.end - token.start == len(text):  # most words: as they are
        return token
    return Token(text, token.start, token.start + len(text))


def all_bare(text: str) -> list[Token]:
    """The words of a text, each without a possessive 's."""
    found = tokens(text)
    return [bare(token) for token in found] if any(mark in text for mark in _APOSTROPHES) else list(found)


def _owner(word: str) -> str:
    """The word without a possessive 's."""
    return word[:-2] if word[-1:] in ("s", "S") and word[-2:-1] in _APOSTROPHES else word


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
            if has_unspaced(form.text) or not _is_words(form.text):
                if form.text:
                    self._strings.append((_plain(form.text), form))
                continue
            words = tuple(token.text for token in tokens(form.text))
            for sequence in {words, ("".join(words),)} if "-" in form.text else {words}:
                if sequence:
                    for key in self._keys(sequence[0], form):
                        self._by_first.setdefault(key, []).append((sequence, form))
        for entries in self._by_first.values():
            entries.sort(key=lambda e: (-len(e[0]), e[1]))
        self._strings.sort(key=lambda e: (-len(e[0]), e[1]))

    def find(self, text: str, more: Iterable[Match] = ()) -> list[Match]:
        """Matches, these and `more`, in order of place, none overlapping; where two compete the longer one stays,
        of two forms of one place the one that is written more like the text (`color` where `colour` is listed, too);
        those of `more` are written as they stand there. What an address spells is no term and no name, unless the
        form is an address itself."""
        found = [(_unlike(m, m.form.text), m) for m in (*self._in_words(text), *self._in_strings(text))]
        found += [(_unlike(m, m.text), m) for m in more]
        if found and (web := addresses(text)):
            found = [f for f in found if _OF_ADDRESS & set(f[1].form.text) or not _within(f[1], web)]
        found.sort(key=lambda f: (f[1].start - f[1].end, f[1].start, *f[0], f[1].form.status, f[1].form))
        taken = Taken(len(text))
        return sorted((m for _, m in found if taken.take(m.start, m.end)), key=lambda m: m.start)

    def _keys(self, word: str, form: Form | None = None) -> set[str]:
        """What all forms of a word share, for looking up; `form` is the listed form the word begins."""
        exact = {fold(_owner(word))[:3]}
        if form is not None and form.exact:
            return {word}
        return keys(word, self._lang) if self._inflect else exact

    def _same(self, word: str, listed: str, last: bool, exact: bool) -> bool:
        if exact:
            return _owner(word) == listed or word == listed
        if self._inflect:
            return same_word(word, listed, self._lang)
        a, b = fold(_owner(word)), fold(_owner(listed))
        return a == b or (last and len(b) > 3 and a == b + "s")

    def _in_words(self, text: str) -> Iterator[Match]:
        words = tokens(text) if self._by_first else ()
        for at, token in enumerate(words):
            for sequence, form in self._candidates(token.text):
                last = self._run(text, words, at, sequence, form)
                if last is not None:
                    end = bare(words[last]).end if not tokens(form.text)[-1].text.endswith("s") else words[last].end
                    yield Match(token.start, end, text[token.start : end], form)
            if at and text[words[at - 1].end : token.start] in _HYPHENS:
                yield from self._joined(text, words[at - 1], token)

    def _candidates(self, word: str) -> Iterable[tuple[tuple[str, ...], Form]]:
        """The listed forms that may begin with a word, each once."""
        found = (e for key in {word, _owner(word), *self._keys(word)} for e in self._by_first.get(key, ()))
        return dict.fromkeys(found)

    def _joined(self, text: str, one: Token, two: Token) -> Iterator[Match]:
        """Forms of one word that the text writes with a hyphen (e-mail for email)."""
        word = one.text + two.text
        for sequence, form in self._candidates(word):
            if len(sequence) == 1 and self._same(word, sequence[0], True, form.exact):
                yield Match(one.start, two.end, text[one.start : two.end], form)

    def _run(self, text: str, words: Sequence[Token], at: int, sequence: tuple[str, ...], form: Form) -> int | None:
        """Index of the last word where the sequence stands at `at`, else None."""
        gap, exact = form.gap, form.exact
        if not self._same(words[at].text, sequence[0], len(sequence) == 1, exact):
            return None
        if len(sequence) == 1 and _is_abbreviation(sequence[0]) and words[at].text[: len(sequence[0])] != sequence[0]:
            return None
        for position, listed in enumerate(sequence[1:], 1):
            for step in range(1, gap + 2):
                here = at + step
                if here >= len(words) or not _BETWEEN.fullmatch(text, words[here - 1].end, words[here].start):
                    return None
                if self._same(words[here].text, listed, position == len(sequence) - 1, exact):
                    at = here
                    break
            else:
                return None
        return at

    def _in_strings(self, text: str) -> Iterator[Match]:
        if not self._strings:
            return
        places = [i for i, char in enumerate(text) if not (char.isspace() and _inside_unspaced(text, i))]
        plain = _plain("".join(text[i] for i in places))
        for needle, form in self._strings:
            at = plain.find(needle)
            while at >= 0:
                start, end = places[at], places[at + len(needle) - 1] + 1
                if _stands_alone(text, start, end) and (not form.exact or text[start:end] == form.text):
                    yield Match(start, end, text[start:end], form)
                at = plain.find(needle, at + 1)


def _unlike(match: Match, form: str) -> tuple[bool, int]:
    """How far a form is from what stands in the text, for sorting: not the same, then the letters they begin with."""
    pairs = zip(match.text.casefold(), form.casefold(), strict=False)
    return match.text != form, -sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


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


def _is_words(form: str) -> bool:
    """True where a form is words and what may stand between them; not `C++` or `.NET`."""
    words = tokens(form)
    if not words or form[: words[0].start] or form[words[-1].end :]:
        return False
    return all(_BETWEEN.fullmatch(form, a.end, b.start) for a, b in pairwise(words))


def _within(match: Match, places: Iterable[tuple[int, int]]) -> bool:
    return any(start <= match.start and match.end <= end for start, end in places)


def _plain(text: str) -> str:
    """Every character in small letters and half width, where that is one character too."""
    return "".join(low if len(low := unicodedata.normalize("NFKC", char).casefold()) == 1 else char for char in text)


def _inside_unspaced(text: str, at: int) -> bool:
    """True for white space (a line break) between two characters of a script without spaces."""
    before, after = text[max(0, at - 8) : at].rstrip()[-1:], text[at : at + 9].lstrip()[:1]
    return has_unspaced(before) and has_unspaced(after)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """False where a form that begins or ends with a letter of a spaced script stands inside a word."""
    inside = _spaced(text[start]) and _spaced(text[start - 1 : start])
    return not inside and not (_spaced(text[end - 1]) and _spaced(text[end : end + 1]))


def _spaced(char: str) -> bool:
    return char.isalnum() and not has_unspaced(char)


def fold_kept(word: str) -> str:
    """A word without diacritics, its case kept."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
