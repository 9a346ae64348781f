"""The numbers of a candidate held against its source, each side read in its own language.

A human translator rounds, converts, writes a number in words, and says `a decade` for ten years. So what can be the
same is taken for the same: silence is the rule where the two sides may agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from evalkit.detectors.numbers.pairs import Placed, pairs_of
from evalkit.language.codes import bare, with_region
from evalkit.language.numbers.conversion import converted, dimension
from evalkit.language.numbers.lexicon import BY_CHARACTER, fold, knows_words
from evalkit.language.numbers.quantity import Quantity
from evalkit.language.numbers.scan import plain_digits, scan
from evalkit.language.numbers.units import MONEY, unit_words
from evalkit.language.packs import values_of
from evalkit.records import Context, Finding, Passage, Unit
from evalkit.text.words import words

_RUN = re.compile(r"\d+")
_FIGURES = re.compile(r"\d+(?:[.,'’]\d+)*"), re.compile(r"\d+(?:[^\w\s]{1,2}\d+)+")  # 4.5; 2-1 and 3:35
_SPACED = re.compile(r"\d+(?:[.,] \d+)+")
_SMALL = 13  # numbers below are said in words, by an article, a dual or an ending, in ways no list has
_ROUND_FROM, _DIGITS = 100, 2  # what is larger is rounded (5.34 million, 5.3 million), to two digits and more
_COUNTS_OF_TIME = (7, 12, 24, 30, 60)  # a multiple is said in weeks, months, years, days, hours
_HALVES = ("00", "15", "30", "45")  # minutes that have words
_TIME = frozenset("second minute hour day week month".split())  # noqa: SIM905
_ROUNDED_BY = Decimal("0.12")  # 320 km for 200 miles, 300 kg for 650 pounds
# By what a figure is multiplied when its unit is put into one that the other side writes and nobody reads.
_RATIOS = {
    unit: tuple(map(Decimal, ratios.split())) for unit, ratios in values_of("languages", "units_converted").items()
}
_IMPERIAL = frozenset(_RATIOS) - {*_TIME, "year"}
_DAY = {"number", "date"}
_LEAST_DECADE = 10  # the ninth decade is the eighties
_CENTURIES = range(10, 22)
_OLDEST = 100  # years of a person
_JOINED = re.compile(r"\d[^\W\d_]")
_AGE = re.compile(r"[,(]\s?$"), re.compile(r"\s?[,)]")


class Differences(NamedTuple):
    """What the two sides of a unit do not share: (candidate, source) pairs, and the rest of each side."""

    pairs: list[tuple[Placed, Placed]]
    added: list[Placed]
    missing: list[Placed]


class Sides:
    """The quantities of a unit's candidate and source, and what of them has no answer on the other side."""

    def __init__(self, unit: Unit, source: Passage, candidate: Passage, context: Context) -> None:
        self.unit, self.document = unit, unit.document
        self._lang = bare(context.lang)
        self._source_lang, self._source_text = bare(context.source_lang), source.text
        self.words_known = knows_words(self._lang)
        self.by_character = bare(context.source_lang) in BY_CHARACTER
        self.source = [Placed(q, unit, source) for q in scan(source.text, with_region(context.source_lang))]
        self.candidate = [Placed(q, unit, candidate) for q in scan(candidate.text, with_region(context.lang))]
        self._figures = _figures(source.text), _figures(candidate.text)

    def has(self, item: Placed) -> bool:
        """True where the source may have what stands at a place of the candidate or of a reference."""
        return _answered(item, self.source, self._figures[0])

    @cached_property
    def references(self) -> list[Placed]:
        """The quantities of the unit's references."""
        return [Placed(q, self.unit, p) for p in self.unit.references for q in scan(p.text, self._lang)]

    def in_reference(self, found: Finding) -> Placed | None:
        """The quantity of a reference that a finding is about."""
        return next((p for p in self.references if p.text == found.text), None)

    def reference_agrees(self, item: Placed) -> bool:
        """True where a reference has what the candidate has, or lacks as it does what the source has."""
        if not self.unit.references:
            return False
        figures = _figures(" ".join(p.text for p in self.unit.references))
        there = _answered(item, self.references, figures)
        return there if item.passage is self.unit.candidate else not there

    @cached_property
    def open_candidate(self) -> list[Placed]:
        """The candidate's numbers that the source does not have."""
        return [p for p in self.candidate if _tells(p.quantity) and not self.has(p)]

    @cached_property
    def open_source(self) -> list[Placed]:
        """The source's numbers that the candidate does not have."""
        return [p for p in self.source if _tells(p.quantity) and not _answered(p, self.candidate, self._figures[1])]

    def differences(self) -> Differences:
        """What is surely different; nothing of a unit in which measures were converted."""
        mine, theirs = self.open_candidate, self.open_source
        if not mine and not theirs:
            return Differences(list(self._other_units()), [], [])
        if (
            any(p.quantity.unit in _IMPERIAL for p in (*self.source, *self.candidate))
            and min(len(mine), len(theirs)) > 1
        ):
            theirs = [p for p in theirs if not _measured(p)]
            mine = [p for p in mine if not _measured(p)] if theirs else []
        one_each = len(mine) == len(theirs) == 1 and {mine[0].quantity.kind, theirs[0].quantity.kind} == _DAY
        likely = [(mine[0], theirs[0])] if one_each else pairs_of(mine, theirs)  # 30 September, 41 September
        pairs = [(a, b) for a, b in likely if self._comparable(a, b)]
        paired = {id(side) for pair in pairs for side in pair}
        units = {p.quantity.unit for p in self.source}
        added = [p for p in mine if id(p) not in paired and _sure_alone(p) and p.quantity.unit in {"", *units}]
        added = [p for p in added if any(map(str.isdigit, p.text)) and not self._measures_named]
        missing = [p for p in theirs if id(p) not in paired and _sure_alone(p)]
        return Differences(pairs, added if not theirs else [], missing if self.words_known and not mine else [])

    def _other_units(self) -> Iterator[tuple[Placed, Placed]]:
        """Equal values of which one side counts euros and the other dollars, and which neither has otherwise."""
        for b in self.source:
            same = [a for a in self.candidate if a.quantity.value == b.quantity.value]
            equal = [p for p in self.source if p.quantity.value == b.quantity.value]
            one = len(same) == len(equal) == 1 and b.quantity.kind == same[0].quantity.kind == "number"
            if one and same[0].quantity.counts_otherwise(b.quantity) and not b.quantity.weak:
                money = {same[0].quantity.unit, b.quantity.unit} & {*MONEY, "%"}
                if money or (dimension(same[0].quantity) and dimension(b.quantity)):
                    yield same[0], b

    @cached_property
    def _measures_named(self) -> bool:
        """True where the source names a unit that is converted: a two-foot brim."""
        known = unit_words(self._source_lang)
        names = (fold(word.text) for word in words(self._source_text))
        return any(known.get(name) in _IMPERIAL for name in names)

    def _comparable(self, a: Placed, b: Placed) -> bool:
        """False where the two need not say the same kind of thing, or in words that nobody reads."""
        p, q = a.quantity, b.quantity
        if "weekday" in {p.kind, q.kind}:
            days = [[d for d in side if d.quantity.kind == "weekday"] for side in (self.candidate, self.source)]
            return all(len({d.quantity.keys for d in side}) == 1 for side in days)
        if "decade" in {p.kind, q.kind} and (p.value or 0) < _LEAST_DECADE:
            return False
        if not self.words_known and any(map(str.isalpha, a.text + b.text)):
            return p.kind == q.kind == "date"
        return not _converted(a, b)


def against_source(unit: Unit, context: Context) -> Sides | None:
    """The two sides of a unit; None where it has no source, or nobody says in which language that is."""
    if unit.source is None or not unit.source.segments or not context.source_lang:
        return None
    if unit.candidate is None or not unit.candidate.text.strip():
        return None
    return Sides(unit, unit.source, unit.candidate, context)


def _figures(text: str) -> frozenset[tuple[str, ...]]:
    """The figures of a text as their runs of digits: what has the same runs is the same, however it was read."""
    plain = plain_digits(text)
    patterns = (*_FIGURES, _SPACED)
    return frozenset(tuple(_RUN.findall(figure)) for pattern in patterns for figure in pattern.findall(plain))


def _spaced(item: Placed) -> frozenset[tuple[str, ...]]:
    """The runs of the figure with a blank in it (167, 000) that a number is part of, if it is."""
    plain = plain_digits(item.passage.text)
    found = (m for m in _SPACED.finditer(plain) if m.start() < item.quantity.end and item.quantity.start < m.end())
    return frozenset(tuple(_RUN.findall(m.group())) for m in found)


def _answered(item: Placed, others: Sequence[Placed], figures: frozenset[tuple[str, ...]]) -> bool:
    q = item.quantity
    run = tuple(_RUN.findall(plain_digits(item.text)))
    if run and (
        run in figures
        or (q.kind == "time" and _clocked(run, figures))
        or _listed(run, figures)
        or _short_year(run, figures)
    ):
        return True
    return any(_may_be(q, other.quantity) for other in others)


def _may_be(p: Quantity, q: Quantity) -> bool:
    """True where both can mean the same; two dates of one year need not."""
    if p.days and q.days:
        return p.matches(q)
    return p.matches(q) or not p.keys.isdisjoint(q.keys) or _rounded(p, q) or converted(p, q)


def _clocked(run: tuple[str, ...], figures: frozenset[tuple[str, ...]]) -> bool:
    """True where the parts of a time stand one by one (3 minutes 35), or its hour without them (half past five)."""
    return all((part,) in figures for part in run[: 1 if run[-1] in _HALVES else None])


def _listed(run: tuple[str, ...], figures: frozenset[tuple[str, ...]]) -> bool:
    """True for a day and a year that a comma ties: 19,1953."""
    return len(run) > 1 and len(run[-1]) > len("999") and all((part,) in figures for part in run)


def _short_year(run: tuple[str, ...], figures: frozenset[tuple[str, ...]]) -> bool:
    """True for 2019 beside the summer collection SS19."""
    return len(run) == 1 and len(run[0]) == len("2019") and (run[0][2:],) in figures


def _rounded(p: Quantity, q: Quantity) -> bool:
    """True where one value is the other rounded."""
    if not p.value or not q.value or max(abs(p.value), abs(q.value)) < _ROUND_FROM or p.days or q.days:
        return False
    short, long = sorted((p.value, q.value), key=lambda v: len(v.normalize().as_tuple().digits))
    if max(short, long) == (min(short, long) - 1) * 100 and min(short, long) in _CENTURIES:
        return True  # the 19th century, 1800-luku
    digits = len(short.normalize().as_tuple().digits)
    exact = len(long.normalize().as_tuple().digits)
    step = Decimal(1).scaleb(short.adjusted() - digits + 1)
    return _DIGITS <= digits < exact and abs(p.value - q.value) <= step / 2


def _tells(q: Quantity) -> bool:
    if q.kind == "weekday":
        return True
    if q.kind == "date":
        return bool(q.keys)  # a month alone is read in few languages
    return not q.weak and q.kind in ("number", "time", "decade") and q.value != 0


def _measured(item: Placed) -> bool:
    return item.quantity.kind == "number"


def _converted(a: Placed, b: Placed) -> bool:
    """True where the two may say one measure in two units (60 days, two months), or one tells an hour alone."""
    p, q = a.quantity, b.quantity
    if "time" in {p.kind, q.kind} != {"time"}:
        return True
    if not p.value or not q.value or not (_counts(p) or _counts(q)) or p.unit == q.unit:
        return False
    if p.unit and q.unit:
        return _counts(p) and _counts(q)  # two measures, whatever they are
    known = _RATIOS.get(p.unit or q.unit, ())
    share = p.value / q.value if q.unit else q.value / p.value
    return any(abs(share / ratio - 1) <= _ROUNDED_BY for ratio in known)


def _counts(q: Quantity) -> bool:
    return q.unit in _RATIOS or (bool(q.unit) and q.unit != "%" and q.unit not in MONEY)  # a pound is both


def _sure_alone(item: Placed) -> bool:
    """True for a number that is hardly said in another way."""
    q = item.quantity
    if q.kind in ("date", "time"):
        return not q.days or all(day.day != 1 or day.year for day in q.days)  # the first of October
    if _JOINED.search(item.text):  # 19th: its ending says it in words
        return False
    if q.kind != "number" or q.value is None or abs(q.value) < _SMALL:
        return False
    if q.unit == "%":
        return q.value != 100  # wholly, entirely
    if q.unit in _TIME:
        return all(q.value % count for count in _COUNTS_OF_TIME)
    return (not q.unit or q.unit in MONEY) and not _age(item)


def _age(item: Placed) -> bool:
    """True for what may be the years of a person, which many languages say in one word."""
    q, text = item.quantity, item.passage.text
    apart = _AGE[0].search(text, max(0, q.start - 2), q.start) and _AGE[1].match(text, q.end)
    return bool(apart) and q.value is not None and 0 < q.value < _OLDEST
