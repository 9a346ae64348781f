"""The `numbers` detector: numbers and dates that differ from the reference's, dates no calendar has."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import ClassVar, NamedTuple

from evalkit.detectors._nearby import Nearby
from evalkit.detectors._units import candidates, comparable, language, language_of, locate, trusted
from evalkit.detectors._verbatim import is_close, is_verbatim
from evalkit.detectors.numbers.alone import in_form, in_longer_word
from evalkit.detectors.numbers.formats import kept_formats
from evalkit.detectors.numbers.from_source import Sides, against_source
from evalkit.detectors.numbers.held import Alike, Held, Known
from evalkit.detectors.numbers.index import Index
from evalkit.detectors.numbers.judge import findings_of, judged, told_with
from evalkit.detectors.numbers.lists import parts_of_list
from evalkit.detectors.numbers.pairs import Placed, after, off_by_tens, pairs_of, placed, recounted, weekdays_in_place
from evalkit.detectors.numbers.rules import ADDED, DATE, FORMAT, MALFORMED, MISMATCH, MISSING, UNIT
from evalkit.language.codes import bare, with_region
from evalkit.language.numbers.dates import knows_months
from evalkit.language.numbers.lexicon import knows_words
from evalkit.language.numbers.malformed import malformed
from evalkit.language.numbers.quantity import Key, Quantity
from evalkit.language.numbers.scan import scan
from evalkit.records import Context, Finding, Passage, Rule, Severity, Side, Unit
from evalkit.records.findings import VERBATIM, finding, span_of


class _Open(NamedTuple):
    """What is left of a unit without a match."""

    candidate: list[Placed]
    reference: list[Placed]


class _Sides(NamedTuple):
    """The quantities of a unit: of the candidate, and of each reference."""

    unit: Unit
    candidate: list[Placed]
    references: tuple[list[Placed], ...]
    reference_langs: tuple[str, ...]
    left: _Open


@dataclass(frozen=True)
class NumberDetector:
    """Numbers and dates by value: against the source where there is one, and against the reference in the unit first,
    then in the units near it.

    With several references the one that leaves least unmatched is compared; a number any other
    reference has is no finding. In a report or summary what is missing is no finding.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "numbers"
    rules: ClassVar[tuple[Rule, ...]] = (MISMATCH, UNIT, MISSING, ADDED, DATE, MALFORMED, FORMAT)

    by_source: ClassVar[tuple[str, ...]] = tuple(rule.id for rule in (MISMATCH, UNIT, MISSING, ADDED, DATE))

    @classmethod
    def silent(cls, lang: str) -> dict[str, str]:
        """Judged by digits alone: a language whose number words, or months, are not known."""
        found: dict[str, str] = {}
        if not knows_words(bare(lang)):
            said = "not all number words are known, so numbers in words are not checked"
            found |= dict.fromkeys((MISMATCH.id, UNIT.id, MISSING.id, ADDED.id), said)
        if not knows_months(bare(lang)):
            said = "the names of its months are not known (CLDR), so dates in words are not checked"
            found |= dict.fromkeys((DATE.id, MALFORMED.id), said)
        return found

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        tag = with_region(context.lang)
        for unit, _, segment in candidates(units):
            for bad in malformed(segment.text, tag):
                message = f"{segment.text[bad.start : bad.end]!r} is not a valid date: {bad.reason}"
                yield finding(MALFORMED, self.name, unit, segment, bad.start, bad.end, message)
        yield from kept_formats(units, context, self.name)
        sourced: dict[str, Sides] = {u.id: s for u in units if (s := against_source(u, context)) is not None}
        told = dict(findings_of(list(sourced.values()), context))
        documents: dict[str, list[Unit]] = {}
        for unit in units:
            if trusted(unit, context):
                documents.setdefault(unit.document, []).append(unit)
        near = Nearby(units, context)
        kept: list[Finding] = []
        again: list[Finding] = []
        for members in documents.values():
            for f in self._document(members, near, context):
                sides, known = sourced.get(f.unit), told.get(f.unit, [])
                if (said := judged(f, sides, known)) is None:
                    continue
                if not told:  # with a source what it says comes first, once it is known what is told again
                    yield said
                    continue
                kept.append(said)
                again += told_with(said, sides, known)
        yield from (f for found in told.values() for f in found if f not in again)
        yield from kept

    def _document(self, units: list[Unit], near: Nearby, context: Context) -> Iterator[Finding]:
        """Unit by unit, after what merely moved to a unit near by is taken out. Of very many units the quantities are
        read again for each, and not held."""
        read = lru_cache(maxsize=_HELD)(lambda number: _sides(units[number], context))
        moved_from = Index(units, lambda number: item.left.reference if (item := read(number)) else ())
        moved_to = Index(units, lambda number: item.left.candidate if (item := read(number)) else ())
        # A report or summary may say a thing twice; of a translation's numbers each answers one of its reference.
        twice = Index(units, lambda number: chain.from_iterable(item.references if (item := read(number)) else ()))
        indexes = (moved_from, moved_to, *((twice,) if context.kind != "translation" else ()))
        numbers = array("q")
        for number in range(len(units)):
            if read(number):
                numbers.append(number)
                for index in indexes:
                    index.add(number)
        for item in filter(None, map(read, numbers)):
            if not comparable(item.unit, context):
                continue
            here = weekdays_in_place(item.left.candidate, item.left.reference)
            cand = [q for q in item.left.candidate if q in here or not moved_from.has(q, near.has)]
            ref = [q for q in item.left.reference if q in here or not moved_to.has(q, near.has)]
            pairs = pairs_of(cand, ref)
            if len(item.references) == 1:
                stand = {id(side) for pair in pairs for side in pair}
                free = [[p for p in side if id(p) not in stand] for side in (cand, ref)]
                pairs += recounted(free[0], free[1], (item.candidate, item.references[0]))
            # Of a range with another year the end that says it is told, not the month before it as well.
            yield from (self._mismatch(a, b) for a, b in pairs if not (a.quantity.days and a.text == b.text))
            paired = {id(side) for pair in pairs for side in pair}
            for a in cand:
                said = twice.has(a, _other) or _of_bad_date(a, with_region(context.lang))
                if id(a) not in paired and _telling(a.quantity) and not said and _readable(a, item.reference_langs):
                    yield self._single(ADDED, a, "candidate", "is not in the reference")
            for b in ref if context.kind == "translation" else ():
                if id(b) in paired or not _telling(b.quantity) or _in_a_word(b, item.unit, language(context)):
                    continue
                if _readable(b, (language(context),)):
                    yield self._single(MISSING, b, "reference", "is not in the candidate")

    def _mismatch(self, a: Placed, b: Placed) -> Finding:
        kinds = {a.quantity.kind, b.quantity.kind}
        rule = DATE if kinds & {"date", "weekday"} else MISMATCH
        parted = rule is MISMATCH and _digits(a.text) == _digits(b.text) != ""
        grave = rule is MISMATCH and not parted and off_by_tens(a.quantity.value, b.quantity.value)
        severity: Severity = "critical" if grave else "major"
        segment, start, end = locate(a.passage, a.quantity.start, a.quantity.end)
        other = span_of(b.passage, *locate(b.passage, b.quantity.start, b.quantity.end))
        message = f"{a.text!r} where the reference has {b.text!r}"
        if a.quantity.counts_otherwise(b.quantity) and a.quantity.value == b.quantity.value:
            rule, message = UNIT, f"{a.text!r} has the unit {a.quantity.unit}, in the reference it is {b.quantity.unit}"
        # 441.611 for 441,611 is a foreign way of writing more often than another value.
        evidence = "separator" if parted else "tens" if grave else "beside" if after(a) == after(b) != "" else "apart"
        if not parted and _contradicts(a, b):
            evidence = VERBATIM
        elif not parted and not grave and is_close(a.passage.text, b.passage.text):
            evidence = _CLOSE
        return finding(
            rule, self.name, a.unit, segment, start, end, message, severity=severity, expected=(b.text,), other=other,
            evidence=evidence,
        )  # fmt: skip

    def _single(self, rule: Rule, item: Placed, side: Side, said: str) -> Finding:
        segment, start, end = locate(item.passage, item.quantity.start, item.quantity.end)
        references = item.unit.references if rule is ADDED else ()
        close = bool(references) and is_close(item.passage.text, references[0].text)
        return finding(
            rule, self.name, item.unit, segment, start, end, f"{item.text!r} {said}", side=side,
            evidence=_CLOSE if close else "",
        )  # fmt: skip


def _contradicts(a: Placed, b: Placed) -> bool:
    """True where the two passages differ in these quantities alone; 99.4 of `99.4 to 88.5 billion` is 99.4 billion."""
    if a.text.startswith(b.text) or b.text.startswith(a.text):
        return False
    places = ((p.quantity.start, p.quantity.end) for p in (a, b))
    return is_verbatim(a.passage.text, next(places), b.passage.text, next(places))


def _digits(text: str) -> str:
    """The digits of a figure without what parts them; nothing where it has words or signs."""
    plain = _PARTING.sub("", text)
    return plain if plain.isdecimal() else ""


_PARTING = re.compile(r"[.,'’\s]")


_malformed = lru_cache(maxsize=8)(malformed)  # asked for every number of a passage


def _of_bad_date(item: Placed, tag: str) -> bool:
    """True for the day of a date that is no proper one, which is told as such."""
    bad = _malformed(item.passage.text, tag)  # in order, and none within another
    before = bisect_right(bad, item.quantity.start, key=lambda date: date.start)
    return before > 0 and item.quantity.end <= bad[before - 1].end


_CLOSE = "close"  # evidence: the rest of the two passages is much the same
# Units of a document whose numbers are held: those of a megabyte of prose, and of a table of numbers some 15 MB.
_HELD = 10_000


def _placed(unit: Unit, passage: Passage | None, lang: str) -> list[Placed]:
    return placed(scan(passage.text, lang), unit, passage) if passage and passage.segments else []


def _sides(unit: Unit, context: Context) -> _Sides | None:
    """The quantities of a unit; None where it has none, as most units of a long text do."""
    mine = _placed(unit, unit.candidate, with_region(context.lang))
    tags = [context.reference_langs.get(p.reference) or context.lang for p in unit.references]
    theirs = [_placed(unit, p, with_region(tag)) for p, tag in zip(unit.references, tags, strict=True)]
    if not mine and not any(theirs):
        return None
    langs = tuple(language_of(p, context) for p in unit.references)
    split = tuple(_split(side, [mine]) for side in theirs)
    mine = _split(mine, theirs)
    return _Sides(unit, mine, split, langs, _open(mine, split))


def _in_a_word(item: Placed, unit: Unit, lang: str) -> bool:
    """True where the candidate may say a number within a word: achtzehnjährig for achtzehn Jahre alt."""
    value, text = item.quantity.value, unit.candidate.text if unit.candidate else ""
    return value is not None and (in_longer_word(value, text, lang) or in_form(value, text, lang))


def _readable(item: Placed, langs: Sequence[str]) -> bool:
    """True where a number would have been read on the other side in words too, in each of its languages."""
    return item.quantity.kind == "date" or all(knows_words(lang, item.quantity.value) for lang in langs)


def _split(side: list[Placed], others: list[list[Placed]]) -> list[Placed]:
    """The quantities with lists that are written like one number (249,289,299) taken apart."""
    if not any("," in item.text for item in side):
        return side
    known = Known(item.quantity for other in others for item in other)
    parts = ((item, parts_of_list(item.quantity, item.text, known)) for item in side)
    return [item._replace(quantity=q) for item, found in parts for q in found or [item.quantity]]


def _open(candidate: list[Placed], references: Sequence[list[Placed]]) -> _Open:
    """Quantities without a match: of the candidate in any reference, of the reference that leaves fewest."""
    cand = _unmatched(candidate, [r for side in references for r in side])
    return _Open(cand, min((_unmatched(side, candidate) for side in references), key=len, default=[]))


def _unmatched(side: Sequence[Placed], others: Sequence[Placed]) -> list[Placed]:
    """The quantities of a side that the other does not have.

    A date is answered by a number (the 10th) only where that number answers no other: in "two vessels from 2 September"
    the count says nothing about the day. The same for a number and a date, which may stand there twice: May 20 and
    May 20 beside May 20 and the 20th.
    """
    theirs = [p.quantity for p in others]
    held = Alike(theirs)
    left = [p for p in side if not held.matches(p.quantity)]
    if not left:
        return []
    answered: dict[frozenset[Key], dict[str, Quantity]] = {}  # one of each unit
    for p in side:
        if held.matches(p.quantity):
            answered.setdefault(p.quantity.keys, {})[p.quantity.unit] = p.quantity
    left = [p for p in left if not _twice(p.quantity, answered.get(p.quantity.keys, {}).values())]
    mine = Alike([p.quantity for p in side])
    dates = Counter(_named_days(q) for p in side if (q := p.quantity).kind == "date")
    more = Counter(_named_days(q) for q in theirs if q.kind == "date") - dates
    free = Held([q for q in theirs if not mine.matches(q) or (q.kind == "date" and more[_named_days(q)])])
    return [p for p in left if p.quantity.kind != "hint" and not free.matches(p.quantity)]


def _named_days(date: Quantity) -> frozenset[tuple[int | None, int | None]]:
    return frozenset((day.day, day.month) for day in date.days)


def _twice(quantity: Quantity, answered: Iterable[Quantity]) -> bool:
    """True for `100 yards (100 meters)` where the other side has `100 yards`: one of the two is answered. Those given
    have the quantity's keys."""
    return any(quantity.counts_otherwise(other) for other in answered)


def _other(unit: Unit, other: Unit) -> bool:
    return unit.id != other.id


def _telling(q: Quantity) -> bool:
    """True for what is worth a finding of its own: no `two`, no month without day or year."""
    if q.kind == "date":
        return bool(q.keys)
    return not q.weak and q.kind in ("number", "decade", "time") and q.value != 0  # 0 errors, no errors
