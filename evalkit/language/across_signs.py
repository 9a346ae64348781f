"""What two languages say alike, by which lines of a source and of its translation are known to belong together.

Figures, names in Latin letters, marks; what the CLDR knows: territories; numbers and months by what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from evalkit.language.codes import bare
from evalkit.language.numbers.scan import plain_digits, scan
from evalkit.text.words import fold

_FIGURE = re.compile(r"\d+")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ'’-]{2,}")
_ASK = frozenset("?？؟;՞")
_MARKS = {
    "!": frozenset("!！"), '"': frozenset('"“”„«»「」『』'), "(": frozenset("(（"),
    "%": frozenset("%％٪"), ":": frozenset(":："),
}  # fmt: skip


def signs_of(texts: Sequence[str], lang: str) -> list[frozenset[str]]:
    """The signs of each text; those that begin with a figure or a question mark speak against a pair that has one on
    one side alone."""
    places = _places(bare(lang))
    return [frozenset(_signs(text, places, lang)) for text in texts]


def _signs(text: str, places: Mapping[str, str], lang: str) -> Iterator[str]:
    """What both languages write alike, territories by their code, numbers and months by what they say."""
    plain = plain_digits(text)
    for found in scan(text, lang) if lang else ():
        if not found.weak and found.kind != "hint":
            yield from (f"v{value}" for kind, value in found.keys if kind == "n" and len(value) > 1)
        yield from (f"m{day.month}" for day in found.days if day.month is not None)
    yield from (f"p{mark}" for mark, forms in _MARKS.items() if not forms.isdisjoint(text))
    yield from (run.lstrip("0") or "0" for run in _FIGURE.findall(plain))
    yield from (f"w{word}" for word in map(fold, _LATIN.findall(text)))
    if _ASK & set(text):
        yield "?"
    folded = fold(text)
    yield from (f"t{code}" for name, code in places.items() if name in folded)


@lru_cache(maxsize=8)
def _places(lang: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(lang).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {fold(name): code for code, name in sorted(names.items()) if len(code) == 2 and len(name) > 1}
