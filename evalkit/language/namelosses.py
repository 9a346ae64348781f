"""Names of a pair that only one side has, with no list to go by: exchanged, lost, and how sure that is."""

from __future__ import annotations

import re
from typing import NamedTuple

from evalkit.language.namebook import NameBook
from evalkit.language.namepairs import SURE
from evalkit.language.names import Vocabulary
from evalkit.language.nameunits import NameUnit, Traces, named
from evalkit.language.stopwords import capitalises_nouns
from evalkit.language.termmatch import tokens
from evalkit.model import Unit
from evalkit.text import fold

_PRONOUN = re.compile(
    r"\b(?:he|she|his|her|him|they|their|them|its|who|we|our|us|it(?! (?:is|was|has been|would)\b))\b", re.IGNORECASE
)
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


def exchanged_or_lost(
    unit: Unit, lang: str, book: NameBook, vocabulary: Vocabulary
) -> tuple[list[Exchanged], list[Lost]]:
    """Names of the reference that the candidate lacks, with the name it has instead where it has one.

    One-to-one units only; with several references each of them must have the name. Sure is what is no
    country, no name of ordinary words, and stands where no pronoun can stand for it.
    """
    if unit.candidate is None or not unit.references or unit.link not in ("1-1", "moved"):
        return [], []
    if unit.confidence < SURE or capitalises_nouns(lang):
        return [], []
    passage, candidate = unit.references[0], unit.candidate
    yours = named(passage, lang, vocabulary)
    mine = named(candidate, lang, vocabulary)
    if not yours:
        return [], []
    here = Traces(candidate.text, passage.text)
    everyone = " ".join(p.text for p in unit.references)
    there = Traces(everyone, candidate.text)
    others = [Traces(p.text, candidate.text) for p in unit.references[1:]]
    # What the project's list knows is its business: see `namegaps`.
    unlisted = [n for n in yours if not _is_gloss(n) and not any(map(book.knows, n.words))]
    lost = [n for n in unlisted if not here.has(n, lang) and all(o.has(n, lang) for o in others)]
    new = [n for n in mine if not there.has(n, lang) and not any(map(book.knows, n.words))]
    if new and not lost:
        lost = [n for n in yours if not here.has_all(n, lang)][:1] if len(new) == 1 else []
        return [Exchanged(new[0], n, False) for n in lost], []
    exchanged, rest = _match(new, lost)
    if len(rest) > _MOST:
        return exchanged, []
    pronouns = len(_PRONOUN.findall(candidate.text)) > len(_PRONOUN.findall(passage.text))
    doubtful = pronouns or bool(exchanged)
    return exchanged, [Lost(n, n.sure and not (n.territory or n.acronym or doubtful)) for n in rest]


def _is_gloss(name: NameUnit) -> bool:
    """An acronym in brackets after what it stands for."""
    return name.acronym and name.segment.text[max(0, name.start - 1) : name.start] in ("(", "（")


def _match(new: list[NameUnit], lost: list[NameUnit]) -> tuple[list[Exchanged], list[NameUnit]]:
    """Each new name with a lost one: first where a word beside them is the same, then in order."""
    left = list(lost)
    found = []
    for name in new:
        partner = next((other for other in left if _beside(name) & _beside(other)), left[0] if left else None)
        if partner is None:
            break
        left.remove(partner)
        alone = len(new) == len(lost) == 1
        found.append(Exchanged(name, partner, alone and name.sure and partner.sure))
    return found, left


def _beside(name: NameUnit) -> set[tuple[str, str]]:
    """The words before and after a name, each with its side."""
    words = tokens(name.segment.text)
    before = [fold(w.text) for w in words if w.end <= name.start][-1:] or ["^"]
    after = [fold(w.text) for w in words if w.start >= name.end and fold(w.text) != "s"][:1] or ["$"]
    return {("before", before[0]), ("after", after[0])}
