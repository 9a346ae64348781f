"""Names of the candidate held against a source in another script, by the learned tables of transliteration.

A capitalised word that no dictionary has is put beside the words of the source. Where one of them explains all of
its letters but one place, and nothing in the candidate renders that word better, the place is told. What the tables
explain wholly, or hardly at all, says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from evalkit.detectors._units import locate
from evalkit.detectors.names.rules import MISTRANSLITERATED
from evalkit.language.codes import bare
from evalkit.language.dictionaries import dictionary, is_known
from evalkit.language.name_likeness import word_similarity
from evalkit.language.romanise import romanise
from evalkit.language.transliteration import Piece, Rendering, rendering, table, table_of
from evalkit.records import Context, Finding, Passage, Span, Unit
from evalkit.records.findings import finding
from evalkit.text.words import words

_SHORTEST = 5  # letters: of a shorter name one place is too much of it
_EXPLAINED = 1.2  # logarithm of how much likelier than chance, a letter, of the name without its odd place
_RIGHT = 0.9  # from which another word of the candidate renders the source's word
_LONGEST_ENDING = 3  # letters by which a name is declined: -ами
_USUAL = 0.02  # share of a symbol's renderings
_CONSONANTS = frozenset("bdfgklmnprstvz")
_VOWELS = frozenset("aeiou")
_SOFT = frozenset("aeiouyhwj")
_TELLING = frozenset({"cyrillic", "greek"})  # alphabets with a letter for each of the consonants
_LIKE = word_similarity("ala", "ara") - 0.01  # l and r, t and d are heard for one another, m and k are not
_NATIVE = regex.compile(
    r"[\p{Cyrillic}]{3,20}|[\p{Greek}\p{M}]{3,20}|[\p{Arabic}]{3,20}|[\p{Hebrew}]{3,20}|[\p{Katakana}ー]{3,20}"
)


class Odd(NamedTuple):
    """A name of the candidate with one place that the source does not explain."""

    start: int
    end: int
    native: str
    native_start: int
    place: tuple[str, str]  # the symbols of the source, the letters beside them


def odd_names(unit: Unit, context: Context) -> Iterator[Odd]:
    """The names of a unit's candidate that are one place off a word of the source."""
    source, candidate = unit.source, unit.candidate
    if source is None or candidate is None or not source.segments or not dictionary(bare(context.lang)):
        return
    natives = [(m.group(), m.start()) for m in _NATIVE.finditer(source.text) if _may_be_name(m.group())]
    if not natives:
        return
    names = list(_names(candidate, bare(context.lang)))
    for start, end, latin in names:
        odd = _off_by_one(latin, natives, [other for _, _, other in names if other != latin])
        if odd is not None:
            native, at, place = odd
            yield Odd(start, end, native, at, place)


def findings_of(unit: Unit, context: Context) -> Iterator[Finding]:
    """The odd names as findings; what a reference has too is none."""
    theirs = " ".join(passage.text for passage in unit.references)
    for odd in odd_names(unit, context):
        source, candidate = unit.source, unit.candidate
        text = candidate.text[odd.start : odd.end] if candidate else ""
        if candidate is None or source is None or text in theirs:
            continue
        segment, start, end = locate(candidate, odd.start, odd.end)
        there, first, last = locate(source, odd.native_start, odd.native_start + len(odd.native))
        other = Span("source", "", there.start + first, there.start + last, there.text[first:last])
        symbols, letters = odd.place
        beside = f"{letters!r} stands for {symbols!r}" if letters else f"nothing stands for {symbols!r}"
        message = f"{text!r} stands where the source has {odd.native!r}: {beside}"
        place = ("names", unit, segment, start, end)
        yield finding(MISTRANSLITERATED, *place, message, severity="minor", other=other, evidence="source")


def _names(candidate: Passage, lang: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, letters) of capitalised words that no dictionary has."""
    for word in words(candidate.text):
        text = word.text
        if len(text) < _SHORTEST or not text[0].isupper() or not text[1:].islower() or not text.isalpha():
            continue
        letters = romanise(text)
        if not table_of(text) and letters.isalpha() and not _ordinary(text, lang):
            yield word.start, word.end, letters


@lru_cache(maxsize=16384)
def _ordinary(word: str, lang: str) -> bool:
    forms = {word, word.lower(), *((word[:-1], word[:-1].lower()) if word.endswith("s") else ())}
    return any(is_known(form, lang) or is_known(form, "en") for form in forms)


def _may_be_name(native: str) -> bool:
    """True for what is written as a name: with a capital, where the script has any."""
    return not native[0].islower() and not native.isupper()


def _other_sound(native: str, place: Piece) -> bool:
    """True where one consonant stands beside a symbol that no table gives it, nor a sound like it.

    Vowels, doubled and silent letters are a matter of spelling: Hannibal, Rutherford, Beattie.
    """
    row = table(table_of(native)).get(place.native, {})
    usual = {letters[0] for letters, share in row.items() if letters and share >= _USUAL}
    if not usual or usual & _SOFT or not set(place.latin) <= _CONSONANTS | _VOWELS:
        return False
    said = [letter for letter in place.latin if letter in _CONSONANTS]
    telling = table_of(native) in _TELLING
    if not place.latin:
        return telling
    if len(said) != 1 or said[0] in usual or (len(place.latin) > 1 and not telling):
        return False
    return telling or max(word_similarity(f"a{said[0]}a", f"a{letter}a") for letter in usual) < _LIKE


def _off_by_one(
    latin: str, natives: list[tuple[str, int]], others: list[str]
) -> tuple[str, int, tuple[str, str]] | None:
    best: tuple[float, str, int, Rendering] | None = None
    for native, at in natives:
        endings = _LONGEST_ENDING if table_of(native) in _TELLING else 0
        for cut in range(min(endings, len(native) - _SHORTEST) + 1 if len(native) > _SHORTEST else 1):
            found = rendering(native[: len(native) - cut], latin)
            if found is not None and (best is None or found.value > best[0]):
                best = (found.value, native, at, found)
    if best is None:
        return None
    _, native, at, found = best
    if len(found.odd) != 1 or not found.odd[0].native:
        return None
    place = found.odd[0]
    inner = 0 < found.pieces.index(place) < len(found.pieces) - 1  # a first or last letter may be another name's
    known = [piece for piece in found.pieces if piece.known]
    letters = sum(len(piece.latin) for piece in known)
    gain = found.value * len(latin) + _PRICE
    if not inner or not _other_sound(native, place) or letters < _SHORTEST - 1 or gain / letters < _EXPLAINED:
        return None
    rivals = [r for other in others if (r := rendering(native, other)) is not None]
    if any(rival.value >= _RIGHT and not rival.odd for rival in rivals):
        return None
    return native, at, (place.native, place.latin)


_PRICE = 11.5  # what the one odd place cost: the logarithm of the price of an unknown chunk
