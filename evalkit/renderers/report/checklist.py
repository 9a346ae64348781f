"""The checklist of a text without a reference: rules passed and failed, document by document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalkit.records.result import Result, SystemRecord
from evalkit.renderers._checklist import (
    Checklist,
    checklists,
    has_checklists,
    in_short,
    reasons,
    without_source,
    without_translation,
)
from evalkit.renderers._text import count, listing, quoted
from evalkit.renderers.report.blocks import Block, Bullets, Cell, Heading, Line, Piece, Table, cell, line, name, text


def checklist(result: Result, limit: int) -> Iterator[Block]:
    """For each system what passed, what failed and what did not judge, and a table of its documents."""
    if not has_checklists(result):
        return
    yield Heading(2, "Checklist")
    yield text(
        "A rule passes a document in which it finds nothing but hints (neutral). Passing all rules does not mean that "
        "the translation is right: without a reference only part of the errors can be found."
    )
    for system in result.systems:
        yield from _of(result, system, limit)


def _of(result: Result, system: SystemRecord, limit: int) -> Iterator[Block]:
    made = list(checklists(result, system))
    failed: dict[str, int] = {}
    hinted: dict[str, int] = {}
    for one in made:
        for rule, number in one.failed.items():
            failed[rule] = failed.get(rule, 0) + number
        for rule, number in one.hinted.items():
            hinted[rule] = hinted.get(rule, 0) + number
    passed = sorted({rule for one in made for rule in one.passed} - set(failed))
    yield text(name(system.name), f": {in_short(result, system)}.")
    empty = without_translation(system) if result.source else []
    if empty:
        listed = listing([quoted(unit, 40) for unit in empty], 10)
        yield text(f"Untranslated, so not checked: the units {listed}.")
    if result.source and (alone := without_source(system)):
        yield text(
            f"{count(alone, 'unit')} without a certain source: rules that need one (numbers, placeholders, names ...) "
            "did not check them."
        )
    items = [_rules("Failed", failed), _rules("Passed", dict.fromkeys(passed, 0))]
    items += [_rules("Hints from", {rule: number for rule, number in hinted.items() if rule not in failed})]
    items += [_rules(f"Not checked, {quoted(why, 200)}", dict.fromkeys(r, 0)) for why, r in reasons(system).items()]
    yield Bullets(tuple(item for item in items if item))
    if len(made) > 1:
        rows = tuple(_row(one) for one in sorted(made, key=lambda one: -sum(one.failed.values()))[:limit])
        yield Table(("Document", "Result", "Rules passed", "Rules failed"), (False, False, True, False), rows)
        if len(made) > limit:
            yield text(f"{count(len(made) - limit, 'more document')}, with fewer findings, in the JSON result.")


def _row(one: Checklist) -> tuple[Cell, ...]:
    rules = _rules("", one.failed) or line("–")
    verdict = "failed" if one.failed else "passed"
    return cell(name(one.document)), cell(verdict), cell(f"{len(one.passed):,}"), Cell(rules)


def _rules(head: str, rules: Mapping[str, int]) -> Line:
    """Rules in a row, with the number of their findings where there are any."""
    if not rules:
        return ()
    parts: list[str | Piece] = [f"{head}: "] if head else []
    for order, (rule, number) in enumerate(rules.items()):
        parts += [", " if order else "", name(rule), f" ({number:,})" if number else ""]
    return line(*(part for part in parts if part))
