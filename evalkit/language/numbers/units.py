"""What a number counts: currencies and measures, by the names and signs the Unicode CLDR has (babel).

A unit is named by its family: all dollars are one, since a text says `dollars` where another says `US$`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import regex

from evalkit.language.numbers.lexicon import fold

_DATA: dict[str, Any] = tomllib.loads(files("evalkit.language.numbers.words").joinpath("units.toml").read_text("utf-8"))
_FAMILIES: dict[str, list[str]] = dict(_DATA["families"])
MONEY = frozenset(_FAMILIES)
_POSSESSED = frozenset(_DATA["possessed"]["languages"].split())
_ALSO: dict[str, dict[str, str]] = dict(_DATA["also"])
_SIGNS: dict[str, str] = dict(_DATA["signs"])
_MEASURES = frozenset(_DATA["measures"]["names"].split())
# Signs of measures that are words or signs of something else in some language: in, m (million), h, d, a.
_SHORTEST = 2
_WORDS_TOO = frozenset(_DATA["measures"]["words_too"].split())
_SIGN = r"US\$|HK\$|R\$|°[CF]|[\p{Sc}%％٪℃℉]"
# Between a number and what it counts: the stop of a scale (9 млрд. евро), an elided word (milliards d'euros).
_GAP = r"(?:(?<=\p{L})\.)?[\s\u00a0\u202f-]{0,2}(?:\p{Ll}['’])?"
# A short word may stand between a sum and its sign, as in Romance languages: 11 000 millones de $.
_TOKEN = regex.compile(
    rf"\s?(?P<s>{_SIGN})|\s\p{{Ll}}{{1,2}}['’\s]\s?(?P<s>{_SIGN})(?!\s?\d)|{_GAP}(?P<w>[\p{{L}}\p{{M}}]{{1,24}})"
)
_SPACED = regex.compile(rf"{_GAP}(?P<w>[\p{{L}}\p{{M}}]{{1,24}}(?:[\s-][\p{{L}}\p{{M}}]{{1,24}})?)")
_BEFORE = regex.compile(r"(?:(US\$|HK\$|R\$|\p{Sc})|(?<!\p{L})([A-Z]{3}))[\s\u00a0\u202f]?$")
# Latin letters before characters of a script without spaces, else the whole.
_OF_ONE_SCRIPT = regex.compile(r"\p{Latin}+(?=[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}])|.+")
_LONGEST_ENDING, _SHORTEST_STEM = 4, 4  # letters: a case ending of Turkish has four, the shortest name (euro) as well
YEARS = {"decade": 10, "century": 100}
_LONG_NAME = 7  # letters: a name so long with an ending is no other word (Jahrzehnten)
_SHORT_ENDING = 2  # letters that a case puts to a measure
_LONGEST = 6  # characters of a unit in a script without spaces


def measures_data(name: str) -> dict[str, Any]:
    """A table of the file of currencies and measures."""
    return dict(_DATA[name])


@lru_cache(maxsize=64)
def unit_words(lang: str) -> dict[str, str]:
    """The names of currencies and measures in a language, folded, each with its family."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang)
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, str] = {}
    for family, form in (*_measures(locale), *_currencies(locale)):
        if len(form) >= _SHORTEST and form not in _WORDS_TOO:
            found[form] = family if found.get(form, family) == family else ""
    for form, family in list(found.items()):
        if lang in _POSSESSED and family in MONEY and len(form) > _SHORTEST_STEM and form.isalpha():
            found.setdefault(form[:-1], family)  # a dollar is named as somebody's: doları
    found |= _ALSO.get(lang, {})
    return {form: family for form, family in found.items() if family}


@lru_cache(maxsize=64)
def percent_words(lang: str) -> regex.Pattern[str] | None:
    """A pattern of the words for per cent (pour cent, Prozent, por ciento); None where there are none."""
    forms = sorted((form for form, family in unit_words(lang).items() if family == "%"), key=lambda f: (-len(f), f))
    names = "|".join(regex.escape(form).replace(r"\ ", r"\s") for form in forms)
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:{names})(?![\p{{L}}\p{{M}}])", regex.IGNORECASE) if forms else None


@lru_cache(maxsize=64)
def spans_of_years(lang: str) -> regex.Pattern[str] | None:
    """A pattern of the words for decade and century behind a number, in groups of these names; None where the CLDR has
    none."""
    from babel import Locale, UnknownLocaleError

    try:
        patterns: dict[str, Any] = Locale.parse(lang)._data["unit_patterns"]
    except (UnknownLocaleError, ValueError):
        return None
    groups = []
    for name in YEARS:
        said = dict(patterns.get(f"duration-{name}", {}).get("long", {}))
        forms = {str(form).replace("{0}", "").strip() for count, form in said.items() if count != "per"}
        if forms := {form for form in forms if form and "{" not in form}:
            listed = sorted(forms, key=lambda form: (-len(form), form))
            groups.append(f"(?P<{name}>{'|'.join(map(_with_ending, listed))})")
    return regex.compile(rf"\s?(?:{'|'.join(groups)})(?![\p{{L}}\p{{M}}])", regex.IGNORECASE) if groups else None


def _with_ending(form: str) -> str:
    """A pattern of a name, of a long one with what a case puts to it: Jahrzehnten."""
    ending = rf"\p{{L}}{{0,{_SHORT_ENDING}}}" if len(form) >= _LONG_NAME else ""
    return f"{regex.escape(form)}{ending}"


def _measures(locale: Any) -> Iterator[tuple[str, str]]:
    for name, patterns in locale._data["unit_patterns"].items():
        _, _, short = name.partition("-")
        short = {"metric-ton": "tonne", "percent": "%"}.get(short, short)
        if short != "%" and short not in _MEASURES:
            continue
        for width in ("long", "short"):
            for count, pattern in dict(patterns.get(width, {})).items():
                form = (
                    "" if count == "per" else str(pattern).replace("{0}", "").strip() if "{0}" in str(pattern) else ""
                )
                if form and "{" not in form and not any(c in ".°'″′%％٪" for c in form):
                    yield short, " ".join(fold(part) for part in form.split())


def _currencies(locale: Any) -> Iterator[tuple[str, str]]:
    """Those that several countries have first: a word of theirs (livre) is not that of a single one (livre turque)."""
    plural: dict[str, Any] = locale._data.get("currency_names_plural", {})
    theirs: set[str] = set()
    for family, codes in sorted(_FAMILIES.items(), key=lambda item: len(item[1]) == 1):
        said = Counter(word for code in codes for word in set(_names(locale, plural, code)))
        shared = sorted(word for word, times in said.items() if times > 1 or len(codes) == 1)
        shared = [word for word in shared if not any(_at_home(locale, code, word) for code in codes)]
        for word in shared:
            if len(codes) > 1 or word not in theirs:
                yield family, word
        theirs.update(shared if len(codes) > 1 else ())
        for code in codes:
            name = locale.currencies.get(code, "")
            if name and not name.isascii() and " " not in name:
                yield family, fold(name)


def _names(locale: Any, plural: dict[str, Any], code: str) -> Iterator[str]:
    for name in (locale.currencies.get(code, ""), *dict(plural.get(code, {})).values()):
        yield from (fold(part) for part in str(name).replace("-", " ").split())


def _at_home(locale: Any, code: str, word: str) -> bool:
    """True for `Japanese` in `Japanese yen`: it begins as a word of the country's name. The first two letters of a
    currency's code are those of its country (ISO 4217)."""
    country = fold(str(locale.territories.get(code[:2], ""))) if code != "EUR" else ""
    return any(word[:3] == part[:3] for part in country.split())


def unit_of(text: str, start: int, end: int, lang: str) -> tuple[str, str]:
    """(family, what is written) of what the number at a place counts; empty where it is not known."""
    before = _BEFORE.search(text, max(0, start - 5), start)
    if before is not None:
        sign = before[1] or before[2]
        if sign in _SIGNS:
            return _SIGNS[sign], sign
    m = _TOKEN.match(text, end)
    if m is None:
        return "", ""
    if m["s"]:
        return _SIGNS.get(m["s"], ""), m["s"]
    word = _OF_ONE_SCRIPT.match(m["w"])[0]  # 250kgです
    if word in _SIGNS:
        return _SIGNS[word], word
    known = unit_words(lang)
    if not word.isascii() and word[0] > "\u2e7f":  # scripts without spaces
        for size in range(min(_LONGEST, len(word)), 0, -1):
            if word[:size] in known or word[:size] in _SIGNS:
                return known.get(word[:size], _SIGNS.get(word[:size], "")), word[:size]
        return "", ""
    two = _SPACED.match(text, end)
    pair = fold(" ".join(two["w"].split())) if two else ""
    if pair in known:
        return known[pair], pair
    if fold(word) in known:
        return known[fold(word)], word
    for written in (pair, word):  # US dollars
        last = fold(written.replace("-", " ").split()[-1]) if written else ""
        for cut in range(_LONGEST_ENDING):  # what a language puts to a name: dolarlık, Rubeln
            stem = last[: len(last) - cut]
            family = known.get(stem, "") if not cut or len(stem) >= _SHORTEST_STEM else ""
            whole = not cut or (cut <= _SHORT_ENDING and len(stem) > _SHORTEST_STEM)  # Kilometern
            if family in MONEY or (family and whole and written is word):
                return family, written
    return "", ""


def is_exact_unit(text: str, start: int, end: int, lang: str) -> bool:
    """True where what the number at a place counts is written by its sign or by one of its names as it is, with no
    ending put to it: 300 Europeans are no euros."""
    written = unit_of(text, start, end, lang)[1]
    return written in _SIGNS or fold(written) in unit_words(lang)


@lru_cache(maxsize=256)  # asked for each number of a text
def has_sign(text: str, family: str) -> bool:
    """True where a text has a sign of a currency, or of per cent, anywhere."""
    return any(sign in text for sign, of in _SIGNS.items() if of == family)
