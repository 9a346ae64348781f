"""Nouns in small letters, in languages that give every noun a capital: German."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.language.dictionaries import is_known, lemma
from evalkit.text.words import fold, words

_SHORTEST = 4  # shorter words are mostly pronouns, some of which have a capital in letters: Sie, Ihr
_OPENERS = ".!?:;–-—\"'“„‚«»‘(…"


def small_nouns(
    text: str, references: Sequence[str], small: frozenset[str], lang: str
) -> Iterator[tuple[int, int, str]]:
    """Words in small letters that every reference of the unit writes with a capital inside a sentence, and that no
    reference of the run writes small (`small`, folded). A word before one with a capital may be its adjective, which
    is small unless the two are a name: `die deutsche Bank`. Verbs that may be nouns too (glauben, das Glauben) are
    left alone: the dictionary has them in small letters."""
    capital = set.intersection(*(_capitals(reference) for reference in references))
    found = words(text)
    for at, word in enumerate(found):
        shown = word.text
        if not shown.islower() or not shown.isalpha() or len(shown) < _SHORTEST:
            continue
        after = found[at + 1] if at + 1 < len(found) else None
        if after is not None and after.text[0].isupper() and text[word.end : after.start] == " ":
            continue
        if fold(shown) in capital and fold(shown) not in small and not _is_small_too(shown, lang):
            yield word.start, word.end, f"{shown!r}: the reference writes this noun with a capital"


def _is_small_too(word: str, lang: str) -> bool:
    return is_known(word, lang) and lemma(word, lang) == word


def _capitals(text: str) -> set[str]:
    """Folded words with a capital that do not open a sentence or a quotation."""
    return {
        fold(word.text)
        for word in words(text)
        if word.text.istitle() and (before := text[: word.start].rstrip()) and before[-1] not in _OPENERS
    }
