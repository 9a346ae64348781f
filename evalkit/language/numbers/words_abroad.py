"""Numbers written in German and French words: `dreitausend`, `zwölf`, `trois mille`, `quatre-vingt-douze`.

They only license a number of the other side: what they say is never missed itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from evalkit.language.packs import values_of, words_in_order

_GERMAN_ONES = words_in_order("de", "numbers.ones")
_GERMAN_TENS = words_in_order("de", "numbers.tens")
_FRENCH_ONES = words_in_order("fr", "numbers.ones")
_FRENCH_TENS = {value: word for word, value in values_of("fr", "numbers.tens").items()}
_GERMAN_SCALES: dict[str, int] = values_of("de", "numbers.scales")
_FRENCH_SCALES: dict[str, int] = values_of("fr", "numbers.scales")
_GERMAN_ORDINALS = words_in_order("de", "numbers.ordinals")
_FRENCH_ORDINALS = words_in_order("fr", "numbers.ordinals")
_LONGEST = 80  # letters of a German number; the longest below a million has fewer
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _german_below_hundred() -> dict[str, int]:
    known = {word: n for n, word in enumerate(_GERMAN_ONES)} | {"eins": 1, "zwo": 2}
    for (n, ten), (m, one) in product(enumerate(_GERMAN_TENS, 2), enumerate(("", *_GERMAN_ONES[1:10]))):
        known[f"{one}und{ten}" if one else ten] = 10 * n + m
    known |= {f"{stem}e{end}": n for n, stem in enumerate(_GERMAN_ORDINALS, 1) for end in ("", "n", "r", "s", "m")}
    known |= {f"{t}er{end}": 1900 + 10 * n for n, t in enumerate(_GERMAN_TENS, 2) for end in ("", "jahre", "jahren")}
    return known | {word.replace("ß", "ss"): n for word, n in known.items()}


def _french_below_hundred() -> dict[str, int]:
    known = {word: n for n, word in enumerate(_FRENCH_ONES)} | {"une": 1, "quatre-vingts": 80}
    for n, ten in _FRENCH_TENS.items():
        most = 20 if n in (60, 80) else 10
        known |= {ten: n} | {f"{ten}-{_FRENCH_ONES[m]}": n + m for m in range(1, most)}
        known |= {f"{ten}-et-un": n + 1, f"{ten}-et-onze": n + 11}
    return known | {f"{stem}ième": n for n, stem in enumerate(_FRENCH_ORDINALS, 2)} | {"premier": 1, "première": 1}


_GERMAN, _FRENCH = _german_below_hundred(), _french_below_hundred()


def written_abroad(text: str, lang: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, value) of the numbers in words, in order; none in a language that is not known."""
    if lang not in ("de", "fr"):
        return
    scales = _GERMAN_SCALES if lang == "de" else _FRENCH_SCALES
    words = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text.replace(" et un", "-et-un"))]
    at = 0
    while at < len(words):
        begin, total, part = at, 0, 0
        while at < len(words) and (at == begin or text[words[at - 1][2] : words[at][1]] in (" ", "\u00a0")):
            word = words[at][0]
            value = _german(word) if lang == "de" else _FRENCH.get(word)
            if value is not None and (part == 0 or (value < 100 <= part and part % 100 == 0)):
                part += value
            elif (
                word in scales and part < 1000 and (at > begin or (scales[word] <= 1000 and words[at - 1][0] != "pour"))
            ):
                part = max(part, 1) * scales[word]
                total, part = (total, part) if scales[word] == 100 else (total + part, 0)
            else:
                break
            at += 1
        if at > begin:
            yield words[begin][1], words[at - 1][2], total + part
        at = max(at, begin + 1)


def _german(word: str) -> int | None:
    """The value of one German word (zweihundertfünfzigtausend), None of any other."""
    if word in _GERMAN:
        return _GERMAN[word]
    if len(word) > _LONGEST:
        return None
    for name, scale in (("tausend", 1000), ("hundert", 100)):
        before, found, after = word.partition(name)
        if found:
            times = _german(before) if before else 1
            rest = _german(after.removeprefix("und")) if after else 0
            fits = times is not None and rest is not None and times < 1000 and rest < scale
            return times * scale + rest if fits and times is not None and rest is not None else None
    return None
