"""The forms of a word that count as the same word when terms are looked for.

English: plural, possessive, -ed and -ing, British and American spelling, and the dictionary form for what is
irregular. Other languages: the same dictionary form; for words no dictionary has, the same beginning and a
short ending; in Korean a particle may follow, in Arabic and, so, in, like, for and the article may be written to
the front of a word. It compares words of listed forms only, in order.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evalkit.language.codes import bare
from evalkit.language.dictionaries import is_known, lemma
from evalkit.language.packs import has_list, pattern_of, rows_of, values_of, words_in_order
from evalkit.text.words import fold

_POSSESSIVE = re.compile(r"'s$|'$")
_IRREGULAR: dict[str, str] = values_of("en", "irregular_forms")
# Endings in -s that are no plural, and words too short to lose one.
_NO_PLURAL = re.compile(rf"(?:{pattern_of('en', 'endings.no_plural')})$")
_SPELLINGS = tuple((re.compile(ours), str(other)) for ours, other in values_of("en", "endings.spelt_otherwise").items())
_NOTHING = "-"  # in a row of endings: the bare word
_LONGEST_ENDING = 2  # letters: what may differ at the end of two forms of one word
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]+")
# Korean particles that follow a noun without a space, decomposed as `fold` leaves them.
_PARTICLES = frozenset(map(fold, words_in_order("ko", "particles")))

# What Arabic writes to the front of a word: "and" or "so", then "in", "like" or "for", then the article.
_CLITICS = tuple(
    a + b
    for a in ("", *words_in_order("ar", "clitics.first"))
    for b in ("", *words_in_order("ar", "clitics.second"))
    if a + b
)


@lru_cache(maxsize=65536)
def stem(word: str, lang: str = "en") -> str:
    """The part of a word that its inflected forms share; folded. Only English is reduced."""
    base = _POSSESSIVE.sub("", fold(word))
    if bare(lang) != "en" or not base.isalpha() or len(base) < 4:
        return base
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    singular = _singular(base)
    for pattern, other in _SPELLINGS:
        singular = pattern.sub(other, singular)
    return _verb(singular)


def _singular(word: str) -> str:
    if not word.endswith("s") or _NO_PLURAL.search(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:[sxz]|ch|sh)es$", word):
        return word[:-2]
    return word[:-1]


def _verb(word: str) -> str:
    """-ed and -ing removed with a doubled consonant or a silent e, where a word of 3 letters remains."""
    bare = word.removesuffix("ed") if word.endswith("ed") else word.removesuffix("ing")
    inflected = bare != word and re.fullmatch("[a-z]+", bare) is not None and re.search("[aeiouy]", bare) is not None
    base = bare if inflected and len(bare) >= 3 else word
    if inflected and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
        base = base[:-1]
    return base.removesuffix("e") if len(base) > 3 else base


@lru_cache(maxsize=65536)
def by_lemma(word: str, lang: str) -> str:
    """The stem of a word's dictionary form; of the word itself where there is no dictionary."""
    bare = _POSSESSIVE.sub("", word.replace("’", "'"))
    return stem(lemma(bare, lang) or word, lang) if bare.isalpha() else stem(word, lang)


def keys(word: str, lang: str) -> set[str]:
    """Under what a word is looked up: two words that `same_word` takes for one share a key."""
    base = stem(word, lang)
    if bare(lang) == "en":
        return {base, by_lemma(word, lang)}
    if bare(lang) == "ar":
        return {f"{form[:4]}-" for form in _without_clitics(base)} | {by_lemma(word, lang)}
    return {f"{base[:4]}-", by_lemma(word, lang), *(f"{base[:n]}-" for n in range(1, 4) if _HANGUL.fullmatch(base))}


def _without_clitics(word: str) -> set[str]:
    """An Arabic word, and what is left of it, three letters at least, without each run of clitics it begins with."""
    return {word, *(word[len(c) :] for c in _CLITICS if word.startswith(c) and len(word) - len(c) >= 3)}


@lru_cache(maxsize=65536)
def same_word(word: str, other: str, lang: str) -> bool:
    """True where both may be forms of one word of the language."""
    a, b = stem(word, lang), stem(other, lang)
    if a == b or by_lemma(word, lang) == by_lemma(other, lang):
        return True
    if bare(lang) == "ar" and {b, b.removeprefix("ال")} & _without_clitics(a):
        return True
    if _HANGUL.fullmatch(b):
        return a.startswith(b) and a[len(b) :] in _PARTICLES
    if bare(lang) == "en" or min(len(a), len(b)) < 4 or word.isdigit():
        return False
    if _alternate(a, b, lang):
        return True
    if is_known(other, lang):
        return False
    shorter = min(len(a), len(b))
    shared = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    return shared >= max(4, len(b) - _LONGEST_ENDING) and abs(len(a) - len(b)) <= _LONGEST_ENDING


def _alternate(word: str, other: str, lang: str) -> bool:
    """True for two words of one beginning whose endings the language's list has in one row: armado, armados."""
    code = bare(lang)
    rows = rows_of(code, "endings_that_alternate") if has_list(code, "endings_that_alternate") else ()
    endings = ([fold(ending.strip(_NOTHING)) for ending in row] for row in rows)
    return any(
        word.endswith(one) and other.endswith(two) and word.removesuffix(one) == other.removesuffix(two) != ""
        for row in endings
        for one in row
        for two in row
    )
