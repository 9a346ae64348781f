"""Texts left as the source has them: whole sentences, and short ones whose words the language of the other side lacks,
or the same file renders elsewhere.

Of the messages that the catalogues of a Linux system have as in English the rule for short texts tells 1 in 1,000, most
of them left so, and it finds six of ten others when they are copied (`benchmarks/catalogues.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

import regex

from evalkit.detectors.untranslated.from_source import is_foreign
from evalkit.language.codes import bare
from evalkit.language.dictionaries import dictionary, is_known
from evalkit.language.english_abroad import is_english_abroad
from evalkit.language.loans import is_loan
from evalkit.language.ordinary_words import is_ordinary_word
from evalkit.language.scripts import scripts_of
from evalkit.records import Context, Severity
from evalkit.text.words import fold, words

_SHORTEST = 4  # letters: shorter words belong to many languages
# Words of which at most the first has a capital, else it is a name or a title; a letter of a menu may be marked.
_PLAIN = regex.compile(r"[_&]?\p{L}[\p{Ll}_&]*(?: [\p{Ll}_&]+)*(?:\.\.\.|[…:：!?.。])?")
_MARK_OF_MENU = regex.compile("[_&]")
_PARTICLE = 3  # letters of a word beside others or with a capital: Log out, Add
_SEVERAL = 3  # short texts left as they were: fewer may be what is called so, as the keys of a keyboard
_OFTEN = 1 / 20  # of the texts, likewise: a catalogue of thousands has some
_RENDERED = 2  # other texts in which a word is rendered, and none in which it is kept


class _Counts(NamedTuple):
    """In how many texts a word is rendered, the words that some text keeps, the texts that were copied whole, and how
    many texts there are."""

    rendered: Counter[str]
    kept: set[str]
    copies: set[str]
    texts: int


class Elsewhere:
    """What the texts of a file do with the words of their sources; looked at when somebody asks."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._texts = texts
        self._several: bool | None = None

    def is_rendered(self, word: str, least: int = _RENDERED) -> bool:
        """True for a word (small letters) that so many texts of the file translate, and none keeps."""
        counts = self._counts
        return counts.rendered[word] >= least and word not in counts.kept

    def has_several(self, context: Context) -> bool:
        """True where several short texts, and not only few of all, were left as they were."""
        if self._several is None:
            left = sum(short_copy(text, context) is not None for text in self._counts.copies)
            self._several = left >= max(_SEVERAL, _OFTEN * self._counts.texts)
        return self._several

    @cached_property
    def _counts(self) -> _Counts:
        rendered, kept, copies, number = Counter[str](), set[str](), set[str](), 0
        for source, target in self._texts:
            number += 1
            if source == target:
                copies.add(source)
                continue
            whole = fold(_MARK_OF_MENU.sub("", target))
            for word in {word.text.lower() for word in words(_MARK_OF_MENU.sub("", source))}:
                if fold(word) in whole:
                    kept.add(word)
                else:
                    rendered[word] += 1
        return _Counts(rendered, kept, copies, number)


def short_copy(text: str, context: Context, elsewhere: Elsewhere | None = None) -> Severity | None:
    """How severe it is that a short text was left as it is; None where it may be a name, or a word of both languages
    that the file does not render `elsewhere`, or is not to be translated, and where too little is known of the
    languages."""
    mine, theirs = bare(context.lang), bare(context.source_lang)
    if not theirs or mine == theirs or not _PLAIN.fullmatch(text.strip()):
        return None
    kept = _kept(context)
    plain = [word.text.lower() for word in words(_MARK_OF_MENU.sub("", text))]
    if fold(text.strip()) in kept or not all(is_known(word, theirs) for word in plain):
        return None
    long = [word for word in plain if word not in kept and len(word) >= _SHORTEST]
    if elsewhere is not None and any(map(elsewhere.is_rendered, long)):
        return "minor"
    if not _are_told_apart(mine, theirs):
        return None
    if len(plain) == 1 and not is_ordinary_word(plain[0], theirs):
        return None  # Macintosh
    if any(_is_left(word, mine, theirs) for word in long):
        return "minor" if dictionary(mine) or len(plain) > 1 else "neutral"  # keys are often called as they are printed
    shortest = _PARTICLE if len(plain) > 1 or text.strip()[:1].isupper() else _SHORTEST  # "he" and "bit" are codes
    english = (word for word in plain if len(word) >= shortest and word not in kept and not is_loan(word))
    if theirs != "en" or not any(is_english_abroad(word, mine) for word in english):
        return None
    # Save, Log out: dictionaries have rare loans, texts hardly any; but keys of a keyboard are called as printed.
    return "minor" if elsewhere is not None and elsewhere.has_several(context) else "neutral"


def _is_left(word: str, mine: str, theirs: str) -> bool:
    return not dictionary(mine) or is_foreign(word, mine, theirs)


@lru_cache(maxsize=64)
def _are_told_apart(mine: str, theirs: str) -> bool:
    """True where dictionaries tell the languages' words apart, or all letters do."""
    if not dictionary(theirs) or mine == theirs:
        return False
    if dictionary(mine):
        return dictionary(mine) != dictionary(theirs)
    return bool(scripts_of(mine)) and not set(scripts_of(mine)) & set(scripts_of(theirs))


def _kept(context: Context) -> Collection[str]:
    """What the lists say stays as it is, folded."""
    terms = [t for t in context.terms if not t.translate or t.term in t.source_terms]
    names = [form for name in context.names for form in (name.name, *name.accept)]
    return {fold(form) for form in (*(t.term for t in terms), *names)}
