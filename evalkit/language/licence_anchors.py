"""Which of two texts renders a source in another language: by the names and numbers that only one of them has too.

A pair of which the two sides say different things has one that is no rendering of the source. The candidate is charged
only where the source has what the reference has; where it has what the candidate has, the reference is the odd one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from evalkit.language.forms import tokens
from evalkit.language.licence_names import named
from evalkit.language.numbers.quantity import Quantity
from evalkit.language.numbers.scan import scan
from evalkit.language.romanise import letters
from evalkit.text.words import fold

_SURELY = 2  # of the one side more than of the other: a single cognate or number may be chance
_NAME = 2  # a name or number tells as much as two cognates
_BEGINNING = 6  # letters that cognates share (chemotherapy, Chemotherapie): fewer are shared by chance


class _Source(NamedTuple):
    text: str
    lang: str


def borne_out(candidate: str, reference: str, lang: str, source: str, source_lang: str) -> bool | None:
    """True where the source has names, numbers and cognates of the reference that the candidate lacks and hardly any
    of the candidate's that the reference lacks; False for the reverse; None where it tells neither."""
    of = _Source(source, source_lang)
    yours, mine = (_shared(a, b, lang, of) for a, b in ((reference, candidate), (candidate, reference)))
    if yours - mine >= _SURELY and yours > 2 * mine:
        return True
    return False if mine - yours >= _SURELY and mine > 2 * yours else None


def _shared(text: str, other: str, lang: str, source: _Source) -> int:
    """How much a text has in common with the source that the other text lacks."""
    there, theirs = quantities(source.text, source.lang), quantities(other, lang)
    numbers = {q.keys for q in quantities(text, lang) if q.keys and not q.weak and _in(q, there) and not _in(q, theirs)}
    lacked = letters(other)
    names = {n for n in _names(text) if letters(n) not in lacked and named(n, lang, source.text, source.lang)}
    said = _beginnings(text) & _beginnings(source.text)
    cognates = said - _beginnings(other) - {fold(n)[:_BEGINNING] for n in names}
    return _NAME * (len(numbers) + len(names)) + len(cognates)


def _in(quantity: Quantity, others: tuple[Quantity, ...]) -> bool:
    return any(quantity.matches(other) for other in others)


def _names(text: str) -> Iterator[str]:
    """Runs of words with a capital, as they stand."""
    for is_capital, run in groupby(tokens(text), key=lambda token: token.text[0].isupper()):
        if is_capital:
            found = list(run)
            yield text[found[0].start : found[-1].end]


def _beginnings(text: str) -> frozenset[str]:
    folded = (letters(token.text) for token in tokens(text))
    return frozenset(word[:_BEGINNING] for word in folded if len(word) >= _BEGINNING)


@lru_cache(maxsize=64)
def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """What `scan` finds."""
    return tuple(scan(text, lang))
