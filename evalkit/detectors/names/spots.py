"""The words of one side that can only be names and that the other side doesn't have."""

from __future__ import annotations

from functools import lru_cache
from operator import add
from typing import NamedTuple

from evalkit.detectors.names.book import NameBook
from evalkit.language.dictionaries import is_known, lemma
from evalkit.language.forms import Token
from evalkit.language.function_words import ENGLISH
from evalkit.language.name_cues import (
    Vocabulary,
    has_cue,
    is_title,
    is_title_case,
    may_have_cue,
    world_words,
)
from evalkit.language.name_forms import LONGEST_WORD, name_tokens
from evalkit.language.numbers.roman import is_roman
from evalkit.language.romanise import letters
from evalkit.records import Passage, Segment
from evalkit.text.words import SEGMENT, SHARED, fold

_SHORTEST = 4  # letters: in shorter words one letter makes another name
_JOINED = 3  # words that may be written as one; `joined` spells out so many


class Spot(NamedTuple):
    """A capitalised word or run of one side.

    `before` and `after` are the capitalised words of the same name beside it, folded; `first` where it opens its
    sentence, where every word has a capital.
    """

    segment: Segment
    start: int
    end: int
    text: str
    first: bool = False
    before: str = ""
    after: str = ""

    @property
    def in_run(self) -> bool:
        """True where it is one word of a longer name."""
        return bool(self.before or self.after)

    def shares_neighbour(self, other: Spot) -> bool:
        """True where the same word of a name stands before both or after both."""
        return self.before == other.before != "" or self.after == other.after != ""


def names_of(
    passage: Passage, opposite: str, lang: str, vocabulary: Vocabulary, book: NameBook, *, candidate: bool
) -> list[Spot]:
    """Words that can only be names and that the opposite side doesn't have: capitalised ones, in the
    candidate also those that a title or "of Country" marks as names."""
    there, all_there = _alone(opposite, lang), frozenset[str]()
    found = []
    for segment in passage.segments:
        if segment.kind == "heading" or is_title_case(segment.text):
            continue
        words = name_tokens(segment.text, lang)
        plain: list[str] = []
        small = candidate and may_have_cue(segment.text)
        for at, token in enumerate(words):
            # what is asked first costs least and answers most: of a text's words few have a capital, most are there
            capital = token.text[0].isupper()
            if not (capital or small) or token.text.isupper():
                continue
            own = letters(token.text)
            if own in there or not _SHORTEST <= len(own) <= LONGEST_WORD:
                continue
            if not capital and not has_cue(segment.text, token):
                continue
            if is_roman(token.text):
                continue
            if (candidate and fold(token.text) in world_words(lang)) or is_title(token.text):
                continue
            if candidate and (book.knows(token.text) or vocabulary.in_reference(token.text)):
                continue
            spot = _spot(segment, words, at, lang) if vocabulary.has(token.text) else None
            if spot and not spot.in_run:
                continue
            plain = plain or [letters(word.text) for word in words]
            all_there = all_there or (_there(opposite, lang) if len(opposite) <= SEGMENT else _every(opposite, lang))
            if joined(plain, at) & all_there:
                continue
            found.append(spot or _spot(segment, words, at, lang))
    return found


def _alone(text: str, lang: str) -> frozenset[str]:
    return _words(text, lang) if len(text) <= SEGMENT else frozenset(letters(t.text) for t in name_tokens(text, lang))


@lru_cache(maxsize=SHARED // 2)
def _words(text: str, lang: str) -> frozenset[str]:
    """The letters of each word of a text."""
    return frozenset([letters(t.text) for t in name_tokens(text, lang)])


def _every(text: str, lang: str) -> frozenset[str]:
    """All words of a text, alone and joined."""
    return frozenset(joined([letters(t.text) for t in name_tokens(text, lang)]))


_there = lru_cache(maxsize=SHARED // 2)(_every)  # those of the references for all systems


def joined(words: list[str], at: int | None = None) -> set[str]:
    """The words, each alone and with one or two that follow it (Xiao-Ming, Xiaoming); of the word `at` only what
    it is part of."""
    if at is None:  # asked of every text: neighbours side by side take a fifth of the time that slices do
        pairs = map(add, words, words[1:])
        return {*words, *map(add, words, words[1:]), *map(add, pairs, words[2:])} - {""}
    starts = range(max(0, at - _JOINED + 1), at + 1)
    ends = ((start, start + size) for start in starts for size in range(1, _JOINED + 1))
    return {"".join(words[s:e]) for s, e in ends if at < e <= len(words)} - {""}


def _spot(segment: Segment, words: list[Token], at: int, lang: str) -> Spot:
    text, token = segment.text, words[at]
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    return Spot(
        segment, token.start, token.end, token.text, opens_sentence(text, token),
        _beside(text, before, token, before, lang), _beside(text, token, after, after, lang),
    )  # fmt: skip


def _beside(text: str, left: Token | None, right: Token | None, neighbour: Token | None, lang: str) -> str:
    """The neighbour where it may be a word of the same name: it has a capital, nothing but a space or hyphen is
    between, and it is neither a title nor a word that begins its sentence and is written small elsewhere (The)."""
    if left is None or right is None or neighbour is None or text[left.end : right.start] not in (" ", "-"):
        return ""
    word = neighbour.text
    if not word[0].isupper() or is_title(word) or fold(word) in ENGLISH:
        return ""
    return "" if is_known(word.lower(), lang) and lemma(word.lower(), lang)[:1].islower() else fold(word)


def opens_sentence(text: str, token: Token) -> bool:
    """True for the first word of a sentence, unless another capitalised word follows it."""
    before = text[: token.start].rstrip(" \"'“‘(-—–")
    after = text[token.end : token.end + 2]
    return (not before or before[-1] in ".!?:…") and not (after[:1] == " " and after[1:].isupper())
