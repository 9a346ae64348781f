"""What the source says of numbers: findings of its own, and what becomes of those that the reference gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from evalkit.detectors._units import locate
from evalkit.detectors.numbers.from_source import Sides
from evalkit.detectors.numbers.held import Known
from evalkit.detectors.numbers.pairs import Placed, alike, off_by_tens
from evalkit.detectors.numbers.rules import ADDED, DATE, MISMATCH, MISSING, UNIT
from evalkit.detectors.numbers.small_words import said_for_another
from evalkit.records import Context, Finding, Rule, Severity, Side, Span
from evalkit.records.findings import finding

_DETECTOR = "numbers"


def findings_of(sides: Sequence[Sides], context: Context) -> Iterator[tuple[str, list[Finding]]]:
    """By unit the findings that its source gives; what merely moved to the unit before or behind is none."""
    for number, mine in enumerate(sides):
        near = [s for s in sides[max(0, number - 1) : number + 2] if s is not mine and s.document == mine.document]
        away = Known(p.quantity for s in near for p in s.open_candidate)
        here = Known(p.quantity for s in near for p in s.open_source)
        pairs, added, missing = mine.differences()
        pairs = [(a, b) for a, b in pairs if not (away.matches(b.quantity) or here.matches(a.quantity))]
        several = sum(not alike(a, b) for a, b in pairs) > 1  # what else differs explains itself
        found = [_mismatch(a, b, mine, sure=not several or alike(a, b)) for a, b in pairs]
        found += [_alone(ADDED, p, mine, "candidate") for p in added if not here.matches(p.quantity)]
        if context.kind == "translation":
            found += [_alone(MISSING, p, mine, "source") for p in missing if not away.matches(p.quantity)]
        if not found and (worded := said_for_another(mine, context)) is not None:
            found = [_mismatch(*worded, mine, sure=False)]
        yield mine.unit.id, found


def judged(found: Finding, sides: Sides | None, told: Sequence[Finding]) -> Finding | None:
    """A finding of the reference beside the source: as it is where the source does not speak; a hint where source and
    candidate agree, since the reference is the odd one; None where the source has told it, or has the same measure.

    Without a source what only the candidate has is a hint: of 30 such numbers read the source had three of four.
    """
    if sides is None and found.rule == ADDED.id:
        return replace(found, severity="neutral")
    if sides is None or found.rule not in (MISMATCH.id, UNIT.id, MISSING.id, ADDED.id, DATE.id):
        return found
    if found.side == "candidate":
        place = (found.start, found.end)
        if any(f.side == "candidate" and f.start < place[1] and place[0] < f.end for f in told):
            return None
        mine = [p for p in sides.candidate if _place(p) == place]
        if mine and all(sides.converts(p) for p in mine):
            return None  # 5 kg for 10斤, which the reference leaves as it is
        if found.rule != UNIT.id and any(sides.exchanged(p, found) for p in mine):
            message = f"{found.text!r} where the reference has {found.expected[0]!r} and the source agrees"
            severity: Severity = "critical" if found.severity == "critical" else "major"
            if any(p.quantity.weak for p in mine):  # two rivers and a lake may be told one by one
                severity = "minor"
            return replace(found, severity=severity, message=message, evidence="source")
        if mine and all(sides.has(p) for p in mine):
            return _odd(found, "the source has it as the candidate does")
        return found
    theirs = sides.in_reference(found)
    if theirs is None or sides.has(theirs):  # the source's own finding stands, where it is sure
        same = theirs is not None and any(f.rule == found.rule and f.side == "source" for f in told)
        return None if same else found
    return _odd(found, "the source does not have it either")


def told_with(found: Finding, sides: Sides | None, told: Sequence[Finding]) -> list[Finding]:
    """What the source says is missing of which a finding says what stands in its place: one of the two is enough."""
    if sides is None or found.side != "candidate" or found.evidence != "source" or not found.expected:
        return []
    lost = sides.of_reference(found.expected[0])
    gone = [] if lost is None else [_place(p) for p in sides.source if p.quantity.matches(lost.quantity)]
    return [f for f in told if f.rule == MISSING.id and f.side == "source" and (f.start, f.end) in gone]


def _odd(found: Finding, why: str) -> Finding:
    message = f"{found.message}; {why}: the reference is the odd one"
    return replace(found, severity="neutral", message=message, evidence="source")


def _place(item: Placed) -> tuple[int, int]:
    segment, start, end = locate(item.passage, item.quantity.start, item.quantity.end)
    return segment.start + start, segment.start + end


def _mismatch(a: Placed, b: Placed, sides: Sides, *, sure: bool) -> Finding:
    """The finding of a pair; where several numbers of a unit differ and share no digits, it may say them otherwise."""
    rule = DATE if {a.quantity.kind, b.quantity.kind} & {"date", "weekday"} else MISMATCH
    grave = rule is MISMATCH and off_by_tens(a.quantity.value, b.quantity.value)
    segment, start, end = locate(a.passage, a.quantity.start, a.quantity.end)
    there, first, last = locate(b.passage, b.quantity.start, b.quantity.end)
    other = Span("source", "", there.start + first, there.start + last, there.text[first:last])
    other_unit = (
        a.quantity.value is not None
        and a.quantity.value == b.quantity.value
        and a.quantity.counts_otherwise(b.quantity)
    )
    theirs = _unit_borne_out(sides, a, b) if other_unit else sides.borne_out(a, b)
    weight: Severity = "critical" if grave else "major"
    severity, said = _weight(a, sides, weight, theirs, in_figures=_in_figures(a, b)) if sure else ("neutral", "")
    has = f"the source has {b.text!r} and the reference agrees" if theirs else f"the source has {b.text!r}"
    message = f"{a.text!r} where {has}{said}"
    if other_unit:
        rule, message = UNIT, f"{a.text!r} has the unit {a.quantity.unit}, in the source it is {b.quantity.unit}{said}"
    return finding(
        rule, _DETECTOR, a.unit, segment, start, end, message, severity=severity, expected=(b.text,), other=other,
        evidence="source",
    )  # fmt: skip


def _unit_borne_out(sides: Sides, mine: Placed, theirs: Placed) -> bool:
    """True where each reference counts what the source counts, and none what the candidate does."""
    value = theirs.quantity.value
    same = [[p.quantity for p in sides.of(r) if p.quantity.value == value] for r in sides.unit.references]
    return bool(same) and all(
        any(not q.counts_otherwise(theirs.quantity) for q in each)
        and all(q.counts_otherwise(mine.quantity) for q in each)
        for each in same
    )


def _alone(rule: Rule, item: Placed, sides: Sides, side: Side) -> Finding:
    segment, start, end = locate(item.passage, item.quantity.start, item.quantity.end)
    # Where each reference says what the candidate lacks, two witnesses agree.
    weight: Severity = "minor" if item.quantity.kind == "decade" else rule.severity  # said in ways no list has
    severity, said = _weight(item, sides, weight, side == "source" and sides.in_each_reference(item))
    message = f"{item.text!r} is not in the {'source' if side == 'candidate' else 'candidate'}{said}"
    if side == "source" and sides.has_the_rest(item):
        message = f"the day of {item.text!r} is not in the candidate{said}"
    elif side == "source" and sides.has_the_hour(item):
        message = f"the minutes of {item.text!r} are not in the candidate{said}"
    return finding(
        rule, _DETECTOR, item.unit, segment, start, end, message, side=side, severity=severity, evidence="source"
    )


def _in_figures(a: Placed, b: Placed) -> bool:
    """True for two days, and for two figures that no word beside them makes the same: 820 may be followed by the word
    for thousand, 5 by that for a point and the decimals."""
    p, q = a.quantity, b.quantity
    if p.value is None or q.value is None or {p.kind, q.kind} & {"date", "weekday"}:
        return True
    whole = [value == value.to_integral_value() for value in (p.value, q.value)]
    return p.value != q.value and not off_by_tens(p.value, q.value) and all(whole) == any(whole)


def _weight(
    item: Placed, sides: Sides, severity: Severity, borne_out: bool = False, *, in_figures: bool = False
) -> tuple[Severity, str]:
    """The severity, and what is to be added: a reference that has it as the candidate does is a witness against.

    A major one is minor beside a reference that has neither value: second human translations into German and English
    have as many as systems (ranges, conversions, dates of another order). Where the reference has the source's
    (`borne_out`) two witnesses agree.
    """
    if sides.unit.references and severity == "major" and not borne_out:
        severity = "minor"
    if item.passage is sides.unit.candidate and sides.by_character and severity == "minor":
        severity = "neutral"  # in Chinese and Japanese words hold numerals that are read as none
    if sides.by_character and severity == "major" and not borne_out:
        severity = "minor"  # on blind documents 58 % of these met an expert's mark, less than a major one needs
    if not sides.words_known:
        # A language whose number words nobody knows: another figure is one, what is not there may stand in words.
        severity = "minor" if in_figures and severity != "neutral" else "neutral"
    if not borne_out and sides.reference_agrees(item):
        return "neutral", "; the reference has it as the candidate does, so the reference or this reading is off"
    return severity, ""
