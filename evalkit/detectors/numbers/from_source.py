"""The numbers of a candidate held against its source, each side read in its own language.

A human translator rounds, converts, writes a number in words, and says `a decade` for ten years. So what can be the
same is taken for the same: silence is the rule where the two sides may agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from evalkit.detectors.numbers.alone import in_longer_word, names_scale, names_span, names_unit, sure_alone
from evalkit.detectors.numbers.answers import IMPERIAL, answered, day_lost, in_other_unit
from evalkit.detectors.numbers.held import Known
from evalkit.detectors.numbers.moments import begun_minute, half_said, hour_alone, is_minute, is_seconds, is_told_minute
from evalkit.detectors.numbers.pairs import Placed, likely_pairs, nearest
from evalkit.detectors.numbers.read import Read
from evalkit.detectors.numbers.reckoned import Reckoned, may_be_reckoned, reckoned
from evalkit.detectors.numbers.tells import months_of, tells
from evalkit.language.numbers.conversion import apart, dimension
from evalkit.language.numbers.lexicon import fold
from evalkit.language.numbers.units import MONEY, has_sign, is_exact_unit, unit_words
from evalkit.records import Context, Unit

_LETTERS = re.compile(r"[^\W\d_]+")
_SCALES = (10**3, 10**6, 10**9, 10**12)  # what a word that is not read multiplies by
_LEAST_DECADE = 10  # the ninth decade is the eighties


class Differences(NamedTuple):
    """What the two sides of a unit do not share: (candidate, source) pairs, and the rest of each side."""

    pairs: list[tuple[Placed, Placed]]
    added: list[Placed]
    missing: list[Placed]


class Sides(Read):
    """The quantities of a unit's candidate and source, and what of them has no answer on the other side."""

    @cached_property
    def open_candidate(self) -> list[Placed]:
        """The candidate's numbers that the source does not have."""
        zones = any(not m.unit for m in self._to_reckon)
        mine = [p for p in self.candidate if tells(p) and not self.has(p)]
        mine = [p for p in mine if not begun_minute(p, self._moments[0])]
        mine = [p for p in mine if self._reckoned_here.isdisjoint(range(p.quantity.start, p.quantity.end))]
        if not any(p.quantity.kind == "time" for p in self.source):  # a quarter past five
            mine = [p for p in mine if not half_said(p.quantity, self._source_text, self._source_lang)]
        mine = [p for p in mine if not is_told_minute(p, self.source, self.figures[1])]
        return [p for p in mine if not (zones and p.quantity.kind == "time")]

    @cached_property
    def open_source(self) -> list[Placed]:
        """The source's numbers that the candidate does not have."""
        theirs = [p for p in self.source if tells(p) and not self._reckoned(p) and self._unanswered(p)]
        return [p for p in theirs if not is_seconds(p, self.figures[1])]

    def has_the_rest(self, item: Placed) -> bool:
        """True where the candidate has the month or the year of a date, but not its day."""
        return day_lost(item.quantity, self._candidate_keys, self.figures[1])

    def _reckoned(self, item: Placed) -> bool:
        """True for a measure or a time that a translator reckons for his readers: 6ft 4in, 80 degrees, 8pm ET; not
        where the candidate has the measure as well."""
        q = item.quantity
        places = range(q.start, q.end) if self._to_reckon else ()
        unit = min((self._reckoned_at[at] for at in places if at in self._reckoned_at), default=(0, None))[1]
        named = unit is None or names_unit(self._text, unit, self._lang)
        return not named and may_be_reckoned(item, unit or "", self.candidate)

    @cached_property
    def _reckoned_here(self) -> frozenset[int]:
        """Where the candidate has measures in short forms, by character: 5'5" for 1.65 m."""
        return frozenset(at for m in reckoned(self._text, self._lang) if m.unit for at in range(m.start, m.end))

    @cached_property
    def _reckoned_at(self) -> dict[int, tuple[int, str]]:
        """By character the first of those that stand there: its number, and its unit."""
        return {at: (n, m.unit) for n, m in reversed([*enumerate(self._to_reckon)]) for at in range(m.start, m.end)}

    @cached_property
    def _to_reckon(self) -> list[Reckoned]:
        found = reckoned(self._source_text, self._source_lang)
        return [m for m in found if m.unit or not self._clock_kept(self._source_text[m.start : m.end])]

    def _clock_kept(self, time: str) -> bool:
        """True where the candidate names the time zone itself, or has times with no such minutes: zones are hours
        apart, or quarters of one."""
        zone = _LETTERS.findall(time)[-1]
        if zone.isupper() and zone in self._names:
            return True
        theirs, mine = self._minutes
        return bool(mine) and mine.isdisjoint(theirs)

    def _unanswered(self, item: Placed) -> bool:
        q, figures = item.quantity, self.figures[1]
        if answered(item, self.candidate, figures):
            return day_lost(q, self._candidate_keys, figures)
        if (
            half_said(q, self._text, self._lang)
            or begun_minute(item, self._moments[1])
            or (self._reckoned_here and dimension(q))
        ):
            return False
        return q.value is None or not in_longer_word(q.value, self._text, self._lang)

    def differences(self) -> Differences:
        """What is surely different; nothing of a unit in which measures were converted."""
        mine, theirs = self.open_candidate, self.open_source
        if not mine and not theirs:
            return Differences([*self._other_units(), *self._other_month()], [], [])
        imperial = any(p.quantity.unit in IMPERIAL for p in (*self.source, *self.candidate))
        if imperial and min(len(mine), len(theirs)) > 1:
            theirs = [p for p in theirs if p.quantity.kind != "number"]
            mine = [p for p in mine if p.quantity.kind != "number"] if theirs else []
        likely = likely_pairs(mine, theirs)
        pairs = [(a, b) for a, b in likely if self._comparable(a, b) and not hour_alone(a, b)]
        paired = {id(side) for pair in likely for side in pair}
        other = ((a, b) for a, b in self._other_units() if dimension(a.quantity) != dimension(b.quantity))
        pairs += [(a, b) for a, b in other if not {id(a), id(b)} & paired]  # where 6 inches are 15 cm, 10 may be 25
        pairs += [(a, b) for a, b in self._other_month() if not {id(a), id(b)} & paired]
        # What may say the other in its own way: another weekday is no number.
        free = [[p for p in side if id(p) not in paired] for side in (mine, theirs)]
        said = [any(p.quantity.kind != "weekday" for p in side) for side in free]
        added = [p for p in free[0] if self._added(p)] if not said[1] else []
        lost = [p for p in free[1] if self._lost(p)] if self.words_known and not said[0] else []
        return Differences(pairs, added, lost + [b for a, b in likely if hour_alone(a, b)])

    def _lost(self, item: Placed) -> bool:
        """Nothing was converted where all numbers of the candidate are the source's; 27:37 may be the 28th minute."""
        if self.open_candidate and self._source_text[: item.quantity.start].endswith(":"):
            return False
        return sure_alone(item, self.candidate, self._text, self._lang, kept=self._no_other_figures)

    @cached_property
    def _no_other_figures(self) -> bool:
        mine = [p for p in self.candidate if p.quantity.kind != "weekday" and p.quantity.value]
        theirs = {part for run in self.figures[0] for part in run}
        known = Known(q.quantity for q in self.source)
        return all(part in theirs for run in self.figures[1] for part in run) and all(
            known.matches(p.quantity) for p in mine
        )

    def _added(self, item: Placed) -> bool:
        """A day without its year may be what the source shortens or says otherwise: on Oct., last Friday."""
        q, units = item.quantity, {"", *self._source_units}
        if not names_span(self._source_text, "decade", self._source_lang):
            units.add("year")  # an age may stand without it
        if (q.days and not any(day.year for day in q.days)) or q.unit not in units:
            return False
        if self.measures_named and not (q.unit in IMPERIAL and q.unit in self._source_units):
            return False  # what is in miles on both sides was not converted
        return sure_alone(item, self.source, self._source_text, self._source_lang)

    def _other_units(self) -> Iterator[tuple[Placed, Placed]]:
        """Equal values of which one side counts euros and the other dollars, and which neither has otherwise."""
        for b in self.source:
            same = [a for a in nearest(b, self.candidate) if a.quantity.value == b.quantity.value]
            equal = [p for p in nearest(b, self.source) if p.quantity.value == b.quantity.value]
            one = len(same) == len(equal) == 1 and b.quantity.kind == same[0].quantity.kind == "number"
            if not one or b.quantity.weak or not self._other_unit(same[0], b):
                continue
            if self.converts(same[0]):
                continue  # 20 to 30 miles, 30 to 50 kilometres
            named = names_unit(self._text, b.quantity.unit, self._lang)  # الدقيقة 89 يوم السبت
            if not named and not names_unit(self._source_text, same[0].quantity.unit, self._source_lang):
                yield same[0], b

    def _other_month(self) -> Iterator[tuple[Placed, Placed]]:
        """The months of both sides where each names but one, and alone: one of several may be said otherwise."""
        mine, theirs = (months_of(side) for side in (self.candidate, self.source))
        if len(mine) == len(theirs) == 1 and mine.keys() != theirs.keys():
            (a,), (b,) = mine.values(), theirs.values()
            if not a.quantity.keys and not b.quantity.keys:
                yield a, b

    def _other_unit(self, a: Placed, b: Placed) -> bool:
        """True for two currencies, and for two measures of other names, of one kind or of two (kilometres, kilograms);
        not for yards and metres, which are the same when rounded. Money or a share against a measure, or the one
        against the other, where both are written in full and neither text has a sign of the other's."""
        p, q = a.quantity, b.quantity
        if {p.unit, q.unit} <= MONEY:
            return p.counts_otherwise(q)
        kinds = dimension(p), dimension(q)
        if all(kinds):
            return p.counts_otherwise(q) and (kinds[0] != kinds[1] or apart(p, q))
        return (
            p.counts_otherwise(q)
            and is_exact_unit(self._text, p.start, p.end, self._lang)
            and is_exact_unit(self._source_text, q.start, q.end, self._source_lang)
            and not has_sign(self._text, q.unit)
            and not has_sign(self._source_text, p.unit)
        )

    @cached_property
    def measures_named(self) -> bool:
        """True where the source names a unit that is converted: a two-foot brim."""
        known = unit_words(self._source_lang)
        names = map(fold, _LETTERS.findall(self._source_text))
        return bool(self._to_reckon) or any(known.get(name) in IMPERIAL for name in names)

    def _comparable(self, a: Placed, b: Placed) -> bool:
        """False where the two need not say the same kind of thing, or in words that nobody reads."""
        p, q = a.quantity, b.quantity
        if "weekday" in {p.kind, q.kind}:
            return self._one_weekday_each
        if "decade" in {p.kind, q.kind} and (p.value or 0) < _LEAST_DECADE:
            return False
        if {p.kind, q.kind} == {"number", "time"}:
            return is_minute(p, q, self.figures[1])
        if not self.words_known and any(map(str.isalpha, a.text + b.text)):
            return p.kind == q.kind == "date"
        if dimension(p) and not q.unit and self.measures_named:
            return False  # 375-pound, 170 Kilogramm
        named = names_unit(self._text, q.unit, self._lang)
        return not in_other_unit(a, b, named=named) and not self._scale_unread(a, b)

    def _scale_unread(self, a: Placed, b: Placed) -> bool:
        """True where one is a thousand, a million ... times the other, behind which may stand the word for it in a
        form that nobody reads: 100 minə."""
        if not a.quantity.value or not b.quantity.value:
            return False
        small, lang = (a, self._lang) if abs(a.quantity.value) < abs(b.quantity.value) else (b, self._source_lang)
        times = max(a.quantity.value / b.quantity.value, b.quantity.value / a.quantity.value)
        return times in _SCALES and names_scale(small, lang)


def against_source(unit: Unit, context: Context) -> Sides | None:
    """The two sides of a unit; None where it has no source, or nobody says in which language that is."""
    if unit.source is None or not unit.source.segments or not context.source_lang:
        return None
    if unit.candidate is None or not unit.candidate.text.strip():
        return None
    return Sides(unit, unit.source, unit.candidate, context)
