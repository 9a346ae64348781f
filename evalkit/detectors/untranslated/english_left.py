"""English left standing in a text of another language that is written in Latin letters too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from evalkit.language.codes import bare
from evalkit.language.dictionaries import dictionary, is_known, lemma
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.loans import is_loan
from evalkit.language.packs import of_language, words_of
from evalkit.records import Severity, Unit
from evalkit.text.words import Word, fold, words

# Function words by which a passage is known to be English; shorter ones are words of many languages.
_FUNCTION = frozenset(word for word in words_of("en", "function_words.content") if word.isalpha() and len(word) > 1)
_CERTAIN = words_of("en", "never_abroad")
_GAP = re.compile(r",? |-")
_CLOSED = re.compile(r"[\"“”„«»()\[\]]")
_RUN = 3  # words, one of them a function word, that are a passage by themselves: shorter ones are loans (on air)
_LONG = 5  # words of a passage in quotation marks or brackets that is no title
_SHORTEST = 4  # letters of a word that dictionaries are asked for: shorter ones are in every one of them
_LOAN = 2  # other languages that have a word too: video
_OTHERS = ("de", "es", "fr", "it", "nl", "pl")
_KNOWN = 0.02  # share of the reference's segments in which a word stands that is the language's own


class Native:
    """What the target language shares with English: by a list, and by what the references use throughout."""

    def __init__(self, units: Sequence[Unit], lang: str) -> None:
        self.lang = bare(lang)
        alike = of_language(self.lang, "alike_english", "cldr")
        self.judged = alike is not None
        self.listed = frozenset((alike or "").split())
        texts = [passage.text for unit in units for passage in unit.references]
        seen: dict[str, int] = {}
        for text in texts:
            for word in {w.text.lower() for w in words(text)}:
                seen[word] = seen.get(word, 0) + 1
        # A word of a name is not used: that there is an Assembly makes `assembly` no German word.
        self.used = frozenset(w.text for text in texts for w in words(text) if w.text.islower())
        self.often = frozenset(word for word, n in seen.items() if n > max(2, _KNOWN * len(texts)))
        self.words = self.listed | self.often

    def function(self, word: str) -> bool:
        """True for a function word of English that the language has not; without a list, for the surest of them."""
        return word in (_FUNCTION if self.judged else _CERTAIN) and word not in self.words

    def is_foreign(self, word: str) -> bool:
        """True for a word that English has and the language's dictionary has not; False without a dictionary."""
        return bool(dictionary(self.lang)) and self.may_be_foreign(word)

    def may_be_foreign(self, word: str) -> bool:
        """The same, but without a dictionary of the language True."""
        if len(word) < _SHORTEST or word in self.words or word in self.used:
            return False
        return is_known(word, "en") and not self._has(word)

    def is_loan(self, word: str) -> bool:
        """True for a word that many languages have taken in; not in small letters where nouns have a capital."""
        return is_loan(word) and not capitalises_nouns(self.lang)

    def _has(self, word: str) -> bool:
        """True for a word of the language, by its dictionary. Not where that knows it as a noun alone, which the
        language writes with a capital, or as a form of a word with accents (`defense` of défense) that is no loan of
        many."""
        if not is_known(word, self.lang) or self._is_noun(word):
            return False
        form = lemma(word, self.lang)
        others = sum(is_known(word, other) for other in _OTHERS if other != self.lang)
        return form == word or fold(form) != word or others > _LOAN

    def _is_noun(self, word: str) -> bool:
        """True where the language has a word in small letters only as a noun, which it writes with a capital."""
        return word.islower() and capitalises_nouns(self.lang) and lemma(word, self.lang)[:1].isupper()


def english_left(
    text: str, native: Native, references: Sequence[str], source: str | None = None
) -> Iterator[tuple[int, int, Severity]]:
    """Passages of English, and where references are given single words, which none of them has; in order.

    Beside an English source a single word counts only where that has it: what it has not was not left standing, but is
    a word of the language that its dictionary lacks (`colorectal`).
    """
    original = None if source is None else _words_of((source,))
    found = words(text)
    licences = [fold(other) for other in references]
    theirs = _words_of(tuple(references))
    at = 0
    while at < len(found):
        end = _end_of_run(text, found, at, native)
        # Dictionaries take seconds to load: they are asked only where a passage may be English by its other words.
        run = _trimmed(found[at:end], native) if _may_matter(found[at:end], native, theirs) else []
        at = max(end, at + 1)
        severity = _judged(text, run, native, licences, theirs, original) if run else None
        if severity and not any(fold(text[run[0].start : run[-1].end]) in other for other in licences):
            yield run[0].start, run[-1].end, severity


@lru_cache(maxsize=64)  # asked for each sentence of a long paragraph
def _words_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.text for text in texts for word in words(fold(text)))


def _end_of_run(text: str, found: list[Word], at: int, native: Native) -> int:
    end = at
    while end < len(found):
        if end > at and _GAP.fullmatch(text[found[end - 1].end : found[end].start]) is None:
            break
        if not _may_be_english(found[end].text, native):
            break
        end += 1
    return end


def _may_be_english(word: str, native: Native) -> bool:
    low = word.lower()
    return word.isascii() and word.isalpha() and (native.function(low) or is_known(low, "en") or is_known(word, "en"))


def _may_matter(run: list[Word], native: Native, theirs: frozenset[str]) -> bool:
    small = [w.text for w in run if w.text.islower()]
    if theirs:
        return any(not _is_licensed(word, theirs) for word in small)
    return len(run) >= _RUN and any(native.function(word) for word in small)


def _judged(
    text: str,
    run: list[Word],
    native: Native,
    licences: list[str],
    theirs: frozenset[str],
    original: frozenset[str] | None,
) -> Severity | None:
    """None where a run of words may be a name, a title, a loan or of the language itself."""
    small = [w.text for w in run if w.text.islower()]
    own = [word for word in small if not _is_licensed(word, theirs)]
    sure = {word for word in own if native.function(word)}
    certain = len(sure) > 1 or bool(sure & _CERTAIN)
    strange = [word for word in own if word in sure & _CERTAIN or native.is_foreign(word)]
    left = [word for word in strange if not native.is_loan(word) and (original is None or word in original)]
    if licences:
        # Beside a reference that has none of these words, one function word among others is enough.
        passage = bool(sure) and len(own) == len(small) >= _RUN
        if not (certain or passage) or len(run) == 1:
            return "minor" if left else None
        certain = certain or passage
        if 2 * len(small) < len(run):
            return "minor" if left else None  # the National Hurricane Center
    if not certain or 2 * len(small) < len(run) or (len(run) < _RUN and not (licences and strange)):
        return None
    quoted = len(_CLOSED.findall(text[: run[0].start])) % 2 == 1
    if quoted and len(run) < _LONG and not licences:
        return None
    return "major" if len(strange) + len(sure) > 2 else "minor"


def _is_licensed(word: str, theirs: frozenset[str]) -> bool:
    """True for a word of a reference; a longer one may be part of a compound there."""
    return word in theirs or (len(word) >= _SHORTEST + 2 and any(word in other for other in theirs))


def _trimmed(run: list[Word], native: Native) -> list[Word]:
    """A run without the words at its ends that are no sign of English: they may be the language's own."""
    shows = [native.function(w.text.lower()) or native.may_be_foreign(w.text.lower()) for w in run]
    if True not in shows:
        return []
    return run[shows.index(True) : len(run) - shows[::-1].index(True)]
