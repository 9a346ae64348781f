"""Which number of one side stands for which of the other."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from operator import eq
from typing import NamedTuple

from evalkit.language.function_words import ENGLISH, stem
from evalkit.language.numbers.quantity import Quantity
from evalkit.language.packs import words_in_order
from evalkit.records import Passage, Unit
from evalkit.text.words import words

_MANY = 200  # numbers of a passage, more than a sentence has: each held against each would take minutes in lists
# Pairs of one passage, some ten seconds: where it has more than 5,000 numbers, each is held against fewer.
_MOST = 1_000_000
_FEWEST = 10  # numbers that one is held against, however many there are


class Placed(NamedTuple):
    """A quantity and where it stands; `to` is the last number of a range that it opens (3 to 5)."""

    quantity: Quantity
    unit: Unit
    passage: Passage
    to: Decimal | None = None

    @property
    def text(self) -> str:
        """What is written."""
        return self.passage.text[self.quantity.start : self.quantity.end]


def placed(quantities: Sequence[Quantity], unit: Unit, passage: Passage) -> list[Placed]:
    """The quantities of a passage, in their order."""
    return [
        Placed(q, unit, passage, _range_to(q, following, passage.text))
        for q, following in zip_longest(quantities, quantities[1:])
    ]


def _range_to(q: Quantity, following: Quantity | None, text: str) -> Decimal | None:
    """The value of the number behind a dash or `to`."""
    if following is None or not q.kind == following.kind == "number":
        return None
    return following.value if _TO.fullmatch(text, q.end, following.start) else None


_TO = re.compile(rf" ?[-–—~] ?| (?:{'|'.join(words_in_order('en', 'numbers.ranges'))}) ")


def around(place: int, of: int, others: Sequence[Placed]) -> range:
    """The places of the numbers of another side that one of `of` may stand for: all of them, and in a passage with very
    many those about as far in the text."""
    if len(others) <= _MANY:
        return range(len(others))
    centre, reach = place * len(others) // max(1, of), max(_FEWEST, min(_MANY, _MOST // len(others))) // 2
    return range(max(0, centre - reach), min(len(others), centre + reach))


def nearest(item: Placed, others: Sequence[Placed]) -> Sequence[Placed]:
    """The numbers of another side that one may stand for, as `around`."""
    if len(others) <= _MANY:
        return others
    places = around(item.quantity.start, len(item.passage.text), others)
    return others[places.start : places.stop]


def pairs_of(cand: list[Placed], ref: list[Placed]) -> list[tuple[Placed, Placed]]:
    """Which unmatched quantity stands for which: the most alike first, each at most once."""
    alone = len(cand) == len(ref) == 1
    able: dict[float, array[int]] = {}  # by likeness: places in order, in an array, for in a list they may be a million
    there = list(map(_seen, ref))
    for i, a in enumerate(map(_seen, cand)):
        for j in around(i, len(cand), ref):
            if (score := _likeness(a, there[j], alone)) > 0:
                if score not in able:
                    able[score] = array("q")
                able[score].append(i * len(ref) + j)
    pairs, used_a, used_b = [], set(), set()
    for score in sorted(able, reverse=True):
        for i, j in (divmod(place, len(ref)) for place in able[score]):
            if i not in used_a and j not in used_b:
                used_a.add(i)
                used_b.add(j)
                pairs.append((cand[i], ref[j]))
    return sorted(pairs, key=lambda pair: pair[0].quantity.start)


def likely_pairs(mine: list[Placed], theirs: list[Placed]) -> list[tuple[Placed, Placed]]:
    """As `pairs_of`; weekdays by themselves, for beside them one of each other kind is alone."""
    found = []
    for days in (True, False):
        cand, ref = ([p for p in side if (p.quantity.kind == "weekday") is days] for side in (mine, theirs))
        one_each = len(cand) == len(ref) == 1 and {cand[0].quantity.kind, ref[0].quantity.kind} == _DAY
        found += [(cand[0], ref[0])] if one_each else pairs_of(cand, ref)  # 30 September, 41 September
    return sorted(found, key=lambda pair: pair[0].quantity.start)


def weekdays_in_place(cand: Sequence[Placed], ref: Sequence[Placed]) -> list[Placed]:
    """The open weekdays of either side that stand between the same words: one is said for the other.

    There are but seven, so that a neighbour that has the day as well says little.
    """
    found = []
    theirs = [b for b in ref if b.quantity.kind == "weekday"]
    for a in (a for a in cand if theirs and a.quantity.kind == "weekday"):
        same = [b for b in nearest(a, theirs) if after(a) == after(b) != "" or _before(a) == _before(b) != ""]
        found += [a, *same] if same or len(theirs) == 1 else []
    return found


def recounted(
    cand: list[Placed], ref: list[Placed], every: tuple[Sequence[Placed], Sequence[Placed]]
) -> list[tuple[Placed, Placed]]:
    """Open numbers with one that stands on the other side more often than on this one and beside the same word: `four
    tests four weeks ago` for `four tests three weeks ago`. `every` is all that candidate and reference have."""
    if not (cand or ref):
        return []
    more_here, more_there = _surplus(*every), _surplus(*reversed(every))
    able = [(a, b) for a in cand for b in nearest(a, more_there) if _stand_alike(a, b)]
    able += [(a, b) for b in ref for a in nearest(b, more_here) if _stand_alike(a, b)]
    found: list[tuple[Placed, Placed]] = []
    taken: set[int] = set()
    for pair in able:
        sides = {id(side) for side in pair}
        if not sides & taken:
            found.append(pair)
            taken |= sides
    return found


def _surplus(side: Sequence[Placed], other: Sequence[Placed]) -> list[Placed]:
    """The numbers of a side whose value it has more often than the other side."""
    here, there = ([p for p in s if p.quantity.kind == "number"] for s in (side, other))
    more = Counter(p.quantity.value for p in here) - Counter(p.quantity.value for p in there)
    return [p for p in here if more[p.quantity.value]]


def _stand_alike(a: Placed, b: Placed) -> bool:
    """True for two numbers above one before or behind the same content word."""
    small = min(a.quantity.value or 0, b.quantity.value or 0) <= 1
    if small or a.quantity.kind != "number" or a.quantity.value == b.quantity.value:
        return False
    following, before = after(a), _before(a)
    if a.to is not None and a.to == b.to:
        return True
    if following == after(b) and following and following not in ENGLISH:
        return True
    return before == _before(b) != "" and before not in ENGLISH


_DAY = {"number", "date"}
_KINDS = {"number": "n", "decade": "n", "time": "t", "date": "d", "identifier": "i", "weekday": "w", "roman": "r"}


class _Seen(NamedTuple):
    """A quantity with what is asked of it beside each of the other side."""

    item: Placed
    quantity: Quantity
    text: str
    digits: str
    after: str


def _seen(item: Placed) -> _Seen:
    return _Seen(item, item.quantity, item.text, _digits(item.text), after(item))


def _likeness(a: _Seen, b: _Seen, alone: bool) -> float:
    """How likely `a` stands for `b`; 0 where the two are not comparable."""
    p, q = a.quantity, b.quantity
    if "identifier" in (p.kind, q.kind) and _of_one_length(a.text, b.text):
        return 3.0 if _shared(a.digits, b.digits) >= _MOST_DIGITS else 0.0
    if _KINDS[p.kind] != _KINDS[q.kind]:
        dated = {p.kind, q.kind} == {"number", "date"} and _near_year(p, q)
        return 1.0 if dated or ({p.kind, q.kind} == {"number", "time"} and alone) else 0.0
    if p.kind == "identifier":
        return 2.0 if _stem(p) == _stem(q) else 0.0
    # Before the same word, or before the last number of the same range.
    same_context = a.after == b.after != "" or (a.item.to is not None and a.item.to == b.item.to)
    if p.kind == "roman":
        placed = _before(a.item) == _before(b.item) != ""
        single = 1 in (len(a.text), len(b.text))  # I may be a word
        return 2.0 if placed or (not single and (alone or same_context)) else 0.0
    if p.value is not None and p.value == q.value and (p.counts_otherwise(q) or p.label != q.label):
        return 4.0
    if p.weak or q.weak:
        both = p.weak and q.weak and min(p.value or 0, q.value or 0) > 1
        return 1.0 if alone and (same_context or both) else 0.0
    if off_by_tens(p.value, q.value):
        return 5.0
    return 1.0 + 2.0 * same_context + alone + _shared(a.digits, b.digits)


_FEWEST_DIGITS, _MOST_DIGITS = 8, 0.6  # of two numbers of a book or telephone: so many digits are the same ones


def _of_one_length(a: str, b: str) -> bool:
    """True for two long numbers of as many digits, however they are parted."""
    x, y = (sum(map(str.isdigit, text)) for text in (a, b))
    return x == y >= _FEWEST_DIGITS


def _near_year(p: Quantity, q: Quantity) -> bool:
    number, date = (p, q) if p.kind == "number" else (q, p)
    years = {day.year for day in date.days}
    return number.value is not None and None not in years and 1000 <= number.value <= 2100


def _stem(q: Quantity) -> str:
    return next((text.partition("-")[0] for kind, text in sorted(q.keys) if kind == "i"), "")


def after(item: Placed) -> str:
    """The stem of the word after a quantity."""
    return _first(item.passage.text[item.quantity.end : item.quantity.end + _REACH])


_REACH = 40  # characters: a word and more
_KNOWN = 16384  # places and numbers: in a long passage each is held against many


@lru_cache(maxsize=_KNOWN)
def _first(text: str) -> str:
    following = words(text)
    return stem(following[0].text) if following else ""


def _before(item: Placed) -> str:
    """The stem of the word before a quantity."""
    return _last(item.passage.text[max(0, item.quantity.start - _REACH) : item.quantity.start])


@lru_cache(maxsize=_KNOWN)
def _last(text: str) -> str:
    preceding = words(text)
    return stem(preceding[-1].text) if preceding else ""


def _shared(a: str, b: str) -> float:
    """Share of the digits of two numbers that are the same at the same place, 0 to 1."""
    return sum(map(eq, a, b)) / max(len(a), len(b)) if a and b else 0.0


@lru_cache(maxsize=_KNOWN)
def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def alike(a: Placed, b: Placed) -> bool:
    """True for dates, and for two numbers of which one may be a slip of the other: half its digits, or tens of it."""
    p, q = a.quantity, b.quantity
    dated = {p.kind, q.kind} & {"date", "weekday"}
    return bool(dated) or off_by_tens(p.value, q.value) or _shared(_digits(a.text), _digits(b.text)) >= _HALF


_HALF = 0.5  # of the digits: a slip leaves the others


def off_by_tens(a: Decimal | None, b: Decimal | None) -> bool:
    """True where one is the other times 10, 100, 1000 ..."""
    if not a or not b or a == b:
        return False
    return _figures(a) == _figures(b)


@lru_cache(maxsize=_KNOWN)
def _figures(value: Decimal) -> tuple[int, ...]:
    """The digits of a value without noughts at its ends, which are the same for all its tens."""
    return value.normalize().as_tuple().digits
