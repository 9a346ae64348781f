"""Whether a text has a trace of a name: the same word, one alike, an acronym, the adjective of a country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from evalkit.detectors.names.mentions import ACRONYM, ALIASES, NameUnit
from evalkit.language.forms import Token, all_bare, tokens
from evalkit.language.function_words import ENGLISH, stem
from evalkit.language.name_cues import is_of_bodies, territories
from evalkit.language.name_likeness import word_similarity
from evalkit.language.romanise import letters
from evalkit.text.words import fold

_TRACE = 0.68  # a capitalised word so like a name may be its form in another language
_SMALL_WORD = 3  # letters: articles and prepositions, which give an acronym no letter
_LONG_FORM = 9  # letters: shorter forms may stand in other words
_PART = 3  # letters of a word in an acronym that are no mere initials: BOCOM
_PREFIX = 4  # letters: the beginning that the forms of one name share
_ANY_ORDER = 3  # initials: two in another order are another name's (EU, UE)
# Of so many words three of four say the name in another wording: an endo-exo-femoral prosthesis
_LONG_NAME, _MOST = 4, 0.75
_MARKS = re.compile("[. ]")
_INNER_VOWEL = re.compile("(?<=[^aeiou])[aeiou]")  # begins no part of a word


class Traces:
    """What a text offers as traces of names."""

    def __init__(self, text: str, opposite: str) -> None:
        self._text, self._opposite = text, opposite
        self._words = all_bare(text)
        self.folded = {fold(t.text) for t in self._words}

    # Most texts have a name word for word, so the rest is found when it is asked for.

    @cached_property
    def squeezed(self) -> str:
        """The letters of the text in one."""
        return letters(self._text)

    @cached_property
    def stems(self) -> set[str]:
        """The rough stems of its words."""
        return {stem(w) for w in self.folded}

    @cached_property
    def prefixes(self) -> set[str]:
        """How its words begin."""
        return {w[:_PREFIX] for w in self.folded if len(w) >= _PREFIX}

    @cached_property
    def capitals(self) -> list[str]:
        """Words with a capital. One that the other side has too stands for itself, not for another name."""
        capitals = (t.text for t in self._words if t.text[0].isupper() and len(t.text) > 2)
        return [word for word in capitals if fold(word) not in self._there]

    @cached_property
    def _there(self) -> set[str]:
        """The words of the other side."""
        return {fold(t.text) for t in tokens(self._opposite)}

    @cached_property
    def proper(self) -> set[str]:
        """How longer words with a capital begin."""
        return {fold(w)[: _PREFIX + 1] for t in self._words if len(w := t.text) > _PREFIX and w[0].isupper()}

    @cached_property
    def short(self) -> set[str]:
        """The first letters of words with a capital."""
        return {fold(w)[:3] for w in self.capitals}

    @cached_property
    def acronyms(self) -> set[str]:
        """Acronyms, in small letters without their points."""
        return {_MARKS.sub("", m.group()).rstrip("s").lower() for m in ACRONYM.finditer(self._text)}

    @cached_property
    def initials(self) -> str:
        """First letters of all words but function words."""
        return "".join(word[0] for t in self._words if (word := fold(t.text)) and word not in ENGLISH)

    @cached_property
    def long_initials(self) -> str:
        """First letters of the longer words."""
        parts = (fold(t.text).rpartition("'")[2] for t in self._words)
        return "".join(part[0] for part in parts if len(part) > _SMALL_WORD)

    @cached_property
    def capital_initials(self) -> str:
        """First letters of the words with a capital, a blank for each other word."""
        return "".join(t.text[0].lower() if t.text[0].isupper() else " " for t in self._words)

    def has(self, name: NameUnit, lang: str) -> bool:
        """True where some word may come from the name: the same, alike, an acronym, an adjective of the place."""
        if name.acronym:
            return self._has_acronym(name.words[0])
        if self.stands_short(name) or self._alias(name):
            return True
        if not name.sure:
            return self._has_ordinary(name, lang)
        if any(self.has_word(word, lang) for word in name.words):
            return True
        every = (*name.words, *name.plain)
        if len(every) >= _LONG_NAME and _MOST * len(every) <= sum(self.has_word(word, lang) for word in every):
            return True
        # The Commerce Department for the US Department of Commerce.
        of_place = all(_is_place(word, lang) for word in name.words)
        return of_place and len(name.plain) > 1 and all(self.has_word(word, lang) for word in name.plain)

    def _has_ordinary(self, name: NameUnit, lang: str) -> bool:
        """A name of ordinary words: one of those that are not in many names, else half of them; of a country all."""
        telling = [word for word in name.words if not is_of_bodies(fold(word))]
        if telling and not name.territory:
            return any(self.has_word(word, lang, ordinary=True) for word in telling)
        found = sum(self.has_word(word, lang, ordinary=True) for word in name.words)
        return found == len(name.words) or (2 * found >= len(name.words) and not name.territory)

    def has_all(self, name: NameUnit, lang: str) -> bool:
        """True where every word of the name has a trace, or what stands for it has."""
        if self.stands_short(name) or self._alias(name):
            return True
        return (name.acronym and self.has(name, lang)) or all(self.has_word(word, lang) for word in name.words)

    def has_word(self, word: str, lang: str, *, ordinary: bool = False) -> bool:
        """True where some word may come from this word of a name."""
        plain, folded = letters(word), fold(word)
        if not plain or folded in self.folded or (len(plain) >= _PREFIX and plain in self.squeezed):
            return True
        if word.isupper() and self._has_acronym(word):
            return True
        if ordinary:
            return stem(word) in self.stems or folded[: _PREFIX + 1] in self.proper
        if len(folded) >= _PREFIX and folded[:_PREFIX] in self.prefixes:
            return True
        place = territories(lang).get(folded)
        if place is not None and (folded[:3] in self.short or self._has_adjective(folded, lang)):
            return True
        # An acronym is like many words.
        return any(word_similarity(other, word) >= _TRACE for other in self.capitals if not other.isupper())

    def _has_adjective(self, place: str, lang: str) -> bool:
        """True where a word of the country's people or language stands for it, and not for itself: German pastries on
        both sides say nothing of Austria."""
        return bool(adjectives(lang).get(place, frozenset()) & self.folded - self._there)

    def _has_acronym(self, word: str) -> bool:
        acronym = fold(word)
        plural = word[:-1].isupper() and word.endswith("s")  # PCs, where the other side has PC
        plain = acronym[:-1] if plural else acronym.rstrip("s") if len(acronym) > 3 else acronym
        if {acronym, plain} & (self.acronyms | self.folded) or any(a.startswith(plain) for a in self.acronyms):
            return True
        if any(word.startswith(plain) and word[len(plain) :].isdigit() for word in self.folded):
            return True
        if any(plain in group and group & (self.folded | {self.squeezed}) for group in ALIASES):
            return True
        if any(plain in group and any(form in self.squeezed for form in group if len(form) > 5) for group in ALIASES):
            return True
        if len(plain) > 2 and any(_within(plain, fold(word)) for word in self.capitals):
            return True  # KMT, Kuomintang
        if len(plain) > 2 and plain in self.long_initials:
            return True  # OMS, Organisation mondiale de la santé
        if len(plain) > _PART and self._begins_so(plain):
            return True  # BOCOM, Bank of Communications
        if len(plain) < 3:
            return plain in self.capital_initials
        shorter = (plain[:i] + plain[i + 1 :] for i in range(1, len(plain) - 1))
        return plain in self.initials or any(short in self.capital_initials for short in shorter)

    def _begins_so(self, acronym: str) -> bool:
        """True where words with a capital, and function words between, begin with its letters, one with several."""
        begun = (at for at, t in enumerate(self._words) if t.text[0].isupper() and fold(t.text)[:1] == acronym[:1])
        return any(_is_of_beginnings(acronym, self._words[at : at + len(acronym)]) for at in begun)

    def stands_short(self, name: NameUnit) -> bool:
        """The name by its initials, with small words or without: United Nations, UN; in another order where they are
        three or more: Communist Party of China, CCP; by letters of a word: Kuomintang, KMT."""
        initials = [w.text[0].lower() for w in tokens(name.text) if w.text[0].isupper()]
        whole = "".join(w.text[0].lower() for w in tokens(name.text))
        if any(len(a) > 2 and _within(a, fold(word)) for a in self.acronyms for word in name.words):
            return True
        if len(initials) < 2:
            return False
        if any(len(a) > _PART and _is_of_beginnings(a, tokens(name.text)) for a in self.acronyms):
            return True
        if len(initials) >= _ANY_ORDER and sorted(initials) in map(sorted, self.acronyms):
            return True
        return any(a in ("".join(initials), whole) or _leaves_out("".join(initials), a) for a in self.acronyms)

    def _alias(self, name: NameUnit) -> bool:
        forms = {fold(w) for w in name.words} | {letters(name.text), letters(name.text).removeprefix("the")}
        if any(group & self.acronyms and _is_part(name, group) for group in ALIASES):
            return True  # Les Nations unies, of which the name has one word
        return any(forms & group and group & (self.folded | self.acronyms) for group in ALIASES) or any(
            forms & group and any(len(form) > 9 and form in self.squeezed for form in group) for group in ALIASES
        )


def _is_of_beginnings(acronym: str, words: Sequence[Token], *, part: bool = False) -> bool:
    """True where the acronym is how the words begin, in their order, and `part` of a word is a longer beginning."""
    if not acronym or not words:
        return not acronym and part
    word, small = fold(words[0].text), words[0].text[0].islower()
    if small and word not in ENGLISH:
        return False
    sizes = (n for n in range(1, min(len(word), len(acronym)) + 1) if word[:n] == acronym[:n])
    if any(_is_of_beginnings(acronym[n:], words[1:], part=part or n >= _PART) for n in sizes):
        return True
    return small and _is_of_beginnings(acronym, words[1:], part=part)


def _is_place(word: str, lang: str) -> bool:
    """True for a country in one of its forms."""
    folded = fold(word)
    return folded in territories(lang) or any(folded in group for group in ALIASES)


def _is_part(name: NameUnit, group: frozenset[str]) -> bool:
    """True where a long form of the group stands in the name's sentence and holds one of its words."""
    said, parts = letters(name.passage.text), [letters(word) for word in name.words]
    return any(len(form) > _LONG_FORM and form in said and any(p and p in form for p in parts) for form in group)


def _leaves_out(initials: str, acronym: str) -> bool:
    """True where a name lacks one inner word of what the acronym stands for: Beijing Exchange, BSE."""
    inner = range(1, len(acronym) - 1)
    return len(acronym) == len(initials) + 1 and any(acronym[:i] + acronym[i + 1 :] == initials for i in inner)


def _within(acronym: str, word: str) -> bool:
    """True where the acronym's letters stand in the word in this order, its first one first: a consonant, or a vowel
    that begins a part (EEG, electroencephalogram). Any vowel would be in any long word: ADA, Aidenbachstraße."""
    rest = iter(_INNER_VOWEL.sub("", word))
    return word[:1] == acronym[:1] and len(word) >= 2 * len(acronym) and all(letter in rest for letter in acronym)


@lru_cache(maxsize=8)
def adjectives(lang: str) -> dict[str, frozenset[str]]:
    """Folded names of territories with the names of their official languages: France, French."""
    from babel import Locale
    from babel.languages import get_official_languages

    if not territories(lang):
        return {}
    locale = Locale.parse(lang.replace("-", "_"))
    found: dict[str, frozenset[str]] = {}
    for code, name in locale.territories.items():
        if len(code) == 2:
            spoken = [locale.languages.get(code_, "") for code_ in get_official_languages(code, de_facto=True)]
            found[fold(name)] = frozenset(fold(word) for word in spoken if word)
    return found
