"""Days of the week, by their names in the Unicode CLDR (babel)."""

from __future__ import annotations

from functools import lru_cache

import regex

from evalkit.language.numbers.declined import declined
from evalkit.language.numbers.lexicon import fold
from evalkit.language.numbers.quantity import Quantity
from evalkit.language.packs import words_of

_SHORTEST = 4  # letters of a name, but in scripts where a sign is a syllable: shorter ones are words as well
_JOINER, _JOINS = "\u200c", regex.compile(r"[\u200c\s]+")  # Persian days are written with either
_SIGNS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Hangul}]")
_COUNTED = "(?<![一二三四五六七八九十百两兩几幾每0-9])(?=周|週)"  # 一周三次: three times a week
_SHORT = ("-feira", "요일")  # what a name may leave out


@lru_cache(maxsize=64)
def _names(lang: str, short: bool) -> tuple[regex.Pattern[str], dict[str, int]] | None:
    """A pattern of the weekdays' names and which day each is; None where the language is not known."""
    from babel.core import UnknownLocaleError
    from babel.dates import get_day_names

    found: dict[str, int] = {}
    try:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_day_names(width, context, lang).items():
                    name = str(name).lower()
                    signs = bool(_SIGNS.search(name))
                    cut = next((name[: -len(end)] for end in _SHORT if name.endswith(end)), "")
                    form = cut if short else name
                    if len(form) < (2 if signs else _SHORTEST) or (width != "wide" and not signs):
                        continue
                    if found.setdefault(form, int(number)) != int(number):
                        return None
    except (UnknownLocaleError, ValueError):
        return None
    if not found:
        return None
    found = declined(found, lang)
    names = "|".join(_written(name, found) for name in sorted(found, key=lambda n: (-len(n), n)))
    names = names.replace("周", f"{_COUNTED}周").replace("週", f"{_COUNTED}週")
    spaced = not _SIGNS.search(names)
    before, after = (r"(?<![\p{L}\p{M}])", r"(?:s|es|er|n)?(?![\p{L}\p{M}])") if spaced else ("", "")
    return regex.compile(f"{before}({names}){after}", regex.I), found


def _joined(name: str) -> tuple[str, str]:
    """A name of two words as one, with the sign that joins and without."""
    return _JOINS.sub(_JOINER, name), _JOINS.sub("", name)


def _written(name: str, names: dict[str, int]) -> str:
    """A pattern of a name; one that is made of a word and another day's name (پنج‌شنبه) may be written as two words."""
    last = next((other for other in names if other != name and name.endswith(other)), "")
    parts = [name.removesuffix(last), last] if last else [name]
    pieces = [piece for part in parts for piece in part.split(_JOINER) if piece]
    return rf"[{_JOINER}\s]{{0,2}}".join(map(regex.escape, pieces)) + _not_before(name, names)


def _not_before(name: str, names: dict[str, int]) -> str:
    """That no other word of a longer name stands behind, in whatever case: cümə axşamına is no Friday."""
    rests = sorted({other[len(name) + 1 :] for other in names if other.startswith(f"{name} ")})
    stems = "|".join(regex.escape(rest[:-1] if len(rest) > _SHORTEST else rest) for rest in rests)
    return rf"(?!\s(?:{stems}))" if stems else ""


def weekdays(text: str, lang: str, *, short: bool = False) -> list[Quantity]:
    """The days of the week a text names; the `short` ones are those that may be words of another kind as well
    (segunda for segunda-feira)."""
    known = _names(lang, short)
    if known is None:
        return []
    pattern, numbers = known
    found = []
    capital = lang in words_of("languages", "weekdays_with_capitals")
    for m in pattern.finditer(text):
        name = m[1].lower()
        if capital and m[1][0].islower():
            continue  # τρίτη: the third
        number = numbers.get(name, numbers.get(fold(name)))
        if number is None:
            number = next((numbers[form] for form in _joined(name) if form in numbers), None)
        if number is not None:
            found.append(Quantity(m.start(), m.end(), "weekday", frozenset({("w", str(number))})))
    return found
