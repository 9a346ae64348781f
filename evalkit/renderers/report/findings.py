"""The findings by category, and the terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evalkit.records import Finding, TermResult
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, percent, quoted
from evalkit.renderers.report.blocks import (
    Block,
    Cell,
    Figure,
    Heading,
    Piece,
    Style,
    Table,
    cell,
    name,
    text,
)
from evalkit.renderers.report.listed import WEIGHTY, Entry, listed

_MOST_RULES = 80  # rules with light findings alone fold into one line beyond this
_WEIGHTY: dict[str, Style] = {"critical": "strong", "major": "strong"}
Target = Callable[[int, Finding], str]


def _either(forms: list[str]) -> str:
    more = f" / {len(forms) - 4} more" if len(forms) > 4 else ""
    return " / ".join(forms[:4]) + more or "–"


def findings(result: Result, limit: int, target: Target) -> Iterator[Block]:
    """Findings by category and rule, most severe first; where many, at most `limit` minor ones of each rule."""
    if not result.systems or not facts.checked(result):
        return
    yield Heading(2, "Findings")
    everything = [f for system in result.systems for f in system.standing]
    if not everything:
        yield text("None.")
        return
    yield Figure("findings", "Findings by category, system and severity.")
    yield _totals(everything)
    by_rule, heading = listed(result, limit), ""
    for number, ((category, rule), entries) in enumerate(by_rule.items()):
        if number >= _MOST_RULES and not any(f.severity in WEIGHTY for _, f in entries):
            continue
        if category != heading:
            heading = category
            yield Heading(3, quoted(category, 60).capitalize())
        found = [f for f in everything if (f.category, f.rule) == (category, rule)]
        yield text(name(rule), f" – {count(len(found), 'finding')}: {_severities(found)}")
        if entries:
            yield _rule_table(result, entries, target)
        if len(found) > len(entries):
            yield text(f"{len(found) - len(entries):,} more of this rule in the JSON result.")
    if len(by_rule) > _MOST_RULES:
        yield text("Of further rules only critical and major findings are shown; all are in the JSON result.")


def _severities(found: Sequence[Finding]) -> str:
    counts = [(sum(f.severity == s for f in found), s) for s in facts.WORST_FIRST]
    return ", ".join(f"{n:,} {s}" for n, s in counts if n)


def _totals(everything: Sequence[Finding]) -> Table:
    rows = []
    for category in sorted({f.category for f in everything}):
        found = [f for f in everything if f.category == category]
        numbers = [cell(f"{sum(f.severity == s for f in found):,}") for s in facts.WORST_FIRST]
        rows.append((cell(quoted(category, 60)), *numbers, cell(f"{len(found):,}")))
    head = ("Category", *(s.capitalize() for s in facts.WORST_FIRST), "All")
    return Table(head, (False, *[True] * 5), tuple(rows))


def _rule_table(result: Result, entries: Sequence[Entry], target: Target) -> Table:
    """A row a finding; columns that would say nothing, or only what the message says too, are left out."""
    quotes = any(not facts.said(f) for _, f in entries)
    wanted = any(form not in f.message for _, f in entries for form in f.expected)
    rows = []
    for number, f in entries:
        system = result.systems[number]
        where = Piece(quoted(facts.place(system, f), 60), target=target(number, f))
        severity = Piece(f.severity, _WEIGHTY.get(f.severity, ""))
        rows.append(
            (
                cell(name(system.name)), cell(where), cell(severity),
                *((cell("" if facts.said(f) else quoted(f.text, 160)),) if quotes else ()),
                cell(quoted(f.message, 240)),
                *((cell(_either([quoted(e, 80) for e in f.expected])),) if wanted else ()),
            )
        )  # fmt: skip
    head = ("System", "Place", "Severity", *(["Text"] * quotes), "Message", *(["Expected"] * wanted))
    return Table(head, (False,) * len(head), tuple(rows))


def terms(result: Result, limit: int) -> Iterator[Block]:
    """How each trusted system renders each term; terms that nothing called for are only counted."""
    if not result.terms:
        return
    yield Heading(2, "Terms")
    bad = {system.name for system in facts.untrusted(result)}
    usable = [t for t in result.terms if t.system not in bad]
    asked = sorted((t for t in usable if t.expected or t.occurrences), key=_term_order)
    if asked:
        head = ("Term", "System", "Expected", "Found", "Success", "Rejected", "Consistent", "Forms in the text")
        rows = tuple(_term_row(t) for t in asked[:limit])
        yield Table(head, (False, False, True, True, True, True, False, False), rows)
        yield text(
            "Expected: units whose reference or source has the term. Found: those that render it by an accepted form. "
            "Rejected: places of rejected forms. Consistent: one rendering throughout, else the odd ones out; – where "
            "no accepted form was found. Forms in the text: all of them, rejected ones too."
        )
    if len(asked) > limit:
        yield text(f"{count(len(asked) - limit, 'more term result')} in the JSON result.")
    idle = len(usable) - len(asked)
    if idle:
        yield text(f"{count(idle, 'term result')} left out: neither the text nor what is aligned with it has the term.")
    if len(usable) < len(result.terms):
        left = count(len(result.terms) - len(usable), "term result")
        yield text(f"{left} of systems without a trusted alignment left out.")


def _term_order(t: TermResult) -> tuple[float, int, str, str]:
    return (1.0 if t.success is None else t.success), -t.expected, t.term, t.system


def _term_row(t: TermResult) -> tuple[Cell, ...]:
    forms: dict[str, int] = {}
    for occurrence in t.occurrences:
        forms[occurrence.text] = forms.get(occurrence.text, 0) + 1
    shown = [f"{quoted(form, 80)}{f' ({n})' if n > 1 else ''}" for form, n in forms.items()]
    success = "–" if t.success is None else percent(t.success)
    odd = [f"{quoted(form, 80)} ({t.forms.get(form, 0)})" for form in t.odd]
    no = f"no: {_either(odd)}" if odd else "no"
    consistent = no if not t.consistent else "yes" if t.found else "–"
    return (
        cell(quoted(t.term, 120)), cell(name(t.system)), cell(f"{t.expected:,}"), cell(f"{t.found:,}"),
        cell(success), cell(f"{t.rejected:,}"), cell(consistent), cell(_either(shown)),
    )  # fmt: skip
