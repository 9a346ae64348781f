"""Names of a pair that only one side has, with no list to go by: what the capitals and letters show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.language.namebook import NameBook
from evalkit.language.namepairs import SURE
from evalkit.language.names import Vocabulary, is_title, is_title_case, territories, world_words
from evalkit.language.romanise import letters
from evalkit.language.similarity import word_similarity
from evalkit.language.stopwords import ENGLISH
from evalkit.language.termmatch import Token, bare, tokens
from evalkit.model import Passage, Segment, Unit
from evalkit.text import fold

_TRACE = 0.6  # a word so like a name may be its form in another language
_SHORTEST = 3
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|they|their|it|its|who|we|our|i|my|you|your)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z]{2}")
_NOUNS_WITH_CAPITALS = ("de", "lb")


class Lost(NamedTuple):
    """A name (one or more capitalised words in a row) at `start:end` of its segment."""

    passage: Passage
    segment: Segment
    start: int
    end: int
    text: str


def only_here(
    passage: Passage, other: str, lang: str, book: NameBook, vocabulary: Vocabulary, *, strict: bool
) -> list[Lost]:
    """Names of a passage of which the other text has no trace: no word alike, none with the same beginning.

    Words that open a sentence, months and days, and acronyms are left out; where `strict`, names with an
    ordinary word in them too (China Securities Regulatory Commission), which may be worded otherwise.
    """
    if lang.partition("-")[0] in _NOUNS_WITH_CAPITALS:
        return []
    squeezed = letters(other)
    words = [t for t in map(bare, tokens(other)) if len(t.text) > 2]
    found = []
    for segment in passage.segments:
        if segment.kind == "heading" or is_title_case(segment.text):
            continue
        for capitals in _runs(segment.text):
            run = [t for t in capitals if not _is_plain(t.text, lang, vocabulary)]
            if not run or (strict and len(run) < len(capitals)) or any(_ACRONYM.search(t.text) for t in run):
                continue
            if any(_has_trace(t.text, words, squeezed) or book.knows(t.text) for t in run):
                continue
            start, end = run[0].start, run[-1].end
            found.append(Lost(passage, segment, start, end, segment.text[start:end]))
    return found


def _runs(text: str) -> Iterator[list[Token]]:
    """Capitalised words in a row that do not open a sentence; titles before them left out."""
    run: list[Token] = []
    for token in map(bare, tokens(text)):
        before = text[: token.start].rstrip(" \"'“‘(-—–")
        opens = not before or before[-1] in ".!?:…•*"
        name = len(token.text) >= _SHORTEST and token.text[0].isupper() and not opens and not is_title(token.text)
        if run and not (name and text[run[-1].end : token.start] == " "):
            yield run
            run = []
        if name:
            run.append(token)
    if run:
        yield run


def _is_plain(word: str, lang: str, vocabulary: Vocabulary) -> bool:
    """True for words that are no names of persons, places or bodies: ordinary ones, I'm, months, days."""
    folded = fold(word)
    if vocabulary.has(word) or folded.partition("'")[0] in ENGLISH:
        return True
    return folded in world_words(lang) and folded not in territories(lang)


def _has_trace(name: str, words: list[Token], squeezed: str) -> bool:
    plain = letters(name)
    if not plain or plain in squeezed:
        return True
    return any(fold(t.text)[:4] == fold(name)[:4] or word_similarity(t.text, name) >= _TRACE for t in words)


def exchanged_or_lost(
    unit: Unit, lang: str, book: NameBook, vocabulary: Vocabulary
) -> tuple[list[tuple[Lost, Lost]], list[Lost]]:
    """(candidate name, reference name) where each side has just one the other lacks; else names of the
    reference that the candidate leaves out with nothing, not even a pronoun more, in their place.

    One-to-one units with one reference only: where several references differ nobody is right.
    """
    nothing: tuple[list[tuple[Lost, Lost]], list[Lost]] = ([], [])
    if unit.candidate is None or len(unit.references) != 1 or unit.link not in ("1-1", "moved"):
        return nothing
    if unit.confidence < SURE:
        return nothing
    passage = unit.references[0]
    theirs = only_here(passage, unit.candidate.text, lang, book, vocabulary, strict=True)
    if not theirs:
        return nothing
    mine = only_here(unit.candidate, passage.text, lang, book, vocabulary, strict=False)
    if len(mine) == len(theirs) == 1:
        return [(mine[0], theirs[0])], []
    pronouns = len(_PRONOUN.findall(unit.candidate.text)) > len(_PRONOUN.findall(passage.text))
    opened = _opens_with_name(unit.candidate, passage.text, vocabulary)
    implied = all(fold(name.text) in territories(lang) for name in theirs)  # one's own country needs no name
    return [], [] if mine or pronouns or opened or implied or len(theirs) > 1 else theirs


def _opens_with_name(passage: Passage, other: str, vocabulary: Vocabulary) -> bool:
    """True where a sentence begins with a word that may be a name and that the other side does not have."""
    squeezed = letters(other)
    for segment in passage.segments:
        for first in tokens(segment.text)[:1]:
            word = bare(first).text
            plain = fold(word) in ENGLISH or vocabulary.has(word) or letters(word) in squeezed
            if word[:1].isupper() and not plain:
                return True
    return False
