"""Names of a pair that only one side has, with no list to go by: what the capitals and letters show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.language.namebook import NameBook
from evalkit.language.namepairs import SURE
from evalkit.language.names import Vocabulary, is_title, is_title_case
from evalkit.language.romanise import letters
from evalkit.language.similarity import word_similarity
from evalkit.language.stopwords import ENGLISH
from evalkit.language.termmatch import Token, bare, tokens
from evalkit.model import Passage, Segment, Unit
from evalkit.text import fold

_TRACE = 0.6  # a word so like a name may be its form in another language
_SHORTEST = 3
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|they|their|it|its|who|we|our|i|my|you|your)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b(?:[A-Z]\.?){2,}")
_NOUNS_WITH_CAPITALS = ("de", "lb")


class Lost(NamedTuple):
    """A name (one or more capitalised words in a row) at `start:end` of its segment."""

    passage: Passage
    segment: Segment
    start: int
    end: int
    text: str


def only_here(passage: Passage, other: str, lang: str, book: NameBook, vocabulary: Vocabulary) -> list[Lost]:
    """Names of a passage of which the other text has no trace: no word alike, none with the same
    beginning, no acronym that may stand for them. Words that open a sentence are left out."""
    if lang.partition("-")[0] in _NOUNS_WITH_CAPITALS:
        return []
    squeezed = letters(other)
    words = [t for t in map(bare, tokens(other)) if len(t.text) > 2]
    acronyms = bool(_ACRONYM.search(other))
    found = []
    for segment in passage.segments:
        if segment.kind == "heading" or is_title_case(segment.text):
            continue
        for run in _runs(segment.text, vocabulary):
            if any(_has_trace(t.text, words, squeezed) for t in run) or any(book.knows(t.text) for t in run):
                continue
            if acronyms and (len(run) > 1 or run[0].text.isupper()):
                continue
            start, end = run[0].start, run[-1].end
            found.append(Lost(passage, segment, start, end, segment.text[start:end]))
    return found


def _runs(text: str, vocabulary: Vocabulary) -> Iterator[list[Token]]:
    """Capitalised words in a row that are no ordinary words and do not open a sentence."""
    run: list[Token] = []
    for token in map(bare, tokens(text)):
        before = text[: token.start].rstrip(" \"'“‘(-—–")
        opens = not before or before[-1] in ".!?:…•*"
        name = (
            len(token.text) >= _SHORTEST
            and token.text[0].isupper()
            and letters(token.text).isalpha()
            and not opens
            and not is_title(token.text)
            and not vocabulary.has(token.text)
        )
        if run and not (name and text[run[-1].end : token.start] == " "):
            yield run
            run = []
        if name:
            run.append(token)
    if run:
        yield run


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
    theirs = only_here(passage, unit.candidate.text, lang, book, vocabulary)
    if not theirs:
        return nothing
    mine = only_here(unit.candidate, passage.text, lang, book, vocabulary)
    if len(mine) == len(theirs) == 1:
        return [(mine[0], theirs[0])], []
    pronouns = len(_PRONOUN.findall(unit.candidate.text)) > len(_PRONOUN.findall(passage.text))
    opened = _opens_with_name(unit.candidate, passage.text, vocabulary)
    return [], [] if mine or pronouns or opened or len(theirs) > 1 else theirs


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
