"""Coverage, lines left out, failures, and what to be careful about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import count as count_from
from typing import NamedTuple

from evalkit.records import LINK_KINDS, LeftOut
from evalkit.records.notes import noted
from evalkit.records.result import Result, UnitRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._checklist import has_checklists, without_translation
from evalkit.renderers._text import count, labels, percent, quoted, shorten
from evalkit.renderers.page.map import mapped, strip
from evalkit.renderers.report.blocks import Block, Bullets, Figure, Heading, Line, Piece, Table, cell, line, name, text
from evalkit.text.words import count_words

_MOST = 20  # what a reader will look at; the rest is counted
_FEW_UNITS = 30  # below it an interval is wider than the differences systems have


def compared(result: Result) -> Iterator[Block]:
    """What was evaluated against what."""
    items = [
        line("Reference ", name(r.name), f": {count(r.words, 'word')} in {count(len(r.segments), 'segment')}",
             ", file ", name(r.path), *((", derived from ", name(r.derived_from)) if r.derived_from else ()))
        for r in result.references[:_MOST]
    ]  # fmt: skip
    if result.source is not None:
        source = result.source
        said = f": {count(source.words, 'word')}, in {quoted(source.lang or 'an unstated language', 40)}, file "
        items.append(line("Source ", name(source.name), said, name(source.path)))
    items += [
        line(
            "Candidate ",
            name(s.name),
            f": {count(s.words, 'word')}, {s.kind}{_in(result, s.lang)}, file ",
            name(s.path),
        )
        for s in result.systems[:_MOST]
    ]
    if items:
        yield Bullets(tuple(items))
    more = max(0, len(result.references) - _MOST) + max(0, len(result.systems) - _MOST)
    if more:
        yield text(f"{count(more, 'more text')} in the JSON result.")


def _in(result: Result, lang: str) -> str:
    """The candidate's language beside a source, which has another."""
    return f", in {quoted(lang, 40)}" if result.source is not None else ""


def coverage(result: Result) -> Iterator[Block]:
    """The coverage map, link counts, and the longest passages omitted and added."""
    if not result.systems or not result.references:
        return
    yield Heading(2, "Coverage")
    shown, reference = mapped(result)
    if not shown or reference is None:
        yield text("No coverage map: every unit is one line of both sides, there are no gaps to show.")
        return
    yield text(
        "The reference ", name(reference.name), " from its beginning (left) to its end (right), by words: "
        "█ rendered in its place, ▒ rendered elsewhere (moved), · not rendered.",
    )  # fmt: skip
    names = labels(tuple(s.name for s in shown), 40)
    yield Table(
        ("System", "Reference, beginning to end", "Covered"),
        (False, False, True),
        tuple(
            (cell(name(names[s.name])), cell(Piece(strip(s, reference), "code")),
             cell(percent(s.alignment.coverage.reference) + ("" if s.alignment.trusted else " (not trusted)")))
            for s in shown
        ),
    )  # fmt: skip
    yield Figure("coverage", "Coverage map: which parts of the reference each system renders.")
    yield _links(result)
    yield text(
        "The table counts units. 1-n: one segment of the candidate for several of the reference, and so on; omitted: "
        "a reference segment without a counterpart, added: one of the candidate, moved: rendered in another place."
    )
    yield from _gaps(result)


def _links(result: Result) -> Table:
    rows = []
    for system in result.systems:
        links = system.alignment.links
        numbers = [cell(f"{links.get(kind, 0):,}") for kind in LINK_KINDS]
        rows.append((cell(name(system.name)), *numbers, cell(f"{system.alignment.moved_blocks:,}")))
    head = ("System", *LINK_KINDS, "moved blocks")
    return Table(head, (False, *[True] * (len(head) - 1)), tuple(rows))


def _gaps(result: Result) -> Iterator[Block]:
    for system in facts.trusted(result)[:_MOST]:
        omitted = _longest(u for u in system.units if u.link == "omitted" and u.references)
        added = _longest(u for u in system.units if u.link == "added" and u.candidate)
        items = [_gap(u, "Not rendered") for u in omitted.units] + [_gap(u, "Added") for u in added.units]
        if items:
            yield text(
                "Longest passages without a counterpart, ", name(system.name),
                f" ({omitted.number:,} not rendered, {added.number:,} added; all are in the JSON result):",
            )  # fmt: skip
            yield Bullets(tuple(items))


def _text_of(unit: UnitRecord) -> str:
    return unit.candidate.text if unit.candidate else unit.references[0].text if unit.references else ""


class _Longest(NamedTuple):
    """The longest of so many units, the longest first."""

    units: Sequence[UnitRecord]
    number: int


def _longest(units: Iterable[UnitRecord]) -> _Longest:
    """Three of them, with no more of them at once."""
    number = count_from(1)
    counted = (unit for unit, _ in zip(units, number, strict=False))
    longest = nlargest(3, counted, key=lambda u: count_words(_text_of(u)))
    return _Longest(longest, next(number) - 1)


def _gap(unit: UnitRecord, what: str) -> Line:
    words = count(count_words(_text_of(unit)), "word")
    return line(f"{what}, {words}: “{shorten(_text_of(unit), 220)}”")


def left_out(result: Result) -> Iterator[Block]:
    """Lines of the files taken for page furniture."""
    lines: list[tuple[str, LeftOut]] = [(r.name, item) for r in result.references for item in r.left_out]
    lines += [(s.name, item) for s in result.systems for item in s.left_out]
    if not result.systems and not lines:
        return
    yield Heading(2, "Left out of the evaluation")
    if not lines:
        empty = sum(len(without_translation(s)) for s in result.systems) if has_checklists(result) else 0
        if empty:
            yield text(f"{count(empty, 'unit')} without a translation. No line was taken for page furniture.")
        else:
            yield text("Nothing: every line of every file was evaluated.")
        return
    yield text("Lines taken for page furniture. If one of them belongs to the text, turn this off (`boilerplate`).")
    rows = tuple(
        (cell(name(owner)), cell(f"{item.line}"), cell(quoted(item.reason, 80)), cell(shorten(item.text, 160)))
        for owner, item in lines[: 2 * _MOST]
    )
    yield Table(("File of", "Line", "Reason", "Text"), (False, True, False, False), rows)
    if len(lines) > 2 * _MOST:
        yield text(f"{count(len(lines) - 2 * _MOST, 'more line')} in the JSON result.")


def failures(result: Result) -> Iterator[Block]:
    """What could not be done."""
    if not result.systems and not result.failures:
        return
    yield Heading(2, "Notes")
    if not result.failures and not any(s.suppressed for s in result.systems):
        yield text("None.")
        return
    yield from _suppressed(result)
    if not result.failures:
        return
    shown = result.failures[: 2 * _MOST]
    plugins, units = any(f.plugin for f in shown), any(f.unit for f in shown)
    rows = tuple(
        (cell(quoted(f.stage, 40)), *((cell(quoted(f.plugin, 60)),) if plugins else ()), cell(name(f.system or "–")),
         *((cell(quoted(f.unit, 60) or "–"),) if units else ()), cell(quoted(noted(result, f), 300)))
        for f in shown
    )  # fmt: skip
    head = ("Stage", *(["Plug-in"] * plugins), "System", *(["Unit"] * units), "What happened")
    yield Table(head, (False,) * len(head), rows)
    if len(result.failures) > 2 * _MOST:
        yield text(f"{count(len(result.failures) - 2 * _MOST, 'more note')} in the JSON result.")


def _suppressed(result: Result) -> Iterator[Block]:
    """Findings the configuration says to ignore: how many, of which rules, and why."""
    items = [(s, item) for s in result.systems for item in s.suppressed]
    if not items:
        return
    total = count(sum(item.count for _, item in items), "finding")
    yield text(f"{total} left out because the configuration says to ignore them; they are in no figure above.")
    rows = tuple(
        (cell(name(system.name)), cell(f"{item.count:,}"),
         cell(quoted(", ".join(f"{rule} {number}" for rule, number in item.rules.items()), 120)),
         cell(quoted(item.reason, 200)))
        for system, item in items[: 2 * _MOST]
    )  # fmt: skip
    yield Table(("System", "Findings", "Rules", "Reason"), (False, True, False, False), rows)
    if len(items) > 2 * _MOST:
        yield text(f"{count(len(items) - 2 * _MOST, 'more entry', 'more entries')} in the JSON result.")


def caveats(result: Result) -> Iterator[Block]:
    """What a careful reader would say about numbers like these."""
    if not result.systems:
        return
    yield Heading(2, "Caveats")
    items = [
        line(
            "Findings are made by programs. None of them is an error confirmed by a human; some are false alarms, and "
            "errors that no rule looks for (style, grammar, sense) are not found."
            if facts.checked(result)
            else "Findings were not asked for: nothing here says whether a text has errors."
        )
    ]
    reports = [s for s in result.systems if s.kind != "translation"]
    if reports:
        items.append(
            line(
                f"{_how_many(len(reports), len(result.systems))} by kind a report or a summary, not a translation: "
                "leaving out and rewording belong to the kind, contradicting the reference does not."
            )
        )
    if any(r.derived_from for r in result.references):
        items.append(line("A reference was derived from another text; scores against it inherit its faults."))
    items += _few(result)
    items += _outvoted(result)
    bad = facts.untrusted(result)
    if bad:
        items.append(
            line(
                f"{count(len(bad), 'candidate')} could not be aligned with the reference in a way to be trusted"
                + (
                    ": rules that compare with the reference did not run there, so few findings are no praise."
                    if facts.checked(result)
                    else "."
                )
            )
        )
    if len(result.references) == 1:
        items.append(line("There is one reference only: other good wordings count as wrong in every score."))
    yield Bullets(tuple(items))


def _outvoted(result: Result) -> Iterator[Line]:
    """What the systems of the run outvote, apart from what is counted."""
    number = sum(f.outvoted for s in result.systems for f in s.findings)
    if number:
        yield line(
            f"{count(number, 'finding')} {'is' if number == 1 else 'are'} neither counted nor shown, for most other "
            "systems of this run differ from the reference in the same way (`outvoted` in the JSON result). Gates and "
            "comparisons with a baseline judge by them too, so that no verdict depends on who else is in the run."
        )


def _how_many(some: int, total: int) -> str:
    if some == total:
        return "The candidate is" if total == 1 else f"All {total:,} candidates are"
    return f"{some:,} of {total:,} candidates {'is' if some == 1 else 'are'}"


def _few(result: Result) -> Iterator[Line]:
    paired = {s.name: sum(1 for u in s.units if u.candidate and u.references) for s in facts.trusted(result)}
    few = [(system, units) for system, units in paired.items() if units < _FEW_UNITS]
    if result.references and few:
        parts: list[str | Piece] = []
        for order, (system, units) in enumerate(few[:_MOST]):
            parts += [", " if order else "", name(system), f" {units}"]
        more = f" and {len(few) - _MOST} more systems" if len(few) > _MOST else ""
        yield line(
            "Few paired units (", *parts, f"{more}): scores move much with a single sentence, and a test of "
            "significance can show only large differences.",
        )  # fmt: skip
