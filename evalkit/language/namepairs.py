"""Names of a unit against its reference: what is spelt otherwise, exchanged or missing.

A name of one side takes part only where the other side doesn't have it; each has at most one partner,
the best for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.findings import span_of
from evalkit.language.namebook import NameBook
from evalkit.language.names import (
    Vocabulary,
    capitals,
    derived,
    has_title,
    is_title_case,
    is_variant,
    runs,
    territories,
    world_words,
)
from evalkit.language.romanise import letters
from evalkit.language.similarity import word_similarity
from evalkit.language.termmatch import Token, tokens
from evalkit.model import Name, Passage, Segment, Span, Unit
from evalkit.text import fold

_SHORTEST = 4
_SURE = 0.5  # a less confident alignment says nothing about names
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|they|their|it|its|who|we|our|i|my|you|your)\b", re.IGNORECASE)


class NamePair(NamedTuple):
    """A candidate name at `start:end` of its segment and the reference's name it seems to stand for."""

    start: int
    end: int
    text: str
    expected: str
    score: float
    variant: bool
    passage: Passage
    other: Segment
    other_start: int
    other_end: int


class WrongPlace(NamedTuple):
    """A place name at `start:end` of a candidate segment where the reference has `expected`."""

    segment: Segment
    start: int
    end: int
    text: str
    expected: str
    other: Span


class _Spot(NamedTuple):
    """A capitalised word or run of one side."""

    segment: Segment
    start: int
    end: int
    text: str
    title: bool


def pairs(unit: Unit, lang: str, book: NameBook, vocabulary: Vocabulary, likely: float) -> dict[str, list[NamePair]]:
    """Names spelt otherwise than in the reference, by candidate segment; with several references only
    what none of them has."""
    if unit.candidate is None or not unit.references or unit.confidence < _SURE:
        return {}
    theirs = " ".join(passage.text for passage in unit.references)
    mine = _names(unit.candidate, theirs, lang, vocabulary, book, reference=False)
    found: dict[str, list[NamePair]] = {}
    for passage in unit.references:
        yours = _names(passage, unit.candidate.text, lang, vocabulary, book, reference=True)
        for spot, other, score in [*_couples(mine, yours, likely), *_titled(unit.candidate, passage, vocabulary)]:
            pair = NamePair(
                spot.start, spot.end, spot.text, other.text, score, is_variant(spot.text, other.text),
                passage, other.segment, other.start, other.end,
            )  # fmt: skip
            listed = found.setdefault(spot.segment.id, [])
            if all(pair.end <= p.start or p.end <= pair.start for p in listed):
                listed.append(pair)
    return found


def _names(
    passage: Passage, opposite: str, lang: str, vocabulary: Vocabulary, book: NameBook, *, reference: bool
) -> list[_Spot]:
    """Capitalised words that can only be names and that the other side doesn't have."""
    there = {letters(t.text) for t in tokens(opposite)}
    squeezed = letters(opposite)
    found = []
    for segment in passage.segments:
        if segment.kind == "heading" or is_title_case(segment.text):
            continue
        for token in capitals(segment.text):
            word = letters(token.text)
            if len(word) < _SHORTEST or token.text.isupper() or word in there or word in squeezed:
                continue
            if fold(token.text) in world_words(lang) or vocabulary.has(token.text):
                continue
            if not reference and (book.knows(token.text) or vocabulary.in_reference(token.text)):
                continue
            found.append(_Spot(segment, token.start, token.end, token.text, has_title(segment.text, token)))
    return found


def _couples(mine: list[_Spot], yours: list[_Spot], likely: float) -> Iterator[tuple[_Spot, _Spot, float]]:
    """Pairs that are each other's best at `likely` or above."""
    table = {(i, j): word_similarity(a.text, b.text) for i, a in enumerate(mine) for j, b in enumerate(yours)}
    for i, a in enumerate(mine):
        for j, b in enumerate(yours):
            score = table[i, j]
            if score < likely or derived(a.text, b.text):
                continue
            rivals = [s for (x, y), s in table.items() if (x == i) != (y == j) and _other(mine, yours, x, y, a, b)]
            if score >= max(rivals, default=0.0):
                yield a, b, score


def _other(mine: list[_Spot], yours: list[_Spot], x: int, y: int, a: _Spot, b: _Spot) -> bool:
    """True where the pair (x, y) is of other words than `a` and `b`: a name repeated is no rival."""
    return mine[x].text != a.text or yours[y].text != b.text


def _titled(candidate: Passage, passage: Passage, vocabulary: Vocabulary) -> Iterator[tuple[_Spot, _Spot, float]]:
    """Full names after a title, as many words on both sides, some of them alike: "Prime Minister Pham
    Minh Trung" for "Prime Minister Phan Minh Chinh". Only where each side has one such name."""
    mine = [r for r in _titled_runs(candidate) if not all(vocabulary.in_reference(w) for w in r.text.split())]
    yours = _titled_runs(passage)
    if len({spot.text for spot in mine}) != 1 or len({spot.text for spot in yours}) != 1:
        return
    left, right = ([t.text for t in tokens(spot.text)] for spot in (mine[0], yours[0]))
    if len(left) != len(right) or letters(mine[0].text) in letters(passage.text):
        return
    scores = [word_similarity(a, b) for a, b in zip(left, right, strict=True)]
    if sum(score >= 0.8 for score in scores) * 2 >= len(scores) and min(scores) < 1.0:
        for spot in mine:
            yield spot, yours[0], sum(scores) / len(scores)


def _titled_runs(passage: Passage) -> list[_Spot]:
    found = []
    for segment in passage.segments:
        for run in runs(segment.text):
            if 2 <= len(run) <= 4 and has_title(segment.text, run[0]):
                start, end = run[0].start, run[-1].end
                found.append(_Spot(segment, start, end, segment.text[start:end], True))
    return found


def wrong_places(unit: Unit, lang: str) -> list[WrongPlace]:
    """A country where the reference has another, in the same words: both sides name one the other side
    lacks, and the words before and after it are the same. Only for one-to-one units."""
    if unit.candidate is None or unit.link not in ("1-1", "moved") or unit.confidence < _SURE or not unit.references:
        return []
    mine = _places(unit.candidate, lang)
    theirs = [(passage, spot) for passage in unit.references for spot in _places(passage, lang)]
    names = {fold(spot.text) for _, spot in theirs}
    wrong = [spot for spot in mine if fold(spot.text) not in names]
    lost = [(p, s) for p, s in theirs if fold(s.text) not in {fold(m.text) for m in mine}]
    stems = {fold(t.text)[:4] for t in capitals(unit.candidate.text)}
    if (
        len(wrong) != 1
        or len({s.text for _, s in lost}) != 1
        or len(unit.references) > 1
        and len(lost) < len(unit.references)
    ):
        return []
    (passage, other), spot = lost[0], wrong[0]
    reference_stems = {fold(t.text)[:4] for p in unit.references for t in capitals(p.text)}
    if fold(other.text)[:4] in stems - {fold(spot.text)[:4]} or fold(spot.text)[:4] in reference_stems - {
        fold(other.text)[:4]
    }:
        return []
    if _around(spot) != _around(other):
        return []
    span = span_of(passage, other.segment, other.start, other.end)
    return [WrongPlace(spot.segment, spot.start, spot.end, spot.text, other.text, span)]


def _places(passage: Passage, lang: str) -> list[_Spot]:
    """Countries in one word, named exactly."""
    known = territories(lang)
    return [
        _Spot(segment, token.start, token.end, token.text, False)
        for segment in passage.segments
        for token in capitals(segment.text)
        if fold(token.text) in known and known[fold(token.text)] == token.text
    ]


def _around(spot: _Spot) -> tuple[str, str]:
    """The word before and the word after."""
    words = tokens(spot.segment.text)
    at = next(i for i, word in enumerate(words) if word.start == spot.start)
    before = fold(words[at - 1].text) if at else ""
    after = fold(words[at + 1].text) if at + 1 < len(words) else ""
    return before, after


def missing_names(unit: Unit, book: NameBook) -> Iterator[tuple[Name, Span]]:
    """Listed names of the reference of which the candidate has no trace, not even a pronoun or a word
    with the same beginning; with several references all of them must have the name."""
    if unit.candidate is None or not unit.references or unit.confidence < _SURE:
        return
    text = unit.candidate.text
    if _PRONOUN.search(text):
        return
    there = {match.form.entry for match in book.find(text)}
    listed = [{m.form.entry for m in book.find(passage.text)} for passage in unit.references]
    for entry in sorted(set.intersection(*listed) - there):
        name, passage = book.names[entry], unit.references[0]
        if not _has_trace(name, text):
            for segment in passage.segments:
                match = next((m for m in book.find(segment.text) if m.form.entry == entry), None)
                if match is not None:
                    yield name, span_of(passage, segment, match.start, match.end)
                    break


def _has_trace(name: Name, text: str) -> bool:
    """True where some word of the text may come from the name: alike, or with its first four letters."""
    forms = [t.text for form in (name.name, *name.accept) for t in tokens(form) if len(t.text) > 2]
    return any(_alike(word, form) for word in tokens(text) for form in forms)


def _alike(word: Token, form: str) -> bool:
    if len(word.text) < 3:
        return False
    return fold(word.text)[:4] == fold(form)[:4] or word_similarity(word.text, form) >= 0.7
