"""How surely two paired texts say different things: by the names and numbers each has for itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evalkit.language.function_words import ENGLISH, capitalises_nouns, stem
from evalkit.language.overlap import (
    Difference,
    Weights,
    has_room_for_doubt,
    is_brief,
    is_scanty,
    likeness,
    shared,
    unrelated,
)
from evalkit.records import Severity, Unit
from evalkit.text.words import Word, count_words, words

_STARTS = " \"'“‘«(["
_ENDS = ".!?:;。！？"
_HEADLINE = 0.6  # share of capitals from which they mark no names
# Two texts with names and numbers, none in common, may share more words than others and still speak of different
# things: chosen on DEMETR and WMT23, where these bounds add one right pair in 2,600.
_SHARED = 0.3
# Likeness of unrelated sentences; texts of three and more sentences share more by chance
_ALIKE, _ALIKE_MANY, _MANY = 0.24, 0.28, 3
_NEAR = 0.6  # the shorter of two wordings of one thing has at least this share of the other's words


class Verdict(NamedTuple):
    """Severity and confidence of a pair that seems unrelated."""

    severity: Severity
    confidence: float


def names_and_numbers(text: str, lang: str) -> frozenset[str]:
    """Stems of words with a digit, and of words with a capital that opens no sentence. None of a headline's
    capitals, nor of those of a language that gives them to every noun."""
    found = words(text)
    longer = [w for w in found if len(w.text) > 3]
    headline = sum(w.text[0].isupper() for w in longer) > _HEADLINE * len(longer)
    no_names = headline or capitalises_nouns(lang)
    return frozenset(
        stem(w.text)
        for w in found
        if any(c.isdigit() for c in w.text) or (not no_names and w.text[0].isupper() and _is_name(w, text))
    )


def _is_name(word: Word, text: str) -> bool:
    before = text[: word.start].rstrip(_STARTS)
    lowered = word.text.lower().replace("’", "'")
    return bool(before) and before[-1] not in _ENDS and lowered not in ENGLISH


def is_unrelated(unit: Unit, differences: Sequence[Difference], weights: Weights, most: float, lang: str) -> bool:
    """True where the candidate of a pair is unrelated to every reference; one difference for each."""
    text = unit.candidate.text if unit.candidate else ""
    pairs = zip(unit.references, differences, strict=True)
    return all(
        unrelated(text, p.text, diff, weights, most) or _speak_of_others(text, p.text, diff, weights, lang)
        for p, diff in pairs
    )


def _speak_of_others(candidate: str, reference: str, diff: Difference, weights: Weights, lang: str) -> bool:
    """True where no name or number of two texts is the same, both have one or one of them has several, and they
    share few words and look no more alike than unrelated sentences do."""
    if has_room_for_doubt(diff) or shared(diff, weights) > _SHARED:
        return False
    mine, theirs = names_and_numbers(candidate, lang), names_and_numbers(reference, lang)
    several = max(len(mine), len(theirs)) >= _MANY
    if mine & theirs or not (several or (mine and theirs)):
        return False
    return likeness(candidate, reference) <= (_ALIKE_MANY if several else _ALIKE)


def verdict(candidate: str, reference: str, diff: Difference, lang: str) -> Verdict | None:
    """What two texts with hardly a word in common are worth: major where both are long, share no content word
    at all, and one has a name or number of its own; a hint (neutral) where they may be two wordings of one
    thing; None where they most likely are: fewer than six content words, and a name in common or one length."""
    mine, theirs = names_and_numbers(candidate, lang), names_and_numbers(reference, lang)
    if mine & theirs:
        return None if has_room_for_doubt(diff) else Verdict("neutral", 0.3)
    if not mine and not theirs:
        short, long = sorted((count_words(candidate), count_words(reference)))
        return None if is_scanty(diff) and short >= _NEAR * long else Verdict("neutral", 0.3)
    if is_brief(diff):
        return Verdict("neutral", 0.4)
    nothing_common = len(diff.candidate) == len(diff.all_candidate) and len(diff.reference) == len(diff.all_reference)
    return Verdict("major", 0.8) if nothing_common else Verdict("minor", 0.5)
