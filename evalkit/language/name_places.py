"""Countries and cities by their names in the CLDR: in every language it has, in scripts with capitals or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.forms import Taken, Token, tokens
from evalkit.language.kept_readings import lasting
from evalkit.language.name_forms import LONGEST_WORD, is_form, knows_endings, name_tokens, without_front
from evalkit.text.words import SEGMENT, fold, has_unspaced, script

COUNTRY, CITY = "country", "city"
# Codes of the CLDR that are no country: the EU, the UN, the euro zone, outlying oceans, the unknown, made-up locales.
_NO_COUNTRIES = frozenset({"EU", "UN", "EZ", "QO", "ZZ", "XA", "XB"})
_OF = {"UM": "US", "VI": "US"}  # what stands in brackets behind them is the country they are of: США
# Time zones that are named after no city, or after one that is known for nothing else.
_NO_CITIES = re.compile(r"(?:Antarctica|Arctic|Etc|America/(?:Indiana|Kentucky|North_Dakota))/")
_KEY = 2  # letters a place's first word keeps in all its forms
# Letters of a name that a word may go on behind where the language's endings are not known: a shorter one (Oral,
# Salta, Guyana in Urdu) is the beginning of too many words.
_LONG_NAME = 5


class Place(NamedTuple):
    """A place named at `start:end`; `code` is the same for all its names."""

    start: int
    end: int
    text: str
    kind: str
    code: str


class _Named(NamedTuple):
    words: tuple[str, ...]
    kind: str
    code: str


@lru_cache(maxsize=16)
def place_names(lang: str) -> dict[str, tuple[str, str]]:
    """(kind, code) by name, as written; a city that is called like its country is the country. Empty for languages
    the CLDR lacks."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        locale = Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, tuple[str, str]] = {}
    for code, name in sorted(locale.territories.items()):
        if len(code) == 2 and code not in _NO_COUNTRIES:
            for number, part in enumerate(_names(name)):
                found.setdefault(part, (COUNTRY, _OF.get(code, code) if number else code))
    countries = {fold(name) for name in found}
    # A city whose name the CLDR does not give is called as in English, where the script is the same.
    latin = own_script(lang) == "LATIN"
    for zone in sorted(get_global("zone_territories")):
        city = locale.time_zones.get(zone, {}).get("city", "").replace("\xad", "")
        if not city and latin:
            city = zone.rpartition("/")[2].replace("_", " ")
        if city and not _NO_CITIES.match(zone) and fold(city) not in countries:
            found.setdefault(city, (CITY, zone))
    return found


@lru_cache(maxsize=1024)
def is_at_home(name: str, lang: str, other: str) -> bool:
    """True where `other` is a country or city of the CLDR in this language and `name` is what it is called in an
    official language of the place: Macau for Macao."""
    from babel.core import get_global
    from babel.languages import get_official_languages

    found = next((place for known, place in place_names(lang).items() if fold(known) == fold(other)), None)
    if found is None:
        return False
    kind, code = found
    territory = code if kind == COUNTRY else str(get_global("zone_territories").get(code, ""))
    spoken = get_official_languages(territory, regional=True, de_facto=True)
    return any(fold(known) == fold(name) and place == found for s in spoken for known, place in place_names(s).items())


def is_the_known_one(name: str, other: str, lang: str) -> bool:
    """True where the CLDR has a name as a place's or a language's in this language and has not the other one: then
    that is the unusual spelling (Uyghurs, Uygur; Kazakhstan, Kazakstan)."""
    known = _peoples_and_places(lang)
    return any(_is_of(name, one, lang) for one in known) and not any(_is_of(other, one, lang) for one in known)


def _is_of(word: str, name: str, lang: str) -> bool:
    """True for a name and for a form of it; people are called by their language with a plural (Uyghurs)."""
    same = fold(word)[:_KEY] == name[:_KEY] and knows_endings(lang)
    return fold(word) == name or (same and is_form(word, name, lang, place=True))


@lru_cache(maxsize=16)
def _peoples_and_places(lang: str) -> frozenset[str]:
    """Folded names in one word of the CLDR's languages, countries and cities."""
    from babel import Locale, UnknownLocaleError

    try:
        languages = Locale.parse(lang.replace("-", "_")).languages.values()
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(fold(name) for name in (*languages, *place_names(lang)) if name.isalpha())


@lru_cache(maxsize=64)
def own_script(lang: str) -> str:
    """The script the CLDR writes a language in, "" where it lacks the language; CJK for Chinese and Japanese."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(lang.replace("-", "_")).territories.get("CN", "")
    except (UnknownLocaleError, ValueError):
        return ""
    return script(name[:1]) if name else ""


def _names(name: str) -> list[str]:
    """A name of the CLDR, of "Myanmar (Burma)" both."""
    return [part.strip() for part in re.split(r"[(（）)/]", name) if len(part.strip()) > 1]


@lru_cache(maxsize=16)
def _index(lang: str) -> tuple[dict[str, list[_Named]], list[tuple[str, str, str]]]:
    """Names in words by how their first one begins, longest first; names in scripts without spaces, longest first."""
    spaced: dict[str, list[_Named]] = {}
    unspaced = []
    for name, (kind, code) in place_names(lang).items():
        words = _without_article(tuple(token.text for token in tokens(name)))
        if has_unspaced(name):
            unspaced.append((name, kind, code))
        elif words:
            spaced.setdefault(fold(words[0])[:_KEY], []).append(_Named(words, kind, code))
    for listed in spaced.values():
        listed.sort(key=lambda n: (-len(n.words), -len(" ".join(n.words)), n))
    return spaced, sorted(unspaced, key=lambda n: (-len(n[0]), n))


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name from its first word with a capital on (an Fhrainc, l-Iżvezja), where one has."""
    first = next((at for at, word in enumerate(words) if not word.islower()), 0)
    return words[first:]


def find_places(text: str, lang: str) -> list[Place]:
    """The countries and cities a text names, in order, none overlapping, the longer name first."""
    return list(_shared(text, lang)) if len(text) <= SEGMENT else _places(text, lang)


@lasting(tuple[Place, ...])
def _shared(text: str, lang: str) -> tuple[Place, ...]:
    return tuple(_places(text, lang))


def _places(text: str, lang: str) -> list[Place]:
    spaced, unspaced = _index(lang)
    taken = Taken(len(text))
    found = [place for place in _in_words(text, lang, taken) if place] if spaced else []
    for name, kind, code in unspaced if has_unspaced(text) else ():
        at = text.find(name)
        while at >= 0:
            if taken.take(at, at + len(name)):
                found.append(Place(at, at + len(name), name, kind, code))
            at = text.find(name, at + 1)
    return sorted(found)


def _in_words(text: str, lang: str, taken: Taken) -> Iterator[Place]:
    words = name_tokens(text, lang)
    for at, token in enumerate(words):
        # of most languages no name begins with a small letter, and most words do: they are not looked up
        if len(token.text) > LONGEST_WORD or (_is_small(token.text) and not _has_small(lang)):
            continue
        if not (begun := _begins(token.text, lang)):
            continue
        if has_unspaced(token.text[0]) or taken.touches(token.start, token.end):
            continue
        for named, front in begun:
            rest = words[at + 1 : at + len(named.words)]
            if _is_small(token.text) and not _is_small(named.words[0]):
                continue
            if len(rest) == len(named.words) - 1 and _follow(text, token, rest, named, lang):
                start, end = token.start + front, (rest or [token])[-1].end
                if taken.take(start, end):
                    yield Place(start, end, text[start:end], named.kind, named.code)
                break


@lru_cache(maxsize=16)
def _has_small(lang: str) -> bool:
    """True where a name of the language begins with a small letter."""
    return any(_is_small(named.words[0]) for listed in _index(lang)[0].values() for named in listed)


def _is_small(word: str) -> bool:
    """True for small letters; Georgian ones are small by Unicode, but begin a sentence as well."""
    return word.islower() and word[0] != word[0].title()


def _follow(text: str, token: Token, rest: list[Token], named: _Named, lang: str) -> bool:
    """True where the other words of a name stand after its first one with nothing but a space or hyphen between."""
    before = token
    for word, name in zip(rest, named.words[1:], strict=True):
        if len(text[before.end : word.start]) > 2 or not _same(word.text, name, lang):
            return False
        before = word
    return True


@lru_cache(maxsize=65536)
def _begins(word: str, lang: str) -> tuple[tuple[_Named, int], ...]:
    """Names the word may be the first word of, those it is written like first; with what stands before it."""
    spaced, _ = _index(lang)
    found = []
    low = fold(word)
    for form in without_front(low, lang):
        front = len(word) - len(form) if len(low) == len(word) else 0
        as_written = word[front:] if len(low) == len(word) else word if form == low else form
        for named in spaced.get(form[:_KEY], ()):
            if _same(as_written, named.words[0], lang):
                found.append((fold(named.words[0]) != form, front, -len(named.words), named))
    return tuple((named, front) for _, front, _, named in sorted(found, key=lambda f: (f[2], f[0], f[1], f[3])))


def _same(word: str, name: str, lang: str) -> bool:
    if knows_endings(lang):
        return fold(word) == fold(name) or (len(fold(name)) > _KEY and is_form(word, name, lang))
    capitals = word[:1].lower() != word[:1].upper()
    same, longer = (fold(word), fold(name)) if capitals else (word, name)  # folding drops the vowel signs of India
    whole = len(fold(name)) >= _LONG_NAME and same.startswith(longer)
    return same == longer or (whole and is_form(word, name, lang))
