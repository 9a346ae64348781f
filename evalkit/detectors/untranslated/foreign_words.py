"""Words that do not look English, in English text, by their letters and the company they keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalkit.detectors.untranslated.lists import BETWEEN, COMMON, LOANS
from evalkit.language.function_words import ENGLISH, stem
from evalkit.language.packs import pattern_of, words_of
from evalkit.records import Unit
from evalkit.text.words import Word, fold, fold_text, words

_ACCENTED = re.compile(r"[^\W\d_]*[à-öø-ÿāăąćčďđēęěğīłńňőřśşšťūůűźżžșțñ][^\W\d_]*")
# French and Italian articles and prepositions before a vowel: l'humidité, dell'autore.
_BEFORE_VOWELS = "|".join(pattern_of(lang, "elisions.before_nouns") for lang in ("fr", "it"))
_ELIDED = re.compile(rf"(?:{_BEFORE_VOWELS})['’](?=[^\W\d_]{{3}})", re.IGNORECASE)
_ADVERB = re.compile(rf"[a-zé]{{4,}}(?:{pattern_of('languages', 'foreign_endings')})")
_DETERMINERS = words_of("en", "foreign_not_after")
_SHORT = 5  # shorter words stand inside others by chance


class Vocabulary:
    """Stems of the references' words in the run."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.reference = frozenset(stem(w.text) for u in units for p in u.references for w in words(p.text))


class Licences:
    """What the references of a unit have, which is no fault of the candidate."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._folded = [fold_text(text) for text in texts]
        self._words = {fold(part) for text in texts for w in words(text) for part in (w.text, *w.text.split("-"))}
        self._exact = {w.text.lower() for text in texts for w in words(text)}
        self.any = bool(texts)

    def allow(self, word: str, exact: bool = False) -> bool:
        """True where a reference has the word, if `exact` with its accents; from five letters on also
        within another."""
        if exact and word.lower() not in LOANS:
            return word.lower() in self._exact
        folded = fold(word)
        return folded in self._words or (len(folded) >= _SHORT and any(folded in text for text in self._folded))


def foreign_words(text: str, vocabulary: Vocabulary, licences: Licences) -> Iterator[tuple[int, int]]:
    """Lower-case words with foreign letters, and frequent foreign words, that no reference has."""
    found = words(text)
    for at, word in enumerate(found):
        shown, lowered = word.text, word.text.lower()
        if lowered in ENGLISH or licences.allow(shown, exact=not shown.isascii() and shown.islower()):
            continue
        starts = word.start == 0 or not text[: word.start].strip(" \"'“‘(")
        small = shown.islower() or (starts and shown[1:].islower())
        if small and _is_foreign(lowered, found, at, text, vocabulary):
            yield word.start, word.end


def _is_foreign(lowered: str, found: list[Word], at: int, text: str, vocabulary: Vocabulary) -> bool:
    word = found[at].text
    if _ELIDED.match(lowered) and lowered not in LOANS and lowered.partition("'")[2] not in ENGLISH:
        return True
    if not lowered.isascii() and _ACCENTED.fullmatch(lowered) is not None and lowered not in LOANS:
        return True
    if not word.islower():
        return False
    if lowered in BETWEEN:
        return is_between(found, at, text)
    return lowered in COMMON and stem(word) not in vocabulary.reference


def is_between(found: list[Word], at: int, text: str) -> bool:
    """True between two words in small letters: no part of a name, no letter of a list."""
    if not 0 < at < len(found) - 1:
        return False
    before, word, after = found[at - 1 : at + 2]
    if len(word.text) == 1 and before.text in _DETERMINERS:
        return False
    if text[before.end : word.start] not in (" ", ", ") or text[word.end : after.start] != " ":
        return False
    return all(w.text.islower() and w.text.isalpha() and (len(w.text) > 1 or w is after) for w in (before, after))


def has_foreign_ending(lowered: str) -> bool:
    """True for endings of French, Italian and Spanish adverbs and nouns: exactement, estremamente, soluzione."""
    return _ADVERB.fullmatch(lowered) is not None
