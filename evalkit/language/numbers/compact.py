"""Scales beside a figure (20 milijonų, milioni 20, 5 млрд), as the Unicode CLDR writes compact numbers (babel)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from evalkit.language.numbers.lexicon import fold, lexicon
from evalkit.language.numbers.symbols import locales
from evalkit.language.numbers.units import MONEY, unit_of, unit_words

_SAID = r"[\p{L}\p{M}. \u00a0]*"
_PATTERN = regex.compile(rf"(?P<before>{_SAID}?)[\s\u00a0]*(?P<n>0+)[\s\u00a0]*(?P<after>{_SAID})")
_AFTER = regex.compile(r"[ \u00a0\u202f]?(?P<w>[\p{L}\p{M}]{2,20}(?P<second>[ \u00a0][\p{L}\p{M}]{2,20})?)")
_BEFORE = regex.compile(r"(?<![\p{L}\p{M}])(?P<w>[\p{L}\p{M}]{3,20})[ \u00a0]$")
_WIDEST = 24  # characters before a figure that a scale may take
_SHORTEST = 3  # letters: shorter ones (K, M, mn) are signs of measures and money too
_LONGEST_SIGN = 4  # letters of the shortest forms
_BLANKS = (" ", "\u00a0", "\u202f")
_OF = regex.compile(r"[ \u00a0\u202f]?(?:de\s|d['’])")  # 1,5 M de euros
_STEM = 5  # letters of a scale that stay while its ending is declined: milijonų, მილიონიანი
_DECLINED = 3  # letters a case may have more than the form the CLDR has


class _Scales(NamedTuple):
    """Powers of ten by the folded words that stand after and before a figure."""

    after: dict[str, int]
    before: dict[str, int]


@lru_cache(maxsize=64)
def _scales(lang: str) -> _Scales:
    found = _Scales({}, {})
    units = unit_words(lang)
    for magnitude, pattern in _patterns(lang):
        m = _PATTERN.fullmatch(pattern.partition(";")[0].replace("'", ""))
        if m is None:
            continue
        power = len(magnitude) - len(m["n"])
        for side, forms in (("after", found.after), ("before", found.before)):
            form = " ".join(fold(part) for part in m[side].replace(".", " ").split())
            if len(form) >= _SHORTEST and form not in units:
                forms.setdefault(form, power)
    return found


@lru_cache(maxsize=64)
def _signs(lang: str) -> tuple[tuple[str, int], ...]:
    """The shortest forms (M, Md, mn, bi), longest first, as they are written: of money only, since they are signs of
    measures too."""
    found: dict[str, int] = {}
    for magnitude, pattern in _patterns(lang):
        m = _PATTERN.fullmatch(pattern.partition(";")[0].replace("'", "")) if pattern.count("0") else None
        form = m["after"].strip(" .\u00a0") if m else ""
        if m and 0 < len(form) <= _LONGEST_SIGN and " " not in form:
            found.setdefault(form, len(magnitude) - len(m["n"]))
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def money_scale(text: str, start: int, end: int, lang: str) -> tuple[int, int] | None:
    """(power of ten, where it ends) of a sign behind the figure of a sum: 1,5 M€, 2 Md d'euros, 1,5 mil. korun."""
    at = end + 1 if text[end : end + 1] in _BLANKS else end
    for sign, power in _signs(lang):
        if not text.startswith(sign, at):
            continue
        stop = at + len(sign)
        point = stop + 1 if text[stop : stop + 1] == "." else stop
        joint = _OF.match(text, point)
        behind = joint.end() if joint else point
        if unit_of(text, start, behind, lang)[0] in MONEY or (joint and unit_of(text, start, point, lang)[0] in MONEY):
            return power, point
    return None


def _patterns(lang: str) -> Iterator[tuple[str, str]]:
    """(magnitude, pattern) of the compact formats, the long ones first: ("1000000", "0 milijonas")."""
    for locale in locales(lang):
        for width in ("long", "short"):
            for patterns in dict(locale.compact_decimal_formats.get(width) or {}).values():
                yield from ((str(magnitude), str(pattern.pattern)) for magnitude, pattern in dict(patterns).items())


def scale_after(text: str, end: int, lang: str) -> tuple[int, int] | None:
    """(power of ten, where it ends) of the scale behind a figure, None where there is none."""
    forms = _scales(lang).after
    m = _AFTER.match(text, end) if forms else None
    if m is None:
        return None
    for words, stop in ((m["w"], m.end("w")), (m["w"].split()[0], m.start("w") + len(m["w"].split()[0]))):
        said = " ".join(fold(part) for part in words.split())
        power = forms.get(said, _declined(said, lang))
        if power is not None:
            return power, stop
    return None


def scale_before(text: str, start: int, lang: str) -> tuple[int, int] | None:
    """(power of ten, where it begins) of the scale before a figure, as Swahili has it."""
    forms = _scales(lang).before
    m = _BEFORE.search(text, max(0, start - _WIDEST), start) if forms else None
    power = forms.get(fold(m["w"])) if m else None
    return (power, m.start("w")) if m and power is not None else None


@lru_cache(maxsize=4096)
def _declined(said: str, lang: str) -> int | None:
    known = lexicon(lang)
    if known and (said in known.parts or (said in known.words and known.words[said].ordinal)):
        return None  # millionths
    for form, power in sorted(_scales(lang).after.items(), key=lambda item: (-len(item[0]), item[0])):
        stem = form if len(form) <= _STEM + 1 else form[:-2]
        if len(stem) >= _STEM and said.startswith(stem) and len(said) <= len(form) + _DECLINED:
            return power
    return None
