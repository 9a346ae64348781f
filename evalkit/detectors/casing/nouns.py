"""Nouns in small letters, in languages that give every noun a capital: German."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.language.dictionaries import dictionary, is_known, lemma
from evalkit.language.numbers.lexicon import lexicon
from evalkit.language.ordinary_words import is_ordinary_word
from evalkit.language.scripts import has_case
from evalkit.text.words import Word, fold, words

_SHORTEST = 4  # shorter words are mostly pronouns, some of which have a capital in letters: Sie, Ihr
_PHRASE = 3  # words in a row that a translation has by chance with no source: names and loans are shorter
_NOUN = 10**6  # from here on number words are nouns
_OPENERS = ".!?:;–-—\"'“„‚«»‘(…"


class Original:
    """What a source says of the small letters of a text: of names it writes so itself, and of phrases left in it."""

    def __init__(self, text: str, lang: str) -> None:
        found = words(text)
        self._lang = lang if dictionary(lang) else ""
        self._shown = {word.text for word in found}
        self._phrases = {tuple(fold(w.text) for w in found[at : at + _PHRASE]) for at in range(len(found))}
        self._begins_small = next((char for char in text if has_case(char)), "").islower()

    def writes_so(self, word: str) -> bool:
        """True for a word it has in small letters, where it begins so (text written without capitals), or where its
        language has no such word but as a name: elon."""
        if word not in self._shown:
            return False
        return self._begins_small or (self._lang != "" and not is_ordinary_word(word, self._lang))

    def has_phrase(self, found: Sequence[Word], at: int) -> bool:
        """True for a word within as many words of the source, one behind the other: the phrase is left as it was."""
        runs = (found[start : start + _PHRASE] for start in range(max(0, at - _PHRASE + 1), at + 1))
        return any(tuple(fold(word.text) for word in run) in self._phrases for run in runs if len(run) == _PHRASE)


def small_nouns(
    text: str, references: Sequence[str], small: frozenset[str], lang: str, original: Original | None = None
) -> Iterator[tuple[int, int, str]]:
    """Words in small letters that every reference of the unit writes with a capital inside a sentence, and that no
    reference of the run writes small (`small`, folded). A word before one with a capital may be its adjective, which
    is small unless the two are a name: `die deutsche Bank`. Verbs that may be nouns too (glauben, das Glauben) are
    left alone: the dictionary has them in small letters. So are what the `original` writes so or has in one phrase, and
    a word among words of English, of which `untranslated` tells."""
    capital = set.intersection(*(_capitals(reference) for reference in references))
    found = words(text)
    for at, word in enumerate(found):
        shown = word.text
        if not shown.islower() or not shown.isalpha() or len(shown) < _SHORTEST:
            continue
        after = found[at + 1] if at + 1 < len(found) else None
        if after is not None and after.text[0].isupper() and text[word.end : after.start] == " ":
            continue
        if fold(shown) not in capital or fold(shown) in small or _is_small_too(shown, lang) or _is_number(shown, lang):
            continue
        if original is not None and (original.writes_so(shown) or original.has_phrase(found, at)):
            continue
        if not _is_among_english(found, at, lang):
            yield word.start, word.end, f"{shown!r}: the reference writes this noun with a capital"


def _is_among_english(found: Sequence[Word], at: int, lang: str) -> bool:
    """True where the words before and behind are English and none of the language."""
    beside = [word.text.lower() for word in (*found[at - 1 : at], *found[at + 1 : at + 2])]
    return len(beside) == 2 and all(is_known(word, "en") and not is_known(word, lang) for word in beside)


def _is_number(word: str, lang: str) -> bool:
    """True for a number word that is no noun: eins zu eins; Million is one."""
    known = lexicon(lang)
    number = known.words.get(fold(word)) if known else None
    return number is not None and number.value < _NOUN


def _is_small_too(word: str, lang: str) -> bool:
    return is_known(word, lang) and lemma(word, lang) == word


def _capitals(text: str) -> set[str]:
    """Folded words with a capital that do not open a sentence or a quotation."""
    return {
        fold(word.text)
        for word in words(text)
        if word.text.istitle() and (before := text[: word.start].rstrip()) and before[-1] not in _OPENERS
    }
