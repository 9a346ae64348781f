"""Names of a pair that only one side has, with no list to go by: exchanged, lost, and how sure that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from evalkit.detectors.names.book import NameBook
from evalkit.detectors.names.enumerated import is_apart, is_same, is_unsure, place_of
from evalkit.detectors.names.mentions import NameUnit, is_telling, named
from evalkit.detectors.names.pairs import SURE
from evalkit.detectors.names.traces import Traces
from evalkit.language.forms import tokens
from evalkit.language.function_words import capitalises_nouns, content_stems, stem
from evalkit.language.name_cues import LIKELY, Vocabulary
from evalkit.language.name_likeness import word_similarity
from evalkit.language.name_places import own_script
from evalkit.language.packs import pattern_of
from evalkit.language.romanise import letters
from evalkit.records import Unit
from evalkit.text.words import fold

_PRONOUN = re.compile(rf"\b(?:{pattern_of('en', 'pronouns.for_unlisted_names')})\b", re.IGNORECASE)
# Words: a sentence so long shares a fifth of its words with its rendering, else it renders something else
_LONG, _SHARED = 6, 0.2
_FORM = 0.7  # likeness of the forms of one name (Kiev, Kyiv)
_TWO_NAMES = 4  # words of two people side by side
_LONGEST = 8  # words that an acronym stands for
_PERSON, _SHORTEST = 2, 4  # words of a person's name; letters of each: shorter ones have many spellings (Lee, Li)
_MOST = 3  # of so many lost names the pair says something else, which is no matter of names


class Exchanged(NamedTuple):
    """A candidate's name where the reference has another one."""

    mine: NameUnit
    theirs: NameUnit
    sure: bool


class Lost(NamedTuple):
    """A name of the reference with no trace in the candidate."""

    name: NameUnit
    sure: bool


class Compared(NamedTuple):
    """What the names of a pair differ in; `added` are names of the candidate that nothing answers."""

    exchanged: list[Exchanged]
    lost: list[Lost]
    added: list[NameUnit]


def shows_names(lang: str) -> bool:
    """True for a language in which a capital marks a name. One in Latin letters in a text of another script may as well
    be written in that: both are right."""
    return own_script(lang) in ("", "LATIN") and not capitalises_nouns(lang)


def compare(unit: Unit, lang: str, book: NameBook, vocabulary: Vocabulary) -> Compared:
    """Names of the reference that the candidate lacks, with the name it has instead where it has one, and
    names that only the candidate has.

    One-to-one units only; with several references each of them must have the name. Sure is what is no
    country, no name of ordinary words, and stands where no pronoun can stand for it.
    """
    nothing = Compared([], [], [])
    if unit.candidate is None or not unit.references or unit.link not in ("1-1", "moved"):
        return nothing
    if unit.confidence < SURE or not shows_names(lang):
        return nothing
    passage, candidate = unit.references[0], unit.candidate
    yours = named(passage, lang, vocabulary)
    mine = named(candidate, lang, vocabulary)
    if not (yours or mine) or _says_something_else(candidate.text, passage.text):
        return nothing
    here = Traces(candidate.text, passage.text)
    there = Traces(" ".join(p.text for p in unit.references), candidate.text)
    others = [Traces(p.text, candidate.text) for p in unit.references[1:]]
    # What the project's list knows is its business: see `namegaps`.
    unlisted = [n for n in yours if not _spells(n) and not any(map(book.knows, n.words))]
    gone = [n for n in unlisted if not here.has(n, lang) or _claimed(n, yours, mine, candidate.text)]
    gone += [n for n in unlisted if n not in gone and not _has_beside(n, yours, candidate.text, passage.text, lang)]
    gone += [
        n for n in unlisted if n not in gone and (_stands_less(n, candidate.text, here) or _lost_in_run(n, here, lang))
    ]
    lost = [n for n in gone if all(o.has(n, lang) for o in others)]
    new = [n for n in mine if not there.has(n, lang) and not any(map(book.knows, n.words))]
    relatives = _relatives(mine, unlisted, here, there, lang) if len(unit.references) == 1 else []
    surplus = len(_PRONOUN.findall(candidate.text)) - len(_PRONOUN.findall(passage.text))
    if new and not lost:
        partly = [n for n in yours if len(new) == 1 and not here.has_all(n, lang)]
        half = [n for n in partly if _beside(new[0]) & _beside(n)][:1]
        added = [n for n in new if is_telling(n, lang) and not _in_brackets(n)] if not half and surplus >= 0 else []
        return Compared([*relatives, *(Exchanged(new[0], n, False) for n in half)], [], added)
    kept = [n for n in yours if n not in lost and n.text in candidate.text]
    matched, rest = _match(new, lost, kept, lang)
    reworded = [pair.mine for pair in matched if _other_wording(pair.mine, pair.theirs)]
    exchanged = [*relatives, *(pair for pair in matched if pair.mine not in reworded)]
    # What it is called may be worded otherwise, whose it is may not: the Day of Xinhua, Navy Day.
    added = [n for n in reworded if n.sure and n.plain and is_telling(n, lang)]
    if len(rest) > _MOST:
        return Compared(exchanged, [], added)
    doubtful = surplus > 0 or bool(exchanged)
    return Compared(exchanged, [Lost(n, n.sure and not (n.territory or n.acronym or doubtful)) for n in rest], added)


def _says_something_else(text: str, other: str) -> bool:
    """True where two texts of some length share hardly a content word: no matter of names."""
    mine, theirs = content_stems(text), content_stems(other)
    fewest = min(len(mine), len(theirs))
    return fewest >= _LONG and len(mine & theirs) < _SHARED * fewest


def _claimed(name: NameUnit, yours: list[NameUnit], mine: list[NameUnit], text: str) -> bool:
    """True where what looks like a trace of the name is a part of other names of the reference: Vladimir Putin
    is lost though Vladimir Zelensky is there."""
    if len(name.words) < 2 or not name.sure:
        return False
    own = {fold(w) for w in name.words}
    namesakes = [n for n in mine if own & {fold(w) for w in n.words}]
    spoken = [fold(t.text).removesuffix("'s") for t in tokens(text)]
    if sum(w in own for w in spoken) != len(namesakes) or not namesakes:
        return False  # it stands by itself or without a capital as well
    others = {fold(w) for n in yours if n.words != name.words for w in n.words} - own
    return all(_of_others({fold(w) for w in n.words} - own, own, others) for n in namesakes)


def _of_others(words: set[str], own: set[str], others: set[str]) -> bool:
    """True where all the words, one at least, are words of other names and none may be a form of an own one."""
    mine = any(word_similarity(word, other) >= _FORM for word in words for other in own)
    theirs = all(any(word_similarity(word, other) >= LIKELY for other in others) for word in words)
    return bool(words) and theirs and not mine


def _has_beside(name: NameUnit, yours: list[NameUnit], text: str, other: str, lang: str) -> bool:
    """True where the candidate has a trace of a name beside the other names that both sides have word for word:
    African Americans are no trace of the US."""
    words = {fold(w) for w in (*name.words, *name.plain)}
    rest = text
    for n in yours:
        if n.text in rest and not words & {fold(w) for w in (*n.words, *n.plain)}:
            rest = rest.replace(n.text, " " * len(n.text), 1)
    return rest == text or name.text in rest or Traces(rest, other).has(name, lang)


def _relatives(mine: list[NameUnit], yours: list[NameUnit], here: Traces, there: Traces, lang: str) -> list[Exchanged]:
    """Names of two words that share the last one, with first ones that the other side has no trace of: another person
    of the same surname."""
    found = []
    for name in mine:
        for other in yours:
            (first, last), (given, surname) = _two_words(name), _two_words(other)
            alike = last and fold(last) == fold(surname) and fold(first) != fold(given)
            if alike and not (there.has_word(first, lang) or here.has_word(given, lang)):
                found.append(Exchanged(name, other, False))
                break
    return found


def _two_words(name: NameUnit) -> tuple[str, str]:
    """The words of a name of two, none of them an ordinary one or an initial."""
    if len(name.words) != _PERSON or name.plain or not name.sure or min(map(len, name.words)) < _SHORTEST:
        return "", ""
    return name.words[0], name.words[1]


def _stands_less(name: NameUnit, text: str, here: Traces) -> bool:
    """True where each telling word of a longer name stands more often in the reference than in the candidate, which
    lacks the others: Mount Vinson beside the Vinson Massif, the Russian Navy beside the Russian leader."""
    if here.stands_short(name) or letters(name.text) in here.squeezed:  # Xiao Yun, Xiaoyun
        return False
    every = [fold(t.text) for t in tokens(name.text) if t.text[0].isupper()]
    there = Counter(fold(t.text).removesuffix("'s") for t in tokens(text))
    needed = Counter(fold(t.text).removesuffix("'s") for t in tokens(name.passage.text))
    telling = {fold(word) for word in name.words}
    fewer = all(0 < there[word] < needed[word] for word in telling if there[word])
    stems = {stem(word) for word in there}
    short = {w for a, b in pairwise(every) if f"{a[0]}{b[0]}" in here.acronyms for w in (a, b)}  # US, U.S.
    lacks = [word for word in every if stem(word) not in stems and word not in short]
    return len(every) > 1 and any(there[word] for word in telling) and fewer and bool(lacks)


def _lost_in_run(name: NameUnit, here: Traces, lang: str) -> bool:
    """True where two names stand side by side and one of them has no trace: Piotr Lekszycki Stefan Niesiolowski."""
    words = [t.text for t in tokens(name.text) if t.text[0].isupper()]
    if len(words) < _TWO_NAMES or not set(words[:2]) <= set(name.words):
        return False
    traced = [here.has_word(word, lang) for word in words]
    # United States Geological Survey, U.S. Geological Survey
    if f"{words[0][0]}{words[1][0]}".lower() in here.acronyms:
        return False
    return not any(traced[:2]) and all(traced[-2:])


def _other_wording(mine: NameUnit, theirs: NameUnit) -> bool:
    """True for two names that share a telling word, or any where one of them has ordinary words only: Ministry of
    Economy, Ministry of Economics; not for Royal Turmalin Stadium, Royal Bafokeng Stadium."""
    a, b = ({stem(w) for w in n.words} for n in (mine, theirs))
    if not (mine.sure and theirs.sure):
        a, b = a | {stem(w) for w in mine.plain}, b | {stem(w) for w in theirs.plain}
    return bool(a & b)


def _in_brackets(name: NameUnit) -> bool:
    return name.segment.text[max(0, name.start - 1) : name.start] in ("(", "（")


def _spells(name: NameUnit) -> bool:
    """True for an acronym in brackets that the words before it spell: World Health Organization (WHO). Another one
    there is a name of its own: Markus Söder (CSU)."""
    if not (name.acronym and _in_brackets(name)):
        return False
    before = tuple(letters(word.text) for word in tokens(name.segment.text[: name.start])[-_LONGEST:])
    return _is_spelt(fold(name.words[0]).rstrip("s"), before)


def _is_spelt(acronym: str, words: Sequence[str]) -> bool:
    """True where each letter of an acronym begins a word or stands behind the one before it in the same word:
    tuberculosis (TB). The first begins one: letters that stand anywhere spell most acronyms by chance."""
    able = {(number, 1) for number, word in enumerate(words) if word[:1] == acronym[:1]}
    for letter in acronym[1:]:
        inside = {(n, at + 1) for n, start in able for at in range(start, len(words[n])) if words[n][at] == letter}
        least = min((n for n, _ in able), default=len(words))
        able = inside | {(n, 1) for n, word in enumerate(words) if n > least and word[:1] == letter}
    return bool(able)


def _match(
    new: list[NameUnit], lost: list[NameUnit], kept: list[NameUnit], lang: str
) -> tuple[list[Exchanged], list[NameUnit]]:
    """Each new name with a lost one: the same item of a list, else where a word beside them is the same, else in order,
    where lists and the names that both sides have do not tell them apart and one of them is no mere ordinary words."""
    left = list(lost)
    places = {name: place_of(name, lang) for name in (*new, *lost)}
    alone = len(new) == len(lost) == 1
    found = []
    for name in new:
        mine = places[name]
        able = [other for other in left if not is_apart(mine, places[other])]
        partner = next((other for other in able if is_same(mine, places[other])), None)
        partner = partner or next((other for other in able if _beside(name) & _beside(other)), None)
        if partner is None:
            near = [o for o in able if not _is_across(name, o, kept)]
            sure = (o for o in near if alone or ((name.sure or o.sure) and not is_unsure(mine, places[o])))
            partner = next(sure, None)
        if partner is None:
            continue
        left.remove(partner)
        found.append(Exchanged(name, partner, alone and name.sure and partner.sure))
    return found, left


def _is_across(mine: NameUnit, theirs: NameUnit, kept: Sequence[NameUnit]) -> bool:
    """True where a name that both sides have stands behind the one name and before the other."""
    text = mine.passage.text[mine.start - mine.passage.start :]
    behind = [n for n in kept if n.segment.id == theirs.segment.id and n.text in text]
    before = [n for n in kept if n.segment.id == theirs.segment.id and n.text not in text]
    crossed = sum(n.end <= theirs.start for n in behind) + sum(n.start >= theirs.end for n in before)
    return crossed > 0


def _beside(name: NameUnit) -> set[tuple[str, str]]:
    """The words before and after a name, each with its side."""
    words = tokens(name.segment.text)
    before = [fold(w.text) for w in words if w.end <= name.start][-1:] or ["^"]
    after = [fold(w.text) for w in words if w.start >= name.end and fold(w.text) != "s"][:1] or ["$"]
    return {("before", before[0]), ("after", after[0])}
