"""Names of a unit against its reference: countries exchanged, listed names missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.detectors.names.book import NameBook
from evalkit.detectors.names.mentions import ALIASES
from evalkit.detectors.names.pairs import SURE
from evalkit.language.forms import Taken, Token, tokens
from evalkit.language.name_cues import LIKELY
from evalkit.language.name_forms import name_tokens
from evalkit.language.name_likeness import word_similarity
from evalkit.language.name_places import CITY, COUNTRY, find_places
from evalkit.language.packs import words_in_order
from evalkit.language.romanise import letters
from evalkit.records import Name, Passage, Segment, Span, Unit
from evalkit.records.findings import span_of
from evalkit.text.words import fold, has_unspaced

_SHORTEST = 4  # letters: shorter ones stand in other words by chance
_ALIKE = 0.7  # a word so like a name may be a form of it that no list has
_SAME_SENTENCE = 0.5  # of two sentences that say the same of another country half the words are the same
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
    """A listed person or place, a country or city, where the reference has another of the kind: both sides name
    just one that the other side lacks, in the same place. One-to-one units only."""
    if unit.candidate is None or unit.link not in ("1-1", "moved") or unit.confidence < SURE:
        return []
    mine = _known(unit.candidate, lang, book)
    if not mine:
        return []
    yours = [(passage, known) for passage in unit.references for known in _known(passage, lang, book)]
    found = []
    for kind in ("person", "place", COUNTRY, CITY):
        here = {known.identity for known in mine}
        there = {known.identity for _, known in yours}
        wrong = [known for known in mine if known.kind == kind and known.identity not in there]
        lost = [(passage, known) for passage, known in yours if known.kind == kind and known.identity not in here]
        # Every reference must have the name that the candidate lacks.
        everywhere = len({passage.reference for passage, _ in lost}) == len(unit.references)
        if len({w.identity for w in wrong}) != 1 or len({known.identity for _, known in lost}) != 1 or not everywhere:
            continue
        passage, other = lost[0]
        spots = [spot for spot in wrong if _same_place(spot, other, unit.candidate.text, passage.text)]
        if spots and not _mentioned(unit, spots[0], other, lang):
            span = span_of(passage, other.segment, other.start, other.end)
            found += [WrongName(s.segment, s.start, s.end, s.text, other.text, span) for s in spots]
    return found


def _known(passage: Passage, lang: str, book: NameBook) -> list[_Known]:
    """Listed people and places with their capital, countries and cities of the CLDR."""
    found = []
    for segment in passage.segments:
        taken = Taken(len(segment.text))
        places = {(place.start, place.end): place for place in find_places(segment.text, lang)}
        for match in book.find(segment.text):
            taken.take(match.start, match.end)
            name = book.names[match.form.entry]
            same = places.get((match.start, match.end))
            if name.kind == "organisation" or match.text[0].islower():
                continue
            kind, identity = (same.kind, same.code) if same and name.kind == "place" else (name.kind, fold(name.name))
            found.append(_Known(segment, match.start, match.end, match.text, kind, identity))
        for place in places.values():
            if not taken.touches(place.start, place.end):
                found.append(_Known(segment, place.start, place.end, place.text, place.kind, place.code))
    return found


def _mentioned(unit: Unit, spot: _Known, other: _Known, lang: str) -> bool:
    """True where a side has the other's name in another form: China, Chinese; US, United States; North Korea, North
    Koreans."""
    mine = unit.candidate.text if unit.candidate else ""
    yours = " ".join(passage.text for passage in unit.references)
    if has_unspaced(spot.text) or has_unspaced(other.text):
        return False
    return _has_form(mine, other.text, spot.text, lang) or _has_form(yours, spot.text, other.text, lang)


def _has_form(text: str, name: str, instead: str, lang: str) -> bool:
    """True where a text may name what the other side names, beside the name it has instead."""
    start = _beginning(instead)
    words = [word.text for word in _capitals(text, lang) if _beginning(word.text) != start]
    if any(_beginning(word) == _beginning(name) or word_similarity(word, name) >= LIKELY for word in words):
        return True
    if any(letters(name) in group and group & {letters(word) for word in words} for group in ALIASES):
        return True
    own = {fold(t.text) for t in tokens(name)} - {fold(t.text) for t in tokens(instead)}
    shared = len(own) < len(tokens(name))
    return shared and own <= {fold(t.text) for t in tokens(text)}


def _beginning(word: str) -> str:
    """By which forms of one name are told (China, Chinese): its first letters, in Korean as many syllables."""
    return fold(word[:_SHORTEST])


def _capitals(text: str, lang: str) -> list[Token]:
    """Words with a capital; all words of a script that has none."""
    return [t for t in name_tokens(text, lang) if t.text[0] == t.text[0].title()]


def _same_place(spot: _Known, other: _Known, mine: str, yours: str) -> bool:
    """True where the words before and after are the same, or half of all words are."""
    pairs = list(zip(_around(spot), _around(other), strict=True))
    if all(a == b for a, b in pairs) and any(a for a, _ in pairs):
        return True
    here, there = ({fold(t.text) for t in tokens(text)} for text in (mine, yours))
    return len(here & there) >= _SAME_SENTENCE * max(len(here), len(there))


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
    if not book.names or unit.candidate is None or not unit.references or unit.confidence < SURE:
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
    return fold(word.text)[:4] == fold(form)[:4] or word_similarity(word.text, form) >= _ALIKE
