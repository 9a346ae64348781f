"""Names of a unit against its reference: what is spelt otherwise.

A name of one side takes part only where the other side doesn't have it; each has at most one partner,
the best for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from evalkit.detectors.names.book import NameBook
from evalkit.language.forms import Token, bare, tokens
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.name_cues import (
    Vocabulary,
    derived,
    has_cue,
    has_title,
    is_title,
    is_title_case,
    is_variant,
    runs,
    world_words,
)
from evalkit.language.name_likeness import word_similarity
from evalkit.language.romanise import letters
from evalkit.records import Passage, Segment, Unit
from evalkit.text.arithmetic import running_sum
from evalkit.text.words import fold

_SHORTEST = 4  # letters: in shorter words one letter makes another name
SURE = 0.5  # a less confident alignment says nothing about names
_MOST_NAMES = 100  # a list, no sentence: all pairs of its names cost more than they tell


class NamePair(NamedTuple):
    """A candidate name at `start:end` of its segment and the reference's name it seems to stand for."""

    start: int
    end: int
    text: str
    expected: str
    score: float
    kind: Literal["wrong", "variant", "case"]
    passage: Passage
    other: Segment
    other_start: int
    other_end: int


class _Spot(NamedTuple):
    """A capitalised word or run of one side."""

    segment: Segment
    start: int
    end: int
    text: str
    first: bool = False  # opens its sentence, where every word has a capital


def pairs(unit: Unit, lang: str, book: NameBook, vocabulary: Vocabulary, likely: float) -> dict[str, list[NamePair]]:
    """Names spelt otherwise than in the reference, by candidate segment; with several references only
    what none of them has. Nothing in languages that give every noun a capital."""
    if unit.candidate is None or unit.confidence < SURE or capitalises_nouns(lang):
        return {}
    theirs = " ".join(passage.text for passage in unit.references)
    mine = _names(unit.candidate, theirs, lang, vocabulary, book, candidate=True)
    found: dict[str, list[NamePair]] = {}
    for passage in unit.references:
        yours = _names(passage, unit.candidate.text, lang, vocabulary, book, candidate=False)
        couples = [*_titled(unit.candidate, passage, theirs, vocabulary), *_couples(mine, yours, likely, lang)]
        made = [*_in_small_letters(unit.candidate, passage, vocabulary), *(_pair(*c, passage) for c in couples)]
        for segment, pair in made:
            listed = found.setdefault(segment, [])
            if all(pair.end <= p.start or p.end <= pair.start for p in listed):
                listed.append(pair)
    return found


def _pair(spot: _Spot, other: _Spot, score: float, passage: Passage) -> tuple[str, NamePair]:
    kind: Literal["variant", "wrong"] = "variant" if is_variant(spot.text, other.text) else "wrong"
    place = (passage, other.segment, other.start, other.end)
    return spot.segment.id, NamePair(spot.start, spot.end, spot.text, other.text, score, kind, *place)


def _names(
    passage: Passage, opposite: str, lang: str, vocabulary: Vocabulary, book: NameBook, *, candidate: bool
) -> list[_Spot]:
    """Words that can only be names and that the other side doesn't have: capitalised ones, in the
    candidate also those that a title or "of Country" marks as names."""
    there = {letters(t.text) for t in tokens(opposite)}
    squeezed = letters(opposite)
    found = []
    for segment in passage.segments:
        if segment.kind == "heading" or is_title_case(segment.text):
            continue
        for token in map(bare, tokens(segment.text)):
            word = letters(token.text)
            if len(word) < _SHORTEST or token.text.isupper() or word in there or word in squeezed:
                continue
            if not candidate and not token.text[0].isupper():
                continue
            if fold(token.text) in world_words(lang) or vocabulary.has(token.text) or is_title(token.text):
                continue
            if not token.text[0].isupper() and not (candidate and has_cue(segment.text, token)):
                continue
            if candidate and (book.knows(token.text) or vocabulary.in_reference(token.text)):
                continue
            first = _opens_sentence(segment.text, token)
            found.append(_Spot(segment, token.start, token.end, token.text, first))
    return found


def _in_small_letters(candidate: Passage, passage: Passage, vocabulary: Vocabulary) -> Iterator[tuple[str, NamePair]]:
    """Words after a title that the candidate writes small and the reference with a capital; other words
    (Government, Party, Embassy) follow a house style and are no errors."""
    for segment in candidate.segments:
        for token in map(bare, tokens(segment.text)):
            if not token.text.islower() or len(token.text) < _SHORTEST or vocabulary.has(token.text):
                continue
            if not has_title(segment.text, token):
                continue
            for other, word in _words(passage):
                if word.start and word.text[0].isupper() and fold(word.text) == fold(token.text):
                    place = (passage, other, word.start, word.end)
                    yield segment.id, NamePair(token.start, token.end, token.text, word.text, 1.0, "case", *place)
                    break


def _words(passage: Passage) -> Iterator[tuple[Segment, Token]]:
    for segment in passage.segments:
        for token in map(bare, tokens(segment.text)):
            yield segment, token


def _opens_sentence(text: str, token: Token) -> bool:
    """True for the first word of a sentence, unless another capitalised word follows it."""
    before = text[: token.start].rstrip(" \"'“‘(-—–")
    after = text[token.end : token.end + 2]
    return (not before or before[-1] in ".!?:…") and not (after[:1] == " " and after[1:].isupper())


def _couples(mine: list[_Spot], yours: list[_Spot], likely: float, lang: str) -> Iterator[tuple[_Spot, _Spot, float]]:
    """Pairs that are each other's best at `likely` or above; a name repeated is no rival of itself. Nothing
    for texts with more names than a sentence can have."""
    left, right = sorted({spot.text for spot in mine}), sorted({spot.text for spot in yours})
    if max(len(left), len(right)) > _MOST_NAMES:
        return
    scores = {(a, b): word_similarity(a, b) for a in left for b in right}
    best_left = {a: max(scores[a, b] for b in right) for a in left} if right else {}
    best_right = {b: max(scores[a, b] for a in left) for b in right} if left else {}
    for spot in mine:
        for other in yours:
            score = scores[spot.text, other.text]
            if score < max(likely, best_left[spot.text], best_right[other.text]):
                continue
            if not derived(spot.text, other.text, lang) and not (spot.first and other.first):
                yield spot, other, score


def _titled(
    candidate: Passage, passage: Passage, theirs: str, vocabulary: Vocabulary
) -> Iterator[tuple[_Spot, _Spot, float]]:
    """Full names after a title, as many words on both sides, some of them alike: "Prime Minister Pham
    Minh Trung" for "Prime Minister Phan Minh Chinh". Only where each side has one such name."""
    mine = [r for r in _titled_runs(candidate) if not all(vocabulary.in_reference(w) for w in r.text.split())]
    yours = _titled_runs(passage)
    if len({spot.text for spot in mine}) != 1 or len({spot.text for spot in yours}) != 1:
        return
    left, right = ([t.text for t in tokens(spot.text)] for spot in (mine[0], yours[0]))
    if len(left) != len(right) or letters(mine[0].text) in letters(theirs):
        return
    if any(vocabulary.has(word) for word in (*left, *right)):
        return
    scores = [word_similarity(a, b) for a, b in zip(left, right, strict=True)]
    if sum(score >= 0.8 for score in scores) * 2 >= len(scores) and min(scores) < 1.0:
        for spot in mine:
            yield spot, yours[0], running_sum(scores) / len(scores)


def _titled_runs(passage: Passage) -> list[_Spot]:
    found = []
    for segment in passage.segments:
        for run in runs(segment.text):
            if 2 <= len(run) <= 4 and has_title(segment.text, run[0]):
                start, end = run[0].start, run[-1].end
                found.append(_Spot(segment, start, end, segment.text[start:end]))
    return found
