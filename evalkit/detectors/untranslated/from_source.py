"""Words of the source that stand in the translation as they are, and that its language does not know.

Names, figures and loans are left out: a word counts where one side writes it small, or both in capitals alone, where
the dictionary of the source's language has it and that of the target's does not, and where no reference keeps it. In a
language that has no dictionary, but is written in other scripts than the source's, any such word does, unless it stands
in brackets.

What is sure without a reference is told from what may be a loan, a term left on purpose, or a gap of the dictionary: an
everyday word of English that texts of the language hardly have, in another script any word, alone between words of the
translation and neither quoted nor part of a phrase of the source (*back nine*). A language whose dictionary lacks many
of the text's own words calls none foreign.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from evalkit.language.codes import bare
from evalkit.language.dictionaries import dictionary, is_known, lemma
from evalkit.language.english_abroad import is_english_abroad
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.loans import is_loan
from evalkit.language.scripts import scripts_of
from evalkit.records import Context, Unit
from evalkit.text.addresses import without_addresses
from evalkit.text.messages import without_markup, without_syntax
from evalkit.text.shared import shared
from evalkit.text.words import Word, count_words, words

_SHORTEST = 4  # letters: shorter words belong to many languages
_JOINED = frozenset("-'’@/_")  # a part of a compound, a name or an address: Shop-in-shop
_LOAN = 2  # other languages that have the word too: tsunami, status, haute couture
_FEW = 3  # in a short text the share says nothing
_RUN = 4  # words in a row are a passage, however many there are
_OTHERS = ("cs", "de", "en", "es", "fr", "it", "nl", "pl", "sv")
_CLOSED = re.compile(r"[(（\[【「『《“\"][^()（）\[\]【】「」『』《》“”\"]*[)）\]】」』》”\"]")
# In the ways of many languages; a mark within a word (l'homme) is an apostrophe.
_QUOTED = re.compile(r"[„“”«»][^„“”«»\"]*[“”«»]|(?<!\w)[‚‘’'][^‚‘'„“”«»\"]*?[‘’'](?!\w)")
_BEGINS = re.compile(r"(?:(?<=[.!?:] )|^)[^\W\d_]+", re.MULTILINE)  # the first word of a sentence
_OFTEN = 1 / 50  # of the segments: so often it is the way the language is written, as English words are in Filipino
_COVERED = 0.75  # of the text's own words: Malay has 0.60, Swahili 0.73 (dictionaries of stems), others 0.84 and more
_SAMPLE = 50  # words by which a dictionary is judged: a text of fewer says nothing
_BESIDE = 1 / 200  # of the words, where references have none of them: Filipino has 1 in 100, a poor system 1 in 330


class Left(NamedTuple):
    """Words left as they were: their place in the candidate's text, how many they are, and whether that is sure
    without a reference."""

    start: int
    end: int
    number: int
    sure: bool = False


class Written:
    """How a source writes its words: a capital inside a sentence is a name's, small letters are no name's."""

    def __init__(self, text: str, mine: str) -> None:
        found = words(text)
        self._words = frozenset(word.text for word in found)
        self._pairs = frozenset((a.text, b.text) for a, b in pairwise(found) if a.text.islower() and b.text.islower())
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

    def has_phrase(self, around: Sequence[Word], word: Word) -> bool:
        """True where the source has the word beside the same neighbour, in small letters: a term left as a whole."""
        pairs = pairwise(around)
        return any((a.text, b.text) in self._pairs for a, b in pairs if word in (a, b))


def left_in(units: Sequence[Unit], context: Context) -> list[tuple[Unit, Left]]:
    """The runs of such words in all units; none where a text has so many that they are its way of writing."""
    found = [(unit, left) for unit in units for left in left_words(unit, context)]
    compared = any(unit.references for unit in units)
    if found and not compared and not _covers(units, bare(context.lang)):
        return [item for item in found if item[1].sure]
    limit = len(units) * _OFTEN
    if len(found) > _FEW and compared:
        limit = max(limit, _BESIDE * sum(count_words(unit.candidate.text) for unit in units if unit.candidate))
    if len(found) <= max(_FEW, limit):
        return found
    return [(unit, left) for unit, left in found if left.number >= _RUN or left.sure]


def _covers(units: Sequence[Unit], lang: str) -> bool:
    """True where the language's dictionary has nearly all words of the texts that their sources have not, in small
    letters; where it has none, and another script tells, too."""
    if not dictionary(lang):
        return True
    own = set()
    for unit in units:
        if unit.candidate is not None:
            theirs = {word.text.lower() for word in words(unit.source.text)} if unit.source else set()
            mine = (word.text for word in words(unit.candidate.text) if word.text.islower() and word.text.isalpha())
            own |= {word for word in mine if len(word) >= _SHORTEST} - theirs
    return len(own) < _SAMPLE or sum(is_known(word, lang) for word in own) >= _COVERED * len(own)


def left_words(unit: Unit, context: Context) -> Iterator[Left]:
    """The runs of such words in a unit's candidate."""
    source, candidate = unit.source, unit.candidate
    mine, theirs = bare(context.lang), bare(context.source_lang)
    if source is None or candidate is None or not context.source_lang or mine == theirs:
        return
    if not dictionary(theirs) or dictionary(mine) == dictionary(theirs):
        return
    other_script = bool(scripts_of(mine)) and not set(scripts_of(mine)) & set(scripts_of(theirs))
    apart = not dictionary(mine)  # then the script alone can tell
    if apart and not other_script:
        return
    there = Written(source.text, mine)
    kept = (word.text.lower() for passage in unit.references for word in words(passage.text))
    licensed = {part for word in kept for part in (word, *word.split("-"))}  # meso of meso-level
    found = words(without_addresses(without_syntax(without_markup(candidate.text))))
    left = [
        at for at, word in enumerate(found)
        if len(word.text) >= _SHORTEST
        and word.text.isalpha()
        and there.has(word.text, found[max(0, at - 1) : at + 2])
        and word.text.lower() not in licensed
        and not _JOINED & {candidate.text[word.start - 1 : word.start], candidate.text[word.end : word.end + 1]}
        and not _in_address(candidate.text, word.start, word.end)
        and not (apart and _is_quoted(candidate.text, word.start, word.end))
        and (is_foreign(word.text.lower(), mine, theirs) or _is_noun_alone(word.text, mine, theirs))
    ]  # fmt: skip
    for run in _in_a_row(left):
        first, last = found[run[0]], found[run[-1]]
        alone = len(run) == 1 and not _is_quoted(candidate.text, first.start, first.end)
        sure = len(run) >= _RUN or (
            alone
            and (other_script or (theirs == "en" and _is_sure(first.text, mine)))
            and not there.has_phrase(around := found[max(0, run[0] - 1) : run[0] + 2], first)
            and (other_script or capitalises_nouns(mine) or all(word.text.islower() for word in around))  # Lee counties
        )
        yield Left(first.start, last.end, len(run), sure)


def _in_a_row(places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for at in places:
        if run and at != run[-1] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _in_address(text: str, start: int, end: int) -> bool:
    """True for a part of weather.com."""
    after, before = text[end : end + 2], text[max(0, start - 2) : start]
    return (after[:1] == "." and after[1:].isalpha()) or (before[1:] == "." and before[:1].isalnum())


def _is_quoted(text: str, start: int, end: int) -> bool:
    """True for a word in brackets or quotation marks: a gloss told beside its translation, or left on purpose."""
    for spans in _enclosed(text):
        at = bisect_left(spans, (start,))
        if at and end < spans[at - 1][1]:
            return True
    return False


@shared
def _enclosed(text: str) -> list[list[tuple[int, int]]]:
    """The places of what stands in brackets, and of what stands in quotation marks, one behind the other."""
    return [[m.span() for m in form.finditer(text)] for form in (_CLOSED, _QUOTED)]


@lru_cache(maxsize=16384)
def is_foreign(word: str, mine: str, theirs: str) -> bool:
    """True for a word of the one language, `theirs`, that `mine` does not have, nor two others. Of everyday words of
    English it is told how usual they are in `mine`, which says more than other languages do."""
    if not is_known(word, theirs) or is_known(word, mine) or is_known(word.capitalize(), mine):
        return False
    if theirs == "en" and is_loan(word):
        return False
    abroad = is_english_abroad(word, mine) if theirs == "en" else None
    if abroad is not None:
        return abroad
    return not _is_shared(word, mine, theirs)


def _is_shared(word: str, mine: str, theirs: str) -> bool:
    """True for a word that two other languages have too: tsunami."""
    others = (lang for lang in _OTHERS if lang not in (mine, theirs) and is_known(word, lang))
    return len(tuple(islice(others, _LOAN))) == _LOAN


def _is_sure(word: str, mine: str) -> bool:
    """True for an everyday word of English that neither texts of the language nor other languages have."""
    return is_english_abroad(word, mine) is True and not _is_shared(word, mine, "en")


def _is_noun_alone(word: str, mine: str, theirs: str) -> bool:
    """True for a word in small letters that `mine` has only as a noun, and writes with a capital: tickets, terms."""
    if not word.islower() or not capitalises_nouns(mine) or not is_known(word, theirs):
        return False
    everyday = theirs == "en" and is_english_abroad(word, mine) is not None  # else it is a loan: tsunami
    return everyday and is_known(word, mine) and lemma(word, mine)[:1].isupper()
