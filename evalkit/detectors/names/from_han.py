"""Chinese names in pinyin, held against the characters of the source: Xi Jinpang where it has 习近平.

A family name and what stands behind it are put beside the same characters of the source. Where nothing there is read so
and one name is, but for a letter, it is a slip. Other spellings of the same characters (Wade and Giles, Cantonese,
Korean, Vietnamese) are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from evalkit.detectors._units import locate
from evalkit.detectors.names.rules import MISTRANSLITERATED
from evalkit.language.codes import bare
from evalkit.language.dictionaries import dictionary, is_known
from evalkit.language.forms import Token, all_bare
from evalkit.language.han_readings import is_older_spelling, is_read
from evalkit.language.licence_names import is_pinyin, of_syllables
from evalkit.language.name_forms import is_form, knows_endings, one_letter_apart
from evalkit.language.packs import words_of
from evalkit.language.romanise import letters
from evalkit.language.transliteration import syllables
from evalkit.records import Context, Finding, Span, Unit
from evalkit.records.findings import finding

_RUN = regex.compile(r"\p{Han}{2,}")
_GIVEN = 2  # characters of a given name
_MOST = 2000  # names of a source: one longer than any paragraph would take seconds
_SHORTEST = 4  # letters: a name of two or three that is nearly another's may as well be one of its own


class Person(NamedTuple):
    """A name in characters at `start` of its text; `readings` of the family name and of the given one."""

    start: int
    text: str
    family: tuple[str, ...]
    given: tuple[str, ...]
    characters: int  # of the given name


class Slip(NamedTuple):
    """A name at `start:end` of the candidate that is one letter off the person's, whose spelling is `right`."""

    start: int
    end: int
    person: Person
    right: str


def findings_of(unit: Unit, context: Context) -> Iterator[Finding]:
    """The slips as findings; what a reference has too is none."""
    source, candidate, lang = unit.source, unit.candidate, bare(context.lang)
    if source is None or candidate is None or not source.segments or bare(context.source_lang) != "zh":
        return
    if not dictionary(lang) or not knows_endings(lang):
        return
    theirs = " ".join(passage.text for passage in unit.references)
    for slip in slips(candidate.text, lang, source.text):
        text = candidate.text[slip.start : slip.end]
        if text in theirs:
            continue
        segment, start, end = locate(candidate, slip.start, slip.end)
        there, first, last = locate(source, slip.person.start, slip.person.start + len(slip.person.text))
        other = Span("source", "", there.start + first, there.start + last, there.text[first:last])
        message = f"{text!r} where the source has {slip.person.text!r}: {slip.right}"
        yield finding(
            MISTRANSLITERATED, "names", unit, segment, start, end, message, severity="minor", expected=(slip.right,),
            other=other, evidence="source",
        )  # fmt: skip


def slips(text: str, lang: str, source: str) -> Iterator[Slip]:
    """The names of a text that are one letter off a name of the source."""
    people = _people(source)
    if not 0 < len(people) <= _MOST:
        return
    for family, given in pairwise(all_bare(text)):
        if not _is_one_name(text, family, given):
            continue
        if given.text.isupper() or is_known(given.text.lower(), lang) or is_known(given.text.lower(), "en"):
            continue
        if found := _slip(family, given, people, lang, source):
            yield found


def is_a_name_of(family: str, given: str, source: str) -> bool:
    """True where characters of the source are read so."""
    mine, name = letters(family), letters(given)
    return any(mine in person.family and name in person.given for person in _people(source))


def _is_one_name(text: str, family: Token, given: Token) -> bool:
    """True for two words with a capital, side by side."""
    return text[family.end : given.start] == " " and family.text[0].isupper() and given.text[0].isupper()


def _slip(family: Token, given: Token, people: tuple[Person, ...], lang: str, source: str) -> Slip | None:
    """The person whose name it nearly is; None where it is somebody's, or written as elsewhere."""
    mine, name = letters(family.text), letters(given.text)
    near: list[Slip] = []
    for person in people:
        of_family = mine in person.family
        for reading in person.given:
            right = f"{person.family[0].title()} {reading.title()}"
            if is_form(name, reading, lang):
                if of_family:
                    return None
                if person.characters > 1 and _is_family_slip(family.text, person, lang):
                    near.append(Slip(family.start, given.end, person, right))
            elif of_family and _is_given_slip(name, reading, person.characters):
                near.append(Slip(family.start, given.end, person, right))
    spelt = f"{family.text} {given.text}"
    if any(is_older_spelling(spelt, slip.right, source) or is_read(spelt, slip.right, source) for slip in near):
        return None
    return near[0] if near else None


def _is_given_slip(name: str, reading: str, characters: int) -> bool:
    """One letter off; of one character, or short, only where it is no other Chinese name as well."""
    if not one_letter_apart(name, reading, 2):
        return False
    if characters == 1:
        return of_syllables(name) != 1
    return len(reading) >= _SHORTEST or not is_pinyin(name)


def _is_family_slip(word: str, person: Person, lang: str) -> bool:
    mine = letters(word)
    if is_pinyin(mine) or is_known(word.lower(), lang) or is_known(word.lower(), "en"):
        return False
    return any(one_letter_apart(mine, reading, 2) for reading in person.family)


@lru_cache(maxsize=8)
def _people(source: str) -> tuple[Person, ...]:
    """The names that may stand in a source, each once: a family name with the one or two characters behind it."""
    found: dict[str, Person] = {}
    for run in _RUN.finditer(source):
        text = run.group()
        for at in range(len(text) - 1):
            for family in (text[at : at + 1], text[at : at + 2]):
                after = text[at + len(family) :][:_GIVEN] if family in _families() else ""
                for given in (after[:size] for size in range(len(after), 0, -1)):
                    person = Person(run.start() + at, family + given, _readings(family), _readings(given), len(given))
                    found.setdefault(person.text, person)
    return tuple(found.values())


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(name for row in words_of("han_readings", "mandarin.surnames") for name in row.split("/"))


@lru_cache(maxsize=1)
def _several() -> dict[str, tuple[str, ...]]:
    """Characters with more readings than one."""
    rows = (row.split(":") for row in words_of("han_readings", "mandarin.readings"))
    return {char: tuple(readings) for chars, *readings in rows for char in chars.split("/")}


@lru_cache(maxsize=4096)
def _readings(characters: str) -> tuple[str, ...]:
    """All ways to read the characters, each as its letters; the usual one first."""
    found = [""]
    for char in characters:
        usual = "".join(syllables(char)).lower()
        ways = [usual, *(way for way in _several().get(char, ()) if way != usual)]
        found = [begun + way for begun in found for way in ways]
    return tuple(found)
