"""Names of a unit against its reference: countries exchanged, listed names missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.detectors.names.book import NameBook
from evalkit.detectors.names.pairs import SURE
from evalkit.language.forms import Token, tokens
from evalkit.language.name_cues import capitals, territories
from evalkit.language.name_likeness import word_similarity
from evalkit.language.packs import words_in_order
from evalkit.records import Name, Passage, Segment, Span, Unit
from evalkit.records.findings import span_of
from evalkit.text.words import fold

_SHORTEST = 4  # letters: shorter ones stand in other words by chance
_PRONOUN = re.compile(rf"\b(?:{'|'.join(words_in_order('en', 'pronouns.for_listed_names'))})\b", re.IGNORECASE)


class WrongName(NamedTuple):
    """A known name at `start:end` of a candidate segment where the reference has `expected`."""

    segment: Segment
    start: int
    end: int
    text: str
    expected: str
    other: Span


class _Known(NamedTuple):
    """A known name on one side; `identity` is the same for all its spellings."""

    segment: Segment
    start: int
    end: int
    text: str
    kind: str
    identity: str


def wrong_names(unit: Unit, lang: str, book: NameBook) -> list[WrongName]:
    """A listed person or place, or a country, where the reference has another of the kind: both sides name
    just one that the other side lacks, and the word before or after it is the same. One-to-one units only."""
    if unit.candidate is None or unit.link not in ("1-1", "moved") or unit.confidence < SURE:
        return []
    mine = _known(unit.candidate, lang, book)
    yours = [(passage, known) for passage in unit.references for known in _known(passage, lang, book)]
    found = []
    for kind in ("person", "place"):
        here = {known.identity for known in mine}
        there = {known.identity for _, known in yours}
        wrong = [known for known in mine if known.kind == kind and known.identity not in there]
        lost = [(passage, known) for passage, known in yours if known.kind == kind and known.identity not in here]
        # Every reference must have the name that the candidate lacks.
        everywhere = len({passage.reference for passage, _ in lost}) == len(unit.references)
        if len(wrong) != 1 or len({known.identity for _, known in lost}) != 1 or not everywhere:
            continue
        (passage, other), spot = lost[0], wrong[0]
        if _same_place(spot, other) and not _mentioned(unit, spot, other):
            span = span_of(passage, other.segment, other.start, other.end)
            found.append(WrongName(spot.segment, spot.start, spot.end, spot.text, other.text, span))
    return found


def _known(passage: Passage, lang: str, book: NameBook) -> list[_Known]:
    """Listed people and places with their capital, and countries in one word named exactly."""
    territory = territories(lang)
    found = []
    for segment in passage.segments:
        taken = []
        for match in book.find(segment.text):
            name = book.names[match.form.entry]
            taken.append((match.start, match.end))
            if name.kind != "organisation" and match.text[0].isupper():
                found.append(_Known(segment, match.start, match.end, match.text, name.kind, fold(name.name)))
        for token in capitals(segment.text):
            listed = any(start <= token.start < end for start, end in taken)
            if not listed and territory.get(fold(token.text)) == token.text:
                found.append(_Known(segment, token.start, token.end, token.text, "place", fold(token.text)))
    return found


def _mentioned(unit: Unit, spot: _Known, other: _Known) -> bool:
    """True where a side has the other's name in another form (China, Chinese)."""
    mine = unit.candidate.text if unit.candidate else ""
    yours = " ".join(passage.text for passage in unit.references)
    a, b = fold(spot.text)[:4], fold(other.text)[:4]
    here = {fold(t.text)[:4] for t in capitals(mine)} - {a}
    there = {fold(t.text)[:4] for t in capitals(yours)} - {b}
    return b in here or a in there


def _same_place(spot: _Known, other: _Known) -> bool:
    """True where the word before or the word after is the same."""
    pairs = zip(_around(spot), _around(other), strict=True)
    return any(a == b != "" for a, b in pairs)


def _around(spot: _Known) -> tuple[str, str]:
    """The word before and the word after, folded; empty at the ends of the segment."""
    words = tokens(spot.segment.text)
    before = [fold(word.text) for word in words if word.end <= spot.start]
    after = [fold(word.text) for word in words if word.start >= spot.end]
    # A possessive ending is no word of its own.
    return (before or [""])[-1], next((word for word in after if word != "s"), "")


def missing_names(unit: Unit, book: NameBook) -> Iterator[tuple[Name, Segment, int, int]]:
    """Listed names of the reference of which the candidate has no trace, not even a pronoun or a word
    with the same beginning; with several references all of them must have the name."""
    if unit.candidate is None or not unit.references or unit.confidence < SURE:
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
                # A short word such as Xi may be anybody's name.
                found = (m for m in book.find(segment.text) if m.form.entry == entry and len(m.text) >= _SHORTEST)
                match = next(found, None)
                if match is not None:
                    yield name, segment, match.start, match.end
                    break


def _has_trace(name: Name, text: str) -> bool:
    """True where some word of the text may come from the name: alike, or with its first four letters."""
    forms = [t.text for form in (name.name, *name.accept) for t in tokens(form) if len(t.text) > 2]
    return any(_alike(word, form) for word in tokens(text) for form in forms)


def _alike(word: Token, form: str) -> bool:
    if len(word.text) < 3:
        return False
    return fold(word.text)[:4] == fold(form)[:4] or word_similarity(word.text, form) >= 0.7
