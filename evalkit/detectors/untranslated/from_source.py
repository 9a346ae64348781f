"""Words of the source that stand in the translation as they are, and that its language does not know.

Names, figures and loans are left out: a word counts where one side writes it small, or both in capitals alone, where
the dictionary of the source's language has it and that of the target's does not, and where no reference keeps it. In a
language that has no dictionary, but is written in other scripts than the source's, any such word does, unless it stands
in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from evalkit.language.codes import bare
from evalkit.language.dictionaries import dictionary, is_known
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.loans import is_loan
from evalkit.language.scripts import scripts_of
from evalkit.records import Context, Unit
from evalkit.text.addresses import without_addresses
from evalkit.text.messages import without_syntax
from evalkit.text.words import Word, count_words, words

_SHORTEST = 4  # letters: shorter words belong to many languages
_JOINED = frozenset("-'’@/_")  # a part of a compound, a name or an address: Shop-in-shop
_LOAN = 2  # other languages that have the word too: tsunami, status, haute couture
_FEW = 3  # in a short text the share says nothing
_RUN = 4  # words in a row are a passage, however many there are
_OTHERS = ("cs", "de", "en", "es", "fr", "it", "nl", "pl", "sv")
_CLOSED = re.compile(r"[(（\[【「『《“\"][^()（）\[\]【】「」『』《》“”\"]*[)）\]】」』》”\"]")
_BEGINS = re.compile(r"(?:(?<=[.!?:] )|^)[^\W\d_]+", re.MULTILINE)  # the first word of a sentence
_OFTEN = 1 / 50  # of the segments: so often it is the way the language is written, as English words are in Filipino
_BESIDE = 1 / 200  # of the words, where references have none of them: Filipino has 1 in 100, a poor system 1 in 330


class Left(NamedTuple):
    """Words left as they were: their place in the candidate's text and how many they are."""

    start: int
    end: int
    number: int


class Written:
    """How a source writes its words: a capital inside a sentence is a name's, small letters are no name's."""

    def __init__(self, text: str, mine: str) -> None:
        self._words = frozenset(word.text for word in words(text))
        self._begins = frozenset(m.group() for m in _BEGINS.finditer(text))
        self._nouns = capitalises_nouns(mine)

    def has(self, word: str, around: Sequence[Word]) -> bool:
        """True for a word of the source that is no name there, whichever letter it begins with here."""
        if word.islower():
            return word in self._words or word.capitalize() in self._begins
        if word.isupper():
            return word in self._words
        if not self._nouns or word != word.capitalize() or word in self._words:
            return False
        beside = (other.text for other in around if other.text != word and other.text[:1].isupper())
        return word.lower() in self._words and self._words.isdisjoint(beside)  # Clearest Voice is a name


def left_in(units: Sequence[Unit], context: Context) -> list[tuple[Unit, Left]]:
    """The runs of such words in all units; none where a text has so many that they are its way of writing."""
    found = [(unit, left) for unit in units for left in left_words(unit, context)]
    limit = len(units) * _OFTEN
    if len(found) > _FEW and any(unit.references for unit in units):
        limit = max(limit, _BESIDE * sum(count_words(unit.candidate.text) for unit in units if unit.candidate))
    return found if len(found) <= max(_FEW, limit) else [item for item in found if item[1].number >= _RUN]


def left_words(unit: Unit, context: Context) -> Iterator[Left]:
    """The runs of such words in a unit's candidate."""
    source, candidate = unit.source, unit.candidate
    mine, theirs = bare(context.lang), bare(context.source_lang)
    if source is None or candidate is None or not context.source_lang or mine == theirs:
        return
    if not dictionary(theirs) or dictionary(mine) == dictionary(theirs):
        return
    apart = not dictionary(mine)  # then the script alone can tell
    if apart and (not scripts_of(mine) or set(scripts_of(mine)) & set(scripts_of(theirs))):
        return
    there = Written(source.text, mine)
    kept = (word.text.lower() for passage in unit.references for word in words(passage.text))
    licensed = {part for word in kept for part in (word, *word.split("-"))}  # meso of meso-level
    run: list[tuple[int, int]] = []
    found = words(without_addresses(without_syntax(candidate.text)))
    for at, word in enumerate(found):
        around = candidate.text[max(0, word.start - 1) : word.start] + candidate.text[word.end : word.end + 1]
        left = (
            len(word.text) >= _SHORTEST
            and word.text.isalpha()
            and there.has(word.text, found[max(0, at - 1) : at + 2])
            and word.text.lower() not in licensed
            and not _JOINED & set(around)
            and not _in_address(candidate.text, word.start, word.end)
            and not (apart and _is_gloss(candidate.text, word.start, word.end))
            and is_foreign(word.text.lower(), mine, theirs)
        )
        if left:
            run.append((word.start, word.end))
        elif run:
            yield Left(run[0][0], run[-1][1], len(run))
            run = []
    if run:
        yield Left(run[0][0], run[-1][1], len(run))


def _in_address(text: str, start: int, end: int) -> bool:
    """True for a part of weather.com."""
    after, before = text[end : end + 2], text[max(0, start - 2) : start]
    return (after[:1] == "." and after[1:].isalpha()) or (before[1:] == "." and before[:1].isalnum())


def _is_gloss(text: str, start: int, end: int) -> bool:
    """True for a word in brackets or quotation marks, which in another script is told beside its translation."""
    return any(m.start() < start and end < m.end() for m in _CLOSED.finditer(text))


@lru_cache(maxsize=16384)
def is_foreign(word: str, mine: str, theirs: str) -> bool:
    """True for a word of the one language, `theirs`, that `mine` does not have, nor two others."""
    if not is_known(word, theirs) or is_known(word, mine) or is_known(word.capitalize(), mine):
        return False
    if theirs == "en" and is_loan(word):
        return False
    others = (lang for lang in _OTHERS if lang not in (mine, theirs) and is_known(word, lang))
    return len(tuple(islice(others, _LOAN))) < _LOAN
