"""Words that do not look English, in English text, by their letters and the company they keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalkit.language.lemmas import is_known
from evalkit.language.stopwords import ENGLISH, stem
from evalkit.language.wordfrequencies import foreign_language, is_foreign_noun, is_known_language
from evalkit.language.wordlists import listed
from evalkit.model import Unit
from evalkit.text import fold, words

# Frequent words of other languages that are no English words.
_COMMON = listed("""
    der die das und ist nicht ein eine einer eines einem einen mit sich auf für von dem den des auch wird werden
    wurde sind sein seine haben hatte nach bei aus noch nur oder aber über unter zwischen gegen durch ohne wenn dass
    weil les une dans avec sont mais cette ces aux elle leur leurs nous vous ils elles était été être avoir avait
    qui que quoi où très aussi comme entre sans sous après avant depuis pendant chez pas et est plus moins tous
    toutes tout el los las una unos unas del con por para pero como más muy también está están fue fueron ser según
    sobre entre hasta desde donde cuando cada todos todas otro otra otros otras y su sus lo al es hay il gli della
    delle dello degli nel nella nelle negli sono stato stata essere anche perché quando dove come molto tutti tutte
    questo questa questi queste alla alle agli dal dalla con senza sotto dopo prima che chi più nie jest się na do
    że który która które jak przez dla oraz ale tylko jego jej ich tym tego przy po od za są był była było je na že
    jako který která které jeho její jejich podle ale také není byl byla bylo jsou pro při proti mezi bez ve ze não
    uma com para mais foi são pela pelo seus suas também
    """) - ENGLISH  # fmt: skip
_ENGLISH_TOO = listed("""
    die den des dem plus tous tout el las los al con per por est pas sans come chi son lo es hay fine es ale na do
    po od je bez mit sein ser pro as la le il y su les un une et
    """)
_ACCENTED = re.compile(r"[^\W\d_]*[à-öø-ÿāăąćčďđēęěğīłńňőřśşšťūůűźżžșțñ][^\W\d_]*")
_LOANS = listed("""
    café cafés cliché clichés façade façades fiancé fiancée naïve résumé résumés décor déjà vu élite née papier
    mâché piñata jalapeño rosé touché attaché communiqué protégé protégés exposé coup d'état entrée entrées soufflé
    crème brûlée señor señora doppelgänger über smörgåsbord à première régime rôle coöperation détente matinée
    soirée sauté purée pâté majeure
    """)


# Dictionaries asked, the large one of Polish last and only for words that look it.
_DICTIONARIES = ("de", "fr", "es", "it", "cs", "pl")
_POLISH = re.compile("[csrd]z|ych$|ego$|ni[aeu]|[aeoy]w[aeiy]|cj|[kt]i$|[kw]a$|wy|prz")
_GERMAN_NOUN = re.compile("(?:ung|heit|keit|schaft|ismus|chen|nis|ungen|schaften|keiten|heiten)$")


class Vocabulary:
    """Stems of the references' words in the run."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.reference = frozenset(stem(w.text) for u in units for p in u.references for w in words(p.text))


def foreign_words(text: str, vocabulary: Vocabulary, licences: list[str]) -> Iterator[tuple[int, int]]:
    """Lower-case words with foreign letters, and frequent foreign words, that no reference has."""
    for word in words(text):
        shown = word.text
        lowered = shown.lower()
        if stem(shown) in vocabulary.reference or lowered in ENGLISH:
            continue
        if any(fold(shown) in fold(other) for other in licences):
            continue
        starts = word.start == 0 or not text[: word.start].strip(" \"'“‘(")
        accented = not shown.isascii() and _ACCENTED.fullmatch(lowered) is not None and lowered not in _LOANS
        small = shown.islower() or (starts and shown[1:].islower())
        if (small and accented) or (shown.islower() and lowered in _COMMON and lowered not in _ENGLISH_TOO):
            yield word.start, word.end


def known_elsewhere(text: str, vocabulary: Vocabulary, licences: list[str]) -> Iterator[tuple[int, int]]:
    """Words that no English dictionary and no reference of the run has, but a dictionary of another language:
    in small letters, or opening the sentence before such a word, and German nouns by their ending."""
    found = words(text)
    for i, word in enumerate(found):
        shown, lowered = word.text, word.text.lower()
        if len(shown) < 4 or not shown.isalpha():
            continue
        opens = i == 0 and shown[1:].islower() and len(found) > 1 and found[1].text.islower()
        noun = i > 0 and shown.istitle() and _GERMAN_NOUN.search(shown) is not None
        if not (shown.islower() or opens or noun) or lowered in ENGLISH or lowered in _LOANS:
            continue
        if stem(shown) in vocabulary.reference or any(fold(shown) in fold(other) for other in licences):
            continue
        if is_known(lowered, "en") or is_known(shown, "en"):
            continue
        if is_known(shown, "de") if noun else _in_a_dictionary(lowered):
            yield word.start, word.end


def _in_a_dictionary(word: str) -> bool:
    return any(is_known(word, lang) for lang in _DICTIONARIES if lang != "pl" or _POLISH.search(word))


def usual_elsewhere(text: str, vocabulary: Vocabulary, licences: list[str], lang: str) -> Iterator[tuple[int, int]]:
    """Words in small letters, or opening the sentence, that are rare in `lang` and usual in another language;
    where there is a reference to license names, German nouns too.

    Needs the package wordfreq: MissingExtraError without it. Nothing for a language it has no list of.
    """
    if not is_known_language(lang):
        return
    for word in words(text):
        opens = not any(c.isalnum() for c in text[: word.start])
        plain = word.text.islower() or (opens and word.text[1:].islower())
        noun = bool(licences) and not opens and word.text.istitle() and is_foreign_noun(word.text, lang)
        if not (plain or noun) or not word.text.isalpha() or len(word.text) < 3:
            continue
        if stem(word.text) in vocabulary.reference or any(fold(word.text) in fold(other) for other in licences):
            continue
        if noun or foreign_language(word.text, lang):
            yield word.start, word.end
