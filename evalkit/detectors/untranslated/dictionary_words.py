"""Words that other languages have and English does not, by dictionaries and by how usual a word is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.detectors.untranslated.foreign_words import Licences, Vocabulary, has_foreign_ending
from evalkit.detectors.untranslated.lists import LOANS, SURNAMES
from evalkit.language.dictionaries import is_known
from evalkit.language.function_words import ENGLISH, stem
from evalkit.language.name_likeness import word_similarity
from evalkit.language.packs import pattern_of, words_of
from evalkit.language.word_frequencies import foreign_language, is_foreign_noun, is_known_language
from evalkit.text.words import Word, fold, words

# Dictionaries asked, the large one of Polish last.
_DICTIONARIES = ("de", "fr", "es", "it", "cs", "pl")
_GERMAN_NOUN = re.compile(rf"(?:{pattern_of('de', 'noun_endings')})$")
_PARTICLES = words_of("en", "name_particles")
_PART = re.compile(r"[^\W\d_]{4,}")
_FORM = 0.6  # a word so like one with a capital may be its form
_SHORTEST = 4  # letters: shorter words belong to many languages
_SHORTEST_COMPOUND = 10  # letters: two words of five


def known_elsewhere(text: str, vocabulary: Vocabulary, licences: Licences, others: str) -> Iterator[tuple[int, int]]:
    """Words that no English dictionary and no reference of the run has, but a dictionary of another language:
    in small letters, or opening the sentence before such a word, and German nouns.

    `others` is the text of the references: a noun with a capital may be a form of a name that they have.
    """
    found = words(text)
    for i, word in enumerate(found):
        shown, lowered = word.text, word.text.lower()
        if len(shown) < _SHORTEST or lowered in ENGLISH or lowered in LOANS:
            continue
        if stem(shown) in vocabulary.reference or licences.allow(shown):
            continue
        opens = i == 0 and shown[1:].islower() and len(found) > 1 and found[1].text.islower()
        if shown.islower() or (opens and not _lost_names(found, others)):
            parts = [shown] if shown.isalpha() else _PART.findall(shown)
            if any(_is_english(part) for part in parts):
                continue
            if any(_in_a_dictionary(part.lower()) or has_foreign_ending(part.lower()) for part in parts):
                yield word.start, word.end
        elif i and is_german_noun(shown) and (_GERMAN_NOUN.search(shown) or _is_no_name(found, i, text, others)):
            yield word.start, word.end


def _is_english(word: str) -> bool:
    return is_known(word.lower(), "en") or is_known(word, "en")


def _in_a_dictionary(word: str) -> bool:
    return any(is_known(word, lang) for lang in _DICTIONARIES)


def is_german_noun(shown: str) -> bool:
    """True for a word with a capital, or with a part of it after a hyphen, that German has and English has not."""
    parts = [part for part in _PART.findall(shown) if part[0].isupper() and part[1:].islower()]
    if not parts or _is_english(parts[-1]):
        return False
    return is_known(parts[-1], "de") or _is_compound(parts[-1])


def _is_compound(word: str) -> bool:
    """True for two German nouns in one word, with or without s between."""
    if len(word) < _SHORTEST_COMPOUND:
        return False
    for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
        head, tail = word[:cut], word[cut:].capitalize()
        if is_known(tail, "de") and (is_known(head, "de") or (head[-1] == "s" and is_known(head[:-1], "de"))):
            return True
    return False


def _is_no_name(found: list[Word], at: int, text: str, others: str) -> bool:
    """True where a word in small letters stands before it and no capital beside it, and the references have
    no name that the candidate lacks, which it might be a form of."""
    before, after = found[at - 1].text, found[at + 1].text if at + 1 < len(found) else ""
    if not before[0].islower() or before in _PARTICLES or after[:1].isupper() or text[found[at].start - 1] != " ":
        return False
    shown = found[at].text
    if shown in SURNAMES or _lost_names(found, others):
        return False
    # Mallorca, where a sentence of the reference begins with Majorcan.
    return all(word_similarity(shown, w.text) < _FORM for w in words(others) if w.text[0].isupper())


def _lost_names(found: list[Word], others: str) -> bool:
    """True where the references have a word with a capital inside a sentence that the candidate lacks."""
    mine = {_bare(w.text) for w in found}
    theirs = (w for w in words(others) if w.text[0].isupper() and not _opens(w, others))
    return any(_bare(w.text) not in mine for w in theirs)


def _bare(word: str) -> str:
    return fold(word).removesuffix("'s")


def _opens(word: Word, text: str) -> bool:
    before = text[: word.start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?:\n"


def usual_elsewhere(text: str, vocabulary: Vocabulary, licences: Licences, lang: str) -> Iterator[tuple[int, int]]:
    """Words in small letters, or opening the sentence, that are rare in `lang` and usual in another language;
    where there is a reference to license names, German nouns too.

    Needs the package wordfreq: MissingExtraError without it. Nothing for a language it has no list of.
    """
    if not is_known_language(lang):
        return
    for word in words(text):
        opens = not any(c.isalnum() for c in text[: word.start])
        plain = word.text.islower() or (opens and word.text[1:].islower())
        noun = licences.any and not opens and word.text.istitle() and is_foreign_noun(word.text, lang)
        if not (plain or noun) or not word.text.isalpha() or len(word.text) < 3:
            continue
        if stem(word.text) in vocabulary.reference or licences.allow(word.text):
            continue
        if noun or foreign_language(word.text, lang):
            yield word.start, word.end
